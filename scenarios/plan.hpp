#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/confinement/optics.hpp"
#include "models/confinement/photophysics.hpp"
#include "models/instruments/decay_fit.hpp"
#include "models/instruments/diffraction.hpp"
#include "models/instruments/microscope.hpp"
#include "models/instruments/urbach_fit.hpp"
#include "models/materials/material.hpp"
#include "models/synthesis/synthesis.hpp"
#include "models/synthesis/treatment.hpp"
#include "scenarios/ageing_plan.hpp"
#include "scenarios/datum.hpp"
#include "scenarios/device_plan.hpp"
#include "scenarios/warning.hpp"

namespace nacre::scenarios {

struct DriftPlan;

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

/// What the surface stage is called with.
struct SurfacePlan {
  synthesis::SurfaceChemistry chemistry;
  synthesis::Birth birth;
  std::vector<synthesis::Treatment> treatments;  ///< in the order of the recipe
  std::vector<std::string> names;                ///< of the treatments
  double cell = 0;                               ///< of the crystals at birth [m]
  confinement::Form form;                        ///< of the crystals, for their surface and volume
  std::string recipe;                            ///< in words: chemistry, birth and treatments with their doses
};

/// Where the sizes of the confinement stage come from.
enum class SizeSource { synthesis, given };

/// Where the trap density comes from.
enum class TrapSource { surface, given, plqy };

/// What the photophysics stage is called with.
struct PhotophysicsPlan {
  confinement::PhotophysicsInput input;
  TrapSource trap_source = TrapSource::given;
  double traps_per_crystal = 0;      ///< given instead of a density, of a crystal of the mean edge; 0: none [1]
  double plqy = 0;                   ///< given instead of a density [1]
  bool extrapolate = false;          ///< Auger lifetimes beyond the sizes that have data
  bool quenching_by_exciton = true;  ///< activation energy of capture: the computed exciton binding energy
};

/// What the virtual instruments are set to.
struct InstrumentsPlan {
  std::uint64_t seed = 1;
  double absorption_noise = 0;  ///< standard deviation over the largest absorption [1]
  double fitted_range = 0;      ///< how far above the first transition edges are fitted [J]
  instruments::UrbachWindow urbach;
  instruments::PhotonCounter counter;  ///< window 0: eight times the mean lifetime
  int components = 2;                  ///< exponentials of the fit
  instruments::Averaging averaging = instruments::Averaging::amplitude;
  double coldest = 0, hottest = 0;  ///< of the temperature series [K]
  int temperatures = 0;
  double quenching_noise = 0;  ///< standard deviation over the intensity [1]
  instruments::Microscope microscope;
  instruments::Diffractometer diffractometer;
  double weak_pump = 0, strong_pump = 0;  ///< mean excitons per crystal [1]
};

/// What the film stage is called with.
struct FilmPlan {
  double packing = 0;     ///< share of the film's volume that is crystal [1]
  double hops = 0;        ///< of an exciton in a lifetime, to neighbours in resonance [1]
  double air_dose = 0;    ///< rate of the attack from air times the time there [1]
  double light_dose = 0;  ///< the same of light [1]
};

/// One variant of a case with every number in its place: nothing that follows reads a file.
struct Plan {
  std::string variant;
  std::string fingerprint;        ///< equal for equal variants
  bool has_material = true;       ///< false for a device of layers alone
  materials::Material material;   ///< as synthesised
  materials::Material treated;    ///< after the treatments; the same where none changes the composition
  bool composition_given = true;  ///< false when a treatment computes it
  double temperature = 298.15;    ///< of the spectra [K]
  std::optional<SynthesisPlan> synthesis;
  SizeSource size_source = SizeSource::given;
  std::optional<GivenSizes> given_sizes;
  std::optional<SurfacePlan> surface;
  std::optional<confinement::OpticsInput> optics;
  std::optional<DevicePlan> device;
  std::optional<PhotophysicsPlan> photophysics;
  std::optional<InstrumentsPlan> instruments;
  std::optional<FilmPlan> film;
  std::shared_ptr<const DriftPlan> drift;
  std::optional<AgeingPlan> ageing;
  std::vector<Warning> warnings;  ///< inputs beyond the range of their data
  std::vector<UsedDatum> used;    ///< every datum that the plan rests on
};

}  // namespace nacre::scenarios
