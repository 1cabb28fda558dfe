#pragma once
#include <array>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/fvm/physics.hpp"
#include "engine/units/constants.hpp"
#include "models/device/circuit.hpp"
#include "models/device/crossing.hpp"
#include "models/device/injection.hpp"
#include "models/device/layer_terms.hpp"
#include "models/device/poole_frenkel.hpp"
#include "models/device/scharfetter_gummel.hpp"
#include "models/device/stack.hpp"
#include "models/device/trapping.hpp"

namespace nacre::device {

/// Places of the unknowns, all in units of kT/q or kT. psi: electric potential; the vacuum level is -psi. Carrier
/// levels: potentials of the quasi-Fermi levels (n falls, p rises with them). vacancy: electrochemical potential of the
/// first mobile species; that of cation vacancies follows, then the level of what traps hold (as of electrons).
enum Unknown : std::size_t { potential, electron, hole, vacancy };

/// Recombination by mechanism [1/(m3 s)]; amid an interface per area, what its electrons and holes do as `radiative`.
template <class T>
struct Recombination {
  T radiative{0.}, traps{0.}, auger{0.};
  T sum() const { return radiative + traps + auger; }
};

/// Poisson's equation, electrons, holes, mobile ionic species (vacancies, cation vacancies) and what traps hold, as a
/// physics of the finite volumes. Species (Stack's, see mobile_species and species_in_time): 0 to 2 is so many ions,
/// and traps that hold charge are filled as n and p at their place say, which is right at rest; 3 to 5 is three less,
/// and traps fill and empty in their own time. Quasi-Fermi levels are continuous through the stack unless an
/// interface has cells of its own; band edges jump at the interfaces, which are nodes. Storages in 1/m3, fluxes in
/// 1/(m2 s), Poisson's in C/m2.
template <std::size_t Species>
struct DriftDiffusion {
  static constexpr std::size_t ions = Species % 3, trap = 3 + ions;
  static constexpr bool slow_traps = Species >= 3;
  static constexpr std::size_t unknowns = 3 + ions + slow_traps;
  static constexpr std::array<bool, unknowns> evolves = [] {
    std::array<bool, unknowns> e{};
    for (std::size_t k = electron; k < unknowns; ++k) e[k] = true;
    return e;
  }();
  static constexpr std::array<std::size_t, ions> kept = [] {
    std::array<std::size_t, ions> k{};
    for (std::size_t i = 0; i < ions; ++i) k[i] = vacancy + i;
    return k;
  }();
  /// Less than one carrier in a pixel of a square millimetre and a micrometre [1/m3].
  static constexpr std::array<double, unknowns> negligible = [] {
    std::array<double, unknowns> n{};
    n[electron] = n[hole] = 1e12;
    if (slow_traps) n[trap] = 1e12;
    return n;
  }();
  /// Traps that are nearly full are as good as full.
  double most_stored(std::size_t k, std::size_t region) const {
    if (slow_traps && k == trap) return is_interface(region) ? 0 : layers[region].trap_density;
    return std::numeric_limits<double>::infinity();
  }
  template <class T>
  using Block = fvm::Block<T, unknowns>;

  explicit DriftDiffusion(const Stack& stack)
      : layers(layer_terms(stack)),
        interfaces(crossings(stack, layers)),
        carriers(stack.carriers),
        hops(stack.transport == Transport::sites),
        thermal_voltage(units::constants::boltzmann * stack.temperature / units::constants::elementary_charge),
        left_level(-stack.left_work_function / (units::constants::boltzmann * stack.temperature)),
        right_level(-stack.right_work_function / (units::constants::boltzmann * stack.temperature)),
        left(stack, fvm::Side::left),
        right(stack, fvm::Side::right),
        circuit(stack.circuit) {
    for (const Layer& layer : stack.layers) length += layer.thickness;
  }

