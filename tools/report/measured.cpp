#include "tools/report/measured.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <stdexcept>

#include "engine/io/input_error.hpp"
#include "engine/io/text_check.hpp"
#include "engine/io/whole_file.hpp"
#include "engine/units/quantity.hpp"

namespace nacre::report {
namespace {

using io::InputError;
using io::Position;

/// A quantity that a table may hold: words that name it, our name, the figure's unit ("": any, the curve is scaled).
struct Known {
  std::vector<std::string> words;
  std::string name, unit;
};

const std::vector<Known>& known_columns() {
  static const std::vector<Known> list{
      {{"voltage", "bias", "v"}, "bias", "V"},
      {{"current_density", "current", "j"}, "current_density", "mA/cm2"},
      {{"luminance", "l"}, "luminance", "cd/m2"},
      {{"time", "t"}, "time", "h"},
      {{"light", "relative_luminance", "l/l0"}, "light", "1"},
      {{"eqe", "external_quantum_efficiency"}, "eqe", "1"},
      {{"wavelength", "lambda"}, "wavelength", "nm"},
      {{"energy", "photon_energy"}, "photon_energy", "eV"},
      {{"pl", "photoluminescence", "intensity"}, "photoluminescence", ""},
      {{"el", "electroluminescence"}, "electroluminescence", ""},
      {{"absorption", "absorbance", "abs"}, "absorption", ""},
      {{"size", "edge", "diameter", "length"}, "edge", "nm"},
      {{"count", "counts", "frequency", "number"}, "frequency", ""},
  };
  return list;
}

std::string all_words() {
  std::string text;
  for (const Known& known : known_columns())
    text += (text.empty() ? "" : ", ") + known.words.front() + (known.unit.empty() ? "" : " [" + known.unit + "]");
  return text;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \r\"");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \r\"") - first + 1);
}

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> cells;
  for (std::size_t start = 0; start <= line.size();) {
    const std::size_t end = std::min(line.find(separator, start), line.size());
    cells.push_back(trimmed(line.substr(start, end - start)));
    start = end + 1;
  }
  return cells;
}

/// "Current density (mA/cm2)" -> "current_density" and "mA/cm2".
std::pair<std::string, std::string> name_and_unit(const std::string& cell) {
  const std::size_t open = cell.find_first_of("[(");
  const std::size_t close = cell.find_first_of("])", open == std::string::npos ? 0 : open);
  std::string name = trimmed(cell.substr(0, open));
  for (char& c : name) c = c == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const bool has_unit = open != std::string::npos && close != std::string::npos;
  return {name, has_unit ? trimmed(cell.substr(open + 1, close - open - 1)) : ""};
}

/// A column's head, understood: our name and unit, and what a number is multiplied with.
struct Head {
  std::string name, unit;
  double factor = 1;
};

double factor_between(const std::string& unit, const std::string& wanted, const std::string& cell,
                      const Position& where) {
  try {
    const units::Unit have = units::parse_unit(unit), want = units::parse_unit(wanted);
    if (have.dimension == want.dimension) return have.factor / want.factor;
    throw InputError(where, cell, unit + " (" + units::describe(have.dimension) + ")",
                     units::describe(want.dimension) + ", such as " + wanted);
  } catch (const std::invalid_argument& error) {
    throw InputError(where, cell, error.what(), "a unit such as " + wanted);
  }
}

Head head_of(const std::string& cell, const Position& where) {
  const auto [name, unit] = name_and_unit(cell);
  for (const Known& known : known_columns()) {
    if (std::find(known.words.begin(), known.words.end(), name) == known.words.end()) continue;
    if (known.unit.empty()) return {known.name, "1", 1};
    if (unit.empty() && known.unit != "1")
      throw InputError(where, cell, "no unit", "\"" + name + " [" + known.unit + "]\"");
    return {known.name, known.unit, unit.empty() ? 1 : factor_between(unit, known.unit, cell, where)};
  }
  throw InputError(where, "", "a column " + io::quoted(cell), "one of " + all_words());
}

