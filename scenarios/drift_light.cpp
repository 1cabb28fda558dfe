#include "scenarios/drift_light.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "engine/units/constants.hpp"
#include "models/device/exchange/exciton_hops.hpp"

namespace nacre::scenarios {
namespace {

constexpr double hc = units::constants::planck * units::constants::speed_of_light;

/// From the largest crystals with the smaller gap that exchange can give them to the smallest with the larger one.
confinement::EmissionGrid grid_of(const Drifting& in, const DriftCrystals& crystals,
                                  const confinement::ColourTable& eye) {
  constexpr double room = 0.1 * units::constants::electron_volt;  // for the offset
  const auto [low, high] =
      std::minmax_element(crystals.classes().begin(), crystals.classes().end(),
                          [](const auto& a, const auto& b) { return a.confinement < b.confinement; });
  const device::MixedGap& gap = in.plan.data.law.gap;
  const auto [smaller, larger] =
      std::minmax({gap.at(in.is_mixed() ? 1 : in.iodide), gap.at(in.is_mixed() ? 0 : in.iodide)});
  return {smaller + low->confinement - room, larger + high->confinement + room, in.line_width, in.lorentz_share, eye};
}

std::vector<std::size_t> sorted_by_gap(const DriftCrystals& crystals) {
  const device::Ensemble& ensemble = crystals.ensemble();
  std::vector<double> gaps;
  for (std::size_t i = 0; i < ensemble.cells(); ++i)
    for (std::size_t s = 0; s < ensemble.classes(); ++s) gaps.push_back(ensemble.gap(s, i));
  std::vector<std::size_t> out(gaps.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  std::sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return gaps[a] < gaps[b]; });
  return out;
}

}  // namespace

DriftLight::DriftLight(const Drifting& in, const DriftCrystals& undriven, const LayerCarriers& unbiased,
                       const confinement::ColourTable& eye)
    : grid_(grid_of(in, undriven, eye)), by_gap_(sorted_by_gap(undriven)) {
  for (int i = 0; i < 4; ++i) offset_ += hc / in.start_peak - hc / seen(spectrum(undriven, unbiased)).peak;
}

std::vector<double> DriftLight::spectrum(const DriftCrystals& crystals, const LayerCarriers& now) {
  emit(crystals, now);
  return grid_.spectrum(energies_, weights_);
}

double DriftLight::gap(const DriftCrystals& crystals, const LayerCarriers& now) {
  emit(crystals, now);
  double sum = 0, all = 0;
  for (std::size_t i = 0; i < weights_.size(); ++i) sum += weights_[i] * energies_[i], all += weights_[i];
  return sum / all;
}

void DriftLight::emit(const DriftCrystals& crystals, const LayerCarriers& now) {
  energies_.clear(), weights_.clear();
  if (crystals.have_ensemble())
    emit_from_domains(crystals, now);
  else
    emit_from_monolayers(crystals, now);
  for (double& energy : energies_) energy += offset_;
}

/// The light of a depth is that of its monolayers; its excitons hop among its own crystals.
void DriftLight::emit_from_domains(const DriftCrystals& crystals, const LayerCarriers& now) {
  const device::Ensemble& ensemble = crystals.ensemble();
  for (std::size_t d = 0; d < ensemble.depths(); ++d) {
    const std::size_t begin = weights_.size();
    double all = 0;
    shares_.clear();
    for (std::size_t i = 0; i < ensemble.cells(); ++i)
      for (std::size_t s = 0; s < ensemble.classes(); ++s) {
        energies_.push_back(ensemble.gap(s, i));
        shares_.push_back(ensemble.share(d, s, i));
        weights_.push_back(shares_.back() * ensemble.carriers(d, s, i));
        all += weights_.back();
      }
    const std::span<double> light = std::span(weights_).subspan(begin);
    const double scale = crystals.layer().sum_at(d, now.emission) / all;
    for (double& one : light) one *= scale;
    device::hop_downhill(light, shares_, by_gap_, crystals.data().exciton_hops);
  }
}

/// Every monolayer has one composition; its excitons hop to those beside it.
void DriftLight::emit_from_monolayers(const DriftCrystals& crystals, const LayerCarriers& now) {
  std::vector<double> gaps;
  for (const double x : crystals.monolayers()) gaps.push_back(crystals.data().law.gap.at(x));
  const std::vector<double> light =
      device::after_hops(now.emission, gaps, static_cast<int>(std::lround(crystals.data().exciton_hops)));
  for (std::size_t k = 0; k < gaps.size(); ++k)
    for (const device::SizeClass& one : crystals.classes()) {
      energies_.push_back(gaps[k] + one.confinement);
      weights_.push_back(light[k] * one.weight);
    }
}

}  // namespace nacre::scenarios
