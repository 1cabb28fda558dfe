#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/device/circuit.hpp"
#include "models/device/operating_point.hpp"
#include "models/device/stored_state.hpp"

namespace nacre::device {

/// A train of pulses: the source jumps to a level and back, again and again.
struct Pulses {
  int count = 0;      ///< none: zero
  double level = 0;   ///< of the source during a pulse [V or A/m2]
  double width = 0;   ///< [s]
  double period = 0;  ///< from pulse to pulse, longer than the width [s]
};

/// A part of a programme: the source goes to a value, at once or by a ramp, is held there, and gives pulses from there.
struct ProgrammeStep {
  double value = 0;  ///< [V], or of a current [A/m2]
  double ramp = 0;   ///< how long the way takes, linear in time; 0: at once [s]
  double hold = 0;   ///< how long the value is held afterwards [s]
  Source source = Source::voltage;
  Pulses pulses = {};
};

/// Which states of a programme leave a profile.
enum class ProfilesInTime { none, ends, all };

struct ProgrammeOptions {
  MeshOptions mesh;
  double tolerance = 1e-2;   ///< of potentials and levels per step of time [kT]
  int points = 40;           ///< that are kept of every ramp, even in time, and of every hold, logarithmic
  double first_time = 1e-6;  ///< of a hold, after its beginning [s]
  int pulse_points = 4;      ///< that are kept of every pulse and of every pause, even in time
  ProfilesInTime profiles = ProfilesInTime::none;  ///< of the ends of steps (and the beginning), or of all points
};

/// A device that follows a programme; one entry a point in time.
struct InTime {
  std::vector<double> times;     ///< ascending, the beginning first [s]
  std::vector<double> currents;  ///< that a meter at the source reads, displacement included [A/m2]
  std::vector<double> applied;   ///< voltage of the source [V]
  std::vector<OperatingPoint> points;
  std::vector<Profile> profiles;
  std::vector<std::size_t> profiled;  ///< points that these belong to
  std::optional<StoredState> end;     ///< what another programme can go on from
  bool complete = true;
  std::string message;                                             ///< why not: time, bias, equation, layer and place
  int steps = 0, rejected = 0, not_converged = 0, iterations = 0;  ///< of the integration in time
};

/// From rest at a voltage of the source [V] through the steps.
InTime follow(const Stack& stack, double rest, std::span<const ProgrammeStep> steps,
              const ProgrammeOptions& options = {});

/// The same from where another programme of the same stack on the same mesh ended: bit by bit what both would have been
/// in one.
InTime follow(const Stack& stack, const StoredState& from, std::span<const ProgrammeStep> steps,
              const ProgrammeOptions& options = {});

}  // namespace nacre::device
