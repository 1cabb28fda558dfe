#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/confinement/optics.hpp"
#include "models/materials/material.hpp"
#include "models/synthesis/synthesis.hpp"
#include "scenarios/datum.hpp"
#include "scenarios/device_plan.hpp"

namespace nacre::scenarios {

/// What the synthesis stage is called with.
struct SynthesisPlan {
  synthesis::Recipe recipe;
  synthesis::Kind kind = synthesis::Kind::becker_doering;
  synthesis::Options options;
  std::string fingerprint;  ///< equal for equal stages
};

/// A size distribution given by hand.
struct GivenSizes {
  double mean = 0;                ///< [m]
  double standard_deviation = 0;  ///< [m]
};

/// Where the sizes of the confinement stage come from.
enum class SizeSource { synthesis, given };

/// One variant of a case with every number in its place: nothing that follows reads a file.
struct Plan {
  std::string variant;
  std::string fingerprint;        ///< equal for equal variants
  bool has_material = true;       ///< false for a device of layers alone
  materials::Material material;   ///< as synthesised
  materials::Material washed;     ///< after washing; the same without [washing]
  bool composition_given = true;  ///< false when a washing law computes it
  double temperature = 298.15;    ///< of the spectra [K]
  std::optional<SynthesisPlan> synthesis;
  SizeSource size_source = SizeSource::given;
  std::optional<GivenSizes> given_sizes;
  std::optional<confinement::OpticsInput> optics;
  std::optional<DevicePlan> device;
  std::vector<UsedDatum> used;  ///< every datum that the plan rests on
};

}  // namespace nacre::scenarios