  std::vector<LayerTerms> layers;
  std::vector<Crossing> interfaces;  ///< regions behind the layers
  Carriers carriers;
  bool hops;                       ///< from site to site
  double thermal_voltage;          ///< [V]
  double left_level, right_level;  ///< Fermi levels of the contacts against the vacuum [kT]
  Injection left, right;           ///< over barriers that the field lowers
  Circuit circuit;                 ///< around the device
  double bias = 0;                 ///< of the right contact, where no circuit decides it [V]
  Supply drive;                    ///< of the circuit
  bool driven = false;             ///< whether the bias is unknown
  double length = 0;               ///< of the device [m]

  bool is_interface(std::size_t region) const { return region >= layers.size(); }
  /// A layer, or what meets amid an interface.
  const LayerTerms& terms(std::size_t region) const {
    return is_interface(region) ? interfaces[region - layers.size()].amid : layers[region];
  }

  bool present(std::size_t k, std::size_t region) const {
    if (k == electron) return carriers != Carriers::holes;
    if (k == hole) return carriers != Carriers::electrons;
    if (slow_traps && k == trap) return !is_interface(region) && layers[region].trap_charge != 0;
    return k == potential || (!is_interface(region) && layers[region].ions[k - vacancy].density > 0);
  }

  /// Logarithms of the degeneracy factors n/(N exp eta) and p/(N exp eta).
  template <class T>
  static T crowding_of_electrons(const Block<T>& u, const LayerTerms& l) {
    return l.electrons.log_degeneracy<T>(u[potential] - u[electron] + l.band_electron);
  }
  template <class T>
  static T crowding_of_holes(const Block<T>& u, const LayerTerms& l) {
    return l.holes.log_degeneracy<T>(u[hole] - u[potential] + l.band_hole);
  }

  /// Of dilute carriers.
  template <class T>
  static T log_electrons(const Block<T>& u, const LayerTerms& l) {
    return u[potential] - u[electron] + l.log_electrons;
  }
  template <class T>
  static T log_holes(const Block<T>& u, const LayerTerms& l) {
    return u[hole] - u[potential] + l.log_holes;
  }

  /// Ions of a species per volume over their mean, as a logarithm, dilute; what crowding adds.
  template <class T>
  static T log_ions(const Block<T>& u, std::size_t species, const IonTerms& ion) {
    return u[vacancy + species] - ion.charge * u[potential];
  }
  template <class T>
  static T crowding_of_ions(const T& log_dilute, const IonTerms& ion) {
    return ion.crowding > 0 ? -log_crowded(ion.crowding, log_dilute) : T(0);
  }

  template <class T, class Real = double>
  Block<T> storage(const Block<T>& u, const fvm::CornerOf<Real>& corner) const {
    return is_interface(corner.region) ? Block<T>{} : densities(u, terms(corner.region));
  }

  template <class T>
  static Block<T> densities(const Block<T>& u, const LayerTerms& l) {
    using std::exp;
    Block<T> held{};
    if (l.ideal) {
      held[electron] = exp(log_electrons(u, l));
      held[hole] = exp(log_holes(u, l));
    } else {
      held[electron] = exp(log_electrons(u, l) + crowding_of_electrons(u, l));
      held[hole] = exp(log_holes(u, l) + crowding_of_holes(u, l));
    }
    for (std::size_t s = 0; s < ions; ++s) {
      const IonTerms& ion = l.ions[s];
      if (!(ion.density > 0)) continue;
      const T dilute = log_ions(u, s, ion);
      held[vacancy + s] = ion.density * exp(dilute + crowding_of_ions(dilute, ion));
    }
    if constexpr (slow_traps)
      if (l.trap_charge != 0)
        held[trap] = l.trap_density * (share_charged<T>(l, height_in_traps(u, l)) + (l.trap_charge * hold) * u[trap]);
    return held;
  }

