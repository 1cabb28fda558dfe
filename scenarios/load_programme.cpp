#include "scenarios/load_programme.hpp"

#include <fmt/format.h>

#include "scenarios/device_checks.hpp"
#include "scenarios/device_stage.hpp"
#include "scenarios/stored_state.hpp"

namespace nacre::scenarios {
namespace {

using io::InputError;
using io::Inputs;

/// A number that a table of pulses needs.
double needed(const Inputs& inputs, const std::string& table, const std::string& leaf) {
  const std::string key = table + "." + leaf;
  if (inputs.given(key)) return inputs.number(key);
  throw InputError(inputs.where(table), key, "pulses without it", leaf + " beside pulses");
}

device::Pulses read_pulses(const Inputs& inputs, const std::string& table, device::Source source) {
  device::Pulses pulses{.count = static_cast<int>(inputs.number(table + ".pulses"))};
  if (pulses.count == 0) return pulses;
  pulses.level = needed(inputs, table, source == device::Source::current ? "pulse_current" : "pulse_voltage");
  pulses.width = needed(inputs, table, "pulse_width");
  pulses.period = needed(inputs, table, "pulse_period");
  if (!(pulses.period > pulses.width)) {
    throw InputError(inputs.where(table + ".pulse_period"), table + ".pulse_period",
                     fmt::format("{:.6g} s", pulses.period),
                     fmt::format("longer than the pulse, {:.6g} s", pulses.width));
  }
  return pulses;
}

device::ProgrammeStep read_step(const Inputs& inputs, const std::string& table) {
  const bool of_current = inputs.given(table + ".current");
  if (of_current && inputs.given(table + ".voltage")) {
    throw InputError(inputs.where(table + ".current"), table + ".current", "a step of voltage and current",
                     "one of them");
  }
  device::ProgrammeStep step;
  step.source = of_current ? device::Source::current : device::Source::voltage;
  step.value = inputs.number(table + (of_current ? ".current" : ".voltage"));
  step.ramp = inputs.number(table + ".ramp");
  step.hold = inputs.number(table + ".hold");
  step.pulses = read_pulses(inputs, table, step.source);
  if (!(step.ramp > 0) && !(step.hold > 0) && step.pulses.count == 0) {
    throw InputError(inputs.where(table), table, "a step that takes no time", "a ramp or a hold above 0 s, or pulses");
  }
  return step;
}

device::ProfilesInTime profiles_of(const std::string& name) {
  if (name == "all") return device::ProfilesInTime::all;
  return name == "ends" ? device::ProfilesInTime::ends : device::ProfilesInTime::none;
}

/// Refuses a state of another mesh or stack, as far as they are known before crystals and film are computed: their
/// mesh, unless a pitch is theirs, and their species.
void check_state(const io::Value& from, const DevicePlan& plan) {
  bool mesh_known = true;
  for (const LayerPlan& layer : plan.layers)
    mesh_known = mesh_known && !layer.pitch_of_crystals && !layer.vacancies_of_film;
  if (!mesh_known) return;
  const bool stack_known = plan.stands_alone();
  const device::Stack stack = stack_known ? with_crystals(plan, {}) : plan.stack;
  const fvm::Mesh mesh = device::device_mesh(stack, plan.mesh);
  const std::string problem = stack_known ? device::misfit_of(*plan.from, stack, mesh)
                                          : device::misfit_of_mesh(*plan.from, stack, mesh);
  if (!problem.empty())
    throw InputError(from.where, from.key, "\"" + from.text + "\": " + problem,
                     "the result of a run with this stack and these nodes");
}

}  // namespace

void load_programme(const Inputs& inputs, const std::string& variant, DevicePlan& plan) {
  check_programme(inputs);
  for (int i = 0; i < inputs.count("device.step"); ++i)
    plan.programme.push_back(read_step(inputs, "device.step." + std::to_string(i)));
  plan.rest = inputs.number("device.programme.rest");
  plan.in_time.mesh = plan.mesh;
  plan.in_time.tolerance = inputs.number("device.programme.tolerance");
  plan.in_time.points = static_cast<int>(inputs.number("device.programme.points"));
  plan.in_time.first_time = inputs.number("device.programme.first_time");
  plan.in_time.pulse_points = static_cast<int>(inputs.number("device.programme.pulse_points"));
  plan.in_time.profiles = profiles_of(inputs.text("device.programme.profiles"));
  const io::Value from = inputs.at("device.programme.from");
  if (from.text.empty()) return;
  if (plan.programme.empty()) {
    throw InputError(from.where, from.key, "a state to go on from, but no [[device.step]]", "steps of a programme");
  }
  plan.from = load_state(from.text, variant);
  check_state(from, plan);
}

}  // namespace nacre::scenarios
