#pragma once
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/confinement/optics.hpp"
#include "models/confinement/photophysics.hpp"
#include "models/synthesis/surface.hpp"
#include "models/synthesis/synthesis.hpp"
#include "scenarios/device_stage.hpp"
#include "scenarios/plan.hpp"
#include "scenarios/readings.hpp"

namespace nacre::scenarios {

struct AgeingResult;
struct DriftResult;

/// A stage that did not reach its end.
struct Failure {
  Stage stage = Stage::synthesis;
  std::string message;  ///< with time and reason
};

/// Crystals that hold a smaller share of all formula units are numerical dust, whose moments mean nothing [1].
inline constexpr double least_yield = 1e-9;

/// A size distribution by number with its moments.
struct SizesUsed {
  synthesis::Sizes sizes;
  double mean = std::numeric_limits<double>::quiet_NaN();                ///< [m]
  double standard_deviation = std::numeric_limits<double>::quiet_NaN();  ///< [m]
  double skewness = std::numeric_limits<double>::quiet_NaN();            ///< [1]
};

/// The surface of the crystals after all treatments.
struct SurfaceUsed {
  synthesis::Surface surface;
  double mean_area = 0;        ///< of one crystal [m2]
  double area_per_volume = 0;  ///< of all crystals together [1/m]
};

/// A film of the crystals. Vacancies are what a device stage starts from.
struct FilmUsed {
  double vacancies = 0;         ///< halide vacancies per volume of the film, NaN without a surface [1/m3]
  double hops = 0;              ///< of an exciton in a lifetime [1]
  double plqy = 0;              ///< [1]
  double lifetime = 0;          ///< [s]
  double pl_peak = 0;           ///< with excitons that hop to lower energies [m]
  double redshift = 0;          ///< of pl_peak against the crystals on their own [m]
  double left_after_air = 1;    ///< photoluminescence over its start [1]
  double left_after_light = 1;  ///< [1]
};

/// What one variant came out as. Stages that were not asked for, or not reached, are absent.
struct Result {
  Plan plan;
  std::shared_ptr<const synthesis::History> history;
  SizesUsed sizes;            ///< of the confinement stage; empty where there are none
  synthesis::Sizes crystals;  ///< without the part of a microscope's spread that is measurement: surfaces and volumes
  std::optional<SurfaceUsed> surface;
  std::shared_ptr<const confinement::Optics> optics;
  std::shared_ptr<const DeviceResult> device;
  std::shared_ptr<const confinement::Photophysics> photophysics;
  confinement::PhotophysicsInput photophysics_input;  ///< that it was computed with, traps and quenching filled in
  std::vector<double> yield_temperature, yield;       ///< thermal quenching: yield at each temperature [K], [1]
  std::vector<double> excitons, saturation;           ///< yield at each mean number of excitons per crystal [1]
  std::optional<FilmUsed> film;
  std::shared_ptr<const Readings> readings;
  std::shared_ptr<const DriftResult> drift;
  std::shared_ptr<const AgeingResult> ageing;
  std::vector<Failure> failures;
  std::vector<Warning> warnings;    ///< results beyond the range of their data
  double synthesis_seconds = 0;     ///< processor time; 0 when an equal stage had been computed already [s]
  double confinement_seconds = 0;   ///< [s]
  double photophysics_seconds = 0;  ///< [s]
  double instruments_seconds = 0;   ///< [s]
  double device_seconds = 0;        ///< [s]
  double drift_seconds = 0;         ///< [s]
  double ageing_seconds = 0;        ///< [s]
};

}  // namespace nacre::scenarios
