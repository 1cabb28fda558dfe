#include "models/materials/composition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

namespace nacre::materials {
namespace {

enum Ion { caesium, formamidinium, methylammonium, lead, chloride, bromide, iodide };
struct Symbol {
  std::string_view name;
  Ion ion;
};
constexpr std::array<Symbol, 7> symbols{{{"Cs", caesium},
                                         {"FA", formamidinium},
                                         {"MA", methylammonium},
                                         {"Pb", lead},
                                         {"Cl", chloride},
                                         {"Br", bromide},
                                         {"I", iodide}}};
using Counts = std::array<double, 7>;
constexpr double tolerance = 1e-3;
constexpr std::size_t longest_formula = 100;

/// Reads terms such as Cs0.7, Br3 or (I0.67Br0.33)3 one after the other and adds up the ions.
class FormulaReader {
 public:
  explicit FormulaReader(std::string_view text) : text_(text), rest_(text) {}

  Counts read() {
    if (text_.empty()) fail("is empty");
    if (text_.size() > longest_formula) fail("is longer than 100 characters");
    Counts counts{};
    while (!rest_.empty()) term(counts, true);
    return counts;
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw std::invalid_argument("the composition \"" + std::string(text_.substr(0, longest_formula)) + "\" " + why);
  }

 private:
  void term(Counts& counts, bool brackets_allowed) {
    if (rest_.front() == '(') {
      if (!brackets_allowed) fail("has brackets within brackets");
      add(counts, group());
      return;
    }
    const auto symbol =
        std::find_if(symbols.begin(), symbols.end(), [this](const Symbol& s) { return rest_.starts_with(s.name); });
    if (symbol == symbols.end()) {
      fail("has an unknown ion at \"" + std::string(rest_.substr(0, 8)) + "\"; known are Cs, FA, MA, Pb, Cl, Br, I");
    }
    rest_.remove_prefix(symbol->name.size());
    counts[symbol->ion] += number();
  }

  Counts group() {
    rest_.remove_prefix(1);
    Counts counts{};
    while (!rest_.empty() && rest_.front() != ')') term(counts, false);
    if (rest_.empty()) fail("lacks a closing bracket");
    rest_.remove_prefix(1);
    const double factor = number();
    for (double& count : counts) count *= factor;
    return counts;
  }

  static void add(Counts& counts, const Counts& more) {
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += more[i];
  }

  /// The number behind an ion or a bracket, 1 when there is none.
  double number() {
    const auto length = std::min(rest_.find_first_not_of("0123456789."), rest_.size());
    if (length == 0) return 1;
    double value = 0;
    const char* end = rest_.data() + length;
    const auto result = std::from_chars(rest_.data(), end, value, std::chars_format::fixed);
    if (result.ec != std::errc{} || result.ptr != end) {
      fail("has \"" + std::string(rest_.substr(0, length)) + "\" where a number was expected");
    }
    rest_.remove_prefix(length);
    return value;
  }

  std::string_view text_, rest_;
};

/// "0.67", "0.5", nothing for a whole.
std::string share(double value) {
  std::string text = fmt::format("{:.4f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "1" ? "" : text;
}

struct Part {
  std::string_view name;
  double share;
};

void drop_traces(std::vector<Part>& parts) {
  std::erase_if(parts, [](const Part& part) { return part.share < 5e-5; });
}

bool whole_thirds(const std::vector<Part>& parts) {
  return std::all_of(parts.begin(), parts.end(),
                     [](const Part& part) { return std::abs(3 * part.share - std::round(3 * part.share)) < 1e-4; });
}

std::string halides(const std::vector<Part>& parts) {
  std::string text;
  if (whole_thirds(parts)) {
    for (const Part& part : parts) {
      const long count = std::lround(3 * part.share);
      text += std::string(part.name) + (count == 1 ? "" : std::to_string(count));
    }
    return text;
  }
  for (const Part& part : parts) text += std::string(part.name) + share(part.share);
  return "(" + text + ")3";
}

}  // namespace

Composition parse_formula(std::string_view formula) {
  FormulaReader reader(formula);
  const Counts n = reader.read();
  const double cations = n[caesium] + n[formamidinium] + n[methylammonium];
  const double anions = n[chloride] + n[bromide] + n[iodide];
  if (std::abs(n[lead] - 1) > tolerance) reader.fail(fmt::format("has {:g} Pb where 1 was expected", n[lead]));
  if (std::abs(cations - 1) > tolerance) {
    reader.fail(fmt::format("has shares of Cs, FA and MA that sum to {:g} where 1 was expected", cations));
  }
  if (std::abs(anions - 3) > 3 * tolerance) {
    reader.fail(fmt::format("has {:g} halides (Cl, Br, I) where 3 were expected", anions));
  }
  return {n[caesium] / cations, n[formamidinium] / cations, n[methylammonium] / cations,
          n[chloride] / anions, n[bromide] / anions,        n[iodide] / anions};
}

std::string formula(const Composition& c) {
  std::vector<Part> cations{{"Cs", c.caesium}, {"FA", c.formamidinium}, {"MA", c.methylammonium}};
  std::vector<Part> anions{{"I", c.iodide}, {"Br", c.bromide}, {"Cl", c.chloride}};
  drop_traces(cations);
  drop_traces(anions);
  std::string text;
  for (const Part& part : cations) text += std::string(part.name) + share(part.share);
  return text + "Pb" + halides(anions);
}

}  // namespace nacre::materials
