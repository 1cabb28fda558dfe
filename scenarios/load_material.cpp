#include "scenarios/load_material.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "scenarios/asked.hpp"

namespace nacre::scenarios {
namespace {

using io::Inputs;

materials::Composition composition_of(const Inputs& inputs) {
  const io::Value formula = inputs.at("material.composition");
  try {
    return materials::parse_formula(formula.text);
  } catch (const std::invalid_argument& error) {
    throw io::InputError(formula.where, formula.key, "\"" + formula.text + "\"",
                         std::string("a formula such as \"CsPb(I0.67Br0.33)3\" (") + error.what() + ")");
  }
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

}  // namespace

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

}  // namespace nacre::scenarios
