#include "models/device/exchange/shuttle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/units/constants.hpp"

namespace nacre::device {

ShuttleModel::ShuttleModel(const ShuttleLaw& law, std::size_t monolayers)
    : law_(law), omega_(law.interaction / (units::constants::boltzmann * law.temperature)) {
  for (auto* values : {&oxidation_, &iodine_, &pivot_, &rates_.iodide, &rates_.anions}) values->resize(monolayers);
}

/// (c n + l) y_k - (y_(k+1) - 2 y_k + y_(k-1)) = O_k with nothing beyond the ends, in units of the hopping rate.
void ShuttleModel::settle_iodine(std::span<const Monolayer> drive) {
  const std::size_t n = iodine_.size();
  for (std::size_t i = 0; i < n; ++i) {
    const double beside = (i > 0 ? 1 : 0) + (i + 1 < n ? 1 : 0);
    pivot_[i] = law_.reduction * drive[i].electrons + law_.loss + beside - (i > 0 ? 1 / pivot_[i - 1] : 0);
    iodine_[i] = oxidation_[i] + (i > 0 ? iodine_[i - 1] / pivot_[i - 1] : 0);
  }
  for (std::size_t i = n; i-- > 0;) iodine_[i] = (iodine_[i] + (i + 1 < n ? iodine_[i + 1] : 0)) / pivot_[i];
}

const ShuttleRates& ShuttleModel::at(std::span<const double> x, std::span<const Monolayer> drive, double exchange_rate,
                                     bool diffusion) {
  const std::size_t n = x.size();
  double all = 0;
  for (std::size_t i = 0; i < n; ++i) all += oxidation_[i] = law_.yield / law_.sites * drive[i].holes * x[i];
  if (all > 0)
    settle_iodine(drive);
  else
    std::fill(iodine_.begin(), iodine_.end(), 0.0);

  double through = 0, strongest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double inserted = law_.reduction * drive[i].electrons * iodine_[i] - oxidation_[i];
    rates_.iodide[i] = inserted;
    through += inserted + law_.loss * iodine_[i];
    rates_.anions[i] = i + 1 < n ? through : 0;
    if (i + 1 < n) strongest = std::max(strongest, std::abs(through));
  }
  const double limit = exchange_rate * law_.return_limit;
  rates_.throttle = strongest > 0 ? limit / (limit + strongest) : 1;
  rates_.lost = 0;
  for (std::size_t i = 0; i < n; ++i) {
    rates_.iodide[i] = rates_.throttle * (rates_.iodide[i] + law_.loss * iodine_[i] * x[i]);
    rates_.anions[i] *= rates_.throttle;
    rates_.lost += rates_.throttle * law_.loss * iodine_[i] * (1 - x[i]);
  }
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const double upstream = rates_.anions[i] > 0 ? x[i] : x[i + 1];
    const double share = upstream / (upstream + (1 - upstream) * law_.bromide_mobility);
    double moved = rates_.anions[i] * share;
    const double face = (x[i] + x[i + 1]) / 2;
    if (diffusion && face > 0 && face < 1)
      moved -=
          exchange_rate * face * (1 - face) * (exchange_potential(x[i + 1], omega_) - exchange_potential(x[i], omega_));
    rates_.iodide[i] -= moved;
    rates_.iodide[i + 1] += moved;
  }
  return rates_;
}

Shuttle::Shuttle(const ShuttleLaw& law, std::vector<double> iodide)
    : model_(law, iodide.size()), x_(std::move(iodide)), trial_(x_), k1_(x_), k2_(x_), k3_(x_) {}

