#include <array>
#include <cstdlib>

#include "engine/units/quantity.hpp"

namespace nacre::units {
namespace {

struct Named {
  Dimension dimension;
  const char* words;
};

// Exponents in the order m, kg, s, A, K, mol, cd.
constexpr std::array<Named, 34> named{{
    {{}, "a pure number"},
    {{{1, 0, 0, 0, 0, 0, 0}}, "a length"},
    {{{2, 0, 0, 0, 0, 0, 0}}, "an area"},
    {{{3, 0, 0, 0, 0, 0, 0}}, "a volume"},
    {{{-1, 0, 0, 0, 0, 0, 0}}, "a wavenumber"},
    {{{-3, 0, 0, 0, 0, 0, 0}}, "a number density"},
    {{{0, 1, 0, 0, 0, 0, 0}}, "a mass"},
    {{{-3, 1, 0, 0, 0, 0, 0}}, "a mass density"},
    {{{0, 0, 1, 0, 0, 0, 0}}, "a time"},
    {{{0, 0, -1, 0, 0, 0, 0}}, "a frequency"},
    {{{0, 0, 0, 1, 0, 0, 0}}, "a current"},
    {{{-2, 0, 0, 1, 0, 0, 0}}, "a current density"},
    {{{0, 0, 0, 0, 1, 0, 0}}, "a temperature"},
    {{{0, 0, 0, 0, 0, 1, 0}}, "an amount of substance"},
    {{{-3, 0, 0, 0, 0, 1, 0}}, "a concentration"},
    {{{3, 0, 0, 0, 0, -1, 0}}, "a molar volume"},
    {{{0, 1, 0, 0, 0, -1, 0}}, "a molar mass"},
    {{{2, 1, -2, 0, 0, -1, 0}}, "a molar energy"},
    {{{0, 0, 0, 0, 0, 0, 1}}, "a luminous intensity or flux"},
    {{{-2, 0, 0, 0, 0, 0, 1}}, "a luminance"},
    {{{1, 0, -1, 0, 0, 0, 0}}, "a velocity"},
    {{{2, 0, -1, 0, 0, 0, 0}}, "a diffusivity"},
    {{{1, 1, -2, 0, 0, 0, 0}}, "a force"},
    {{{2, 1, -2, 0, 0, 0, 0}}, "an energy"},
    {{{2, 1, -2, 0, -1, 0, 0}}, "an energy per temperature"},
    {{{0, 1, -2, 0, 0, 0, 0}}, "an energy per area"},
    {{{2, 1, -3, 0, 0, 0, 0}}, "a power"},
    {{{-1, 1, -2, 0, 0, 0, 0}}, "a pressure"},
    {{{-1, 1, -1, 0, 0, 0, 0}}, "a viscosity"},
    {{{0, 0, 1, 1, 0, 0, 0}}, "a charge"},
    {{{2, 1, -3, -1, 0, 0, 0}}, "a voltage"},
    {{{1, 1, -3, -1, 0, 0, 0}}, "an electric field"},
    {{{0, -1, 2, 1, 0, 0, 0}}, "a mobility"},
    {{{2, 1, -3, -2, 0, 0, 0}}, "a resistance"},
}};

constexpr std::array<const char*, 7> base{"m", "kg", "s", "A", "K", "mol", "cd"};

/// The base units with exponents of one sign, kg before m as physicists write.
std::string product(const Dimension& dimension, int sign, int& factors) {
  std::string text;
  factors = 0;
  for (const std::size_t i : {1U, 0U, 2U, 3U, 4U, 5U, 6U}) {
    const int power = sign * dimension.exponents[i];
    if (power <= 0) continue;
    if (!text.empty()) text += ' ';
    text += base[i];
    if (power > 1) text += std::to_string(power);
    ++factors;
  }
  return text;
}

}  // namespace

std::string describe(const Dimension& dimension) {
  for (const Named& entry : named) {
    if (entry.dimension == dimension) return entry.words;
  }
  int above = 0;
  int below = 0;
  const std::string numerator = product(dimension, 1, above);
  const std::string denominator = product(dimension, -1, below);
  std::string text = above == 0 ? "1" : numerator;
  if (below == 1) text += "/" + denominator;
  if (below > 1) text += "/(" + denominator + ")";
  return text;
}

}  // namespace nacre::units
