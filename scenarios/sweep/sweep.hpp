#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/case.hpp"
#include "scenarios/data.hpp"
#include "scenarios/sweep/kept.hpp"
#include "scenarios/sweep/space.hpp"

namespace nacre::scenarios::sweep {

/// A sweep file, read and checked, with the case that it varies.
struct Sweep {
  std::string path, title;
  std::string text;       ///< of the sweep file, byte for byte
  std::string base_path;  ///< of the case
  std::string base_text;
  Variant base;  ///< the variant that is varied
  Space space;
  Kept kept;
  Layout layout;            ///< of what is kept of every point
  std::string fingerprint;  ///< 16 hexadecimal digits: equal for equal sweeps of equal cases with equal data

  /// The document of a point: the base with its parameters laid over.
  Variant point(const std::vector<double>& coordinates) const;
};

/// Reads a sweep file and its case and loads the first point and every value of a text axis in full, so that a wrong
/// name is found before anything runs. Throws io::InputError with file, line and key.
Sweep load_sweep(const std::string& path, const DataLibrary& library);

}  // namespace nacre::scenarios::sweep
