#pragma once
#include <string>
#include <vector>

#include "scenarios/reproduce.hpp"

namespace nacre::scenarios {

/// `nacre reproduce`: a table a paper (quantity, measured, a priori, calibrated, band, verdict), the targets that have
/// a whole chain from the flask to the spectrum, what missed and why, what is missing and awaits what, how many
/// constants were fitted, and the headline. At most 120 columns.
std::string reproduction_text(const Reproduction& reproduction);

/// `nacre reproduce --json`: one document {"version", "parameters", "targets"}.
std::string reproduction_json(const Reproduction& reproduction);

/// The table of all targets as CSV and as Markdown.
std::string reproduction_csv(const Reproduction& reproduction);
std::string reproduction_markdown(const Reproduction& reproduction);

/// The cells of one comparison, as the readable tables show them.
struct ComparisonCells {
  std::string quantity;  ///< id without the paper
  std::string unit;
  std::string measured, a_priori, calibrated, chain, band;
  std::string basis;  ///< "predicted", "fitted" or empty
  std::string verdict;
  std::string gauge;  ///< where in the band the entry that differs most lies: "---|-o-"
  std::string range;  ///< of the first entry over what is assumed: "5.0..11.0"; empty when there is none
};
ComparisonCells cells_of(const Comparison& comparison);

/// Computed with the interval from 16 to 84 %, entry by entry and where only ratios count of every ratio, too, and the
/// largest distance to the measured in units of the interval's side, the band taken as one more; empty without an
/// uncertainty.
struct UncertaintyCells {
  std::string computed, distance;
};
UncertaintyCells uncertainty_cells(const Comparison& comparison);

/// Everything there is to say about a comparison in one sentence or two: why it is missing or outside, what stands for
/// it, which entries were free. What was remarked beside the measured number (Target::note) is not in it.
std::string note_of(const Comparison& comparison);

}  // namespace nacre::scenarios