  /// What traps hold besides, of their number, for every kT by which their level moves: where all are full or empty it
  /// is this that leaves the level its digits. A field of 1e-7 of what matters.
  static constexpr double hold = 1e-10;
  /// Height of the level of what slow traps hold over theirs, as of electrons [kT].
  template <class T>
  static T height_in_traps(const Block<T>& u, const LayerTerms& l) {
    return u[potential] - u[trap] + l.trap_level;
  }

  /// n_1 and p_1, the densities with which the trap's level would be half full [1/m3], from what crowding adds.
  template <class T>
  static std::pair<T, T> at_trap_level(const LayerTerms& l, const T& of_electrons, const T& of_holes) {
    using std::exp;
    if (l.ideal) return {T(l.trap_electrons), T(l.trap_holes)};
    return {l.trap_electrons * exp(of_electrons), l.trap_holes * exp(of_holes)};
  }

  /// Traps per volume, those of vacancies included [1/m3].
  template <class T>
  static T centres(const Block<T>& held, const LayerTerms& l) {
    T n(l.trap_density);
    if constexpr (ions > 0)
      if (l.traps_per_vacancy > 0) n += l.traps_per_vacancy * held[vacancy];
    return n;
  }

  /// Charge in traps, in elementary charges per volume. held: the densities at u.
  template <class T>
  static T trapped_charge(const Block<T>& u, const Block<T>& held, const LayerTerms& l) {
    if (l.trap_charge == 0) return T(0);
    if constexpr (slow_traps) return l.trap_charge * held[trap];
    const auto [n_1, p_1] =
        at_trap_level<T>(l, l.ideal ? T(0) : crowding_of_electrons(u, l), l.ideal ? T(0) : crowding_of_holes(u, l));
    return l.trap_charge * l.trap_density * share_at_rest<T>(l, held[electron], held[hole], n_1, p_1);
  }

  template <class T>
  static Caught<T> caught_by_traps(const Block<T>& u, const LayerTerms& l) {
    T log_n = log_electrons(u, l), log_p = log_holes(u, l);
    if (!l.ideal) log_n += crowding_of_electrons(u, l), log_p += crowding_of_holes(u, l);
    return caught<T>(l, height_in_traps(u, l), log_n, log_p, u[electron] - u[trap], u[trap] - u[hole]);
  }

  /// Carriers of the other kind that reach charged traps [1/(m3 s)]: at rest as many as of their own.
  template <class T>
  static T pairs_in_traps(const Block<T>& u, const LayerTerms& l) {
    if constexpr (slow_traps) return l.trap_charge < 0 ? caught_by_traps(u, l).holes : caught_by_traps(u, l).electrons;
    return T(0);
  }

  /// held: the densities at u.
  template <class T>
  static Recombination<T> recombination(const Block<T>& u, const Block<T>& held, const LayerTerms& l) {
    using std::expm1, std::exp;
    if (l.intrinsic_squared == 0) return {};  // one carrier alone
    const T &n = held[electron], &p = held[hole];
    T beyond = l.intrinsic_squared * expm1(u[hole] - u[electron]);  // n p - n_i^2
    T of_electrons(0.), of_holes(0.);
    if (!l.ideal) {
      of_electrons = crowding_of_electrons(u, l), of_holes = crowding_of_holes(u, l);
      beyond *= exp(of_electrons + of_holes);
    }
    Recombination<T> r;
    r.radiative = l.radiative * beyond;
    if (slow_traps && l.trap_charge != 0) {
      r.traps = pairs_in_traps(u, l);
    } else if (l.trap_density > 0 || l.traps_per_vacancy > 0) {
      const auto [n_1, p_1] = at_trap_level(l, of_electrons, of_holes);
      r.traps = centres(held, l) * (l.capture_electron * l.capture_hole) * beyond /
                (l.capture_electron * (n + n_1) + l.capture_hole * (p + p_1));
    }
    if (l.auger_electron > 0 || l.auger_hole > 0) r.auger = (l.auger_electron * n + l.auger_hole * p) * beyond;
    return r;
  }

