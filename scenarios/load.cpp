#include "scenarios/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "scenarios/asked.hpp"
#include "scenarios/cross_checks.hpp"
#include "scenarios/inputs.hpp"
#include "scenarios/load_ageing.hpp"
#include "scenarios/load_device.hpp"
#include "scenarios/load_drift.hpp"
#include "scenarios/load_material.hpp"
#include "scenarios/model_data.hpp"

namespace nacre::scenarios {
namespace {

using io::Inputs;

/// A device whose layers give all their numbers has no crystals.
bool needs_material(const Inputs& inputs) {
  for (const char* table : {"material", "synthesis", "sizes", "surface", "confinement"})
    if (inputs.has_table(table)) return true;
  return !inputs.has_table("device") && !inputs.has_table("ageing");
}

synthesis::Kind kind_of(const std::string& model) {
  if (model == "classical-nucleation") return synthesis::Kind::classical_nucleation;
  if (model == "finke-watzky") return synthesis::Kind::finke_watzky;
  return synthesis::Kind::becker_doering;
}

std::vector<synthesis::Bath> baths_of(const Inputs& inputs) {
  std::vector<synthesis::Bath> baths;
  for (int i = 0; i < inputs.count("synthesis.bath"); ++i) {
    const std::string bath = "synthesis.bath." + std::to_string(i) + ".";
    baths.push_back(
        {inputs.number(bath + "temperature"), inputs.number(bath + "time_constant"), inputs.number(bath + "duration")});
  }
  return baths;
}

synthesis::Options options_of(const Inputs& inputs) {
  synthesis::Options options;
  options.relative_tolerance = inputs.number("synthesis.relative_tolerance");
  options.discrete_sizes = static_cast<int>(inputs.number("synthesis.discrete_sizes"));
  options.unknowns = static_cast<int>(inputs.number("synthesis.unknowns"));
  options.output_times = static_cast<int>(inputs.number("synthesis.output_times"));
  return options;
}

SynthesisPlan load_synthesis(const Inputs& inputs, ModelData& data, const materials::Material& material) {
  SynthesisPlan plan;
  plan.kind = kind_of(inputs.text("synthesis.model"));
  plan.options = options_of(inputs);
  synthesis::Recipe& recipe = plan.recipe;
  recipe.supply_total = inputs.number("synthesis.precursor");
  recipe.supply_time = inputs.number("synthesis.supply_time");
  recipe.start_temperature = inputs.number("synthesis.start_temperature");
  recipe.formula_volume = materials::formula_volume(material, recipe.start_temperature);  // crystals are born there
  recipe.baths = baths_of(inputs);
  recipe.halide_excess = inputs.number("synthesis.halide_excess");
  recipe.layer_removed = inputs.number("synthesis.layer_removed");
  recipe.counted_from = inputs.number("synthesis.counted_from");
  recipe.largest_edge = inputs.number("synthesis.largest_edge");
  recipe.kinetics = data.kinetics(asked(inputs, "synthesis.kinetics"));
  recipe.solvent = data.solvent(asked(inputs, "synthesis.solvent"));
  recipe.gate = data.gate(asked(inputs, "synthesis.ligand"), inputs.at("synthesis.facet_gate"));
  if (plan.kind == synthesis::Kind::finke_watzky) {
    recipe.finke_watzky = {inputs.number("synthesis.finke_watzky.nucleation"),
                           inputs.number("synthesis.finke_watzky.growth")};
  }
  return plan;
}

confinement::Shape shape_of(const Inputs& inputs, const materials::Material& material) {
  const std::string shape = inputs.text("confinement.shape");
  if (shape == "platelet") return confinement::Shape::platelet;
  const bool cube = shape == "material" ? material.bulk.shape == materials::Shape::cube : shape == "cube";
  return cube ? confinement::Shape::cube : confinement::Shape::sphere;
}

confinement::Form form_of(const Inputs& inputs, confinement::Shape shape, const Plan& plan) {
  return {shape, inputs.number("confinement.aspect_ratio"), plan.optics ? plan.optics->slab.thickness : 0};
}

confinement::Weighting weighting_of(const std::string& name) {
  if (name == "volume") return confinement::Weighting::volume;
  if (name == "funnelling") return confinement::Weighting::funnelling;
  return confinement::Weighting::number;
}

/// Says when a law of sizes was fitted to other crystals.
void mind_sizing(const Inputs& inputs, const ModelData& data, const Sizing& sizing, Plan& plan) {
  const Asked name = asked(inputs, "confinement.sizing");
  mind_composition(data, "sizing", name, plan.treated.composition,
                   "its size ratio and gap offset are those of other crystals", plan.warnings);
  const std::string words = inputs.text("confinement.shape") == "platelet"               ? "platelets"
                            : shape_of(inputs, plan.treated) == confinement::Shape::cube ? "cubes"
                                                                                         : "spheres";
  if (sizing.shape == "any" || words == sizing.shape + "s") return;
  plan.warnings.push_back(
      {fmt::format("{}: {} on {}, its data are of {}s", name.key, name.name, words, sizing.shape),
       fmt::format(
           "{}: {} has data for {}s, and these crystals are {}; its size ratio and gap offset are those of other "
           "crystals",
           name.key, name.name, sizing.shape, words)});
}

confinement::OpticsInput load_optics(const Inputs& inputs, ModelData& data, Plan& plan) {
  const materials::EndMember& bulk = plan.treated.bulk;
  const Sizing sizing = data.sizing(asked(inputs, "confinement.sizing"));
  mind_sizing(inputs, data, sizing, plan);
  confinement::OpticsInput optics;
  optics.bands.gap = materials::gap(plan.treated, plan.temperature) + sizing.gap_offset;
  optics.bands.reduced_mass = bulk.reduced_mass;
  optics.bands.permittivity = bulk.permittivity;
  optics.bands.barrier = bulk.barrier;
  optics.bands.outside_mass = bulk.outside_mass;
  optics.shape = shape_of(inputs, plan.treated);
  optics.size_ratio = sizing.size_ratio;
  const double aspect = inputs.number("confinement.aspect_ratio");
  // 1/R^2 = 2/L^2 + 1/(aspect L)^2, where the cube has 3/L^2
  if (optics.shape == confinement::Shape::cube) optics.size_ratio *= std::sqrt(3 / (2 + 1 / (aspect * aspect)));
  optics.slab = {
      inputs.number("confinement.monolayers") * std::cbrt(materials::formula_volume(plan.treated, plan.temperature)),
      inputs.number("confinement.outside_permittivity")};
  optics.temperature = plan.temperature;
  optics.line = {bulk.linewidth_static, bulk.phonon_coupling, bulk.phonon_energy,
                 inputs.number("confinement.lorentz_share")};
  optics.absorption_broadening = bulk.absorption_broadening;
  optics.stokes = {bulk.stokes_reference, bulk.stokes_reference_edge, bulk.stokes_exponent, bulk.stokes_cap};
  optics.weighting = weighting_of(inputs.text("confinement.weighting"));
  optics.hops = static_cast<int>(inputs.number("confinement.hops"));
  // a microscope's error is in sizes that a microscope gave, not in computed ones
  optics.unresolved_spread = plan.size_source == SizeSource::given ? sizing.unresolved_spread : 0;
  return optics;
}

/// Light without a word on traps.
Warning no_traps() {
  return {"photophysics: no traps are given",
          "photophysics: no traps are given, so nothing but photophysics.other_loss_rate quenches; trap_density, "
          "traps_per_crystal, a yield or a table [surface] gives them, trap_density = \"0 1/nm2\" says that there are "
          "none"};
}

PhotophysicsPlan load_photophysics(const Inputs& inputs, ModelData& data, Plan& plan) {
  PhotophysicsPlan stage;
  stage.trap_source = source_of_traps(inputs);
  stage.traps_per_crystal = inputs.number("photophysics.traps_per_crystal");
  stage.plqy = inputs.number("photophysics.plqy");
  if (stage.trap_source == TrapSource::given && !inputs.given("photophysics.trap_density") &&
      !inputs.given("photophysics.traps_per_crystal"))
    plan.warnings.push_back(no_traps());
  confinement::PhotophysicsInput& input = stage.input;
  const Asked emitter = asked(inputs, "photophysics.emitter");
  input.emitter = data.emitter(emitter);
  mind_composition(data, "emitters", emitter, plan.treated.composition,
                   "its rates are those of another family of emitters", plan.warnings);
  input.trap_density = inputs.number("photophysics.trap_density");
  input.other_loss_rate = inputs.number("photophysics.other_loss_rate");
  input.quenching_energy = inputs.number("photophysics.quenching_energy");
  stage.quenching_by_exciton = input.quenching_energy == 0;
  stage.extrapolate = inputs.flag("photophysics.extrapolate");
  input.temperature = plan.temperature;
  input.excitons = inputs.number("photophysics.excitons");
  input.charged_share = inputs.number("photophysics.charged_share");
  input.form = form_of(inputs, plan.optics->shape, plan);
  input.by_volume = plan.optics->weighting != confinement::Weighting::number;
  input.first_time = inputs.number("photophysics.first_time");
  input.decades = inputs.number("photophysics.decades");
  input.times_per_decade = static_cast<int>(inputs.number("photophysics.times_per_decade"));
  return stage;
}

InstrumentsPlan load_instruments(const Inputs& inputs) {
  const auto number = [&](const std::string& key) { return inputs.number("instruments." + key); };
  const auto whole = [&](const std::string& key) { return static_cast<int>(number(key)); };
  InstrumentsPlan plan;
  plan.seed = static_cast<std::uint64_t>(number("seed"));
  plan.absorption_noise = number("absorption.noise");
  plan.fitted_range = number("absorption.fitted_range");
  plan.urbach = {number("urbach.lowest"), number("urbach.highest")};
  plan.counter = {number("trpl.response"),    number("trpl.window"),     whole("trpl.channels"),
                  number("trpl.peak_counts"), number("trpl.background"), plan.seed};
  plan.components = whole("trpl.components");
  plan.averaging = inputs.text("instruments.trpl.averaging") == "intensity" ? instruments::Averaging::intensity
                                                                            : instruments::Averaging::amplitude;
  plan.coldest = number("quenching.coldest");
  plan.hottest = number("quenching.hottest");
  plan.temperatures = whole("quenching.temperatures");
  plan.quenching_noise = number("quenching.noise");
  plan.microscope = {whole("tem.particles"), number("tem.error"), whole("tem.bins"), plan.seed};
  plan.diffractometer = {number("xrd.wavelength"), whole("xrd.reflection"), number("xrd.instrument_width"),
                         number("xrd.shape_factor")};
  plan.weak_pump = number("bleach.weak");
  plan.strong_pump = number("bleach.strong");
  return plan;
}

FilmPlan load_film(const Inputs& inputs, ModelData& data, Plan& plan) {
  const Ageing ageing = data.ageing(asked(inputs, "film.ageing"));
  if (inputs.number("film.air_time") > 0 || inputs.number("film.light_time") > 0)
    mind_composition(data, "ageing", asked(inputs, "film.ageing"), plan.treated.composition,
                     "its rates are those of films of other crystals", plan.warnings);
  return {inputs.number("film.packing"), inputs.number("film.hops"), ageing.air * inputs.number("film.air_time"),
          ageing.light * inputs.number("film.light_time")};
}

/// Changed data as text, one line each, for fingerprints.
std::string changes_text(const std::vector<DatumChange>& changes) {
  std::string text;
  for (const DatumChange& change : changes) text += fmt::format("{} = {:.17g}\n", change.datum, change.value);
  return text;
}

/// What a record of a fit says of data must meet data; a wrong name would go unseen otherwise.
void require_known(const Variant& variant, const DataLibrary& library) {
  const io::Position where{variant.document.name(), 0, 0};
  for (const DatumChange& change : variant.changes) {
    if (change.fitted_to.empty()) continue;  // of no record
    const std::size_t slash = change.datum.find('/'),
                      dot = std::min(change.datum.find('.', slash), change.datum.size());
    const std::string name = change.datum.substr(std::min(dot + 1, change.datum.size()));
    const DataFile file = library.load(change.datum.substr(0, slash), change.datum.substr(slash + 1, dot - slash - 1),
                                       where, "fits: " + change.datum);
    if (file.has(name)) continue;
    std::vector<std::string> names;
    for (const Datum& datum : file.data) names.push_back(datum.name);
    const std::string near = io::nearest(name, names);
    throw io::InputError(where, "fits", "a record with \"" + change.datum + "\"",
                         near.empty() ? "a datum of " + file.path : "perhaps \"" + near + "\"");
  }
}

}  // namespace

Plan load_plan(const Variant& variant, const DataLibrary& original) {
  const Inputs inputs(case_inputs(), variant.document);
  inputs.require_complete();
  require_consistent(inputs);
  require_known(variant, original);
  const DataLibrary library = variant.changes.empty() ? original : original.with(variant.changes);
  const std::string changes = changes_text(variant.changes);
  ModelData data(library);
  Plan plan;
  plan.variant = variant.name;
  plan.fingerprint = canonical_text(variant.document) + changes;
  plan.temperature = inputs.number("confinement.temperature");
  plan.has_material = needs_material(inputs);
  if (plan.has_material) load_material(inputs, data, plan);
  if (inputs.has_table("synthesis")) {
    plan.synthesis = load_synthesis(inputs, data, plan.material);
    plan.synthesis->fingerprint = canonical_text(variant.document, {"material", "synthesis"}) + changes;
    require_sound_viscosity(inputs, plan.synthesis->recipe);
  }
  plan.size_source = source_of_sizes(inputs);
  if (inputs.number("sizes.mean") > 0) {
    plan.given_sizes = GivenSizes{inputs.number("sizes.mean"), inputs.number("sizes.standard_deviation")};
  }
  if (inputs.has_table("confinement")) plan.optics = load_optics(inputs, data, plan);
  if (plan.surface) plan.surface->form = form_of(inputs, shape_of(inputs, plan.material), plan);
  if (inputs.has_table("photophysics")) plan.photophysics = load_photophysics(inputs, data, plan);
  if (inputs.has_table("instruments")) {
    require_reflection(inputs, plan.treated.bulk.lattice_constant);
    plan.instruments = load_instruments(inputs);
  }
  if (inputs.has_table("film")) plan.film = load_film(inputs, data, plan);
  if (inputs.has_table("device")) plan.device = load_device(inputs, data, plan);
  if (inputs.has_table("drift")) {
    const std::pair alloy{inputs.text("material.alloy"), inputs.text("material.chloride_alloy")};
    plan.drift = std::make_shared<const DriftPlan>(
        load_drift(inputs, data, plan, [&](const materials::Composition& composition) {
          return data.material(composition, alloy, asked(inputs, "material.composition"));
        }));
  }
  if (inputs.has_table("ageing")) plan.ageing = load_ageing(inputs);
  plan.used = data.used();
  return plan;
}

std::vector<Plan> load_plans(const std::vector<Variant>& variants, const DataLibrary& library) {
  std::vector<Plan> plans;
  for (const Variant& variant : variants) plans.push_back(load_plan(variant, library));
  return plans;
}

}  // namespace nacre::scenarios
