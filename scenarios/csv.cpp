#include "scenarios/csv.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"

namespace nacre::scenarios {
namespace {

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t start = 0; start <= line.size();) {
    const std::size_t end = std::min(line.find(',', start), line.size());
    cells.push_back(line.substr(start, end - start));
    start = end + 1;
  }
  return cells;
}

double number(std::string_view cell, const io::Position& where) {
  double value = 0;
  const auto result = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (result.ec != std::errc{} || result.ptr != cell.data() + cell.size() || !std::isfinite(value)) {
    throw io::InputError(where, "", "\"" + std::string(cell) + "\"", "a number");
  }
  return value;
}

}  // namespace

Csv read_csv(const std::string& path, const std::vector<std::string>& names) {
  const std::string text = io::read_whole(path);
  Csv csv{path, std::vector<std::vector<double>>(names.size())};
  bool named = false;
  int line_number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = std::string_view(text).substr(start, end - start);
    const io::Position where{path, ++line_number, 0};
    start = end + 1;
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> cells = split(line);
    if (cells.size() != names.size()) {
      throw io::InputError(where, "", std::to_string(cells.size()) + " columns", std::to_string(names.size()));
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (named)
        csv.columns[i].push_back(number(cells[i], where));
      else if (cells[i] != names[i])
        throw io::InputError(where, "", "\"" + std::string(cells[i]) + "\"", "a column " + names[i]);
    }
    named = true;
  }
  return csv;
}

}  // namespace nacre::scenarios
