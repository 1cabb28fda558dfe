#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/inference/covariance.hpp"
#include "engine/inference/global_search.hpp"
#include "engine/inference/profile.hpp"
#include "scenarios/inference/measured.hpp"
#include "scenarios/inference/runner.hpp"

namespace nacre::scenarios::inference {

/// An output that is computed at every optimum and is no target.
struct Watched {
  std::string name, unit;
  std::size_t place = 0;  ///< among the values of Fit::watching
};

/// What optima are sorted by: the name of those whose watched output lies within limits. A name may have several.
struct Kind {
  std::string name, meaning;
  std::size_t watched = 0;                  ///< among Fit::watched
  std::optional<double> at_least, at_most;  ///< [unit of the output]
  bool holds(double computed) const;
};

/// A fit file, read and checked.
struct Fit {
  std::string path, title;
  std::string text;  ///< of the file, byte for byte
  Model model;       ///< of the targets
  Model watching;    ///< of what is watched
  std::vector<Datapoint> data;
  std::vector<Watched> watched;
  std::vector<Kind> kinds;
  std::optional<nacre::inference::Strategy> strategy;  ///< none: a local search from the start
  nacre::inference::GlobalOptions options;
  std::vector<std::size_t> profiled;  ///< parameters whose profile likelihood is asked for
  bool leave_one_out = false;
  std::string fingerprint;  ///< 16 hexadecimal digits of all that the numbers depend on

  /// Whether sigmas are given; else standard errors come from the scatter of the targets.
  bool has_sigmas() const { return data.front().sigma > 0; }
  /// How many of the parameters have a prior; how many curves have a factor of their own, fitted along.
  std::size_t priors() const;
  std::size_t factors() const;
  /// Measured numbers and priors, less parameters and factors; may be negative.
  long degrees_of_freedom() const;
  /// All files that were read for it.
  std::vector<std::string> files() const;

  /// What a row of the model computes for each measured number [its unit]. A curve whose shape alone counts is
  /// multiplied by the factor that fits its measured numbers best, `left_out` aside.
  std::vector<double> computed(const std::vector<double>& row, std::optional<std::size_t> left_out = {}) const;
  /// Residuals of a row of the model, then those of priors at a point; entries of `left_out` are 0.
  std::vector<double> residuals(const std::vector<double>& row, const nacre::inference::Point& at,
                                std::optional<std::size_t> left_out = {}) const;
};

/// Reads a fit file and its cases. Throws io::InputError with file, line and key for everything that is wrong, before
/// anything runs.
Fit load_fit(const std::string& path, const DataLibrary& library);

/// What a parameter came out as.
struct FittedParameter {
  double value = 0;       ///< [unit]
  double error = 0;       ///< standard error within the bounds [unit]
  double alone = 0;       ///< standard error with all others held [unit]
  bool at_bound = false;  ///< it stopped at a bound: its error says nothing
};

/// One optimum.
struct Optimum {
  std::vector<double> values;    ///< of the parameters [their units]
  double misfit = 0;             ///< sum of squares [1]
  int hits = 1;                  ///< searches that ended there
  std::vector<double> computed;  ///< of each measured number [its unit]
  std::vector<double> watched;   ///< [their units]
  std::string kind = {};         ///< names of Fit::kinds that hold for it
};

/// The profile likelihood of one parameter, in its unit.
struct FitProfile {
  std::size_t parameter = 0;
  std::vector<double> at, misfit;
  std::optional<double> low68, high68, low95, high95;
  bool low_cut = false, high_cut = false;  ///< the walk ended where nothing can be computed, not at a bound
};

/// Prediction of each measured number by a fit without it.
struct LeaveOneOut {
  std::vector<double> predicted;  ///< [unit of each]
  double rms = 0;                 ///< of predicted - measured, when all have one unit
};

/// What a fit came to.
struct FitOutcome {
  bool found = false;
  std::string message;                           ///< why not, or how the search ended
  std::vector<Optimum> optima;                   ///< the best first
  std::vector<FittedParameter> parameters;       ///< at the best
  std::vector<std::vector<double>> correlation;  ///< of the parameters
  std::vector<std::string> sentences;            ///< what the targets leave open
  double scale = 1;  ///< on the squares of standard errors: 1 with sigmas, else misfit per degree of freedom
  std::vector<FitProfile> profiles;
  std::optional<LeaveOneOut> left_out;
  bool converged = false;
  bool stopped = false;
  std::uint64_t evaluations = 0, failed = 0;
  std::uint64_t known = 0, known_failed = 0;         ///< points that an interrupted fit had left
  std::vector<std::pair<std::string, int>> reasons;  ///< why points failed, the most frequent first
  double seconds = 0, evaluation_seconds = 0;        ///< in all, and of the model alone [s]
};

/// Runs a fit. The same file with the same seed gives the same outcome, however many workers there are. Points that
/// fail are passed over; found is false when none can be computed.
FitOutcome run_fit(const Fit& fit, const Running& running, Journal& journal, Progress& progress);

/// Root mean square of computed - measured of an optimum; none when the data have several units.
std::optional<double> rms_of(const Fit& fit, const Optimum& optimum);

}  // namespace nacre::scenarios::inference
