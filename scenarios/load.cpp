#include "scenarios/load.hpp"

#include <stdexcept>

#include "scenarios/cross_checks.hpp"
#include "scenarios/inputs.hpp"
#include "scenarios/load_device.hpp"
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
  for (const char* table : {"material", "washing", "synthesis", "sizes", "confinement"})
    if (inputs.has_table(table)) return true;
  return !inputs.has_table("device");
}

void load_material(const Inputs& inputs, ModelData& data, Plan& plan) {
  const Asked formula = asked(inputs, "material.composition");
  const std::string alloy = inputs.text("material.alloy");
  plan.material = data.material(composition_of(inputs), alloy, formula);
  plan.washed = plan.material;
  if (!inputs.has_table("washing")) return;
  const materials::WashingLaw law = data.washing(asked(inputs, "washing.law"));
  const double polarity = inputs.number("washing.relative_polarity");
  const materials::Composition washed = materials::wash(plan.material.composition, law, polarity);
  plan.washed = data.material(washed, alloy, formula);
  plan.composition_given = inputs.text("washing.law") == "none";
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
  const bool cube = shape == "material" ? material.bulk.shape == materials::Shape::cube : shape == "cube";
  return cube ? confinement::Shape::cube : confinement::Shape::sphere;
}

confinement::Weighting weighting_of(const std::string& name) {
  if (name == "volume") return confinement::Weighting::volume;
  if (name == "funnelling") return confinement::Weighting::funnelling;
  return confinement::Weighting::number;
}

confinement::OpticsInput load_optics(const Inputs& inputs, ModelData& data, const Plan& plan) {
  const materials::EndMember& bulk = plan.washed.bulk;
  const Sizing sizing = data.sizing(asked(inputs, "confinement.sizing"));
  confinement::OpticsInput optics;
  optics.bands.gap = materials::gap(plan.washed, plan.temperature) + sizing.gap_offset;
  optics.bands.reduced_mass = bulk.reduced_mass;
  optics.bands.permittivity = bulk.permittivity;
  optics.bands.barrier = bulk.barrier;
  optics.bands.outside_mass = bulk.outside_mass;
  optics.shape = shape_of(inputs, plan.washed);
  optics.size_ratio = sizing.size_ratio;
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

}  // namespace

Plan load_plan(const Variant& variant, const DataLibrary& library) {
  const Inputs inputs(case_inputs(), variant.document);
  inputs.require_complete();
  require_consistent(inputs);
  ModelData data(library);
  Plan plan;
  plan.variant = variant.name;
  plan.fingerprint = canonical_text(variant.document);
  plan.temperature = inputs.number("confinement.temperature");
  plan.has_material = needs_material(inputs);
  if (plan.has_material) load_material(inputs, data, plan);
  if (inputs.has_table("synthesis")) {
    plan.synthesis = load_synthesis(inputs, data, plan.material);
    plan.synthesis->fingerprint = canonical_text(variant.document, {"material", "synthesis"});
    require_sound_viscosity(inputs, plan.synthesis->recipe);
  }
  plan.size_source = source_of_sizes(inputs);
  if (inputs.number("sizes.mean") > 0) {
    plan.given_sizes = GivenSizes{inputs.number("sizes.mean"), inputs.number("sizes.standard_deviation")};
  }
  if (inputs.has_table("confinement")) plan.optics = load_optics(inputs, data, plan);
  if (inputs.has_table("device")) plan.device = load_device(inputs, data);
  plan.used = data.used();
  return plan;
}

std::vector<Plan> load_plans(const std::vector<Variant>& variants, const DataLibrary& library) {
  std::vector<Plan> plans;
  for (const Variant& variant : variants) plans.push_back(load_plan(variant, library));
  return plans;
}

}  // namespace nacre::scenarios
