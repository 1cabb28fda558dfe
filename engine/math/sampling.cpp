#include "engine/math/sampling.hpp"

#include <array>
#include <stdexcept>

namespace nacre::math {
namespace {

using Directions = std::array<std::uint32_t, 32>;

/// A primitive polynomial over GF(2), its inner coefficients as bits, and the first numbers m of its recurrence.
struct Polynomial {
  unsigned degree;
  unsigned inner;
  std::array<std::uint32_t, 7> first;
};

/// Joe and Kuo, new-joe-kuo-6.21201: dimensions 2 to 21; the first dimension is van der Corput's.
constexpr std::array<Polynomial, sobol_dimensions - 1> polynomials{{
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
}};

constexpr Directions directions_of(const Polynomial& polynomial) {
  Directions v{};
  const unsigned degree = polynomial.degree;
  for (unsigned i = 0; i < 32; ++i) {
    if (i < degree) {
      v[i] = polynomial.first[i] << (31 - i);
      continue;
    }
    v[i] = v[i - degree] ^ (v[i - degree] >> degree);
    for (unsigned k = 1; k < degree; ++k) {
      if ((polynomial.inner >> (degree - 1 - k)) & 1U) v[i] ^= v[i - k];
    }
  }
  return v;
}

constexpr std::array<Directions, sobol_dimensions> make_directions() {
  std::array<Directions, sobol_dimensions> all{};
  for (unsigned i = 0; i < 32; ++i) all[0][i] = std::uint32_t{1} << (31 - i);
  for (std::size_t d = 1; d < all.size(); ++d) all[d] = directions_of(polynomials[d - 1]);
  return all;
}

constexpr std::array<Directions, sobol_dimensions> directions = make_directions();

/// SplitMix64's output function: neighbouring inputs give unrelated outputs.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

std::uint64_t mixed(std::uint64_t seed, int dimension) {
  return mixed(mixed(seed) + static_cast<std::uint64_t>(dimension));
}

/// A permutation of 0 ... count - 1, chosen by `key` (Kensler).
std::uint32_t permuted(std::uint32_t i, std::uint32_t count, std::uint32_t key) {
  std::uint32_t w = count - 1;
  for (const unsigned shift : {1U, 2U, 4U, 8U, 16U}) w |= w >> shift;
  do {
    i ^= key;
    i *= 0xe170893dU;
    i ^= key >> 16;
    i ^= (i & w) >> 4;
    i ^= key >> 8;
    i *= 0x0929eb3fU;
    i ^= key >> 23;
    i ^= (i & w) >> 1;
    i *= 1U | (key >> 27);
    i *= 0x6935fa69U;
    i ^= (i & w) >> 11;
    i *= 0x74dcb303U;
    i ^= (i & w) >> 2;
    i *= 0x9e501cc3U;
    i ^= (i & w) >> 2;
    i *= 0xc860a3dfU;
    i &= w;
    i ^= i >> 5;
  } while (i >= count);
  return static_cast<std::uint32_t>((std::uint64_t{i} + key) % count);
}

}  // namespace

double sobol(std::uint64_t index, int dimension, std::uint64_t seed) {
  if (dimension < 0 || dimension >= sobol_dimensions || index >> 32 != 0) {
    throw std::out_of_range("the Sobol sequence has no such point");
  }
  const std::uint64_t gray = index ^ (index >> 1);
  std::uint32_t digits = seed == 0 ? 0 : static_cast<std::uint32_t>(mixed(seed, dimension) >> 32);
  for (unsigned bit = 0; bit < 32; ++bit) {
    if ((gray >> bit) & 1U) digits ^= directions[static_cast<std::size_t>(dimension)][bit];
  }
  return static_cast<double>(digits) * 0x1p-32;
}

double latin_hypercube(std::uint64_t index, std::uint64_t count, int dimension, std::uint64_t seed) {
  if (index >= count || count >> 32 != 0 || dimension < 0) {
    throw std::out_of_range("the Latin hypercube has no such point");
  }
  const std::uint64_t key = mixed(seed, dimension);
  const auto place = permuted(static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(count),
                              static_cast<std::uint32_t>(key >> 32));
  const double within = static_cast<double>(mixed(key + index) >> 11) * 0x1p-53;
  // Rounding could carry the last point of an interval into the next one, which holds its own.
  const double n = static_cast<double>(count);
  return (static_cast<double>(place) + within * (1 - 0x1p-20)) / n;
}

}  // namespace nacre::math
