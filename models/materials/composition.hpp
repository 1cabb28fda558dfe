#pragma once
#include <array>
#include <string>
#include <string_view>

namespace nacre::materials {

/// A lead-halide perovskite A Pb X3: shares of the A cations (Cs, FA, MA) and of the halides (Cl, Br, I).
struct Composition {
  double caesium = 0, formamidinium = 0, methylammonium = 0;  ///< sum to 1
  double chloride = 0, bromide = 0, iodide = 0;               ///< sum to 1
};

/// Reads a formula: "MAPbBr3", "CsPbI3", "CsPb(I0.67Br0.33)3", "CsPbI2Br", "Cs0.7FA0.3PbBr3".
/// Throws std::invalid_argument with a sentence that says what is wrong (an unknown ion, shares that do not sum to one
/// within 1e-3).
Composition parse_formula(std::string_view formula);

/// The shortest formula that parse_formula reads back, shares to four digits.
std::string formula(const Composition& composition);

}  // namespace nacre::materials
