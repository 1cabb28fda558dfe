#pragma once
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "models/device/hop.hpp"
#include "models/device/layer_terms.hpp"
#include "models/device/scharfetter_gummel.hpp"

namespace nacre::device {

/// How one carrier gets through an interface cell. With x = psi - phi_n or phi_p - psi on either side,
///
///     F = -exchange exp(x_a + offset_a + crowding) expm1(level) = exchange exp(x_b + offset_b + crowding)
///     expm1(-level)
///
/// which vanishes with the step of the level. Crowding: none (thermionic emission), the activities of both sides
/// (hopping), or each side's own (surface recombination at a contact: F = S times the density without the step minus
/// the density).
///
/// Between sites the potential falls over the cell, and the laws know by how much: hops (over the higher of the two
/// levels), and drift from a contact to the first site. Nothing passes a closed one.
struct Passage {
  enum class Law { continuous, thermionic, hopping, surface, site_hop, drift, closed };
  Law law = Law::continuous;
  double exchange = 0;  ///< [1/(m2 s)]; [m/s] with states in the offsets
  double offset_a = 0, offset_b = 0;
  double band_a = 0, band_b = 0;  ///< eta at x = 0
  Filling filling_a, filling_b;
  /// Of a drift from a contact at one of the ends: exchange over the velocity through what lies before it, in series.
  double before_a = 0, before_b = 0;
  /// Of a continuous level: where x_a makes carriers scarce.
  double scarce = -std::numeric_limits<double>::infinity();

  /// fall: of the potential energy of the carrier from a to b, bands left out.
  template <class T>
  T flux(const T& x_a, const T& x_b, const T& fall, const T& level) const {
    if (law == Law::continuous) return -conductance(x_a) * level;
    if (law == Law::closed) return T(0);
    if (law == Law::site_hop || law == Law::drift) return between_sites(x_a, x_b, fall, level);
    T log_a = x_a + offset_a, log_b = x_b + offset_b;
    if (law != Law::thermionic) {
      const T crowded_a = filling_a.log_degeneracy(x_a + band_a), crowded_b = filling_b.log_degeneracy(x_b + band_b);
      log_a += law == Law::hopping ? crowded_a + crowded_b : crowded_a;
      log_b += law == Law::hopping ? crowded_a + crowded_b : crowded_b;
    }
    return transfer<T>(exchange, log_a, log_b, level);
  }

 private:
  /// A resistance of 1.6e-11 ohm m2, which no current of a device feels; of scarce carriers one that lets them pass at
  /// 1e8 m/s. What rounding leaves of the step of a level drives no more than either feels.
  template <class T>
  T conductance(const T& x_a) const {
    using std::exp, math::select;
    constexpr double most = 1e28, farthest = 300;
    const T scarcity = scarce - x_a;
    return most / (1. + exp(select(math::value(scarcity) < farthest, scarcity, T(farthest))));
  }
  template <class T>
  T between_sites(const T& x_a, const T& x_b, const T& fall, const T& level) const {
    const T crowded_a = filling_a.log_degeneracy(x_a + band_a), crowded_b = filling_b.log_degeneracy(x_b + band_b);
    if (law == Law::drift) {
      const auto drift = math::bernoulli_pair(T(fall + (crowded_b - crowded_a)));
      const T flux =
          scharfetter_gummel<T>(exchange, x_a + offset_a + crowded_a, x_b + offset_b + crowded_b, drift, level);
      if (before_a == 0 && before_b == 0) return flux;
      // F = v (n_metal - n_edge) = exchange (B(-drift) n_edge - B(drift) n_site), without n_edge.
      return flux / (1. + before_a * drift.of_opposite + before_b * drift.of);
    }
    const T both = crowded_a + crowded_b;
    return hop<T>(exchange, x_a + offset_a + both, x_b + offset_b + both, T(fall + (band_b - band_a)), level);
  }
};

/// Dark recombination of a carrier at a site with the other carrier of a junction's far side, whose place is amid:
/// k n p (1 - exp(phi_n - phi_p)) with the densities of their own sites.
struct Pairing {
  double coefficient = 0;                   ///< k [m4/s]; zero: none
  bool of_electrons = false;                ///< whether it is the site's electrons that come, or its holes
  bool to_the_left = false;                 ///< whether they go from b to a
  double log_electrons = 0, log_holes = 0;  ///< of n and p at zero potential and level [log 1/m3]
  double band_electron = 0, band_hole = 0;  ///< eta there [kT]
  Filling electrons = {}, holes = {};
};

/// One cell of an interface. The potential goes through up to a dipole.
struct Crossing {
  double displacement = 0;  ///< permittivity times kT/q over a nominal thickness [C/m2]
  double dipole = 0;        ///< rise of the potential to the right [kT/q]
  Passage electron, hole;
  Pairing pairing = {};
  double elastance = 0;  ///< 1/displacement where the potential falls over sites, else zero
  /// What meets at the right cell's left node, amid the interface: electrons of one side, holes of the other, which
  /// store nothing there; densities recombine per area, fixed_charge is per area.
  LayerTerms amid{};
};

/// Whether an interface has cells of its own, and a contact (through which carriers pass with a finite velocity).
bool has_cells(const Interface& interface);
bool has_cell(const Contact& contact);

/// Cells before each layer and behind the last: of contacts with a finite velocity and of interfaces that are not all
/// off.
std::vector<std::size_t> interface_cells(const Stack& stack);

/// The crossings of a stack in the order of its mesh.
std::vector<Crossing> crossings(const Stack& stack, const std::vector<LayerTerms>& layers);

}  // namespace nacre::device
