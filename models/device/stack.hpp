#pragma once
#include <string>
#include <vector>

namespace nacre::device {

/// A Shockley-Read-Hall centre at one level.
struct Traps {
  double density = 0;           ///< [1/m3]; zero: none
  double level = 0;             ///< below the vacuum [J]
  double capture_electron = 0;  ///< [m3/s]
  double capture_hole = 0;      ///< [m3/s]
};

/// Mobile vacancies, confined to their layer.
struct Vacancies {
  double density = 0;   ///< mean [1/m3]; zero: none
  double mobility = 0;  ///< [m2/(V s)]
  double charge = 1;    ///< in elementary charges
};

/// One layer of a device. Energies are depths below the vacuum level [J].
struct Layer {
  std::string name;
  double thickness = 0;              ///< [m]
  double permittivity = 1;           ///< relative
  double conduction_band = 0;        ///< or LUMO [J]
  double valence_band = 0;           ///< or HOMO [J]
  double conduction_states = 0;      ///< effective density of states [1/m3]
  double valence_states = 0;         ///< effective density of states [1/m3]
  double mobility_electron = 0;      ///< [m2/(V s)]
  double mobility_hole = 0;          ///< [m2/(V s)]
  double radiative_coefficient = 0;  ///< k in k (n p - n_i^2) [m3/s]
  double fixed_charge = 0;           ///< in elementary charges, with sign [1/m3]
  Traps traps;
  Vacancies vacancies;
};

/// Layers between two ohmic (Dirichlet) contacts. The left one is grounded; the bias is applied to the right one, so
/// that a positive bias drives electrons in from the left and holes from the right (cathode left, anode right).
/// Currents are positive where they enter at the right contact.
struct Stack {
  std::vector<Layer> layers;
  double left_work_function = 0;   ///< [J]
  double right_work_function = 0;  ///< [J]
  double temperature = 300;        ///< [K]
};

}  // namespace nacre::device
