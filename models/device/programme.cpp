#include "models/device/programme.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <utility>

#include "models/device/at_rest.hpp"

namespace nacre::device {
namespace {

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

template <std::size_t M>
std::vector<double> flat(const std::vector<fvm::Block<double, M>>& blocks) {
  std::vector<double> values;
  for (const auto& block : blocks) values.insert(values.end(), block.begin(), block.end());
  return values;
}

template <std::size_t M>
void unflatten(const std::vector<double>& values, std::vector<fvm::Block<double, M>>& blocks) {
  for (std::size_t i = 0; i < blocks.size(); ++i)
    for (std::size_t k = 0; k < M; ++k) blocks[i][k] = values[M * i + k];
}

template <std::size_t Species>
class Follower {
 public:
  using Physics = DriftDiffusion<Species>;
  using Transient = fvm::Transient<Physics>;

  Follower(const Stack& stack, std::span<const ProgrammeStep> steps, const ProgrammeOptions& options)
      : stack_(stack),
        steps_(steps),
        options_(options),
        device_(stack, options.mesh),
        driven_(!stack.circuit.is_ideal()),
        transient_(std::in_place, device_.system(), controls_for(options.tolerance), driven_) {}

  InTime from_rest(double rest) {
    AtRest<Species> at_rest(device_);
    const auto outcome = at_rest.along(way_to(rest), [](std::size_t, const auto&) {});
    if (!outcome.complete)
      return fail("on the way to its beginning: " + end_of(outcome, device_.mesh(), stack_, Physics::unknowns)),
             std::move(result_);
    auto u = at_rest.state();
    u.global = device_.bias(u) / device_.physics().thermal_voltage;
    set({Source::voltage, rest});
    if (transient_->start(u))
      run();
    else
      fail_at("the rest cannot be taken over");
    return std::move(result_);
  }

  InTime from(const StoredState& stored) {
    if (const std::string problem = misfit_of(stored, stack_, device_.mesh()); !problem.empty()) {
      fail(problem);
      return std::move(result_);
    }
    take_terminal(stored.driven);
    typename Transient::Memory memory = transient_->memory();
    unflatten(stored.now, memory.now.value), unflatten(stored.now_rest, memory.now.rest);
    unflatten(stored.before, memory.before.value), unflatten(stored.before_rest, memory.before.rest);
    unflatten(stored.ledger, memory.ledger), unflatten(stored.rates, memory.rates);
    memory.now.global = stored.global, memory.before.global = stored.global_before;
    memory.global = {stored.charge, stored.charge_rate};
    memory.step = stored.step, memory.last_step = stored.last_step;
    transient_->resume(memory);
    now_ = stored.time;
    drive_ = stored.drive;
    apply(drive_);
    // A circuit that was not there before makes another kind of terminal.
    if (is_driven(drive_) == driven_ || jump(drive_))
      run();
    else
      result_.message = "the stored state cannot be taken over: " + result_.message;
    return std::move(result_);
  }

 private:
  bool fail(const std::string& message) {
    result_.complete = false;
    result_.message = message;
    return false;
  }

  bool fail_at(const std::string& what) {
    if (device_.system().is_interrupted())
      return fail(
          fmt::format("after {:.6g} s, at {:.6g} V, it was interrupted", now_, device_.bias(transient_->state())));
    const fvm::NewtonOutcome& failure = transient_->failure();
    const std::string where = failure.iterations > 0
                                  ? place_of(failure, device_.mesh(), stack_, Physics::unknowns)
                                  : "every step was off by more than device.programme.tolerance, though it was solved";
    return fail(
        fmt::format("{} after {:.6g} s, at {:.6g} V: {}", what, now_, device_.bias(transient_->state()), where));
  }

  /// Whether the voltage of the device follows from a circuit or a current.
  bool is_driven(const Supply& drive) const { return !stack_.circuit.is_ideal() || drive.source == Source::current; }

  /// An integration with or without the voltage as an unknown.
  void take_terminal(bool driven) {
    if (driven == driven_) return;
    driven_ = driven;
    transient_.emplace(device_.system(), controls_for(options_.tolerance), driven_);
  }

  void apply(const Supply& drive) {
    if (driven_)
      device_.set_drive(drive);
    else
      device_.set_bias(drive.value);
  }

  /// Another kind of source makes another kind of terminal: what was there goes on, but for what a jump forgets anyway.
  void set(const Supply& drive) {
    if (is_driven(drive) != driven_) {
      typename Transient::Memory memory = transient_->memory();
      memory.now.global = device_.bias(memory.now) / device_.physics().thermal_voltage;
      take_terminal(!driven_);
      transient_->resume(memory);
    }
    drive_ = drive;
    apply(drive);
  }

  void run() {
    keep(0, true);
    for (const ProgrammeStep& step : steps_)
      if (!take(step)) break;
    const auto& effort = transient_->effort();
    result_.steps = effort.steps, result_.rejected = effort.rejected;
    result_.not_converged = effort.not_converged, result_.iterations = effort.iterations;
    if (result_.complete) result_.end = stored();
  }

  /// Where a ramp of this source begins: what the other one is at now, where it takes over.
  double beginning(Source source) const {
    if (source == drive_.source) return drive_.value;
    return source == Source::current ? current(0) : result_.applied.back();
  }

