#include "engine/units/symbols.hpp"

#include <array>
#include <numbers>
#include <vector>

#include "engine/units/constants.hpp"
#include "engine/units/spelling.hpp"

namespace nacre::units {
namespace {

struct Symbol {
  std::string_view name;
  double factor;
  Dimension dimension;
  bool prefixed;
  double offset = 0;
};

struct Prefix {
  std::string_view name;
  double factor;
};

// Exponents in the order m, kg, s, A, K, mol, cd.
constexpr std::array<Symbol, 38> symbols{{
    {"m", 1, {{1, 0, 0, 0, 0, 0, 0}}, true},
    {"g", 1e-3, {{0, 1, 0, 0, 0, 0, 0}}, true},
    {"s", 1, {{0, 0, 1, 0, 0, 0, 0}}, true},
    {"A", 1, {{0, 0, 0, 1, 0, 0, 0}}, true},
    {"K", 1, {{0, 0, 0, 0, 1, 0, 0}}, true},
    {"mol", 1, {{0, 0, 0, 0, 0, 1, 0}}, true},
    {"cd", 1, {{0, 0, 0, 0, 0, 0, 1}}, true},
    {"Hz", 1, {{0, 0, -1, 0, 0, 0, 0}}, true},
    {"N", 1, {{1, 1, -2, 0, 0, 0, 0}}, true},
    {"Pa", 1, {{-1, 1, -2, 0, 0, 0, 0}}, true},
    {"J", 1, {{2, 1, -2, 0, 0, 0, 0}}, true},
    {"W", 1, {{2, 1, -3, 0, 0, 0, 0}}, true},
    {"C", 1, {{0, 0, 1, 1, 0, 0, 0}}, true},
    {"V", 1, {{2, 1, -3, -1, 0, 0, 0}}, true},
    {"F", 1, {{-2, -1, 4, 2, 0, 0, 0}}, true},
    {"ohm", 1, {{2, 1, -3, -2, 0, 0, 0}}, true},
    {"S", 1, {{-2, -1, 3, 2, 0, 0, 0}}, true},
    {"T", 1, {{0, 1, -2, -1, 0, 0, 0}}, true},
    {"Wb", 1, {{2, 1, -2, -1, 0, 0, 0}}, true},
    {"H", 1, {{2, 1, -2, -2, 0, 0, 0}}, true},
    {"lm", 1, {{0, 0, 0, 0, 0, 0, 1}}, true},
    {"lx", 1, {{-2, 0, 0, 0, 0, 0, 1}}, true},
    {"eV", constants::electron_volt, {{2, 1, -2, 0, 0, 0, 0}}, true},
    {"m_e", constants::electron_mass, {{0, 1, 0, 0, 0, 0, 0}}, false},
    {"L", 1e-3, {{3, 0, 0, 0, 0, 0, 0}}, true},
    {"l", 1e-3, {{3, 0, 0, 0, 0, 0, 0}}, true},
    {"M", 1e3, {{-3, 0, 0, 0, 0, 1, 0}}, true},
    {"min", 60, {{0, 0, 1, 0, 0, 0, 0}}, false},
    {"h", 3600, {{0, 0, 1, 0, 0, 0, 0}}, false},
    {"d", 86400, {{0, 0, 1, 0, 0, 0, 0}}, false},
    {"bar", 1e5, {{-1, 1, -2, 0, 0, 0, 0}}, true},
    {"degC", 1, {{0, 0, 0, 0, 1, 0, 0}}, false, constants::zero_celsius},
    {"%", 1e-2, {}, false},
    {"ppm", 1e-6, {}, false},
    {"angstrom", 1e-10, {{1, 0, 0, 0, 0, 0, 0}}, false},
    {"deg", std::numbers::pi / 180, {}, false},
    {"rad", 1, {}, true},
    {"sr", 1, {}, false},
}};

constexpr std::array<Prefix, 20> prefixes{{
    {"Y", 1e24}, {"Z", 1e21},  {"E", 1e18},  {"P", 1e15},  {"T", 1e12},  {"G", 1e9},   {"M", 1e6},
    {"k", 1e3},  {"h", 1e2},   {"da", 1e1},  {"d", 1e-1},  {"c", 1e-2},  {"m", 1e-3},  {"u", 1e-6},
    {"n", 1e-9}, {"p", 1e-12}, {"f", 1e-15}, {"a", 1e-18}, {"z", 1e-21}, {"y", 1e-24},
}};

/// Names that people write in full; only for hints, so that a unit has one spelling.
constexpr std::array<std::array<std::string_view, 2>, 29> spelled_out{{
    {"sec", "s"},           {"second", "s"},     {"seconds", "s"}, {"minute", "min"},   {"minutes", "min"},
    {"hour", "h"},          {"hours", "h"},      {"hr", "h"},      {"day", "d"},        {"days", "d"},
    {"metre", "m"},         {"meter", "m"},      {"micron", "um"}, {"nanometre", "nm"}, {"nanometer", "nm"},
    {"kelvin", "K"},        {"celsius", "degC"}, {"volt", "V"},    {"ampere", "A"},     {"amp", "A"},
    {"litre", "L"},         {"liter", "L"},      {"molar", "M"},   {"mole", "mol"},     {"moles", "mol"},
    {"electronvolt", "eV"}, {"percent", "%"},    {"joule", "J"},   {"pascal", "Pa"},
}};

const Symbol* find_whole(std::string_view name) {
  for (const Symbol& symbol : symbols) {
    if (symbol.name == name) return &symbol;
  }
  return nullptr;
}

std::vector<std::string> usual_symbols() {
  std::vector<std::string> names;
  for (const Symbol& symbol : symbols) names.emplace_back(symbol.name);
  for (const Symbol& symbol : symbols) {
    if (!symbol.prefixed) continue;
    for (const Prefix& prefix : prefixes) names.push_back(std::string(prefix.name) + std::string(symbol.name));
  }
  return names;
}

}  // namespace

bool find_symbol(std::string_view symbol, Unit& unit) {
  if (const Symbol* whole = find_whole(symbol)) {
    unit = {whole->dimension, whole->factor, whole->offset};
    return true;
  }
  for (const Prefix& prefix : prefixes) {
    if (!symbol.starts_with(prefix.name)) continue;
    const Symbol* rest = find_whole(symbol.substr(prefix.name.size()));
    if (rest == nullptr || !rest->prefixed) continue;
    unit = {rest->dimension, prefix.factor * rest->factor, 0};
    return true;
  }
  return false;
}

std::string nearest_symbol(std::string_view symbol) {
  std::vector<std::string> words;
  for (const auto& pair : spelled_out) words.emplace_back(pair[0]);
  if (symbol.size() > 2) {
    const std::string word = nearest_word(symbol, words);
    for (const auto& pair : spelled_out) {
      if (pair[0] == word) return std::string(pair[1]);
    }
  }
  return nearest_word(symbol, usual_symbols());
}

}  // namespace nacre::units
