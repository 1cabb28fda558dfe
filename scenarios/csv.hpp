#pragma once
#include <string>
#include <vector>

namespace nacre::scenarios {

/// A table of numbers read from a text file.
struct Csv {
  std::string path;
  std::vector<std::vector<double>> columns;
};

/// Reads a CSV file: lines that begin with '#' are comments, the first other line names the columns, the rest are
/// finite numbers. Throws io::InputError with the line when the names are not `names` or a line does not hold as many
/// numbers.
Csv read_csv(const std::string& path, const std::vector<std::string>& names);

}  // namespace nacre::scenarios
