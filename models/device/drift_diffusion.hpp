#pragma once
#include <array>
#include <cstddef>
#include <vector>

#include "engine/fvm/physics.hpp"
#include "engine/units/constants.hpp"
#include "models/device/scharfetter_gummel.hpp"
#include "models/device/stack.hpp"

namespace nacre::device {

/// Places of the unknowns, all in units of kT/q or kT. psi: electric potential; the vacuum level is -psi. Carrier
/// levels: potentials of the quasi-Fermi levels (n falls, p rises with them). vacancy: electrochemical potential.
enum Unknown : std::size_t { potential, electron, hole, vacancy };

/// A layer as the equations use it.
struct LayerTerms {
  double displacement;                                           ///< permittivity times kT/q [C/m]
  double log_electrons, log_holes;                               ///< log of n at zero psi and level [log 1/m3]
  double diffusion_electron, diffusion_hole, diffusion_vacancy;  ///< [m2/s]
  double intrinsic_squared;                                      ///< n_i^2 [1/m6]
  double radiative;                                              ///< [m3/s]
  double capture_electron, capture_hole;                         ///< times trap density [1/s]
  double trap_electrons, trap_holes;                             ///< n_1, p_1 [1/m3]
  double fixed_charge;                                           ///< [1/m3]
  double vacancy_density, vacancy_charge;
};

std::vector<LayerTerms> layer_terms(const Stack& stack);

/// Recombination per volume, by mechanism [1/(m3 s)].
template <class T>
struct Recombination {
  T radiative, traps;
};

/// Poisson's equation, electrons, holes and, with Vacancies = 1, one mobile ionic species, as a physics of the finite
/// volumes. Quasi-Fermi levels are continuous through the stack; band edges jump at the interfaces, which are nodes.
/// Boltzmann statistics. Storages in 1/m3, fluxes in 1/(m2 s), Poisson's in C/m2.
template <std::size_t Vacancies>
struct DriftDiffusion {
  static constexpr std::size_t unknowns = 3 + Vacancies;
  static constexpr std::array<bool, unknowns> evolves = [] {
    std::array<bool, unknowns> e{};
    for (std::size_t k = electron; k < unknowns; ++k) e[k] = true;
    return e;
  }();
  static constexpr std::array<std::size_t, Vacancies> kept = [] {
    std::array<std::size_t, Vacancies> k{};
    for (std::size_t i = 0; i < Vacancies; ++i) k[i] = vacancy + i;
    return k;
  }();
  template <class T>
  using Block = fvm::Block<T, unknowns>;

  explicit DriftDiffusion(const Stack& stack)
      : layers(layer_terms(stack)),
        thermal_voltage(units::constants::boltzmann * stack.temperature / units::constants::elementary_charge),
        left_level(-stack.left_work_function / (units::constants::boltzmann * stack.temperature)),
        right_level(-stack.right_work_function / (units::constants::boltzmann * stack.temperature)) {}

  std::vector<LayerTerms> layers;
  double thermal_voltage;          ///< [V]
  double left_level, right_level;  ///< Fermi levels of the contacts against the vacuum [kT]
  double bias = 0;                 ///< of the right contact [V]

  bool present(std::size_t k, std::size_t region) const { return k < vacancy || layers[region].vacancy_density > 0; }

  template <class T>
  static T log_electrons(const Block<T>& u, const LayerTerms& l) {
    return u[potential] - u[electron] + l.log_electrons;
  }
  template <class T>
  static T log_holes(const Block<T>& u, const LayerTerms& l) {
    return u[hole] - u[potential] + l.log_holes;
  }

  /// Vacancies per volume over their mean, as a logarithm.
  template <class T>
  static T log_vacancies(const Block<T>& u, const LayerTerms& l) {
    return u[vacancy] - l.vacancy_charge * u[potential];
  }

  template <class T>
  Block<T> storage(const Block<T>& u, const fvm::Corner& corner) const {
    using std::exp;
    const LayerTerms& l = layers[corner.region];
    Block<T> held{};
    held[electron] = exp(log_electrons(u, l));
    held[hole] = exp(log_holes(u, l));
    if constexpr (Vacancies > 0)
      if (l.vacancy_density > 0) held[vacancy] = l.vacancy_density * exp(log_vacancies(u, l));
    return held;
  }

  template <class T>
  Recombination<T> recombination(const Block<T>& u, const T& n, const T& p, const LayerTerms& l) const {
    using std::expm1;
    const T beyond = l.intrinsic_squared * expm1(u[hole] - u[electron]);  // n p - n_i^2
    Recombination<T> r{l.radiative * beyond, T(0)};
    if (l.capture_electron > 0)
      r.traps = l.capture_electron * l.capture_hole * beyond /
                (l.capture_electron * (n + l.trap_electrons) + l.capture_hole * (p + l.trap_holes));
    return r;
  }

  template <class T>
  Block<T> reaction(const Block<T>& u, const fvm::Corner& corner) const {
    const LayerTerms& l = layers[corner.region];
    const Block<T> held = storage(u, corner);
    const auto lost = recombination(u, held[electron], held[hole], l);
    Block<T> r{};
    T charge = held[hole] - held[electron] + l.fixed_charge;
    if constexpr (Vacancies > 0) charge += l.vacancy_charge * held[vacancy];
    r[potential] = -units::constants::elementary_charge * charge;
    r[electron] = r[hole] = lost.radiative + lost.traps;
    return r;
  }

  template <class T>
  Block<T> flux(const Block<T>& a, const Block<T>& b, const Block<T>& step, const fvm::Edge& edge) const {
    const LayerTerms& l = layers[edge.region];
    const double h = edge.length;
    Block<T> f{};
    f[potential] = -(l.displacement / h) * step[potential];
    f[electron] = scharfetter_gummel<T>(l.diffusion_electron / h, log_electrons(a, l), log_electrons(b, l),
                                        step[potential], -step[electron]);
    f[hole] =
        scharfetter_gummel<T>(l.diffusion_hole / h, log_holes(a, l), log_holes(b, l), -step[potential], step[hole]);
    if constexpr (Vacancies > 0)
      if (l.vacancy_density > 0)
        f[vacancy] = scharfetter_gummel<T>(l.vacancy_density * l.diffusion_vacancy / h, log_vacancies(a, l),
                                           log_vacancies(b, l), -l.vacancy_charge * step[potential], step[vacancy]);
    return f;
  }

  template <class T>
  fvm::Boundary<T, unknowns> boundary(const Block<T>& u, const Block<T>&, fvm::Side side) const {
    const bool left = side == fvm::Side::left;
    const double applied = left ? 0 : bias / thermal_voltage;
    fvm::Boundary<T, unknowns> b;
    b.fixed[potential] = b.fixed[electron] = b.fixed[hole] = true;  // vacancies: no outflow
    b.value[potential] = u[potential] - (applied + (left ? left_level : right_level));
    b.value[electron] = u[electron] - applied;
    b.value[hole] = u[hole] - applied;
    return b;
  }
};

}  // namespace nacre::device
