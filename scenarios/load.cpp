#include "scenarios/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "scenarios/cross_checks.hpp"
#include "scenarios/inputs.hpp"
#include "scenarios/load_ageing.hpp"
#include "scenarios/load_device.hpp"
#include "scenarios/load_drift.hpp"
#include "scenarios/model_data.hpp"

namespace nacre::scenarios {
namespace {

using io::Inputs;

/// The name that a key gives, with where it stands.
Asked asked(const Inputs& inputs, const std::string& key) {
  const io::Value value = inputs.at(key);
  Asked name{value.text, inputs.where(key), key};
  if (value.given) name.where = value.where;
  return name;
}

materials::Composition composition_of(const Inputs& inputs) {
  const io::Value formula = inputs.at("material.composition");
  try {
    return materials::parse_formula(formula.text);
  } catch (const std::invalid_argument& error) {
    throw io::InputError(formula.where, formula.key, "\"" + formula.text + "\"",
                         std::string("a formula such as \"CsPb(I0.67Br0.33)3\" (") + error.what() + ")");
  }
}

/// A device whose layers give all their numbers has no crystals.
bool needs_material(const Inputs& inputs) {
  for (const char* table : {"material", "synthesis", "sizes", "surface", "confinement"})
    if (inputs.has_table(table)) return true;
  return !inputs.has_table("device") && !inputs.has_table("ageing");
}

/// Whether the constants of a step are taken beyond their data: told for all steps or for this one.
bool is_extrapolated(const Inputs& inputs, const std::string& step) {
  return inputs.flag("surface.extrapolate") || inputs.flag(step + ".extrapolate");
}

/// A dose that with what earlier steps of the treatment `before` it used lies outside the data.
Warning dose_warning(const std::string& key, const std::string& name, const TreatmentData& treatment, double dose,
                     double before, double held, bool extrapolate) {
  const std::string range = fmt::format("{:g} to {:g}{}", treatment.lowest_dose, treatment.highest_dose,
                                        before > 0 ? " over all its steps" : "");
  const std::string earlier = before > 0 ? fmt::format(" after {:g} in earlier steps", before) : "";
  const std::string done = extrapolate
                               ? "extrapolated, as the case says"
                               : fmt::format("{:g} is used; surface.extrapolate = true takes it as it stands", held);
  return {fmt::format("{} outside the data of {}, {}: {}", key, name, range, extrapolate ? "extrapolated" : "held"),
          fmt::format("{}: {:g} ({}){} lies outside the data of this treatment, {}; {}", key, dose, treatment.dose,
                      earlier, range, done)};
}

/// The dose of a treatment of which earlier steps have used the dose `before`, held so that all of them together stay
/// in the range of the data unless told otherwise.
double dose_of(const Inputs& inputs, const std::string& step, const TreatmentData& treatment, double before,
               std::vector<Warning>& warnings) {
  const std::string key = step + ".dose";
  const double dose = inputs.number(key);
  if (dose == 0) return 0;                             // what is not done has no range
  const double slack = 1e-9 * treatment.highest_dose;  // 0.1 + 0.2 is 0.3
  const double total = before + dose;
  if (total >= treatment.lowest_dose - slack && total <= treatment.highest_dose + slack) return dose;
  const double held = std::max(0.0, std::clamp(total, treatment.lowest_dose, treatment.highest_dose) - before);
  const bool extrapolate = is_extrapolated(inputs, step);
  warnings.push_back(dose_warning(key, inputs.text(step + ".name"), treatment, dose, before, held, extrapolate));
  return extrapolate ? dose : held;
}

/// What a washing has data for: one.
Warning washing_warning(const std::string& step, const std::string& name, bool applied) {
  const std::string done = applied
                               ? "applied as the first was, as extrapolate says"
                               : "the step is left out; " + step + ".extrapolate = true applies it as the first was";
  return {fmt::format("{}.name: {} more than once: {}", step, name, applied ? "extrapolated" : "left out"),
          fmt::format("{}.name: {} has data for a single washing, and an earlier step washed already; {}", step, name,
                      done)};
}

/// Doses that the steps of each treatment have used. Polarities of antisolvents do not add up.
class Doses {
 public:
  double next(const Inputs& inputs, const std::string& step, const TreatmentData& treatment,
              std::vector<Warning>& warnings) {
    const std::string& name = inputs.text(step + ".name");
    double& used = used_[name];
    const bool adds = !std::holds_alternative<synthesis::Antisolvent>(treatment.law);
    const double dose = dose_of(inputs, step, treatment, adds ? used : 0, warnings);
    if (!adds && used > 0 && dose > 0) {
      const bool applied = is_extrapolated(inputs, step);
      warnings.push_back(washing_warning(step, name, applied));
      if (!applied) return 0;
    }
    used += dose;
    return dose;
  }

