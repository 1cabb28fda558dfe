#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/inference/morris.hpp"
#include "engine/inference/sobol_indices.hpp"
#include "scenarios/inference/runner.hpp"

namespace nacre::scenarios::inference {

/// What a sensitivity is asked for.
struct SensitivityAsked {
  std::vector<std::string> outputs;     ///< "ln.pl_peak"; at least one
  std::vector<std::string> parameters;  ///< keys or data, each perhaps with "=FROM..TO"; none: all data with a sigma
  std::size_t trajectories = 0;         ///< of Morris' screening; 0: none
  std::size_t base_samples = 0;         ///< of Sobol indices; 0: none
  std::uint64_t seed = 1;
  double step = 1e-3;  ///< of differences, relative to each number; on a zero one a share of its range
};

/// Of one output by one number.
struct Derivative {
  double slope = 0;     ///< d output/d number [unit of the output/unit of the number]
  double relative = 0;  ///< d ln output/d ln number [1]; NaN where either is zero
  double of_sigma =
      0;  ///< slope times a quarter of the range: one sigma where the range is two of them [unit of the output]
  bool exact = false;  ///< by dual numbers instead of differences
};

/// All of one output.
struct OutputSensitivity {
  std::string name, unit;
  double value = 0;
  std::vector<Derivative> local;
  std::vector<nacre::inference::Effect> morris;
  nacre::inference::SobolIndices sobol;
};

struct SensitivityOutcome {
  std::vector<Parameter> parameters;
  std::vector<OutputSensitivity> outputs;
  std::uint64_t evaluations = 0, failed = 0;
  std::vector<std::pair<std::string, int>> reasons;
  bool stopped = false;
};

/// Local derivatives around a case as it stands and, over ranges of the numbers, what was asked for. A number without a
/// range has +-2 sigma when it has a sigma, else +-10 %. Throws io::InputError: an output, key or datum that is not
/// there, a range that cannot be read or does not hold the number.
SensitivityOutcome sensitivity(const NamedCase& source, const SensitivityAsked& asked, const DataLibrary& library,
                               const Running& running, Progress& progress);

std::string sensitivity_text(const SensitivityOutcome& outcome, const SensitivityAsked& asked);
std::string sensitivity_json(const SensitivityOutcome& outcome, const SensitivityAsked& asked);

}  // namespace nacre::scenarios::inference