Shuttled Shuttle::advance(double duration, std::span<const Monolayer> drive, double exchange_rate, double tolerance,
                          const std::function<bool()>& interrupted) {
  constexpr int most_steps = 1000000;
  Shuttled result;
  double t = 0, dt = std::min(duration, exchange_rate > 0 ? 0.1 / exchange_rate : duration);
  const auto inside = [this] {
    // a single halide stays one, to round-off
    return std::all_of(trial_.begin(), trial_.end(), [](double x) { return x >= 0 && x <= 1; });
  };
  double lost[3] = {};
  const auto rates = [&](const std::vector<double>& x, std::vector<double>& k) {
    const ShuttleRates& r = model_.at(x, drive, exchange_rate);
    std::copy(r.iodide.begin(), r.iodide.end(), k.begin());
    return r.lost;
  };
  lost[0] = rates(x_, k1_);
  while (t < duration) {
    result.interrupted = interrupted && interrupted();
    if (result.interrupted || result.steps + result.rejected >= most_steps || !(t + dt > t)) {
      result.complete = false;
      result.message = fmt::format("the shuttle stopped after {:.6g} s of {:.6g} s", t, duration);
      return result;
    }
    const bool last = t + dt >= duration;
    const double h = last ? duration - t : dt;
    const std::size_t n = x_.size();
    bool valid = true;
    for (std::size_t i = 0; i < n; ++i) trial_[i] = x_[i] + h / 2 * k1_[i];
    if ((valid = inside())) {
      lost[1] = rates(trial_, k2_);
      for (std::size_t i = 0; i < n; ++i) trial_[i] = x_[i] + 3 * h / 4 * k2_[i];
      valid = inside();
    }
    double error = 0, step_lost = 0;
    if (valid) {
      lost[2] = rates(trial_, k3_);
      for (std::size_t i = 0; i < n; ++i) trial_[i] = x_[i] + h / 9 * (2 * k1_[i] + 3 * k2_[i] + 4 * k3_[i]);
      step_lost = h / 9 * (2 * lost[0] + 3 * lost[1] + 4 * lost[2]);
      valid = inside();
    }
    if (!valid) {
      ++result.rejected;
      dt = h / 4;
      continue;
    }
    const ShuttleRates& next = model_.at(trial_, drive, exchange_rate);
    for (std::size_t i = 0; i < n; ++i)
      error = std::max(error, h * std::abs(-5. / 72 * k1_[i] + k2_[i] / 12 + k3_[i] / 9 - next.iodide[i] / 8));
    const double factor = 0.9 * std::cbrt(tolerance / std::max(error, 1e-300));
    if (error > tolerance) {
      ++result.rejected;
      dt = h * std::clamp(factor, 0.1, 0.9);
      continue;
    }
    x_.swap(trial_);
    lost_ += step_lost;
    lost[0] = next.lost;
    std::copy(next.iodide.begin(), next.iodide.end(), k1_.begin());
    t = last ? duration : t + h;
    dt = h * std::clamp(factor, 0.2, 4.0);
    ++result.steps;
  }
  return result;
}

std::vector<double> after_hops(std::span<const double> made, std::span<const double> gaps, int hops) {
  std::vector<double> now(made.begin(), made.end()), next(now.size());
  for (int hop = 0; hop < hops; ++hop) {
    next = now;
    for (std::size_t i = 0; i + 1 < now.size(); ++i) {
      const bool back = gaps[i + 1] < gaps[i], ahead = gaps[i] < gaps[i + 1];
      const double moved = (back ? now[i] : 0) / 6 - (ahead ? now[i + 1] : 0) / 6;
      next[i] -= moved, next[i + 1] += moved;
    }
    now.swap(next);
  }
  return now;
}

std::string problem_of(const ShuttleLaw& law, std::span<const double> iodide, std::span<const Monolayer> drive) {
  if (!(law.sites > 0)) return "a crystal needs a positive number of halide sites";
  if (!(law.yield >= 0 && law.reduction >= 0 && law.loss >= 0)) return "yield, reduction and loss must not be negative";
  if (!(law.return_limit > 0)) return "the anions need a positive limit of their return";
  if (!(law.bromide_mobility > 0)) return "bromide needs a positive mobility over that of iodide";
  if (iodide.empty() || iodide.size() != drive.size()) return "the shuttle needs carriers for every monolayer";
  double sink = law.loss, holes = 0;
  for (const Monolayer& one : drive) {
    if (!(one.holes >= 0 && one.electrons >= 0)) return "carriers of a monolayer must not be negative";
    sink += law.reduction * one.electrons, holes += one.holes;
  }
  if (holes > 0 && law.yield > 0 && !(sink > 0)) return "iodine that holes make is neither reduced nor lost";
  for (const double x : iodide)
    if (!(x >= 0 && x <= 1)) return fmt::format("an iodide fraction of {:.6g} is none", x);
  return "";
}

}  // namespace nacre::device