 private:
  std::map<std::string, double> used_;
};

Warning composition_warning(const std::string& key, const std::string& name, const Validity& data,
                            const materials::Composition& composition, const std::string& done) {
  return {fmt::format("{}: {} on a composition without data, they are of {}", key, name, data.text()),
          fmt::format("{}: {} has data for {}, and not for {}; {}{}", key, name, data.text(),
                      materials::formula(composition), done, data.beyond().empty() ? "" : " (" + data.beyond() + ")")};
}

/// Constants of a file that are used on a composition without data all the same, for nothing else is there.
void mind_composition(const ModelData& data, const std::string& kind, const Asked& asked,
                      const materials::Composition& composition, const std::string& done,
                      std::vector<Warning>& warnings) {
  if (const Validity holds = data.holds_for(kind, asked); !holds.holds(composition))
    warnings.push_back(composition_warning(asked.key, asked.name, holds, composition, done));
}

/// A gap of chloride with iodide has no data, whatever alloys are named.
void mind_alloy(const Asked& formula, const materials::Composition& composition, std::vector<Warning>& warnings) {
  if (!(composition.chloride > 0 && composition.iodide > 0)) return;
  warnings.push_back({formula.key + ": chloride with iodide, of which no alloy has data",
                      fmt::format("{}: {} holds chloride and iodide, of which no alloy has data and few crystals are "
                                  "known; between them all properties are straight lines",
                                  formula.key, materials::formula(composition))});
}

/// What treatments met: of one in parts, the crystals before its first part, as long as no other changes them.
class Met {
 public:
  const materials::Composition& first_by(const std::string& name, const materials::Composition& now) const {
    return name == last_ ? before_ : now;
  }
  void changed(const std::string& name, const materials::Composition& before) {
    before_ = before;
    last_ = name;
  }

 private:
  std::string last_;
  materials::Composition before_;
};

/// A step that has data for what it meets, or that the case wants all the same.
bool is_applied(const Inputs& inputs, const std::string& step, const TreatmentData& treatment,
                const materials::Composition& before, std::vector<Warning>& warnings) {
  if (treatment.holds_for.holds(before) || inputs.number(step + ".dose") == 0) return true;
  const bool extrapolate = is_extrapolated(inputs, step);
  warnings.push_back(composition_warning(
      step + ".name", inputs.text(step + ".name"), treatment.holds_for, before,
      extrapolate ? "applied, as the case says"
                  : "the step is left out; surface.extrapolate = true applies it with these constants"));
  return extrapolate;
}

/// Adds the steps of the recipe and returns what they make of the bulk, whatever its surface.
materials::Composition load_treatments(const Inputs& inputs, ModelData& data, Plan& plan, SurfacePlan& surface) {
  const materials::Composition& start = plan.material.composition;
  synthesis::Surface bulk = synthesis::born(surface.chemistry, surface.birth, start, 0, surface.cell);
  materials::Composition composition = start;
  Doses doses;
  Met met;
  for (int i = 0; i < inputs.count("surface.treatment"); ++i) {
    const std::string step = "surface.treatment." + std::to_string(i);
    const TreatmentData treatment = data.treatment(asked(inputs, step + ".name"));
    const std::string& name = inputs.text(step + ".name");
    const materials::Composition before = met.first_by(name, composition);
    const bool applied = is_applied(inputs, step, treatment, before, plan.warnings);
    surface.treatments.push_back({applied ? treatment.law : synthesis::Law(synthesis::NoTreatment{}),
                                  applied ? doses.next(inputs, step, treatment, plan.warnings) : 0,
                                  inputs.number(step + ".bromide"), is_extrapolated(inputs, step),
                                  inputs.text(step + ".name")});
    surface.names.push_back(inputs.text(step + ".name"));
    surface.recipe +=
        applied ? fmt::format(", {} at {:g} ({})", surface.names.back(), surface.treatments.back().dose, treatment.dose)
                : fmt::format(", {} left out", surface.names.back());
    bulk = synthesis::treated(bulk, surface.treatments.back());
    if (!applied || !treatment.of_the_bulk) continue;
    composition = synthesis::with_halides(start, bulk.crystal);
    met.changed(name, before);
    plan.composition_given = false;
  }
  return composition;
}

SurfacePlan load_surface(const Inputs& inputs, ModelData& data, Plan& plan) {
  SurfacePlan surface;
  const bool flask = inputs.has_table("synthesis");
  surface.chemistry = data.surface(asked(inputs, "surface.chemistry"));
  surface.birth.temperature = inputs.number(flask ? "synthesis.start_temperature" : "surface.temperature");
  surface.birth.halide_excess = flask ? inputs.number("synthesis.halide_excess") : 1;
  surface.birth.cation_per_lead = inputs.number("surface.cation_per_lead");
  surface.birth.incomplete = inputs.number("surface.incomplete_layers");
  if (inputs.number("surface.open_share") > 0) surface.birth.open_share = inputs.number("surface.open_share");
  if (!surface.birth.open_share)  // by hand, the free energy of an open site has no part in it
    mind_composition(data, "surfaces", asked(inputs, "surface.chemistry"), plan.material.composition,
                     "the free energy of an open site is that of other crystals; surface.open_share takes its place",
                     plan.warnings);
  surface.cell = plan.material.bulk.lattice_constant;
  surface.recipe = inputs.text("surface.chemistry");
  surface.recipe += surface.birth.open_share ? fmt::format(", open share {:g} by hand", *surface.birth.open_share)
                                             : fmt::format(", born at {:g} K", surface.birth.temperature);
  return surface;
}

void load_material(const Inputs& inputs, ModelData& data, Plan& plan) {
  const Asked formula = asked(inputs, "material.composition");
  const std::pair alloy{inputs.text("material.alloy"), inputs.text("material.chloride_alloy")};
  plan.material = data.material(composition_of(inputs), alloy, formula);
  plan.treated = plan.material;
  mind_alloy(formula, plan.material.composition, plan.warnings);
  if (!inputs.has_table("surface")) return;
  plan.surface = load_surface(inputs, data, plan);
  const materials::Composition treated = load_treatments(inputs, data, plan, *plan.surface);
  if (!plan.composition_given) plan.treated = data.material(treated, alloy, formula);
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
  if (inputs.has_table("device")) plan.device = load_device(inputs, data, variant.name);
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
