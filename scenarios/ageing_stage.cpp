#include "scenarios/ageing_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/units/constants.hpp"
#include "models/device/ageing.hpp"
#include "scenarios/drift_result.hpp"
#include "scenarios/result.hpp"

namespace nacre::scenarios {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double charge = units::constants::elementary_charge;

/// What a device does at one density of vacancies. Without a device luminance is the yield, in units of its own.
struct State {
  double recombination = 0;  ///< [A/m2]
  double dark = 0;           ///< of it, without a photon [A/m2]
  double luminance = 0;
  double current = nan, voltage = nan;  ///< [A/m2], [V]
};

/// Crystals whose excitons are lost in proportion to their vacancies.
double loss_at(const AgeingInput& in, double growth) {
  return (1 / in.yield - 1) * std::exp(growth);
}

State by_law(const AgeingInput& in, double growth) {
  const double loss = loss_at(in, growth), excitons = in.plan.current * in.plan.exciton_share;
  return {excitons, excitons * loss / (1 + loss), 1 / (1 + loss), in.plan.current, nan};
}

/// What a number y comes to along a sweep where another one, x, first reaches a value: Lagrange's cubic through four
/// points in the logarithm of x, of y itself or its logarithm; NaN: not reached.
template <class X, class Y>
double along(const DeviceResult& device, double value, bool logarithm, const X& x, const Y& y) {
  const std::size_t count = device.lights.size();
  for (std::size_t i = 1; i < count; ++i) {
    if (!(x(i - 1) > 0 && x(i - 1) < value && x(i) >= value)) continue;
    const std::size_t first = i >= 2 && x(i - 2) > 0 ? i - 2 : i - 1, last = std::min(count, i + 2);
    double sum = 0;
    for (std::size_t k = first; k < last; ++k) {
      double weight = 1;
      for (std::size_t m = first; m < last; ++m)
        if (m != k) weight *= std::log(value / x(m)) / std::log(x(k) / x(m));
      sum += weight * (logarithm ? std::log(y(k)) : y(k));
    }
    return logarithm ? std::exp(sum) : sum;
  }
  return nan;
}

/// A luminance's current along the fresh device.
double current_of(const DeviceResult& fresh, double luminance) {
  return along(
      fresh, luminance, true, [&](std::size_t i) { return fresh.lights[i].luminance; },
      [&](std::size_t i) { return fresh.points[i].supplied; });
}

/// The plan of the fresh device with nothing but its sweep to solve for.
DevicePlan bare(const DevicePlan& plan) {
  DevicePlan one = plan;
  one.profiles.clear(), one.currents.clear(), one.impedance_biases.clear(), one.programme.clear();
  one.capacitance_at = one.thermal_resistance = 0;
  one.from.reset();
  return one;
}

/// A point of a sweep; of its photons the share `kept` is not absorbed again.
State state_of(const DeviceResult& device, std::size_t i, double kept) {
  const device::OperatingPoint& p = device.points[i];
  State state{p.radiative + p.traps + p.auger + p.interfaces, 0, device.lights[i].luminance, p.supplied, p.applied};
  state.dark = std::max(0.0, state.recombination - device.lights[i].photons * charge / device.outcoupling * kept);
  return state;
}

/// Where a sweep carries a current.
State state_at(const DeviceResult& device, double current, double kept) {
  const auto at = [&](bool logarithm, double State::*member) {
    return along(
        device, current, logarithm, [&](std::size_t i) { return device.points[i].supplied; },
        [&](std::size_t i) { return state_of(device, i, kept).*member; });
  };
  return {at(true, &State::recombination), at(true, &State::dark), at(true, &State::luminance), current,
          at(false, &State::voltage)};
}

/// One steady state of the device at a density of vacancies.
State by_device(const AgeingInput& in, double current, double growth, const confinement::ColourTable& eye,
                std::string& problem) {
  DevicePlan plan = bare(*in.device);
  Crystals crystals = in.crystals;
  crystals.yield = 1 / (1 + loss_at(in, growth));
  crystals.vacancies *= std::exp(growth);
  for (LayerPlan& layer : plan.layers)
    if (!layer.yield_of_film) layer.yield *= crystals.yield / in.yield;
  if (in.plan.held == AgeingHeld::voltage) {
    const auto steps = static_cast<int>(std::ceil(in.plan.voltage / 0.1 - 1e-9));
    plan.way.clear();
    for (int i = 0; i < steps; ++i) plan.way.push_back(in.plan.voltage * i / steps);
    plan.biases = {in.plan.voltage};
  }
  const DeviceResult device = run_device(plan, crystals, eye);
  const auto fail = [&](const std::string& why) {
    problem = fmt::format("with {:.3g} times the vacancies: {}", std::exp(growth), why);
    return State{};
  };
  const double kept = 1 - device.reabsorbed;  // of photons that leave the layer, in whatever direction
  if (in.plan.held == AgeingHeld::voltage)
    return device.complete ? state_of(device, device.points.size() - 1, kept) : fail(device.message);
  const State state = state_at(device, current, kept);
  return std::isnan(state.luminance)
             ? fail(device.complete ? fmt::format("the sweep of the bias ends below {:.4g} mA/cm2", 0.1 * current)
                                    : device.message)
             : state;
}

/// The points of Chebyshev and Lobatto from 0 to an end.
std::vector<double> lobatto(double end, int count) {
  std::vector<double> at;
  for (int i = 0; i < count; ++i) at.push_back(end * (1 - std::cos(std::numbers::pi * i / (count - 1))) / 2);
  return at;
}

/// Interpolation of logarithms between states, by the barycentric formula.
class Between {
 public:
  void add(double growth, const State& s) {
    double weight = 1;
    for (std::size_t i = 0; i < at_.size(); ++i) weight_[i] /= at_[i] - growth, weight /= growth - at_[i];
    at_.push_back(growth), weight_.push_back(weight), states_.push_back(s);
  }

