#include "scenarios/model_data.hpp"

#include <algorithm>
#include <stdexcept>

#include "scenarios/csv.hpp"
#include "scenarios/model_data_reader.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios {

/// A mixture whose end member is not there names one that nobody wrote: the message says where it comes from.
static void require_member(const DataLibrary& library, const std::string& name,
                           const materials::Composition& composition, const Asked& asked) {
  const std::string formula = materials::formula(composition);
  if (formula == name) return;
  try {
    library.load("materials", name, asked.where, asked.key);
  } catch (const io::InputError&) {
    const std::vector<std::string> known = library.names("materials");
    if (std::find(known.begin(), known.end(), name) != known.end()) throw;
    throw io::InputError(asked.where, asked.key,
                         "\"" + formula + "\", a mixture with " + name + ", which is not in the data",
                         "one of " + joined(known) + " and what is mixed from them");
  }
}

void ModelData::record(const Datum& datum, Stage stage) {
  const auto same = [&](const UsedDatum& used) {
    return used.stage == stage && used.datum.file == datum.file && used.datum.name == datum.name;
  };
  if (std::none_of(used_.begin(), used_.end(), same)) used_.push_back({datum, stage});
}

materials::Material ModelData::material(const materials::Composition& composition,
                                        const std::pair<std::string, std::string>& alloys, const Asked& asked) {
  materials::EndMembers members;
  for (const std::string& name : materials::required_end_members(composition)) {
    require_member(library_, name, composition, asked);
    Reader reader(*this, "materials", {name, asked.where, asked.key}, Stage::material);
    materials::EndMember& member = members[name];
    for (const materials::PropertyRow& row : materials::property_rows()) {
      member.*row.member = reader.number(std::string(row.key), std::string(row.unit));
    }
    const std::string& shape = reader.file().text("shape");
    if (shape != "cube" && shape != "sphere") {
      throw io::InputError({reader.file().path, 0, 0}, "shape", "\"" + shape + "\"", "\"cube\" | \"sphere\"");
    }
    member.shape = shape == "cube" ? materials::Shape::cube : materials::Shape::sphere;
  }
  materials::Alloy law;
  if (composition.iodide > 0 && composition.bromide > 0) {
    Reader reader(*this, "alloys", {alloys.first, asked.where, "material.alloy"}, Stage::material);
    law.bowing = reader.number("bowing", "eV");
  }
  if (composition.bromide > 0 && composition.chloride > 0) {
    Reader reader(*this, "alloys", {alloys.second, asked.where, "material.chloride_alloy"}, Stage::material);
    law.chloride_bowing = reader.number("bowing", "eV");
  }
  return materials::mix(composition, members, law);
}

synthesis::Solvent ModelData::solvent(const Asked& asked) {
  Reader reader(*this, "solvents", asked, Stage::synthesis);
  synthesis::Solvent solvent;
  solvent.viscosity_298 = reader.positive("viscosity_298", "Pa s");
  solvent.viscosity_series = {reader.number("viscosity_a", "1"), reader.number("viscosity_b", "1"),
                              reader.number("viscosity_c", "1"), reader.number("viscosity_d", "1")};
  return solvent;
}

synthesis::Gate ModelData::gate(const Asked& asked, const io::Value& decay_length) {
  Reader reader(*this, "ligands", asked, Stage::synthesis);
  synthesis::Gate gate;
  gate.onset = reader.number("gate_onset", "nm");
  gate.decay_length =
      decay_length.given ? reader.assumed("gate_decay_length", decay_length) : reader.number("gate_decay_length", "nm");
  gate.closing_time = reader.number("gate_closing_time", "s");
  gate.residual = reader.number("gate_residual", "1");
  return gate;
}