std::optional<double> number_in(const std::string& cell) {
  const std::size_t skip = cell.starts_with('+') ? 1 : 0;
  double value = 0;
  const auto result = std::from_chars(cell.data() + skip, cell.data() + cell.size(), value);
  if (result.ec != std::errc{} || result.ptr != cell.data() + cell.size() || !std::isfinite(value)) return {};
  return value;
}

double number(const std::string& cell, const Position& where) {
  if (const std::optional<double> value = number_in(cell)) return *value;
  std::string pointed = cell;
  std::replace(pointed.begin(), pointed.end(), ',', '.');
  const bool comma = pointed != cell && number_in(pointed).has_value();
  throw InputError(where, "", io::quoted(cell), comma ? "a decimal point, " + pointed : "a number");
}

/// What is wrong with a line of too few or too many cells. Decimal commas between columns that commas separate double
/// them.
InputError wrong_width(const std::vector<std::string>& cells, std::size_t columns, char separator,
                       const Position& where) {
  const bool commas = separator == ',' && cells.size() == 2 * columns;
  return {where, "", std::to_string(cells.size()) + " columns",
          std::to_string(columns) + (commas ? "; where these are decimal commas, write points" : "")};
}

/// Where a table with these columns belongs; nothing when it makes no figure.
std::optional<std::string> figure_of(const std::set<std::string>& names) {
  const auto has = [&](const char* name) { return names.contains(name); };
  if (has("bias") && (has("current_density") || has("luminance") || has("eqe"))) return "current-voltage";
  if (has("luminance") && has("eqe")) return "efficiency";
  if (has("time") && (has("light") || has("luminance"))) return "ageing";
  const bool spectrum = has("photoluminescence") || has("absorption") || has("electroluminescence");
  if ((has("wavelength") || has("photon_energy")) && spectrum) return "spectra";
  if (has("edge")) return "sizes";
  return {};
}

void name_columns(Measured& measured, std::vector<double>& factors, const std::vector<std::string>& cells,
                  const Position& where) {
  std::set<std::string> names;
  for (const std::string& cell : cells) {
    const Head head = head_of(cell, where);
    if (!names.insert(head.name).second) throw InputError(where, "", "the column " + head.name + " twice", "each once");
    measured.columns.push_back({head.name, head.unit, {}});
    factors.push_back(head.factor);
  }
  const std::optional<std::string> figure = figure_of(names);
  if (!figure)
    throw InputError(where, "", "columns that make no figure",
                     "voltage with current_density, luminance or eqe; luminance with eqe; time with luminance or light; wavelength or energy with pl, "
                     "el or absorption; or size");
  measured.figure = *figure;
}

/// What separates the columns of a head line.
char separator_of(const std::string& line) {
  for (const char separator : {'\t', ';', ','})
    if (line.find(separator) != std::string::npos) return separator;
  return ',';
}

}  // namespace

Measured read_measured(const std::string& path) {
  std::string text = io::read_whole(path);
  io::require_text(text, path);
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  Measured measured{path, "", {}};
  std::vector<double> factors;
  char separator = ',';
  int line_number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string line = text.substr(start, end - start);
    const Position where{path, ++line_number, 0};
    start = end + 1;
    if (trimmed(line).empty() || line.front() == '#') continue;
    if (measured.columns.empty()) separator = separator_of(line);
    const std::vector<std::string> cells = split(line, separator);
    if (measured.columns.empty()) {
      name_columns(measured, factors, cells, where);
      continue;
    }
    if (cells.size() != factors.size()) throw wrong_width(cells, factors.size(), separator, where);
    for (std::size_t i = 0; i < cells.size(); ++i)
      measured.columns[i].values.push_back(number(cells[i], where) * factors[i]);
  }
  if (measured.columns.empty() || measured.columns.front().values.empty())
    throw InputError({path, 0, 0}, "", "no rows", "a line of column names and lines of numbers");
  return measured;
}

}  // namespace nacre::report
