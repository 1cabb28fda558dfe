#pragma once
#include <string>
#include <vector>

#include "engine/math/spline.hpp"
#include "models/confinement/bands.hpp"
#include "models/confinement/platelet.hpp"

namespace nacre::confinement {

/// The emission energy of a crystal against its electronic size, tabulated once and splined in ln D.
/// All sizes are electronic: the diameter of a sphere or the edge of a cube, size_ratio times what a microscope shows.
class SizingCurve {
 public:
  SizingCurve() = default;
  /// Tabulates `nodes` (at least 4) sizes from `smallest` to `largest` [m], evenly in ln D.
  /// complete() is false, with a message, when an input is not positive, a crystal is too small to bind its carriers or
  /// an exciton does not converge.
  SizingCurve(const Bands& bands, Shape shape, double smallest, double largest, int nodes = 100);

  /// The same for platelets, of lateral edges from `smallest` to `largest`.
  SizingCurve(const Bands& bands, const Slab& slab, double smallest, double largest, int nodes = 100);

  /// Whether the crystals are platelets, whose exciton is bound in a plane.
  bool is_planar() const { return planar_; }
  bool complete() const { return message_.empty(); }
  const std::string& message() const { return message_; }
  double smallest() const { return sizes_.front(); }
  double largest() const { return sizes_.back(); }

  /// The following need complete() and smallest() <= size <= largest().
  double energy(double size) const;       ///< gap + exciton [J]
  double slope(double size) const;        ///< d energy/d size [J/m]
  double binding(double size) const;      ///< of the exciton [J]
  double confinement(double size) const;  ///< 2 E_1s [J]
  double strength(double size) const;     ///< oscillator strength [1]

  const std::vector<double>& sizes() const { return sizes_; }        ///< the nodes [m]
  const std::vector<double>& energies() const { return energies_; }  ///< at the nodes [J]
  const std::vector<double>& bindings() const { return bindings_; }  ///< at the nodes [J]

 private:
  bool takes(double smallest, double largest, int nodes);
  void add(double size, double energy, double binding, double confinement, double strength);
  void spline();

  bool planar_ = false;
  std::string message_ = "the sizing curve has not been computed";
  std::vector<double> sizes_, energies_, bindings_, confinements_, log_strengths_;
  math::Spline energy_, binding_, confinement_, log_strength_;  // against ln D
};

/// The smallest electronic size that binds a state [m].
double smallest_bound_size(const Bands& bands, Shape shape);

}  // namespace nacre::confinement
