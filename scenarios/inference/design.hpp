#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/inference/pareto.hpp"
#include "scenarios/inference/runner.hpp"

namespace nacre::scenarios::inference {

/// What is wanted of an output.
struct Goal {
  enum class Aim { reach, lowest, highest };
  std::string output, unit;
  Aim aim = Aim::reach;
  double value = 0;       ///< to be reached [unit]
  std::size_t place = 0;  ///< among the values of the model
  /// Smaller is better: the distance to the value, the output, or its negative.
  double objective(double computed) const;
};

/// Limits that an output must keep.
struct Constraint {
  std::string output, unit;
  std::optional<double> at_least, at_most;  ///< [unit]
  std::size_t place = 0;
  /// How far a value is outside, relative to the limit; 0 inside.
  double violation(double computed) const;
};

/// A design file, read and checked.
struct Design {
  std::string path, title;
  Model model;
  std::vector<Goal> goals;
  std::vector<Constraint> constraints;
  nacre::inference::EvolutionOptions options;
  std::string fingerprint;

  /// All files that were read for it.
  std::vector<std::string> files() const;
};

/// Reads a design file. Throws io::InputError, before anything runs, for everything that is wrong.
Design load_design(const std::string& path, const DataLibrary& library);

/// One choice of the parameters.
struct Choice {
  std::vector<double> values;       ///< of the parameters [their units]
  std::vector<double> goals;        ///< what comes out [their units]
  std::vector<double> constrained;  ///< the same of the constraints
  double violation = 0;             ///< 0: all limits are kept
};

/// Choices that none beats, ascending in the first goal; with one goal the best one.
struct DesignOutcome {
  std::vector<Choice> front;
  std::uint64_t evaluations = 0, failed = 0;
  std::vector<std::pair<std::string, int>> reasons;
  bool stopped = false;
  /// Whether all limits are kept by what was found.
  bool is_feasible() const { return !front.empty() && front.front().violation == 0; }
};

/// The same file gives the same outcome, however many workers there are.
DesignOutcome run_design(const Design& design, const Running& running, Journal& journal, Progress& progress);

std::string design_text(const Design& design, const DesignOutcome& outcome);
std::string design_json(const Design& design, const DesignOutcome& outcome);
/// The front as a table.
std::string design_csv(const Design& design, const DesignOutcome& outcome);

}  // namespace nacre::scenarios::inference
