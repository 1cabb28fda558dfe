#include "scenarios/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include "engine/io/input_table.hpp"
#include "engine/io/whole_file.hpp"
#include "scenarios/words.hpp"

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

/// Without the mark that spreadsheets write before the first line.
std::string_view without_mark(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

/// Without blanks and quotation marks around it.
std::string_view bare(std::string_view cell) {
  while (!cell.empty() && (cell.front() == ' ' || cell.front() == '\t')) cell.remove_prefix(1);
  while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\t')) cell.remove_suffix(1);
  const bool quoted = cell.size() >= 2 && cell.front() == '"' && cell.back() == '"';
  return quoted ? cell.substr(1, cell.size() - 2) : cell;
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

CsvTable::CsvTable(const std::string& path) : path_(path) {
  const std::string bytes = io::read_whole(path);
  const std::string_view text = without_mark(bytes);
  int line_number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string_view line = text.substr(start, end - start);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    ++line_number;
    start = end + 1;
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string_view> cells = split(line);
    std::transform(cells.begin(), cells.end(), cells.begin(), bare);
    if (names_.empty()) {
      names_.assign(cells.begin(), cells.end());
      continue;
    }
    if (cells.size() != names_.size()) {
      throw io::InputError({path, line_number, 0}, "", std::to_string(cells.size()) + " columns",
                           std::to_string(names_.size()));
    }
    cells_.emplace_back(cells.begin(), cells.end());
    numbers_.push_back(line_number);
  }
  if (cells_.empty()) throw io::InputError({path, 0, 0}, "", "no numbers", "a line of names, then lines of numbers");
}

std::vector<double> CsvTable::column(const std::string& name) const {
  const auto at = std::find(names_.begin(), names_.end(), name);
  if (at == names_.end()) {
    const std::string near = io::nearest(name, names_);
    throw io::InputError({path_, 0, 0}, name, "no such column",
                         near.empty() ? "one of " + joined(names_) : "perhaps \"" + near + "\"");
  }
  const auto index = static_cast<std::size_t>(at - names_.begin());
  std::vector<double> values;
  for (std::size_t i = 0; i < cells_.size(); ++i) values.push_back(number(cells_[i][index], {path_, numbers_[i], 0}));
  return values;
}

}  // namespace nacre::scenarios
