#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/io/hdf5.hpp"

namespace nacre::scenarios::sweep {

/// Whether a point has been computed. What files hold.
enum class Status { missing = 0, ok = 1, failed = 2 };

/// A curve's common axis.
struct SharedAxis {
  std::string name;
  io::Label label;
  std::vector<double> values;
};

/// What is kept of every point under one name: a number, or a curve.
struct Column {
  std::string name;
  io::Label label;
  std::string axis;       ///< of a curve: the name of its shared axis
  std::size_t width = 1;  ///< values a point
};

/// The columns of a sweep: parameters first, then scalars, then curves.
struct Layout {
  std::vector<Column> columns;
  std::vector<SharedAxis> axes;
  std::size_t parameters = 0;  ///< how many columns are parameters

  std::size_t width() const {
    std::size_t sum = 0;
    for (const Column& column : columns) sum += column.width;
    return sum;
  }
};

/// One computed point. Under Status::ok every value is finite; a failed one keeps what was computed, NaN for the rest,
/// and says why.
struct Record {
  std::uint64_t id = 0;
  Status status = Status::missing;
  std::vector<double> values;              ///< Layout::width()
  std::string reason;                      ///< of a failure
  std::vector<std::string> warnings = {};  ///< what lies beyond its data, each once, sorted
};

}  // namespace nacre::scenarios::sweep