synthesis::Kinetics ModelData::kinetics(const Asked& asked) {
  Reader reader(*this, "kinetics", asked, Stage::synthesis);
  synthesis::Kinetics kinetics;
  kinetics.interfacial_energy = reader.positive("interfacial_energy", "J/m2");
  kinetics.log_solubility_298 = reader.number("log_solubility_298", "1");
  kinetics.solution_enthalpy = reader.number("solution_enthalpy", "J/mol");
  kinetics.log_attachment_298 = reader.number("log_attachment_298", "1");
  kinetics.attachment_energy = reader.number("attachment_energy", "J/mol");
  kinetics.monomer_radius = reader.positive("monomer_radius", "nm");
  return kinetics;
}

Sizing ModelData::sizing(const Asked& asked) {
  Reader reader(*this, "sizing", asked, Stage::confinement);
  const std::string& shape = reader.file().text("shape");
  if (shape != "cube" && shape != "sphere" && shape != "any")
    throw io::InputError({reader.file().path, 0, 0}, "shape", "\"" + shape + "\"", "\"cube\" | \"sphere\" | \"any\"");
  return {reader.positive("size_ratio", "1"), reader.number("gap_offset", "eV"),
          reader.number("unresolved_spread", "nm"), shape};
}

confinement::Emitter ModelData::emitter(const Asked& asked) {
  Reader reader(*this, "emitters", asked, Stage::photophysics);
  confinement::Emitter emitter;
  emitter.radiative_rate = reader.positive("radiative_rate", "1/ns");
  emitter.capture_coefficient = reader.positive("capture_coefficient", "nm3/ns");
  emitter.trap_release_rate = reader.number("trap_release_rate", "1/ns");
  emitter.biexciton_lifetime = reader.positive("biexciton_lifetime", "ps");
  emitter.biexciton_edge = reader.positive("biexciton_edge", "nm");
  emitter.biexciton_exponent = reader.number("biexciton_exponent", "1");
  emitter.smallest_edge = reader.positive("biexciton_smallest", "nm");
  emitter.largest_edge = reader.positive("biexciton_largest", "nm");
  emitter.trion_ratio = reader.positive("trion_ratio", "1");
  emitter.urbach_scale = reader.number("urbach_scale", "meV");
  emitter.urbach_phonon = reader.positive("urbach_phonon", "meV");
  emitter.urbach_static = reader.number("urbach_static", "meV");
  emitter.urbach_per_density = reader.number("urbach_per_density", "meV nm2");
  emitter.stokes_per_urbach = reader.number("stokes_per_urbach", "1");
  for (const char* end : {"smallest_edge", "largest_edge"}) reader.positive(end, "nm");  // a run looks at them
  return emitter;
}

Validity ModelData::holds_for(const std::string& kind, const Asked& asked) const {
  const DataFile file = library_.load(kind, asked.name, asked.where, asked.key);
  const std::string& text = file.text("holds_for");
  try {
    const auto beyond =
        std::find_if(file.texts.begin(), file.texts.end(), [](const auto& t) { return t.first == "beyond"; });
    return Validity::parse(text, beyond == file.texts.end() ? "" : beyond->second);
  } catch (const std::invalid_argument& error) {
    throw io::InputError(
        {file.path, 0, 0}, "holds_for", "\"" + text + "\"",
        std::string("ranges of ions' shares such as \"Cs 0.7-1, FA 0-0.3, Br 1\" (") + error.what() + ")");
  }
}

confinement::ColourTable ModelData::colour_table() const {
  const Csv csv = read_csv(library_.path("cie/cie1931_2deg_5nm.csv"), {"wavelength_nm", "x_bar", "y_bar", "z_bar"});
  confinement::ColourTable table{csv.columns[0], csv.columns[1], csv.columns[2], csv.columns[3]};
  for (double& wavelength : table.wavelength) wavelength *= 1e-9;
  const bool ascends = std::adjacent_find(table.wavelength.begin(), table.wavelength.end(), std::greater_equal<>()) ==
                       table.wavelength.end();
  if (table.wavelength.size() < 4 || !ascends) {
    throw io::InputError({csv.path, 0, 0}, "wavelength_nm", "no ascending table", "at least 4 ascending wavelengths");
  }
  return table;
}

}  // namespace nacre::scenarios