  bool take(const ProgrammeStep& step) {
    const double from = beginning(step.source);
    const bool takes_over = step.source != drive_.source;
    if (step.ramp > 0) {
      const double slope = (step.value - from) / step.ramp;
      if (takes_over && !jump({step.source, from})) return false;
      const auto on_ramp = [&](double t) { set({step.source, from + slope * t}); };
      if (!go(even(step.ramp, options_.points), slope, !(step.hold > 0) && step.pulses.count == 0, on_ramp))
        return false;
      set({step.source, step.value});
    } else if (!jump({step.source, step.value})) {
      return false;
    }
    if (step.hold > 0 && !go(logarithmic(std::min(options_.first_time, step.hold), step.hold, options_.points), 0,
                             step.pulses.count == 0, [](double) {}))
      return false;
    return give(step.pulses, {step.source, step.value});
  }

  bool give(const Pulses& pulses, const Supply& base) {
    for (int k = 0; k < pulses.count; ++k) {
      if (!jump({base.source, pulses.level}) ||
          !go(even(pulses.width, options_.pulse_points), 0, false, [](double) {}) || !jump(base) ||
          !go(even(pulses.period - pulses.width, options_.pulse_points), 0, k + 1 == pulses.count, [](double) {}))
        return false;
    }
    return true;
  }

  bool jump(const Supply& to) {
    set(to);
    return transient_->restart() ||
           fail_at(fmt::format("{:.6g} {} cannot be applied", to.value, to.source == Source::voltage ? "V" : "A/m2"));
  }

  /// Through times counted from now, along which the source has a slope [V/s]. `ends`: whether a step ends there. The
  /// integration has a clock of its own: after days a picosecond would be lost in the time since the beginning.
  template <class Set>
  bool go(const std::vector<double>& times, double slope, bool ends, Set set) {
    const double start = now_;
    double clock = 0;
    for (const double& time : times) {
      const auto status = transient_->advance_until(clock, time, set, [](const auto&) { return 1.; });
      now_ = start + clock;
      if (status != fvm::TransientStatus::done)
        return fail_at(status == fvm::TransientStatus::too_many_steps ? "more steps of time than allowed"
                                                                      : "no step of time is small enough");
      set(clock);
      keep(slope, ends && &time == &times.back());
    }
    return true;
  }

  /// That a meter reads at the source, whose voltage has a slope [V/s].
  double current(double slope) const {
    const auto& u = transient_->state();
    const Circuit& circuit = stack_.circuit;
    const double voltage = device_.bias(u);
    if (circuit.evolves(drive_)) return circuit.current(drive_, voltage);
    return device_.terminal_current(u) + voltage / circuit.shunt +
           (device_.capacitance() + circuit.capacitance) * slope;
  }

  void keep(double slope, bool ends) {
    const auto& u = transient_->state();
    const Circuit& circuit = stack_.circuit;
    const double voltage = device_.bias(u);
    result_.times.push_back(now_);
    result_.points.push_back(device_.read(u));
    result_.currents.push_back(current(slope));
    result_.applied.push_back(drive_.source == Source::voltage ? drive_.value
                                                               : voltage + circuit.series * drive_.value);
    if (options_.profiles == ProfilesInTime::none || (options_.profiles == ProfilesInTime::ends && !ends)) return;
    result_.profiled.push_back(result_.times.size() - 1);
    result_.profiles.push_back(device_.profile(u));
  }

  StoredState stored() const {
    const auto& m = transient_->memory();
    return {.time = now_,
            .drive = drive_,
            .x = device_.mesh().x,
            .unknowns = Physics::unknowns,
            .now = flat(m.now.value),
            .now_rest = flat(m.now.rest),
            .before = flat(m.before.value),
            .before_rest = flat(m.before.rest),
            .ledger = flat(m.ledger),
            .rates = flat(m.rates),
            .driven = driven_,
            .global = driven_ ? m.now.global : device_.bias(m.now) / device_.physics().thermal_voltage,
            .global_before = m.before.global,
            .charge = m.global.storage,
            .charge_rate = m.global.balance,
            .step = m.step,
            .last_step = m.last_step,
            .fingerprint = fingerprint_of(stack_)};
  }

  const Stack& stack_;
  std::span<const ProgrammeStep> steps_;
  ProgrammeOptions options_;
  OnMesh<Species> device_;
  bool driven_;  // whether the voltage is an unknown of the integration
  std::optional<Transient> transient_;
  InTime result_;
  Supply drive_;
  double now_ = 0;
};

template <class From>
InTime begin(const Stack& stack, std::span<const ProgrammeStep> steps, const ProgrammeOptions& options, From from) {
  if (const std::string problem = problem_of(stack, options.mesh); !problem.empty()) {
    InTime none;
    none.complete = false, none.message = problem;
    return none;
  }
  switch (species_in_time(stack)) {
    case 1:
      return from(Follower<1>(stack, steps, options));
    case 2:
      return from(Follower<2>(stack, steps, options));
    case 3:
      return from(Follower<3>(stack, steps, options));
    case 5:
      return from(Follower<5>(stack, steps, options));
    default:
      return from(Follower<0>(stack, steps, options));
  }
}

}  // namespace

InTime follow(const Stack& stack, double rest, std::span<const ProgrammeStep> steps, const ProgrammeOptions& options) {
  return begin(stack, steps, options, [&](auto&& follower) { return follower.from_rest(rest); });
}

InTime follow(const Stack& stack, const StoredState& from, std::span<const ProgrammeStep> steps,
              const ProgrammeOptions& options) {
  return begin(stack, steps, options, [&](auto&& follower) { return follower.from(from); });
}

}  // namespace nacre::device
