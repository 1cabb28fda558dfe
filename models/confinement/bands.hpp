#pragma once

namespace nacre::confinement {

/// Effective-mass description of one composition at one temperature.
struct Bands {
  double gap = 0;           ///< of the bulk, without the exciton [J]
  double reduced_mass = 0;  ///< of electron and hole at the band edge [kg]; both masses are twice this
  double permittivity = 0;  ///< relative, for the exciton [1]
  double barrier = 0;       ///< potential step of each carrier at the surface [J]
  double outside_mass = 0;  ///< of a carrier in the surroundings [kg]
};

/// What a crystal looks like to its carriers.
enum class Shape {
  sphere,
  cube,
  platelet  ///< of one thickness; its lateral edges vary
};

}  // namespace nacre::confinement
