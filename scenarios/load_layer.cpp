#include "scenarios/load_layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nacre::scenarios {
namespace {

using io::InputError;
using io::Inputs;

Emission emission_of(const std::string& name) {
  if (name == "confinement") return Emission::confinement;
  return name == "line" ? Emission::line : Emission::none;
}

void require_stage(const Inputs& inputs, const LayerReader& reader, const std::string& leaf,
                   const std::string& table = "confinement") {
  if (inputs.has_table(table)) return;
  const std::string key = reader.key(leaf);
  throw InputError(inputs.where(key), key, "layer '" + reader.name() + "' that takes crystals from no stage",
                   "a table [" + table + "] that computes them");
}

/// A photon cannot both leave and be absorbed.
void require_photons(const Inputs& inputs, const LayerReader& reader, const LayerPlan& plan) {
  const bool computed = inputs.text("device.outcoupling_from") == "layers";
  if (computed || inputs.number("device.outcoupling") + plan.reabsorbed <= 1) return;
  const std::string key = reader.key("reabsorbed");
  throw InputError(inputs.where(key), key, "more photons than there are: reabsorbed and device.outcoupling above 1",
                   "a share of the photons that do not leave");
}

device::Statistics statistics_of(const std::string& name) {
  using device::Statistics;
  if (name == "blakemore") return Statistics::blakemore;
  if (name == "fermi-dirac") return Statistics::fermi_dirac;
  return name == "gaussian" ? Statistics::gaussian : Statistics::boltzmann;
}

}  // namespace

LayerReader::LayerReader(const Inputs& inputs, ModelData& data, int index)
    : inputs_(inputs), data_(data), table_("device.layer." + std::to_string(index)) {
  const io::Value material = inputs.at(key("material"));
  if (!material.text.empty()) file_ = data.layer({material.text, material.where, material.key});
  name_ = inputs.text(key("name"));
  if (name_.empty()) name_ = material.text.empty() ? "number " + std::to_string(index + 1) : material.text;
}

Role LayerReader::role() const {
  std::string name = name_of(Role::semiconductor);
  if (given("role")) {
    name = text("role");
  } else if (file_) {
    for (const auto& [key, value] : file_->texts)
      if (key == "role") name = value;
  }
  for (const Role role : all_roles)
    if (name == name_of(role)) return role;
  throw InputError({file_->path, 0, 0}, "role", "\"" + name + "\"", "\"semiconductor\" | \"contact\" | \"injection\"");
}

std::optional<double> LayerReader::find(const std::string& leaf, const std::string& unit) {
  if (given(leaf)) return inputs_.number(key(leaf));
  if (!file_ || !file_->has(leaf)) return std::nullopt;
  const Datum& datum = file_->at(leaf, unit);
  data_.record(datum, Stage::device);
  return datum.value;
}

double LayerReader::need(const std::string& leaf, const std::string& unit) {
  if (const std::optional<double> number = find(leaf, unit)) return *number;
  const std::string remedy =
      file_ ? fmt::format("{} in this [[device.layer]], or a table [{}] in {}", leaf, leaf, file_->path)
            : fmt::format("{} in this [[device.layer]], or a material that has it", leaf);
  throw InputError(where(), key(leaf), "layer '" + name_ + "' without it", remedy);
}

LayerPlan emission_plan(const Inputs& inputs, LayerReader& reader) {
  LayerPlan plan;
  plan.emission = emission_of(reader.text("emission"));
  plan.gap_of_crystals = reader.text("gap") == "confinement";
  plan.states_of_crystals = reader.text("states") == "crystals";
  plan.yield_of_film = reader.text("yield_from") == "film";
  plan.vacancies_of_film = reader.text("vacancies_from") == "film";
  if (plan.yield_of_film) require_stage(inputs, reader, "yield_from", "film");
  if (plan.vacancies_of_film) require_stage(inputs, reader, "vacancies_from", "film");
  if (plan.vacancies_of_film) require_stage(inputs, reader, "vacancies_from", "surface");
  if (plan.emission == Emission::confinement) require_stage(inputs, reader, "emission");
  if (plan.gap_of_crystals) require_stage(inputs, reader, "gap");
  if (plan.states_of_crystals) require_stage(inputs, reader, "states");
  if (plan.emission == Emission::line) {
    plan.wavelength = reader.need("emission_wavelength", "nm");
    plan.width = reader.need("emission_width", "nm");
  }
  plan.yield = reader.find("yield", "1").value_or(1);
  plan.reabsorbed = reader.find("reabsorbed", "1").value_or(0);
  if (reader.text("reabsorption") == "spectra" && !reader.given("reabsorbed")) {
    if (plan.emission != Emission::confinement) {
      const std::string key = reader.key("reabsorption");
      throw InputError(inputs.where(key), key, "layer '" + reader.name() + "' whose light is not that of crystals",
                       "emission = \"confinement\", or reabsorbed as a number");
    }
    plan.edge_absorption = reader.need("edge_absorption", "1/m");
  }
  require_photons(inputs, reader, plan);
  if (plan.states_of_crystals) {
    plan.states_per_crystal = reader.need("states_per_crystal", "1");
    plan.crystal_spacing = reader.need("crystal_spacing", "nm");
    plan.pitch_of_crystals = !reader.find("pitch", "nm");
  }
  plan.charging = reader.text("charging") == "poisson";
  if (plan.charging) {
    plan.states_per_crystal = reader.need("states_per_crystal", "1");
    plan.radiative_rate = reader.find("radiative_rate", "1/ns").value_or(0);
    plan.biexciton_lifetime = reader.find("biexciton_lifetime", "ps").value_or(0);
    if (plan.takes_rates()) require_stage(inputs, reader, "charging", "photophysics");
  }
  return plan;
}

device::Layer layer_of(LayerReader& reader, const LayerPlan& plan) {
  device::Layer layer;
  layer.name = reader.name();
  layer.thickness = reader.need("thickness", "nm");
  for (const LayerRow& row : layer_rows()) {
    const bool of_crystals = plan.states_of_crystals && row.key.ends_with("_states");
    const std::optional<double> number =
        row.needed && !of_crystals ? reader.need(row.key, row.unit) : reader.find(row.key, row.unit);
    if (number) row.place(layer) = *number;
  }
  for (double* field : {&layer.poole_frenkel_electron, &layer.poole_frenkel_hole})
    if (*field > 0) *field = 1 / std::sqrt(*field);  // the model takes gamma of exp(gamma sqrt(F))
  layer.statistics = statistics_of(reader.text("statistics"));
  // A layer is neutral as it was made: what the vacancies left behind does not move.
  if (!reader.find("fixed_charge", "1/m3"))
    layer.fixed_charge = -layer.vacancies.charge * layer.vacancies.density -
                         layer.cation_vacancies.charge * layer.cation_vacancies.density;
  return layer;
}

}  // namespace nacre::scenarios
