#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scenarios/case.hpp"
#include "scenarios/lineage.hpp"
#include "scenarios/result.hpp"
#include "scenarios/target.hpp"
#include "scenarios/verdict.hpp"

namespace nacre::scenarios {

/// A case computed in one of the two columns: results and fitted numbers, one an entry for each variant.
struct Column {
  std::vector<Result> results;
  std::vector<std::vector<FittedNumber>> fitted;
};

/// A paper: its case in both columns, and what it measured.
struct PaperRun {
  Case source;
  Column calibrated;  ///< the case as it stands
  Column a_priori;    ///< under its [a_priori]
  std::vector<Target> targets;
};

/// One target beside what was computed for it. Numbers are in the target's unit, one an entry of its value.
struct Comparison {
  Target target;
  std::optional<std::vector<double>> a_priori;  ///< literature data alone; none where nothing can be said without a fit
  std::optional<std::vector<double>> calibrated;    ///< with numbers fitted to targets; none where none took part
  std::optional<std::pair<double, double>> bounds;  ///< of the first entry, from `between`
  std::optional<std::vector<double>> chain;  ///< with nothing given by hand between flask and spectrum; not counted
  Verdict chain_verdict = Verdict::missing;
  /// Uncertainty of each entry of the column that is judged, given what fits have fixed: from 16 to 84 %.
  std::optional<std::vector<std::pair<double, double>>> interval;
  std::size_t sampled = 0;  ///< samples that gave the entry which fewest gave
  std::vector<std::pair<double, double>> ratios;  ///< the same of entries over the first, where only ratios count
  bool used_in_fit = false;
  std::vector<std::size_t> not_fitted;  ///< entries of a list that took no part, where others did; counted from 0
  Verdict verdict = Verdict::missing;
  std::string why_missing;  ///< when it is: what it awaits, or what went wrong
};

/// Records of the targets that any of the runs' calibrated columns was fitted to: ids, with the entry where a list was
/// used in part, "ye2022.plqy[0]".
std::set<std::string> fit_entries(const std::vector<PaperRun>& runs);

/// Whether a target took part in a fit: a record names it, or it is computed from a scalar that a target which a record
/// names is computed from. `of_paper` are all targets of its paper.
bool is_used_in_fit(const Target& target, const std::vector<Target>& of_paper, const std::set<std::string>& records);

/// Compares a paper's targets with what was computed. `all_ids` are the ids of all targets of all papers, `entries`
/// those of fit_entries(). Throws io::InputError for a target that names a variant that the case does not have, a
/// quantity that cannot be given in its unit, or in its chain a variant whose sizes are given by hand.
std::vector<Comparison> compare(const PaperRun& run, const std::set<std::string>& all_ids,
                                const std::set<std::string>& entries);

}  // namespace nacre::scenarios
