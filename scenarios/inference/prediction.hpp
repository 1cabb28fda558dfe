#pragma once
#include <cstdint>

#include "scenarios/comparison.hpp"
#include "scenarios/inference/runner.hpp"

namespace nacre::scenarios::inference {

/// Gives every comparison of a paper that has a verdict the interval from 16 to 84 % of its entries: data with a sigma
/// and fitted constants with what is known of their correlation, sampled together, through the column that was judged,
/// and given that what the paper's own constants were fitted to has its measured values within their bands
/// (Conditional). Verdicts stay as they are. Returns how many samples failed.
std::uint64_t add_uncertainty(const PaperRun& run, std::vector<Comparison>& comparisons, std::uint64_t samples,
                              std::uint64_t seed, const DataLibrary& library, const Running& running);

}  // namespace nacre::scenarios::inference
