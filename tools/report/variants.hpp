#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "engine/io/hdf5.hpp"

namespace nacre::report {

/// How much of a result goes into a page.
struct Detail {
  std::size_t rows = 48;  ///< of a table over two axes: at most so many, evenly chosen, the first and last among them
  std::function<bool(const std::string& stage, const std::string& name)> wants;  ///< empty: everything
};

/// An attribute of an object in a file; empty when there is none.
std::string attribute_of(const io::Hdf5File& file, const std::string& object, const std::string& name);

/// The names of the variants of a result, in the order of the file; one empty name for a case without variants.
std::vector<std::string> variants_in(const io::Hdf5File& file);

/// A table over two axes in a page: its rows, and what each takes, about [bytes].
struct TableSize {
  std::size_t rows = 0;
  double bytes_a_row = 0;
};

/// The tables of some variants; those that are the same number for number count once.
std::vector<TableSize> tables_of(const io::Hdf5File& file, const std::vector<std::string>& names);

/// Variants as a JSON list for a page: [{"name", "data", "stages": {STAGE: {"complete", "message", "sets": {NAME:
/// {"unit", "meaning", "axes", "values", ...}}}}}]. A table over two axes holds "rows" and "cols", the indices of what
/// is there of its axes; of spectra and size distributions the ends that hold nothing are left out. In place of values
/// that an earlier variant holds, too, stands "same", its number; in place of unit, meaning and axes "as". Data that
/// are those of an earlier variant are its number.
std::string variants_json(const io::Hdf5File& file, const std::vector<std::string>& names, const Detail& detail);

}  // namespace nacre::report
