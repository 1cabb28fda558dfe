#pragma once
#include <functional>
#include <vector>

#include "models/synthesis/history.hpp"
#include "models/synthesis/recipe.hpp"

namespace nacre::synthesis {

/// How nucleation and growth are computed.
enum class Kind {
  becker_doering,        ///< the master equation over cluster size: the model
  classical_nucleation,  ///< Volmer-Zeldovich rate and mean-field growth: a cheap comparison
  finke_watzky,          ///< A -> B, A + B -> 2B: a cheap comparison
};

/// Numerical choices.
struct Options {
  double relative_tolerance = 1e-3;  ///< of the time integration; mean and spread are then good to 1e-5 [1]
  int discrete_sizes = 60;           ///< every cluster size up to this one has its own unknown
  int unknowns = 300;                ///< of the whole size grid; at least discrete_sizes
  int output_times = 120;            ///< logarithmic from first_output, plus the end of every bath
  double first_output = 1e-6;        ///< [s]
  /// Polled after every step of the master equation (the comparison modes take no time): true stops, with
  /// History::complete false and a message with the time. Empty: never.
  std::function<bool()> interrupted = {};
};

/// Follows a recipe to its end. Never throws on a numerical failure: History::complete is false and message says why;
/// what was computed so far is kept.
History synthesise(const Recipe& recipe, Kind kind = Kind::becker_doering, const Options& options = {});

/// A size distribution by number: what one stage hands to the next.
struct Sizes {
  std::vector<double> edge;    ///< ascending [m]
  std::vector<double> weight;  ///< share of the crystals, sums to 1 [1]
};

/// The crystals counted at the end of a history, after cleaning.
Sizes final_sizes(const History& history, const Recipe& recipe);

}  // namespace nacre::synthesis
