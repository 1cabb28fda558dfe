#include "models/confinement/ensemble.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nacre::confinement {
namespace {

void normalise(std::vector<double>& weight) {
  const double sum = std::accumulate(weight.begin(), weight.end(), 0.0);
  for (double& w : weight) w /= sum;
}

/// One attempt of every exciton to move to a neighbour drawn from `number`; classes in ascending order of energy.
/// It stays when the neighbour is no lower, so that the sum is conserved.
void hop(std::vector<double>& exciton, const std::vector<double>& number, const std::vector<std::size_t>& ascending) {
  double above = std::accumulate(exciton.begin(), exciton.end(), 0.0), lower = 0;
  for (const std::size_t i : ascending) {
    above -= exciton[i];
    exciton[i] = exciton[i] * (1 - lower) + number[i] * std::max(above, 0.0);
    lower += number[i];
  }
}

}  // namespace

Moments moments(std::span<const double> value, std::span<const double> weight) {
  double sum = 0, first = 0, second = 0;
  for (std::size_t i = 0; i < value.size(); ++i) sum += weight[i], first += weight[i] * value[i];
  const double mean = first / sum;
  for (std::size_t i = 0; i < value.size(); ++i) second += weight[i] * (value[i] - mean) * (value[i] - mean);
  return {mean, std::sqrt(second / sum)};
}

std::vector<double> resolved_edges(std::span<const double> edge, std::span<const double> weight,
                                   double unresolved_spread) {
  std::vector<double> result(edge.begin(), edge.end());
  const Moments m = moments(edge, weight);
  if (unresolved_spread == 0 || m.standard_deviation == 0) return result;
  const double ratio = unresolved_spread / m.standard_deviation;
  const double factor = std::sqrt(std::max(0.0, 1 - ratio * ratio));
  for (double& x : result) x = m.mean + factor * (x - m.mean);
  return result;
}

Transitions transitions(const SizingCurve& curve, const StokesLaw& stokes, double rydberg, double size_ratio,
                        double edge) {
  constexpr double p_pair = 2.0457;       // (4.493409/pi)^2: energy of the 1p pair over that of the 1s pair
  constexpr double shell_spacing = 1.32;  // from the 1p to the 1d pair, (5.763459^2 - 4.493409^2)/pi^2
  constexpr double p_states = 3;
  const double size = size_ratio * edge;
  const double confinement = curve.confinement(size);
  Transitions t;
  t.emission = curve.energy(size);
  t.absorption = t.emission + stokes_shift(stokes, edge);
  t.continuum = t.absorption + rydberg + (p_pair - 1) * confinement;
  t.strength = curve.strength(size);
  if (curve.is_planar()) {  // Elliott's step in two dimensions: the line weighs 16 Ry, that is 4 times the binding
                            // energy
    t.continuum = t.absorption + curve.binding(size);
    t.continuum_strength = t.strength / (4 * curve.binding(size));
    return t;
  }
  t.continuum_strength = t.strength / (2 * rydberg + confinement * shell_spacing / p_states);
  return t;
}

std::vector<double> emission_weights(Weighting weighting, std::span<const double> edge, std::span<const double> number,
                                     std::span<const double> energy, int hops) {
  std::vector<double> share(number.begin(), number.end());
  normalise(share);
  if (weighting == Weighting::number) return share;
  const std::vector<double> neighbour = share;
  for (std::size_t i = 0; i < share.size(); ++i) share[i] *= edge[i] * edge[i] * edge[i];
  normalise(share);
  if (weighting == Weighting::volume) return share;
  std::vector<std::size_t> ascending(share.size());
  std::iota(ascending.begin(), ascending.end(), std::size_t{0});
  std::sort(ascending.begin(), ascending.end(), [&](std::size_t a, std::size_t b) { return energy[a] < energy[b]; });
  for (int k = 0; k < hops; ++k) hop(share, neighbour, ascending);
  return share;
}

}  // namespace nacre::confinement
