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

/// A CSV file whose columns are asked for by name; cells may be empty where nobody asks.
class CsvTable {
 public:
  /// Reads a file as read_csv does. Throws io::InputError for lines of different lengths.
  explicit CsvTable(const std::string& path);
  const std::string& path() const { return path_; }
  const std::vector<std::string>& names() const { return names_; }
  std::size_t lines() const { return cells_.size(); }
  /// Where a line of numbers stands in the file, counted from 1.
  int line_number(std::size_t line) const { return numbers_.at(line); }
  /// A column. Throws io::InputError: none of that name (with the nearest), a cell that is no finite number.
  std::vector<double> column(const std::string& name) const;

 private:
  std::string path_;
  std::vector<std::string> names_;
  std::vector<std::vector<std::string>> cells_;  // by line
  std::vector<int> numbers_;
};

}  // namespace nacre::scenarios
