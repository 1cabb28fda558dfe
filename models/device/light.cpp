#include "models/device/light.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/units/constants.hpp"

namespace nacre::device {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double q = units::constants::elementary_charge;

/// Where a straight line from (a, ya) to (b, yb) has the ordinate y.
double crossing(double a, double b, double ya, double yb, double y) {
  return a + (b - a) * (y - ya) / (yb - ya);
}

}  // namespace

double photons_of(double emitting, const Emitter& emitter, double yield) {
  // generation absorbs, it does not shine
  return std::max(0.0, emitting) / q * emitter.yield * emitter.outcoupling /
         (1 - emitter.reabsorbed * emitter.yield * yield);
}

Light light(std::span<const double> emitting, std::span<const std::optional<Emitter>> emitters, double current,
            double bias, std::span<const double> yields) {
  assert(emitting.size() == emitters.size() && (yields.empty() || yields.size() == emitting.size()));
  Light total;
  double flux = 0;  // luminous, per area [lm/m2]
  for (std::size_t i = 0; i < emitting.size(); ++i) {
    if (!emitters[i]) continue;
    const double photons = photons_of(emitting[i], *emitters[i], yields.empty() ? 1 : yields[i]);
    total.photons += photons;
    total.exitance += photons * emitters[i]->photon_energy;
    flux += photons * emitters[i]->photon_energy * emitters[i]->luminous_efficacy;
  }
  total.luminance = flux / std::numbers::pi;
  const bool forward = current > 0 && bias > 0;
  total.quantum_efficiency = forward ? total.photons * q / current : nan;
  total.current_efficiency = forward ? total.luminance / current : nan;
  total.power_efficiency = forward ? flux / (current * bias) : nan;
  return total;
}

PhotonBalance photon_balance(double radiative, std::span<const double> emitting,
                             std::span<const std::optional<Emitter>> emitters, std::span<const double> yields) {
  assert(emitting.size() == emitters.size());
  PhotonBalance balance;
  balance.lost = radiative;
  for (std::size_t i = 0; i < emitting.size(); ++i) {
    if (!emitters[i]) continue;
    const Emitter& emitter = *emitters[i];
    const double recycled = emitter.reabsorbed * emitter.yield * (yields.empty() ? 1 : yields[i]);
    const double first = std::max(0.0, emitting[i]) * emitter.yield, made = first / (1 - recycled);
    const double left = made * emitter.outcoupling;
    balance.left += left;
    balance.kept += made * (1 - emitter.reabsorbed) - left;
    balance.reabsorbed += made * (emitter.reabsorbed - recycled);
    balance.lost -= first;
  }
  return balance;
}

double bias_at(std::span<const double> biases, std::span<const double> luminances, double luminance) {
  assert(biases.size() == luminances.size());
  for (std::size_t i = 1; i < biases.size(); ++i) {
    const double before = luminances[i - 1], after = luminances[i];
    if (!(before < luminance && after >= luminance)) continue;
    if (!(before > 0)) return biases[i];
    return crossing(biases[i - 1], biases[i], std::log(before), std::log(after), std::log(luminance));
  }
  return nan;
}

double efficiency_at(std::span<const Light> lights, double luminance) {
  for (std::size_t i = 1; i < lights.size(); ++i) {
    const Light &before = lights[i - 1], &after = lights[i];
    if (!(before.luminance > 0 && before.luminance < luminance && after.luminance >= luminance)) continue;
    return crossing(before.quantum_efficiency, after.quantum_efficiency, std::log(before.luminance),
                    std::log(after.luminance), std::log(luminance));
  }
  return nan;
}

RollOff roll_off(std::span<const Light> lights, std::span<const double> currents, double least_luminance) {
  assert(lights.size() == currents.size());
  const auto counts = [&](std::size_t i) { return lights[i].luminance >= least_luminance && currents[i] > 0; };
  std::size_t top = lights.size();
  for (std::size_t i = 0; i < lights.size(); ++i)
    if (counts(i) && (top == lights.size() || lights[i].quantum_efficiency > lights[top].quantum_efficiency)) top = i;
  if (top == lights.size()) return {nan, nan, nan, nan, nan};
  RollOff result{lights[top].quantum_efficiency, lights[top].luminance, currents[top], nan, nan};
  for (std::size_t i = top + 1; i < lights.size(); ++i) {
    const double before = lights[i - 1].quantum_efficiency, after = lights[i].quantum_efficiency;
    if (!(after <= result.largest / 2)) continue;
    const auto there = [&](double a, double b) {
      return std::exp(crossing(std::log(a), std::log(b), before, after, result.largest / 2));
    };
    result.half_current = there(currents[i - 1], currents[i]);
    result.half_luminance = there(lights[i - 1].luminance, lights[i].luminance);
    break;
  }
  return result;
}

std::vector<double> mixed_spectrum(std::span<const double> photons, std::span<const std::vector<double>> spectra) {
  assert(photons.size() == spectra.size());
  std::vector<double> mixed(spectra.empty() ? 0 : spectra.front().size(), 0);
  for (std::size_t e = 0; e < spectra.size(); ++e)
    for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] += photons[e] * spectra[e][i];
  return mixed;
}

}  // namespace nacre::device
