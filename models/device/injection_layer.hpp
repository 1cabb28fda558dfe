#pragma once

namespace nacre::device {

/// A layer of about a nanometre between the metal of a contact and the device (LiF, Liq): too thin to be computed place
/// by place, and an insulator that carriers tunnel through. What it does:
///
/// - charges at its surface change the work function of the metal: `work_function_behind`;
/// - carriers come through it with the share exp(-attenuation thickness) of those that arrive at a bare metal:
///   `supply_velocity`;
/// - the voltage falls over it, too, as over a capacitor: displacement times thickness/permittivity;
/// - it keeps carriers away from their image in the metal: `image_force_lowering`.
struct InjectionLayer {
  double thickness = 0;     ///< zero: there is none [m]
  double permittivity = 1;  ///< relative
  double attenuation = 0;   ///< of carriers that tunnel [1/m]
  bool is_there() const { return thickness > 0; }
};

/// Work function [J] of a metal behind a layer whose dipoles change it by `change` [J] once they cover it. Dipoles of
/// one kind change it in proportion to their density (Helmholtz), and of what arrives by chance the share 1 -
/// exp(-thickness/coverage_length) of the surface is covered: a monolayer's thickness is the length, so that a part of
/// one does most of it (S. E. Shaheen et al., J. Appl. Phys. 84, 2324 (1998): LiF on Al).
double work_function_behind(double metal, double change, double coverage_length, double thickness);

/// Velocity with which carriers of a band with `states` [1/m3] pass between it and the metal through the layer [m/s]:
/// the density they have without a step of the level, times it and q, is the current. Richardson's current through a
/// barrier that lets the share exp(-attenuation thickness) pass, A T^2/(q states) exp(-attenuation thickness) (H. C.
/// Card, E. H. Rhoderick, J. Phys. D 4, 1589 (1971), with the free electron's mass); infinite without a layer.
double supply_velocity(const InjectionLayer& layer, double states, double temperature);

}  // namespace nacre::device
