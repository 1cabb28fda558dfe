#pragma once
#include <numbers>

/// Constants of nature in SI, CODATA 2018: Tiesinga, Mohr, Newell, Taylor, Rev. Mod. Phys. 93, 025010 (2021).
/// The only place in nacre where these numbers are written.
namespace nacre::units::constants {

// Exact by the definition of the SI (2019).
inline constexpr double speed_of_light = 299792458.0;         ///< c [m/s]
inline constexpr double planck = 6.62607015e-34;              ///< h [J s]
inline constexpr double elementary_charge = 1.602176634e-19;  ///< e [C]
inline constexpr double boltzmann = 1.380649e-23;             ///< k [J/K]
inline constexpr double avogadro = 6.02214076e23;             ///< N_A [1/mol]
inline constexpr double luminous_efficacy = 683.0;            ///< K_cd, of 540 THz radiation [lm/W]

// Exact because they follow from the above.
inline constexpr double reduced_planck = planck / (2 * std::numbers::pi);  ///< h / 2 pi [J s]
inline constexpr double gas_constant = avogadro * boltzmann;               ///< R [J/(mol K)]
inline constexpr double electron_volt = elementary_charge;                 ///< 1 eV [J]

// Measured; recommended values, relative standard uncertainty in brackets.
inline constexpr double electron_mass = 9.1093837015e-31;        ///< m_e [kg] (3.0e-10)
inline constexpr double vacuum_permittivity = 8.8541878128e-12;  ///< eps_0 [F/m] (1.5e-10)

// Conventional.
inline constexpr double zero_celsius = 273.15;  ///< 0 degC [K]

}  // namespace nacre::units::constants