  template <class T, class Real = double>
  Block<T> reaction(const Block<T>& u, const fvm::CornerOf<Real>& corner) const {
    return local(u, corner).reaction;
  }

  /// Both from the same densities, which are most of the work.
  template <class T, class Real = double>
  fvm::Local<T, unknowns> local(const Block<T>& u, const fvm::CornerOf<Real>& corner) const {
    const LayerTerms& l = terms(corner.region);
    fvm::Local<T, unknowns> here{densities(u, l), {}};
    if (is_interface(corner.region)) {
      here.reaction = reaction_amid(u, here.storage, l);
      here.storage = {};
    } else {
      here.reaction = reaction_in_layer(u, here.storage, l);
    }
    return here;
  }

  /// Amid an interface: carriers meet there, but are no charge. held: the densities at u.
  template <class T>
  static Block<T> reaction_amid(const Block<T>& u, const Block<T>& held, const LayerTerms& l) {
    Block<T> r{};
    if (l.tie > 0) {  // of sites
      r[electron] = r[hole] = l.tie * held[l.tied_to_holes ? hole : electron] * (u[hole] - u[electron]);
      return r;
    }
    r[potential] = T(-units::constants::elementary_charge * l.fixed_charge);
    r[electron] = r[hole] = recombination(u, held, l).sum();
    return r;
  }

  template <class T>
  static Block<T> reaction_in_layer(const Block<T>& u, const Block<T>& held, const LayerTerms& l) {
    T charge = l.fixed_charge + trapped_charge(u, held, l) + held[hole] - held[electron];
    for (std::size_t s = 0; s < ions; ++s) charge += l.ions[s].charge * held[vacancy + s];
    Block<T> r{};
    r[potential] = -units::constants::elementary_charge * charge;
    const Recombination<T> lost = recombination(u, held, l);
    r[electron] = r[hole] = lost.sum();
    if constexpr (slow_traps)
      if (l.trap_charge != 0) {
        const Caught<T> in_traps = caught_by_traps(u, l);
        const T others = lost.radiative + lost.auger;
        r[electron] = others + in_traps.electrons, r[hole] = others + in_traps.holes;
        r[trap] = l.trap_charge * (in_traps.electrons - in_traps.holes);
      }
    return r;
  }

  template <class T, class Real = double>
  Block<T> flux(const Block<T>& a, const Block<T>& b, const Block<T>& step, const fvm::EdgeOf<Real>& edge) const {
    if (is_interface(edge.region)) return crossing_flux(a, b, step, interfaces[edge.region - layers.size()]);
    const LayerTerms& l = layers[edge.region];
    const Real& h = edge.length;
    Block<T> f{};
    f[potential] = -(l.displacement / h) * step[potential];
    if (hops) {
      add_hops(f, a, b, step, l, h);
      for (std::size_t s = 0; s < ions; ++s)
        if (l.ions[s].density > 0)
          f[vacancy + s] = ion_flux(a, b, step, math::bernoulli_pair(step[potential]), s, l.ions[s], h);
      return f;
    }
    const auto drift = math::bernoulli_pair(step[potential]);
    if (l.ideal) {
      f[electron] = scharfetter_gummel<T>(l.diffusion_electron / h, log_electrons(a, l), log_electrons(b, l), drift,
                                          -step[electron]);
      f[hole] =
          scharfetter_gummel<T>(l.diffusion_hole / h, log_holes(a, l), log_holes(b, l), drift.opposite(), step[hole]);
    } else {
      add_crowded_flux(f, a, b, step, l, h);
    }
    for (std::size_t s = 0; s < ions; ++s)
      if (l.ions[s].density > 0) f[vacancy + s] = ion_flux(a, b, step, drift, s, l.ions[s], h);
    return f;
  }