  State operator()(double growth) const {
    double sum = 0, recombination = 0, dark = 0, luminance = 0, current = 0, voltage = 0;
    for (std::size_t i = 0; i < at_.size(); ++i) {
      if (growth == at_[i]) return states_[i];
      const double w = weight_[i] / (growth - at_[i]);
      const State& s = states_[i];
      sum += w, recombination += w * std::log(s.recombination), dark += w * std::log(s.dark);
      luminance += w * std::log(s.luminance), current += w * std::log(s.current), voltage += w * s.voltage;
    }
    return {std::exp(recombination / sum), std::exp(dark / sum), std::exp(luminance / sum), std::exp(current / sum),
            voltage / sum};
  }

 private:
  std::vector<double> at_, weight_;
  std::vector<State> states_;
};

/// What drifting crystals look like after a time with the first vacancies: luminance of the same photons, and peak.
class Colours {
 public:
  explicit Colours(const DriftResult* drift) : drift_(drift) {}

  /// Where the drift ends [s]; infinite where nothing drifts.
  double end() const { return drift_ ? drift_->time.back() : std::numeric_limits<double>::infinity(); }

  double dimmed(double time) const {
    return drift_ ? of(time, [](const auto& s) { return s.luminous_efficacy / s.peak; }) /
                        of(0, [](const auto& s) { return s.luminous_efficacy / s.peak; })
                  : 1;
  }
  double peak(double time) const {
    return drift_ ? of(time, [](const auto& s) { return s.peak; }) : nan;
  }

 private:
  template <class Get>
  double of(double time, const Get& get) const {
    const auto above = std::upper_bound(drift_->time.begin(), drift_->time.end(), time);
    if (above == drift_->time.end()) return get(drift_->seen.back());
    const auto i = static_cast<std::size_t>(above - drift_->time.begin());
    const double a = drift_->time[i - 1], b = drift_->time[i];
    return get(drift_->seen[i - 1]) + (get(drift_->seen[i]) - get(drift_->seen[i - 1])) * (time - a) / (b - a);
  }

  const DriftResult* drift_;
};

double thickness_of_emitter(const DevicePlan& plan) {
  for (std::size_t i = 0; i < plan.layers.size(); ++i)
    if (plan.layers[i].emission != Emission::none) return plan.stack.layers[i].thickness;
  return nan;
}

class Ageing {
 public:
  Ageing(const AgeingInput& input, const confinement::ColourTable& eye)
      : in_(input), eye_(eye), colours_(input.drift.get()) {
    out_.vacancies = in_.vacancies;
    out_.loss = 1 / in_.yield - 1;
    out_.zone = in_.plan.zone > 0 ? in_.plan.zone : thickness_of_emitter(*in_.device);
    out_.damage =
        in_.plan.damage * std::exp(-in_.plan.ligand_barrier / (units::constants::boltzmann * in_.plan.temperature));
    out_.t95 = out_.t50 = nan;
  }

  AgeingResult run() {
    if (!prepare()) {
      out_.complete = false;
      return out_;
    }
    const device::AgeingLaw law{out_.damage, in_.vacancies};
    const auto at = [this](double growth) {
      const State s = state_(growth);
      return device::Aged{events(s, growth) / (charge * out_.zone), s.luminance};
    };
    const device::AgeingCourse whole(law, at, end_, in_.plan.points - 1);
    read_lifetimes(whole);
    const double faded = whole.growth_at([this](double u, double s) { return light(u, s); }, in_.plan.until);
    double end = std::isnan(faded) ? end_ : faded;
    if (in_.plan.longest > 0) end = std::min(end, whole.growth_after(in_.plan.longest));
    if (end > 0 && std::isfinite(whole.time_at(end))) {
      const device::AgeingCourse course(law, at, end, in_.plan.points - 1);
      for (std::size_t i = 0; i < course.time().size(); ++i)
        record(course.growth()[i], course.time()[i], course.stretched()[i]);
      warn_of_short_drift(course.stretched().back());
    } else {
      record(0, 0, 0);
    }
    return out_;
  }

