#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/io/hdf5.hpp"

namespace nacre::report {

/// Which datasets go into a page; empty: all.
using Wants = std::function<bool(const std::string& stage, const std::string& name)>;

/// An attribute of an object in a file; empty when there is none.
std::string attribute_of(const io::Hdf5File& file, const std::string& object, const std::string& name);

/// The names of the variants of a result, in the order of the file; one empty name for a case without variants.
std::vector<std::string> variants_in(const io::Hdf5File& file);

/// Variants as a JSON list for a page: [{"name", "data", "stages": {STAGE: {"complete", "message", "sets": {NAME:
/// {"unit", "meaning", "axes", "values", ...}}}}}]. A table over two axes holds "rows" and "columns", the indices of
/// what is there of its axes; of spectra and size distributions the ends that hold nothing are left out. In place of
/// values that an earlier variant holds, too, stands "same", its number; in place of unit, meaning and axes "as". Data
/// that are those of an earlier variant are its number. Everything but the rows of tables is written once, on making
/// it.
class Variants {
 public:
  /// Of a file, which has to outlive it.
  Variants(const io::Hdf5File& file, const std::vector<std::string>& names, const Wants& wants = {});
  ~Variants();
  /// How long json() will be, about, with at most so many rows of each table [bytes].
  double bytes_with(std::size_t rows) const;
  /// With at most so many rows of each table, evenly chosen, the first and last among them.
  std::string json(std::size_t rows) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nacre::report
