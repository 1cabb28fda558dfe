#include "models/device/voltage_programme.hpp"

#include <fmt/format.h>

#include <cmath>

#include "engine/fvm/sweep.hpp"
#include "engine/fvm/transient.hpp"
#include "models/device/on_mesh.hpp"

namespace nacre::device {
namespace {

/// From 0 V in tenths of a volt.
std::vector<double> way_to(double bias) {
  std::vector<double> way{0};
  const int count = static_cast<int>(std::ceil(std::abs(bias) / 0.1));
  for (int k = 1; k <= count; ++k) way.push_back(bias * k / count);
  return way;
}

/// Points of a hold: logarithmic from the first to its end.
std::vector<double> logarithmic(double first, double last, int count) {
  std::vector<double> times;
  for (int k = 0; k + 1 < count && first < last; ++k)
    times.push_back(first * std::pow(last / first, static_cast<double>(k) / (count - 1)));
  times.push_back(last);
  return times;
}

std::vector<double> even(double last, int count) {
  std::vector<double> times;
  for (int k = 1; k <= count; ++k) times.push_back(last * k / count);
  return times;
}

template <std::size_t Vacancies>
class Follower {
 public:
  using Physics = DriftDiffusion<Vacancies>;

  Follower(const Stack& stack, const VoltageProgrammeOptions& options)
      : options_(options),
        device_(stack, options.mesh),
        transient_(device_.system(), {.tolerance = options.tolerance}) {}

  InTime run(double rest, std::span<const VoltageStep> steps) {
    bias_ = rest;
    if (!begin(rest)) return std::move(result_);
    for (const VoltageStep& step : steps)
      if (!take(step)) break;
    const auto& effort = transient_.effort();
    result_.steps = effort.steps, result_.rejected = effort.rejected;
    result_.not_converged = effort.not_converged, result_.iterations = effort.iterations;
    return std::move(result_);
  }

 private:
  bool fail(const std::string& message) {
    result_.complete = false;
    result_.message = message;
    return false;
  }

  bool begin(double rest) {
    fvm::Newton<Physics> newton(device_.system(), fvm::Newton<Physics>::Border::contents);
    auto u = device_.start();
    const auto outcome = fvm::sweep(
        newton, u, device_.contents(), way_to(rest), [&](double bias) { device_.set_bias(bias); },
        [](std::size_t, const auto&) {});
    if (!outcome.complete) return fail(fmt::format("no steady state beyond {:.6g} V to start from", outcome.reached));
    if (!transient_.start(u)) return fail(fmt::format("the rest at {:.6g} V cannot be taken over", rest));
    keep(0);
    return true;
  }

  bool take(const VoltageStep& step) {
    const double from = bias_;
    bias_ = step.voltage;
    if (step.ramp > 0) {
      const double slope = (step.voltage - from) / step.ramp, start = now_;
      if (!go(even(step.ramp, options_.points), slope, [&](double t) { device_.set_bias(from + slope * (t - start)); }))
        return false;
    } else {
      device_.set_bias(step.voltage);
      if (!transient_.restart()) return fail(fmt::format("{:.6g} V cannot be applied after {:.6g} s", bias_, now_));
    }
    device_.set_bias(step.voltage);
    return !(step.hold > 0) ||
           go(logarithmic(std::min(options_.first_time, step.hold), step.hold, options_.points), 0, [](double) {});
  }

  /// Through times counted from now, along which the bias has a slope [V/s].
  template <class Set>
  bool go(const std::vector<double>& times, double slope, Set set) {
    const double start = now_;
    for (const double time : times) {
      double reached = now_;
      const double next = start + time;
      if (transient_.advance(reached, next, set) != fvm::TransientStatus::done)
        return fail(
            fmt::format("no step of time is small enough after {:.6g} s, at {:.6g} V", now_, device_.physics().bias));
      now_ = next;
      set(now_);
      keep(slope);
    }
    return true;
  }

  void keep(double slope) {
    result_.times.push_back(now_);
    result_.currents.push_back(device_.terminal_current(transient_.state()) + device_.capacitance() * slope);
    result_.points.push_back(device_.read(transient_.state()));
  }

  VoltageProgrammeOptions options_;
  OnMesh<Vacancies> device_;
  fvm::Transient<Physics> transient_;
  InTime result_;
  double bias_ = 0, now_ = 0;
};

}  // namespace

InTime follow(const Stack& stack, double rest, std::span<const VoltageStep> steps,
              const VoltageProgrammeOptions& options) {
  if (const std::string problem = problem_of(stack, options.mesh); !problem.empty()) {
    InTime none;
    none.complete = false, none.message = problem;
    return none;
  }
  for (const Layer& layer : stack.layers)
    if (layer.vacancies.density > 0) return Follower<1>(stack, options).run(rest, steps);
  return Follower<0>(stack, options).run(rest, steps);
}

}  // namespace nacre::device