  template <class T>
  fvm::Boundary<T, unknowns> boundary(const Block<T>& u, const Block<T>& flux, fvm::Side side) const {
    return boundary<T>(u, flux, side, bias / thermal_voltage);
  }
  /// `right_bias`: in kT/q.
  template <class T>
  fvm::Boundary<T, unknowns> boundary(const Block<T>& u, const Block<T>& flux, fvm::Side side,
                                      const std::type_identity_t<T>& right_bias) const {
    const bool is_left = side == fvm::Side::left;
    const T applied = is_left ? T(0) : right_bias;
    fvm::Boundary<T, unknowns> b;
    b.fixed[potential] = b.fixed[electron] = b.fixed[hole] = true;  // vacancies: no outflow
    b.value[potential] = u[potential] - (applied + (is_left ? left_level : right_level)) -
                         (is_left ? left : right).shift(flux[potential]);
    b.value[electron] = u[electron] - applied;
    b.value[hole] = u[hole] - applied;
    return b;
  }

  bool is_driven() const { return driven; }
  bool lumped_evolves() const { return circuit.evolves(drive); }
  /// The terminal's equation [C/m2 and A/m2]; its voltage is the global unknown, in kT/q.
  template <class T>
  fvm::Lumped<T> lumped(const T& voltage) const {
    return circuit.lumped<T>(drive, thermal_voltage * voltage);
  }
  /// What the fluxes through a cell add up to: the current into the right contact, displacement included.
  Block<double> metered(const fvm::Edge& edge) const {
    constexpr double q = units::constants::elementary_charge;
    Block<double> weight{};
    weight[potential] = -1, weight[electron] = q, weight[hole] = -q;
    for (std::size_t s = 0; s < ions; ++s)
      if (!is_interface(edge.region)) weight[vacancy + s] = -q * layers[edge.region].ions[s].charge;
    return weight;
  }
  /// Of a cell in the mean: its elastance, less and less towards the contacts. There carriers may be so dense that what
  /// an unfinished iteration or rounding leaves in a level is a larger current than that of the device.
  double share(const fvm::Edge& edge) const {
    const double place = edge.x / length, bump = 4 * place * (1 - place);
    return elastance(edge.region, edge.length) * bump * bump * bump * bump;
  }
  /// Of a cell, as an insulator [m2 kT/(q C)]; zero of an interface without thickness.
  double elastance(std::size_t region, double width) const {
    return is_interface(region) ? interfaces[region - layers.size()].elastance : width / layers[region].displacement;
  }
  /// Recombination amid a junction of sites, through the cell that it takes [1/(m2 s)]; zero of any other cell.
  double paired(std::size_t region, const Block<double>& flux) const {
    if (!is_interface(region)) return 0;
    const Pairing& pairing = interfaces[region - layers.size()].pairing;
    if (pairing.coefficient == 0) return 0;
    return (pairing.to_the_left ? -1 : 1) * flux[pairing.of_electrons ? electron : hole];
  }

 private:
  template <class T, class Real = double>
  void add_hops(Block<T>& f, const Block<T>& a, const Block<T>& b, const Block<T>& step, const LayerTerms& l,
                const Real& h) const {
    const T field = (l.field / h) * step[potential];
    const T of_electrons = l.ideal ? T(0) : crowding_of_electrons(a, l) + crowding_of_electrons(b, l);
    const T of_holes = l.ideal ? T(0) : crowding_of_holes(a, l) + crowding_of_holes(b, l);
    f[electron] = poole_frenkel(l.poole_frenkel_electron, field) *
                  hop<T>(l.diffusion_electron / h, log_electrons(a, l) + of_electrons,
                         log_electrons(b, l) + of_electrons, step[potential], -step[electron]);
    f[hole] =
        poole_frenkel(l.poole_frenkel_hole, field) * hop<T>(l.diffusion_hole / h, log_holes(a, l) + of_holes,
                                                            log_holes(b, l) + of_holes, -step[potential], step[hole]);
  }

