#pragma once
#include <array>
#include <string>
#include <string_view>

namespace nacre::units {

/// Exponents of the SI base units m, kg, s, A, K, mol, cd.
struct Dimension {
  std::array<signed char, 7> exponents{};
  friend bool operator==(const Dimension&, const Dimension&) = default;
};

/// A unit as written ("mA/cm2", "uPa s", "eV", "m_e", "1"): value in SI = number * factor + offset.
struct Unit {
  Dimension dimension;
  double factor = 1;
  double offset = 0;  ///< only for "degC"; such a unit stands alone
};

/// A number in SI with its dimension.
struct Quantity {
  double value = 0;
  Dimension dimension;
};

/// Reads a unit. Products by blank or '*', quotients by '/', powers as trailing integers ("cm2", "m-3", "cm^-3"), SI
/// prefixes. Throws std::invalid_argument with a sentence naming what was not understood (and the nearest known unit).
Unit parse_unit(std::string_view text);

/// Reads "190 K", "0.1 mmol", "5 mA/cm2", "1e-3". Throws std::invalid_argument as parse_unit does.
Quantity parse_quantity(std::string_view text);

/// What a dimension measures, in words where it has a name ("a length", "a temperature"), else its SI units ("kg
/// m2/s3").
std::string describe(const Dimension& dimension);

/// A number in SI, converted to a unit. Throws std::invalid_argument when the unit cannot be read.
double from_si(double value, std::string_view unit);
/// A number in a unit, converted to SI.
double to_si(double value, std::string_view unit);

}  // namespace nacre::units
