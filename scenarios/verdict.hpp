#pragma once
#include <string>
#include <vector>

#include "scenarios/target.hpp"

namespace nacre::scenarios {

/// What came of a comparison.
enum class Verdict { within, outside, missing };
std::string_view name_of(Verdict verdict);

/// Whether computed numbers are within a target's band:
/// one number: it differs by at most the band;
/// a list: every entry does, and each difference to the first entry that exceeds half the band has the measured sign
/// and 0.5 to 2 times its size (not asked of colour coordinates); a ratio: every quotient to the first entry is the
/// measured one within the relative band. `computed` holds one number an entry of the value. Not for orders.
bool is_within(const Target& target, const std::vector<double>& computed);

/// Whether one entry of a list of numbers lies within its band, whatever the others do.
bool is_entry_within(const Target& target, std::size_t entry, const std::vector<double>& computed);

/// Whether names come out in the measured order; what stands behind " (" in a name does not count.
bool is_in_order(const std::vector<std::string>& measured, const std::vector<std::string>& computed);

/// The names of an order target by their computed numbers, lowest first. Names with equal numbers come out against the
/// order given: a tie establishes no order.
std::vector<std::string> ordered_names(const std::vector<std::string>& names, const std::vector<double>& computed);

}  // namespace nacre::scenarios
