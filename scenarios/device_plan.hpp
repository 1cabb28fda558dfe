#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "models/device/dipole_emission.hpp"
#include "models/device/operating_point.hpp"
#include "models/device/programme.hpp"
#include "models/device/stack.hpp"

namespace nacre::scenarios {

/// Where the light of a layer gets its spectrum from.
enum class Emission { none, confinement, line };

/// What a layer takes from the crystals that earlier stages computed, and how it emits.
struct LayerPlan {
  Emission emission = Emission::none;
  double wavelength = 0;           ///< peak of a line [m]
  double width = 0;                ///< its full width at half maximum [m]
  double yield = 1;                ///< photons per radiative recombination [1]
  double reabsorbed = 0;           ///< share of its photons that the layer absorbs again [1]
  double edge_absorption = 0;      ///< of the film at the crystals' first maximum, from which it follows instead [1/m]
  bool yield_of_film = false;      ///< the yield is that of the computed film
  bool vacancies_of_film = false;  ///< and so is the density of vacancies
  bool gap_of_crystals = false;
  bool states_of_crystals = false;
  double states_per_crystal = 0;  ///< [1]
  double crystal_spacing = 0;     ///< between surfaces [m]
  bool pitch_of_crystals = false;
  bool charging = false;          ///< whether excitons on charged crystals lose light
  double radiative_rate = 0;      ///< for charging; zero: of the computed crystals [1/s]
  double biexciton_lifetime = 0;  ///< for charging; zero: of the computed crystals [s]

  bool takes_rates() const { return charging && !(radiative_rate > 0 && biexciton_lifetime > 0); }
};

/// The layers as light meets them, contacts among them.
struct OpticsPlan {
  device::OpticalStack stack;
  std::vector<std::size_t> place;  ///< of each layer that carries charges, in it
};

/// What the device stage is called with. Layers from the cathode to the anode.
struct DevicePlan {
  device::Stack stack;               ///< as far as it is known without the crystals
  std::vector<LayerPlan> layers;     ///< beside stack.layers
  std::vector<bool> loss_of_film;    ///< interface by interface: cross recombination is per loss ratio of a film
  double eqe_luminance = 1000;       ///< [cd/m2]
  bool anode_first = true;           ///< results count places from the anode
  double outcoupling = 0.2;          ///< [1]
  std::optional<OpticsPlan> optics;  ///< from which the outcoupling follows instead
  device::MeshOptions mesh;
  std::vector<double> way;               ///< from 0 V to the first point of the sweep, which is left out [V]
  std::vector<double> biases;            ///< of the sweep [V]
  std::vector<std::size_t> profiles;     ///< points whose profiles are kept
  std::vector<double> currents;          ///< of the source at which steady states are looked for [A/m2]
  std::vector<double> impedance_biases;  ///< [V]
  std::vector<double> frequencies;       ///< [Hz]
  double thermal_resistance = 0;         ///< times the area; 0: it stays at its temperature [K m2/W]
  double area = 4e-6;                    ///< of the pixel, for resistances in ohm [m2]
  double capacitance_at = 0;             ///< frequency of the capacitance over the bias; 0: none [Hz]
  double rest = 0;                       ///< before the programme [V]
  std::vector<device::ProgrammeStep> programme;
  device::ProgrammeOptions in_time;
  std::optional<device::StoredState> from;  ///< that the programme goes on from, in place of the rest

  /// Whether any layer rests on the confinement stage.
  bool takes_crystals() const {
    for (const LayerPlan& layer : layers)
      if (layer.emission == Emission::confinement || layer.gap_of_crystals || layer.states_of_crystals) return true;
    return false;
  }
  /// Whether any layer rests on the photophysics stage.
  bool takes_rates() const {
    for (const LayerPlan& layer : layers)
      if (layer.takes_rates()) return true;
    return false;
  }
  /// Whether any layer rests on the film stage.
  bool takes_film() const {
    for (const bool of_film : loss_of_film)
      if (of_film) return true;
    for (const LayerPlan& layer : layers)
      if (layer.yield_of_film || layer.vacancies_of_film) return true;
    return false;
  }
  /// Whether the stack is known before any other stage has run.
  bool stands_alone() const { return !takes_crystals() && !takes_rates() && !takes_film(); }
};

}  // namespace nacre::scenarios
