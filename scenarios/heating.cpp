#include "scenarios/heating.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "models/device/self_heating.hpp"

namespace nacre::scenarios {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double warmest = 150;  // above ambient: organic layers and crystals are gone by then [K]

/// One sweep at one temperature.
struct Sweep {
  double temperature = 0;
  const DeviceResult* device = nullptr;
};

/// Electric power that does not leave as light [W/m2].
double power(const DeviceResult& device, std::size_t i) {
  return std::max(0.0, device.points[i].supplied * device.points[i].applied - device.lights[i].exitance);
}

/// A positive number of all sweeps at another temperature: its logarithm by Lagrange's polynomial in 1/T; where a sweep
/// has none that is positive, that of the first.
template <class Get>
double between(const std::vector<Sweep>& sweeps, double temperature, const Get& get) {
  double sum = 0;
  for (std::size_t i = 0; i < sweeps.size(); ++i) {
    const double value = get(*sweeps[i].device);
    if (!(value > 0)) return get(*sweeps.front().device);
    double weight = 1;
    for (std::size_t k = 0; k < sweeps.size(); ++k)
      if (k != i)
        weight *=
            (1 / temperature - 1 / sweeps[k].temperature) / (1 / sweeps[i].temperature - 1 / sweeps[k].temperature);
    sum += weight * std::log(value);
  }
  return std::exp(sum);
}

/// The largest rise of the temperature at the ends of the sweeps so far, capped; infinite where the device runs away.
double rise_of(const std::vector<Sweep>& sweeps, const DevicePlan& plan, std::size_t points) {
  double most = 0;
  const double ambient = plan.stack.temperature;
  for (std::size_t i = 0; i < points; ++i) {
    const auto heat = [&](double t) { return between(sweeps, t, [i](const DeviceResult& d) { return power(d, i); }); };
    const device::Warmed warmed = device::self_heated(heat, ambient, plan.thermal_resistance, ambient + 2 * warmest);
    most = std::max(most, warmed.runs_away ? warmest : warmed.temperature - ambient);
  }
  return std::min(most, warmest);
}

DevicePlan at_temperature(const DevicePlan& plan, double temperature) {
  DevicePlan one = plan;
  one.stack.temperature = temperature;
  one.thermal_resistance = 0;
  one.profiles.clear(), one.currents.clear(), one.impedance_biases.clear(), one.programme.clear();
  one.capacitance_at = 0;
  return one;
}

/// The crystals of a warm film: its losses grow as those of its crystals do.
Crystals warmed(const Crystals& crystals, double ambient, double temperature) {
  Crystals warm = crystals;
  if (!crystals.loss_at || !(crystals.yield < 1)) return warm;
  const double growth = crystals.loss_at(temperature) / crystals.loss_at(ambient);
  if (std::isfinite(growth) && growth > 0) warm.yield = 1 / (1 + (1 / crystals.yield - 1) * growth);
  return warm;
}

}  // namespace

void heat(const DevicePlan& plan, const Crystals& crystals, const confinement::ColourTable& eye, DeviceResult& result) {
  if (!(plan.thermal_resistance > 0) || result.points.empty()) return;
  const double ambient = plan.stack.temperature;
  std::vector<DeviceResult> kept;
  kept.reserve(8);
  std::vector<Sweep> sweeps{{ambient, &result}};
  std::size_t points = result.points.size();
  const auto sweep_at = [&](double wanted) {
    if (plan.mesh.is_interrupted()) return false;
    // a temperature at which Newton's iteration fails has neighbours at which it does not
    for (const double factor : {1.0, 1.05, 0.95, 1.1}) {
      DeviceResult device = run_device(at_temperature(plan, ambient + factor * wanted),
                                       warmed(crystals, ambient, ambient + factor * wanted), eye);
      if (!device.complete && factor < 1.1) continue;
      kept.push_back(std::move(device));
      sweeps.push_back({ambient + factor * wanted, &kept.back()});
      break;
    }
    if (plan.mesh.is_interrupted()) return false;
    if (kept.back().points.size() < points) {
      points = kept.back().points.size();
      result.warnings.push_back({"device: heat: a sweep at a higher temperature ends early",
                                 fmt::format("device: heat: the sweep at {:.4g} K ends early: nothing is known of its "
                                             "heat beyond: {}",
                                             sweeps.back().temperature, kept.back().message)});
    }
    return true;
  };
  // The first guess has no slope, the second one does; the third sweep gives the curvature.
  if (!sweep_at(std::clamp(1.2 * rise_of(sweeps, plan, points), 1.0, warmest))) return;
  const double top = std::clamp(1.1 * rise_of(sweeps, plan, points), 1.0, warmest);
  if (top > 1.3 * (sweeps[1].temperature - ambient) && !sweep_at(top)) return;
  const double last = sweeps.back().temperature - ambient;
  if (sweeps.size() < 3 && last > 1 && !sweep_at(last / 2)) return;
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    device::Warmed warmed{nan, false};
    const bool gone = i > 0 && std::isnan(result.temperature.back());
    if (!gone && i < points) {
      warmed = device::self_heated(
          [&](double t) { return between(sweeps, t, [i](const DeviceResult& d) { return power(d, i); }); }, ambient,
          plan.thermal_resistance, ambient + warmest);
      if (warmed.runs_away)
        result.warnings.push_back(
            {"device: it runs away with its own heat",
             fmt::format(
                 "device: at {:.6g} V heat would take it more than {:.0f} K above ambient, or leaves more slowly "
                 "than it is made: no steady state from there on",
                 result.biases[i], warmest)});
    }
    const double t = warmed.temperature;
    const auto at = [&](auto get) { return std::isnan(t) ? nan : between(sweeps, t, get); };
    result.temperature.push_back(t);
    result.heated_current.push_back(at([i](const DeviceResult& d) { return d.points[i].supplied; }));
    result.heated_luminance.push_back(at([i](const DeviceResult& d) { return d.lights[i].luminance; }));
    result.heated_efficiency.push_back(at([i](const DeviceResult& d) { return d.lights[i].quantum_efficiency; }));
  }
}

}  // namespace nacre::scenarios
