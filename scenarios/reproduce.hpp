#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/parallel/for_each.hpp"
#include "scenarios/comparison.hpp"
#include "scenarios/data.hpp"

namespace nacre::scenarios {

/// How many targets came out within their band.
struct Tally {
  int predicted = 0, predicted_within = 0;  ///< not used in any fit
  int fitted = 0, fitted_within = 0;
  int missing = 0;
  /// Of lists that a fit used in part, the entries that it did not use: each judged by its band alone. Such lists count
  /// as fitted above all the same.
  int free_entries = 0, free_entries_within = 0;
};

/// Papers against simulation.
struct Reproduction {
  std::vector<PaperRun> runs;            ///< of the papers asked for
  std::vector<Comparison> comparisons;   ///< all targets of these papers, in the order of their files
  std::vector<FittedNumber> parameters;  ///< fitted numbers in use by the calibrated columns, each name once
  std::uint64_t samples = 0;             ///< behind the uncertainties; 0: there are none
  std::vector<std::string> failures;     ///< "peng2022: ln: synthesis: ..." for stages that did not reach their end
};

/// The papers that have a file of targets and a case, the five seed papers first, then by name.
std::vector<std::string> known_papers();

/// Whether and how the uncertainty of what is computed is sampled, and when to stop altogether: then what is there are
/// the papers that were finished.
struct Sampling {
  std::uint64_t samples = 0;  ///< 0: not at all
  std::uint64_t seed = 1;
  parallel::Workers workers;
  parallel::Stop stop;
};

/// Runs the cases of papers (none: all) in both columns and compares them with their targets. Records of fits are read
/// from the cases of all papers, so that a selection changes no verdict. Throws io::InputError: a paper that is not
/// there, a wrong case, target or datum.
Reproduction reproduce(const std::vector<std::string>& papers, const DataLibrary& library,
                       const Sampling& sampling = {});

/// Of all comparisons, or of one paper.
Tally tally(const std::vector<Comparison>& comparisons, const std::string& paper = "");

/// "predicted: x of y within; fitted: u of v within".
std::string headline(const Tally& tally);

/// "of lists fitted in part, entries that took no part: x of y within"; empty where there are none.
std::string free_entries_text(const Tally& tally);

/// How many constants were fitted to a paper's own targets, and how many its case takes over from fits to others. One
/// constant that stands in several variants counts once, that of a variant which only bounds a range (`between`) not.
struct FittedCount {
  int own = 0;
  int taken_over = 0;
};
FittedCount count_fitted(const PaperRun& run);

}  // namespace nacre::scenarios