 private:
  double events(const State& s, double growth) const {
    if (in_.plan.by == DamageBy::losses) return s.dark;
    return s.recombination * (in_.plan.by == DamageBy::vacancies ? loss_at(in_, growth) : 1);
  }

  /// Fills state_ and end_: how far the vacancies may grow before the light has fallen far enough.
  bool prepare() {
    if (!(in_.vacancies > 0) || !(out_.loss > 0))
      return fail("crystals without vacancies or without losses do not age");
    end_ = std::log(((1 + out_.loss) / in_.plan.until - 1) / out_.loss);
    if (!in_.plan.by_device) {
      state_ = [this](double growth) { return by_law(in_, growth); };
      return true;
    }
    const double current = held_current(in_);
    if (in_.plan.held != AgeingHeld::voltage && std::isnan(current))
      return fail(fmt::format("the fresh device does not pass {:.4g} cd/m2 within its sweep", in_.plan.luminance));
    return solve(current);
  }

  bool solve(double current) {
    std::string problem;
    const auto solved = [&](double growth) { return by_device(in_, current, growth, eye_, problem); };
    const State first = solved(0);
    if (problem.empty() && !(first.luminance > 0 && first.dark > 0))
      return fail("the fresh device gives no light, or loses none of it");
    State last = solved(end_);
    for (int i = 0; i < 8 && problem.empty() && last.luminance > in_.plan.until * first.luminance; ++i)
      last = solved(end_ += std::numbers::ln2);
    if (!problem.empty()) return fail(problem);
    Between between;
    between.add(0, first), between.add(end_, last);
    const std::vector<double> wanted = lobatto(end_, in_.plan.states);
    for (std::size_t i = 1; i + 1 < wanted.size(); ++i) {
      // a state at which Newton's iteration fails has neighbours at which it does not, and they serve as well
      for (const double aside : {0.0, 0.02, -0.02, 0.04, -0.04}) {
        problem.clear();
        const double growth = wanted[i] + aside * end_ / (in_.plan.states - 1);
        const State state = solved(growth);
        if (!problem.empty()) continue;
        between.add(growth, state);
        break;
      }
      if (!problem.empty()) return fail(problem);
    }
    state_ = between;
    return true;
  }

  bool fail(const std::string& message) {
    out_.message = message;
    return false;
  }

  double light(double growth, double stretched) const {
    return state_(growth).luminance / state_(0).luminance * colours_.dimmed(stretched);
  }

  void read_lifetimes(const device::AgeingCourse& course) {
    const auto lifetime = [&](double left) {
      const double growth = course.growth_at([&](double u, double s) { return light(u, s); }, left);
      const double time = std::isnan(growth) ? nan : course.time_at(growth);
      return in_.plan.longest > 0 && time > in_.plan.longest ? nan : time;
    };
    out_.t95 = lifetime(0.95), out_.t50 = lifetime(0.5);
  }

  void warn_of_short_drift(double stretched) {
    if (!(stretched > colours_.end())) return;
    const std::string about = "ageing: the drift ends before the course does, and its last colour stays from there on";
    out_.warnings.push_back(
        {about, fmt::format("{}: it takes {:.4g} s at its first vacancies, drift.step.0.dwell gives {:.4g} s", about,
                            stretched, colours_.end())});
  }

  void record(double growth, double time, double stretched) {
    const State s = state_(growth);
    out_.time.push_back(time);
    out_.density.push_back(in_.vacancies * std::exp(growth));
    out_.losses.push_back(loss_at(in_, growth));
    out_.light.push_back(light(growth, stretched));
    out_.luminance.push_back(in_.plan.by_device ? s.luminance * colours_.dimmed(stretched) : nan);
    out_.current.push_back(s.current), out_.voltage.push_back(s.voltage);
    out_.recombination.push_back(s.recombination), out_.dark.push_back(s.dark);
    out_.peak.push_back(colours_.peak(stretched));
  }

  const AgeingInput& in_;
  const confinement::ColourTable& eye_;
  Colours colours_;
  AgeingResult out_;
  std::function<State(double)> state_;
  double end_ = 0;
};

}  // namespace

AgeingInput ageing_of(const Result& result, const Crystals& crystals) {
  AgeingInput in;
  in.plan = *result.plan.ageing;
  in.yield = in.plan.of_film ? result.film->plqy : in.plan.yield;
  in.vacancies = in.plan.of_film ? result.film->vacancies : in.plan.vacancies;
  in.crystals = crystals;
  if (in.plan.by_device) in.device = &*result.plan.device, in.fresh = result.device.get();
  if (in.plan.with_drift) in.drift = result.drift;
  return in;
}

double held_current(const AgeingInput& input) {
  if (input.plan.held == AgeingHeld::voltage) return nan;
  return input.plan.held == AgeingHeld::luminance ? current_of(*input.fresh, input.plan.luminance) : input.plan.current;
}

AgeingResult run_ageing(const AgeingInput& input, const confinement::ColourTable& eye) {
  return Ageing(input, eye).run();
}

}  // namespace nacre::scenarios
