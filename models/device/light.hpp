#pragma once
#include <optional>
#include <span>
#include <vector>

namespace nacre::device {

/// How a layer emits: what becomes of a recombination that counts as radiative, and what its light is like.
struct Emitter {
  double yield = 1;              ///< photons per radiative recombination inside the layer [1]
  double outcoupling = 0.2;      ///< share of them that leaves forward, into air [1]
  double photon_energy = 0;      ///< mean of a photon [J]
  double luminous_efficacy = 0;  ///< of its spectrum [lm/W]
  /// Share a of the photons that its own crystals absorb again. Anywhere in the layer they make light of them with the
  /// yield y of crystals charged as they are: one photon becomes 1/(1 - a y) in all [1].
  double reabsorbed = 0;
};

/// What leaves a device forward, as from a Lambertian surface: luminance is exitance over pi.
struct Light {
  double photons = 0;             ///< that leave [1/(m2 s)]
  double exitance = 0;            ///< radiant [W/m2]
  double luminance = 0;           ///< [cd/m2]
  double quantum_efficiency = 0;  ///< external: photons per electron [1]
  double current_efficiency = 0;  ///< luminance per current density [cd/A]
  double power_efficiency = 0;    ///< luminous flux per electric power [lm/W]
};

/// Light of layers whose radiative recombination is `emitting` (as a current density, one a layer [A/m2]) under a
/// current density [A/m2] and a bias [V]; a layer without an emitter is dark. Efficiencies are NaN where bias or
/// current are not forward. `yields`, layer by layer, is what charges leave of photons that are absorbed again
/// (OperatingPoint::yield); empty: all of them [1].
Light light(std::span<const double> emitting, std::span<const std::optional<Emitter>> emitters, double current,
            double bias, std::span<const double> yields = {});

/// What becomes of the recombination of a device that counts as radiative, as current densities [A/m2]; their sum is
/// that recombination.
struct PhotonBalance {
  double left = 0;        ///< photons that leave forward
  double kept = 0;        ///< photons that do not: guided, absorbed by other layers, out of the back
  double reabsorbed = 0;  ///< photons that crystals absorb again and do not make anew
  double lost = 0;        ///< excitons that make no photon to begin with, and all of layers that do not emit
};

/// The balance of a `radiative` recombination [A/m2] of which `emitting` (layer by layer [A/m2]) is left by what
/// crystals lose to charges. Of the N photons of a layer, N = emitting yield/(1 - recycled), the crystals lose N
/// reabsorbed - N recycled, and N (1 - reabsorbed) leave or stay.
PhotonBalance photon_balance(double radiative, std::span<const double> emitting,
                             std::span<const std::optional<Emitter>> emitters, std::span<const double> yields = {});

/// The bias at which a luminance is first reached, log-linear between points: the turn-on for 1 cd/m2. NaN when it is
/// not reached, and when the first point is brighter.
double bias_at(std::span<const double> biases, std::span<const double> luminances, double luminance);

/// The external quantum efficiency where a luminance is first reached, linear in its logarithm between points; NaN when
/// it is not reached, and when the first point is brighter.
double efficiency_at(std::span<const Light> lights, double luminance);

/// Where an efficiency is largest and how it falls beyond; NaN for what is not reached.
struct RollOff {
  double largest = 0;         ///< [1]
  double luminance = 0;       ///< there [cd/m2]
  double current = 0;         ///< there [A/m2]
  double half_current = 0;    ///< beyond, where half of it is left: J_1/2 [A/m2]
  double half_luminance = 0;  ///< there [cd/m2]
};
/// Points in ascending order of the current; only those from `least_luminance` [cd/m2] on count, for no detector
/// resolves an efficiency in the dark.
RollOff roll_off(std::span<const Light> lights, std::span<const double> currents, double least_luminance = 1);

/// Spectra of several emitters (photons per wavelength, unit area, on common points) weighted by the photons that leave
/// each [1/(m2 s)]: photons per wavelength, area and time.
std::vector<double> mixed_spectrum(std::span<const double> photons, std::span<const std::vector<double>> spectra);

/// Photons that leave a layer [1/(m2 s)]; of those that its crystals absorb again charges leave the share `yield` [1].
double photons_of(double emitting, const Emitter& emitter, double yield = 1);

}  // namespace nacre::device
