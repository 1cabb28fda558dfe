#pragma once
#include <string>
#include <string_view>

#include "engine/units/quantity.hpp"

namespace nacre::units {

/// The unit that a symbol without a power names, with or without an SI prefix ("nm", "eV", "min", "mM").
/// A whole symbol goes before a prefixed one: "min" is the minute, "cd" the candela, "m_e" the electron's mass.
/// Returns false when nothing is known by that name.
bool find_symbol(std::string_view symbol, Unit& unit);

/// The nearest known symbol to an unknown one ("pa" -> "Pa", "seconds" -> "s"), empty when none is near.
std::string nearest_symbol(std::string_view symbol);

}  // namespace nacre::units
