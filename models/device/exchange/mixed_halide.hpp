#pragma once
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace nacre::device {

/// Gap of a mixed halide over its iodide fraction x: x iodide + (1 - x) bromide - bowing x (1 - x) [J].
struct MixedGap {
  double iodide = 0;   ///< gap at x = 1 [J]
  double bromide = 0;  ///< gap at x = 0 [J]
  double bowing = 0;   ///< [J]

  double at(double x) const { return iodide * x + bromide * (1 - x) - bowing * x * (1 - x); }
};

/// States that a domain offers to carriers.
struct CarrierLevel {
  double energy = 0;  ///< above the domain's gap [J]
  double states = 0;  ///< how many carriers it takes [1]
};

/// What exchanges halide: crystals as domains of so many halide sites, a regular solution of iodide and bromide whose
/// carriers lower their energy where iodide is rich (docs/theory/drift.md).
struct ExchangeLaw {
  MixedGap gap;
  double sites = 0;             ///< halide sites of a domain, N [1]
  double interaction = 0;       ///< Omega in Omega x (1 - x) a site [J]
  double bromide_mobility = 1;  ///< D_Br/D_I [1]
  std::vector<CarrierLevel> levels;
  double temperature = 298.15;  ///< [K]

  /// Carriers that a domain takes at most [1].
  double most_carriers() const;
};

/// x ln x + (1 - x) ln(1 - x) + omega x (1 - x), the free energy of mixing a site in kT, 0 <= x <= 1; omega in kT.
double mixing_energy(double x, double omega);

/// Its slope: the chemical potential of iodide for bromide, ln(x/(1 - x)) + omega (1 - 2x) [kT].
double exchange_potential(double x, double omega);

/// D_I D_Br x (1 - x)/(x D_I + (1 - x) D_Br) in units of D_I: both halides move through one kind of vacancies and
/// without a net current; `bromide` = D_Br/D_I.
double interdiffusion(double x, double bromide);

/// Arrhenius: how much slower than at `reference` [K] a process of an activation energy [J] is at `temperature` [K].
double activated(double activation_energy, double temperature, double reference = 298.15);

/// Classes of crystals by size: share of the domains, energy above the bulk's gap.
struct SizeClass {
  double weight = 0;       ///< [1]
  double confinement = 0;  ///< [J]
};

/// So many classes for a distribution of energies with weights on any scale: the Gauss quadrature (Lanczos; Golub and
/// Welsch) of that distribution times exp(-energy/`thermal_energy`) [J], exact for polynomials up to degree 2 count - 1
/// under this weight. Carriers see crystals so, and without it a class in three would go to the few smallest crystals,
/// which no carrier ever visits. What this rule leaves of the crystals (it never finds too many) is one class more,
/// with the energy that their mean misses: they hold iodide, and hardly a carrier. An infinite thermal energy leaves
/// the distribution as it is. Fewer classes where it has fewer energies, or where those left out would hold less than
/// 1e-12 of the carriers. Weights sum to 1, energies ascend.
std::vector<SizeClass> size_classes(std::span<const double> energies, std::span<const double> weights, int count,
                                    double thermal_energy = std::numeric_limits<double>::infinity());

/// So many classes that peaks are within 0.5 nm: 3, 9 or 27 where the energies between which the middle 68 % of the
/// crystals lie are up to 0.6, up to 1.7 thermal energies [J] apart, and beyond (docs/theory/drift.md).
int enough_classes(std::span<const double> energies, std::span<const double> weights, double thermal_energy);

/// How coarse the cells are for a domain rich in iodide (0.85) that goes back to the mean after the carriers have left:
/// the fall of U across a cell, over the one that leaves peaks within 0.3 nm. Errors go with its square, and are that
/// times 0.3 nm or less (docs/theory/drift.md).
double coarseness(const ExchangeLaw& law, double iodide, int cells);

/// So many cells that coarseness() is at most 1, 120 at least.
int enough_cells(const ExchangeLaw& law, double iodide);

/// Why a law cannot be computed with these classes at an iodide fraction on so many cells, naming the number and the
/// remedy; empty when it can. Where nothing moves between cells, any number of them can hold any fraction.
std::string problem_of(const ExchangeLaw& law, std::span<const SizeClass> classes, double iodide, int cells,
                       bool moves = true);

}  // namespace nacre::device
