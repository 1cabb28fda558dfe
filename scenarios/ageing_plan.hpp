#pragma once

namespace nacre::scenarios {

/// What is held while a device ages.
enum class AgeingHeld { current, luminance, voltage };

/// Which events damage: recombinations that make no photon; every recombination; or every recombination as often as
/// there are vacancies beside it to attack (kappa times).
enum class DamageBy { losses, recombination, vacancies };

/// What the ageing stage is called with.
struct AgeingPlan {
  bool by_device = true;  ///< currents and light from the device's solution; else excitons are a share of the current
  AgeingHeld held = AgeingHeld::current;
  double current = 0;        ///< that is held [A/m2]
  double luminance = 0;      ///< of the fresh device at the current that is held then [cd/m2]
  double voltage = 0;        ///< that is held [V]
  double exciton_share = 1;  ///< of the current, without a device [1]
  DamageBy by = DamageBy::losses;
  double damage = 0;          ///< vacancies an event, without a barrier of ligands [1]
  double ligand_barrier = 0;  ///< [J]
  double temperature = 0;     ///< [K]
  double zone = 0;            ///< thickness in which they recombine; 0: of the layer [m]
  bool of_film = true;        ///< yield and vacancies are those of the film
  double yield = 0;           ///< where they are not [1]
  double vacancies = 0;       ///< where they are not [1/m3]
  double until = 0.4;         ///< share of the light at which it ends [1]
  double longest = 0;         ///< time after which it ends; 0: none [s]
  int points = 60;            ///< of the course
  int states = 4;             ///< of the device that are solved for
  bool with_drift = false;    ///< its light is that of crystals that exchange halides
};

}  // namespace nacre::scenarios