  /// Of carriers that crowd, and of mobilities that the field raises.
  template <class T, class Real = double>
  void add_crowded_flux(Block<T>& f, const Block<T>& a, const Block<T>& b, const Block<T>& step, const LayerTerms& l,
                        const Real& h) const {
    const T n_a = crowding_of_electrons(a, l), n_b = crowding_of_electrons(b, l);
    const T p_a = crowding_of_holes(a, l), p_b = crowding_of_holes(b, l);
    const T field = (l.field / h) * step[potential];
    f[electron] = poole_frenkel(l.poole_frenkel_electron, field) *
                  scharfetter_gummel<T>(l.diffusion_electron / h, log_electrons(a, l) + n_a, log_electrons(b, l) + n_b,
                                        math::bernoulli_pair(T(step[potential] + (n_b - n_a))), -step[electron]);
    f[hole] = poole_frenkel(l.poole_frenkel_hole, field) *
              scharfetter_gummel<T>(l.diffusion_hole / h, log_holes(a, l) + p_a, log_holes(b, l) + p_b,
                                    math::bernoulli_pair(T((p_b - p_a) - step[potential])), step[hole]);
  }

  template <class T, class Real = double>
  static T ion_flux(const Block<T>& a, const Block<T>& b, const Block<T>& step, const math::BernoulliPair<T>& drift,
                    std::size_t species, const IonTerms& ion, const Real& h) {
    const T log_a = log_ions(a, species, ion), log_b = log_ions(b, species, ion);
    const Real exchange = ion.density * ion.diffusion / h;
    if (ion.crowding == 0 && std::abs(ion.charge) == 1)
      return scharfetter_gummel<T>(exchange, log_a, log_b, ion.charge > 0 ? drift.opposite() : drift,
                                   step[vacancy + species]);
    const T at_a = crowding_of_ions(log_a, ion), at_b = crowding_of_ions(log_b, ion);
    const T force = (at_b - at_a) - ion.charge * step[potential];
    return scharfetter_gummel<T>(exchange, log_a + at_a, log_b + at_b, math::bernoulli_pair(force),
                                 step[vacancy + species]);
  }

  template <class T>
  static Block<T> crossing_flux(const Block<T>& a, const Block<T>& b, const Block<T>& step, const Crossing& c) {
    Block<T> f{};
    f[potential] = -c.displacement * (step[potential] - c.dipole);
    f[electron] =
        c.electron.flux<T>(a[potential] - a[electron], b[potential] - b[electron], step[potential], -step[electron]);
    f[hole] = c.hole.flux<T>(a[hole] - a[potential], b[hole] - b[potential], -step[potential], step[hole]);
    if (c.pairing.coefficient > 0) add_pairing(f, a, b, step, c);
    return f;
  }

  /// The site's own carrier is that of the cell's far end, its partner is amid.
  template <class T>
  static void add_pairing(Block<T>& f, const Block<T>& a, const Block<T>& b, const Block<T>& step, const Crossing& c) {
    const Pairing& pairing = c.pairing;
    const bool electrons_at_b = pairing.of_electrons == pairing.to_the_left;
    const Block<T>&at_n = electrons_at_b ? b : a, &at_p = electrons_at_b ? a : b;
    const T x_n = at_n[potential] - at_n[electron], x_p = at_p[hole] - at_p[potential];
    const T log_pairs =
        (x_n + pairing.log_electrons + pairing.electrons.log_degeneracy<T>(x_n + pairing.band_electron)) +
        (x_p + pairing.log_holes + pairing.holes.log_degeneracy<T>(x_p + pairing.band_hole));
    // phi_p - phi_n of the two: amid, both levels are one.
    const T split =
        (pairing.to_the_left == pairing.of_electrons ? -1. : 1.) * step[pairing.of_electrons ? electron : hole];
    const T rate = transfer<T>(pairing.coefficient, log_pairs, log_pairs - split, -split);
    f[pairing.of_electrons ? electron : hole] = (pairing.to_the_left ? -1. : 1.) * rate;
  }
};

}  // namespace nacre::device
