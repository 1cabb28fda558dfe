#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "models/device/exchange/mixed_halide.hpp"

namespace nacre::device {

/// The halogen redox shuttle: holes oxidise iodide (before bromide: Samu, J. Am. Chem. Soc. 141, 10812 (2019)), neutral
/// iodine hops between monolayers and is reduced where electrons are, and anions of both kinds return through vacancies
/// for the charge (Xu, Kerner, Rand, ACS Energy Lett. 8, 513 (2023)). docs/theory/drift.md.
struct ShuttleLaw {
  double yield = 0;             ///< oxidised iodide per hole consumed, at x = 1 [1]
  double sites = 0;             ///< halide sites of a crystal, N_s [1]
  double reduction = 0;         ///< rate at which one electron on a crystal reduces an iodine there, over that of its
                                ///< hop to the next monolayer [1]
  double loss = 0;              ///< rate at which iodine leaves the film, over the same [1]
  double return_limit = 0;      ///< eta: fastest anion return a face carries, over the exchange rate [1]
  double bromide_mobility = 1;  ///< D_Br/D_I [1]
  double interaction = 0;       ///< Omega [J]
  double temperature = 298.15;  ///< [K]
};

/// What a monolayer is given.
struct Monolayer {
  double holes = 0;      ///< consumed a crystal and second, p/tau_h [1/s]
  double electrons = 0;  ///< mean number on a crystal [1]
};

/// Rates of change at a composition.
struct ShuttleRates {
  std::vector<double> iodide;  ///< dx/dt of every monolayer [1/s]
  std::vector<double> anions;  ///< g Phi through the face behind it, positive away from the first [1/s]
  double throttle = 1;         ///< g: what the limited return leaves of the oxidation [1]
  double lost = 0;             ///< iodide fractions that the stack loses with its iodine, sum over monolayers [1/s]
};

/// Evaluates the shuttle without allocation, once made for a number of monolayers.
class ShuttleModel {
 public:
  ShuttleModel(const ShuttleLaw& law, std::size_t monolayers);

  /// Rates at the iodide fractions `x`, at an exchange rate between monolayers k_b [1/s]. Iodine is quasi-steady.
  /// Without `diffusion`, only what the shuttle itself moves: whoever adds the return by chemical potentials does so on
  /// its own.
  const ShuttleRates& at(std::span<const double> x, std::span<const Monolayer> drive, double exchange_rate,
                         bool diffusion = true);

 private:
  void settle_iodine(std::span<const Monolayer> drive);

  ShuttleLaw law_;
  double omega_;  // [kT]
  std::vector<double> oxidation_, iodine_, pivot_;
  ShuttleRates rates_;
};

/// What an integration did.
struct Shuttled {
  bool complete = true;
  bool interrupted = false;  ///< it is why not
  std::string message;       ///< why not
  int steps = 0, rejected = 0;
};

/// Monolayers under the shuttle in time, by an explicit Runge-Kutta pair of orders 3 and 2 (Bogacki and Shampine),
/// which keeps sums to round-off. A step that would leave [0, 1] is rejected and made shorter: no fraction is ever
/// clipped.
class Shuttle {
 public:
  Shuttle(const ShuttleLaw& law, std::vector<double> iodide);

  /// Lets a time [s] pass. `interrupted` is asked before every step; true ends it there.
  Shuttled advance(double duration, std::span<const Monolayer> drive, double exchange_rate, double tolerance = 1e-7,
                   const std::function<bool()>& interrupted = {});

  const std::vector<double>& iodide() const { return x_; }
  double lost() const { return lost_; }  ///< so far, sum over monolayers [1]

 private:
  ShuttleModel model_;
  std::vector<double> x_, trial_, k1_, k2_, k3_;
  double lost_ = 0;
};

/// Share of the excitons that every monolayer emits when each tries `hops` of its six neighbours, of which one lies in
/// the monolayer before and one in that behind, and goes where the gap is smaller. `made` are the shares of their
/// birth.
std::vector<double> after_hops(std::span<const double> made, std::span<const double> gaps, int hops);

/// Why a shuttle cannot be computed, empty when it can.
std::string problem_of(const ShuttleLaw& law, std::span<const double> iodide, std::span<const Monolayer> drive);

}  // namespace nacre::device
