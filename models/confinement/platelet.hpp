#pragma once
#include "models/confinement/bands.hpp"

namespace nacre::confinement {

/// What all platelets of a sample have in common.
struct Slab {
  double thickness = 0;             ///< [m]
  double outside_permittivity = 1;  ///< relative, of the ligands and solvent [1]
};

/// An exciton in a platelet: confined across it, bound in its plane.
struct Platelet {
  enum class Status { converged, invalid, not_converged };
  Status status = Status::invalid;
  double energy = 0;        ///< above the gap, everything included [J]
  double confinement = 0;   ///< of both carriers across the platelet [J]
  double polarisation = 0;  ///< both carriers' attraction to their images, positive [J]
  double binding = 0;       ///< of the two-dimensional exciton [J]
  double lateral = 0;       ///< of the exciton's motion as a whole in the plane [J]
  double radius = 0;        ///< a in exp(-rho/a) [m]
};

/// Ground level of one carrier in a well of a thickness with the bands' barrier, Kane mass and BenDaniel-Duke
/// condition, k tan(kL/2)/m = q/m_out, from the band edge [J]; NaN for a thickness that is not positive. An infinite
/// barrier is allowed.
double well_level(const Bands& bands, double thickness);

/// Form factor of two carriers with densities (2/L) cos^2(pi z/L): the mean of exp(-q|z - z'|), at x = q L; 1 at 0.
double form_factor(double x);

/// The exciton of a platelet of a thickness and two lateral edges between media of a relative permittivity outside.
/// Separable: f(z_e) f(z_h) exp(-rho/a) with the best a; the Coulomb interaction is that of a slab with its images
/// (Kumagai and Takagahara, Phys. Rev. B 40, 12359 (1989)), averaged over cos^2 densities of the effective thickness
/// pi/k. Holds for thicknesses up to about the Bohr radius and edges well above it. `outside_permittivity` equal to the
/// bands' means no images.
Platelet platelet(const Bands& bands, double thickness, double width, double length, double outside_permittivity);

/// Radius of the sphere that stands for a cuboid: between infinite walls both have the same ground level,
/// 1/R^2 = 1/x^2 + 1/y^2 + 1/z^2 [m].
double equivalent_radius_of_cuboid(double x, double y, double z);

}  // namespace nacre::confinement
