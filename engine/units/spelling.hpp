#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nacre::units {

/// Fewest insertions, deletions, substitutions and swaps of neighbours that make `a` into `b`
/// (Damerau-Levenshtein distance, optimal string alignment). Cost O(|a| |b|).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The word in `known` that is fewest edits from `word`; the first of equals; empty when none is near
/// (more than a third of the longer of both words, at least one edit, would have to change).
/// A word that differs only in upper and lower case is the nearest of all.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

}  // namespace nacre::units
