// What an ensemble is, how it starts and how carriers take their places; its steps in time are in ensemble_steps.cpp,
// one stage of them in ensemble_stage.cpp, and what is read off it in ensemble_readings.cpp.
#include "models/device/exchange/ensemble.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/math/roots.hpp"
#include "engine/units/constants.hpp"
#include "models/device/exchange/composition_grid.hpp"

namespace nacre::device {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double furthest = 1e12;  // potential of iodide at the start [kT]

/// One class without spread at the composition itself where there is a single halide and nothing to exchange.
bool is_mixed(double iodide) {
  return iodide > 0 && iodide < 1;
}

}  // namespace

Ensemble::Ensemble(const ExchangeLaw& law, std::span<const SizeClass> classes, double iodide, int cells,
                   std::span<const double> depths)
    : law_(law),
      classes_(classes.begin(), classes.end()),
      depths_(depths.begin(), depths.end()),
      cells_(is_mixed(iodide) ? static_cast<std::size_t>(cells) : 1),
      kT_(units::constants::boltzmann * law.temperature) {
  if (depths_.empty()) depths_ = {1};
  const double omega = law.interaction / kT_;
  CompositionGrid grid = narrowed_to(composition_grid(iodide, law.sites, cells_), iodide);
  for (std::size_t i = 0; i < cells_; ++i) {
    mixing_.push_back(law.sites * mixing_energy(grid.centre[i], omega) - std::log(grid.width[i]));
    const bool last = i + 1 == cells_;
    const double apart = last ? 1 : grid.centre[i + 1] - grid.centre[i];
    const double width = last ? 1 : std::sqrt(grid.width[i] * grid.width[i + 1]);
    step_.push_back(apart);
    mobility_.push_back(last ? 0
                             : interdiffusion(grid.face[i + 1], law.bromide_mobility) / (law.sites * apart * width));
  }
  x_ = std::move(grid.centre), width_ = std::move(grid.width);
  for (const double x : x_)
    for (const SizeClass& one : classes_) gap_.push_back(law.gap.at(x) + one.confinement);
  lowest_gap_ = *std::min_element(gap_.begin(), gap_.end());
  for (const double gap : gap_)
    for (const CarrierLevel& level : law_.levels)
      boltzmann_.push_back(std::exp(-(gap + level.energy - lowest_gap_) / kT_));
  for (std::size_t at = 0; at < gap_.size(); ++at) {
    probe_.push_back(0);
    for (std::size_t l = 0; l < law_.levels.size(); ++l)
      probe_.back() += law_.levels[l].states * boltzmann_[at * law_.levels.size() + l];
  }

  // Undriven equilibrium: P ~ exp(-N (f - mu x)), mu from the mean.
  std::vector<double> share(cells_, 1);
  if (is_mixed(iodide)) {
    const auto mean = [&](double mu) {
      double highest = -infinite, sum = 0, rich = 0;
      for (std::size_t i = 0; i < cells_; ++i) highest = std::max(highest, law.sites * mu * x_[i] - mixing_[i]);
      for (std::size_t i = 0; i < cells_; ++i) {
        share[i] = std::exp(law.sites * mu * x_[i] - mixing_[i] - highest);
        sum += share[i], rich += share[i] * x_[i];
      }
      for (double& value : share) value /= sum;
      return rich / sum;
    };
    double reach = 40 + std::abs(omega);
    while (reach < furthest && !(mean(-reach) < iodide && mean(reach) > iodide)) reach *= 2;  // cells close to an end
    start_mu_ = math::brent_root([&](double mu) { return mean(mu) - iodide; }, -reach, reach).x;
    mean(start_mu_);
  }
  for (std::size_t i = 0; i < cells_; ++i)
    for (std::size_t d = 0; d < depths_.size(); ++d)
      for (const SizeClass& one : classes_) start_.push_back(one.weight * share[i]);

  const std::size_t all = cells_ * lanes();
  for (auto* values : {&old_, &rhs_, &energy_, &carriers_, &carrier_slope_, &below_, &diagonal_, &above_, &ahead_,
                       &back_, &slope_, &back_slope_, &by_mu_, &by_zeta_, &stage_})
    values->resize(all);
  for (auto* values : {&mu_, &zeta_, &old_mu_, &old_zeta_, &matrix_, &below_depth_, &above_depth_, &side_, &last_side_,
                       &fermi_gain_, &fermi_side_, &own_, &shift_, &had_, &changed_, &source_, &trial_})
    values->resize(depths_.size());
  drive_.resize(depths_.size());
  restart();
}

void Ensemble::restart() {
  p_ = start_;
  std::fill(mu_.begin(), mu_.end(), start_mu_);
  std::fill(zeta_.begin(), zeta_.end(), -infinite);
  std::fill(drive_.begin(), drive_.end(), Drive{});
  settled_ = false;
}

double Ensemble::occupied(std::size_t lane, std::size_t cell, double* slope) const {
  const double z = std::exp(zeta_[lane / classes_.size()]);
  const double* factor = &boltzmann_[(cell * classes_.size() + lane % classes_.size()) * law_.levels.size()];
  double carriers = 0, change = 0;
  for (std::size_t l = 0; l < law_.levels.size(); ++l) {
    const double full = z * factor[l] / (1 + z * factor[l]);
    carriers += law_.levels[l].states * full;
    change += law_.levels[l].states * full * (1 - full);
  }
  if (slope) *slope = change;
  return carriers;
}

/// Fermi level of the distribution as it is.
void Ensemble::fill(std::size_t depth) {
  if (!(drive_[depth].occupancy > 0)) {
    zeta_[depth] = -infinite;
    return;
  }
  const auto excess = [&](double zeta) {
    zeta_[depth] = zeta;
    double sum = 0, slope = 0, change = 0;
    for (std::size_t i = 0; i < cells_; ++i)
      for (std::size_t s = 0; s < classes_.size(); ++s) {
        const std::size_t lane = depth * classes_.size() + s;
        sum += p_[i * lanes() + lane] * occupied(lane, i, &change);
        slope += p_[i * lanes() + lane] * change;
      }
    return std::pair{std::log(sum / drive_[depth].occupancy), slope / sum};
  };
  double low = -60, high = 60;
  while (low > -600 && excess(low).first > 0) low *= 2;
  while (high < 600 && excess(high).first < 0) high *= 2;
  const double start = std::clamp(std::isfinite(zeta_[depth]) ? zeta_[depth] : 0, low, high);
  zeta_[depth] = math::newton_root(excess, low, high, start, {1e-14, 1e-15, 200}).x;
}

void Ensemble::occupy(std::span<const Drive> drive) {
  for (std::size_t d = 0; d < depths_.size(); ++d)
    settled_ = settled_ && drive_[d].occupancy == drive[d].occupancy && drive_[d].rate == drive[d].rate;
  std::copy(drive.begin(), drive.end(), drive_.begin());
  for (std::size_t d = 0; d < depths_.size(); ++d) fill(d);
}

}  // namespace nacre::device
