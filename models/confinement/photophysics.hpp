#pragma once
#include <span>
#include <string>
#include <vector>

#include "models/confinement/bands.hpp"
#include "models/confinement/emitter.hpp"

namespace nacre::confinement {

/// Most excitons per crystal and pulse, in the mean, that are followed.
inline constexpr double most_excitons = 5;

/// Surface and volume of crystals against their edge.
struct Form {
  Shape shape = Shape::cube;
  double aspect = 1;     ///< height over edge of a cuboid on a square [1]
  double thickness = 0;  ///< of platelets [m]
};
double surface_of(const Form& form, double edge);  ///< [m2]
double volume_of(const Form& form, double edge);   ///< [m3]

/// Everything that turns a distribution of sizes and a trap density into yields and lifetimes.
struct PhotophysicsInput {
  Emitter emitter;
  double trap_density = 0;      ///< mean number of traps (surface vacancies) per area of surface [1/m2]
  double defect_density = 0;    ///< defects per area that disturb the edge, traps or not; 0: as many as traps [1/m2]
  double other_loss_rate = 0;   ///< second non-radiative path, the same in every crystal [1/s]
  double quenching_energy = 0;  ///< activation energy of capture, the exciton's dissociation [J]
  double temperature = 298.15;  ///< [K]
  double excitons = 0;          ///< mean number per crystal after a pulse; 0: the limit of weak excitation [1]
  double charged_share = 0;     ///< share of crystals that hold one carrier too many: trions [1]
  Form form;                    ///< of the crystals, for their surface and volume
  bool by_volume = false;       ///< excited in proportion to their volume, else all alike
  double first_time = 1e-12;    ///< of the decay curve, after 0 [s]
  double decades = 10;          ///< that it spans
  int times_per_decade = 32;
};

/// Yields, lifetimes and decay curves of an ensemble.
struct Photophysics {
  bool complete = false;  ///< false: `message` says why
  std::string message;

  double trap_density = 0;        ///< as used [1/m2]
  double traps_per_crystal = 0;   ///< mean over the crystals [1]
  double radiative_rate = 0;      ///< [1/s]
  double nonradiative_rate = 0;   ///< mean over the crystals, traps and other losses [1/s]
  double capture_rate = 0;        ///< of one trap in a crystal of the mean volume [1/s]
  double plqy = 0;                ///< photons per exciton, at `excitons` per crystal [1]
  double lifetime_amplitude = 0;  ///< integral of the decay over its start [s]
  double lifetime_intensity = 0;  ///< mean time of emission [s]
  double lifetime_1e = 0;         ///< at which the decay has fallen to 1/e [s]
  double biexciton_lifetime = 0;  ///< in a crystal of the mean volume, Auger alone [s]
  double trion_lifetime = 0;      ///< the same [s]
  double urbach_thermal = 0, urbach_static = 0, urbach_energy = 0;  ///< parts and sum [J]
  double stokes_defect = 0;                                         ///< part of the Stokes shift that traps cause [J]

  std::vector<double> time;   ///< 0, then logarithmic [s]
  std::vector<double> decay;  ///< intensity, first value 1 [1]
};

/// Yields and decay of an ensemble: `edges` [m] with `weights` (numbers of crystals on any scale). Traps are
/// distributed over crystals as independent events (Poisson), with a mean that grows as the surface of the crystal.
/// Never throws for physics: wrong or non-finite inputs come back as complete = false with a message.
Photophysics photophysics(const PhotophysicsInput& input, std::span<const double> edges,
                          std::span<const double> weights);

/// The trap density at which the ensemble has a yield, everything else as in `input` [1/m2]; NaN when no density has
/// (a yield above that without traps, or not above 0).
double trap_density_of_plqy(const PhotophysicsInput& input, std::span<const double> edges,
                            std::span<const double> weights, double plqy);

/// Yield at each of some temperatures [K], everything else as in `input`; the radiative rate does not change with
/// temperature. NaN for an input that photophysics() objects to.
std::vector<double> yields_at_temperatures(const PhotophysicsInput& input, std::span<const double> edges,
                                           std::span<const double> weights, std::span<const double> temperatures);

/// Yield at each of some mean numbers of excitons per crystal and pulse.
std::vector<double> yields_at_excitons(const PhotophysicsInput& input, std::span<const double> edges,
                                       std::span<const double> weights, std::span<const double> excitons);

/// Transient absorption at the band edge after a pulse of `excitons` > 0 a crystal, at some delays [s]: filling of the
/// twofold lowest states, min(n, 2)/2 a crystal with n excitons, mean over the crystals [1].
std::vector<double> bleach(const PhotophysicsInput& input, std::span<const double> edges,
                           std::span<const double> weights, double excitons, std::span<const double> delays);

}  // namespace nacre::confinement
