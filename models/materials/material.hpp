#pragma once
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/materials/composition.hpp"

namespace nacre::materials {

/// The form that crystals of a material take.
enum class Shape { sphere, cube };

/// What one pure compound A Pb X3 brings to every model.
struct EndMember {
  double lattice_constant = 0;   ///< of the (pseudo-)cubic cell at reference_temperature; it holds one formula unit [m]
  double thermal_expansion = 0;  ///< linear, (da/dT)/a [1/K]
  double band_gap = 0;           ///< of the bulk at reference_temperature, without the exciton [J]
  double gap_temperature_coefficient = 0;  ///< dE/dT [J/K]
  double reduced_mass = 0;                 ///< of electron and hole at the band edge [kg]
  double permittivity = 0;                 ///< relative, for the exciton [1]
  double barrier = 0;                      ///< potential step of each carrier at the surface [J]
  double outside_mass = 0;                 ///< of a carrier in the surroundings [kg]
  double exciton_binding = 0;              ///< of the bulk, as measured [J]
  double linewidth_static = 0;             ///< full width of one crystal's line without phonons [J]
  double phonon_coupling = 0;              ///< to longitudinal optical phonons [J]
  double phonon_energy = 0;                ///< of these phonons [J]
  double stokes_reference = 0;             ///< Stokes shift at stokes_reference_edge [J]
  double stokes_reference_edge = 0;        ///< [m]
  double stokes_exponent = 0;              ///< of the shift's fall with the edge [1]
  double stokes_cap = 0;                   ///< the largest shift [J]
  double spin_orbit = 0;                   ///< splitting of the conduction band [J]
  double absorption_broadening = 0;        ///< full width of one crystal's absorption line [J]
  Shape shape = Shape::cube;
};

/// Temperature that EndMember::lattice_constant and band_gap belong to [K].
inline constexpr double reference_temperature = 300;

/// One number of an end member: its key in a data file, a unit of its dimension, where it is kept.
struct PropertyRow {
  std::string_view key;
  std::string_view unit;
  double EndMember::*member;
};

/// All numbers of an end member, in the order of their declaration; every one of them is mixed linearly.
std::span<const PropertyRow> property_rows();

/// What a mixed halide departs by from a straight line between its end members.
struct Alloy {
  double bowing = 0;           ///< b in gap = sum of shares x gaps - b x_I x_Br - b_Cl x_Br x_Cl [J]
  double chloride_bowing = 0;  ///< b_Cl [J]
};

/// A composition with the properties mixed from its end members.
struct Material {
  Composition composition;
  EndMember bulk;
};

using EndMembers = std::map<std::string, EndMember, std::less<>>;

/// Names of the end members that a composition is mixed from, such as {"CsPbBr3", "CsPbI3"}; those with a share only.
std::vector<std::string> required_end_members(const Composition& composition);

/// Multilinear in the shares of the A site and of the halides (Vegard's law for the cell), with bowing of the gap; the
/// shape is that of the largest share. Throws std::invalid_argument when an end member is missing.
Material mix(const Composition& composition, const EndMembers& members, const Alloy& alloy);

/// Gap of the bulk at a temperature [K], linear from reference_temperature [J].
double gap(const Material& material, double temperature);

/// Volume of one formula unit at a temperature [K], with a^3 growing linearly in a from reference_temperature [m3].
double formula_volume(const Material& material, double temperature);

}  // namespace nacre::materials
