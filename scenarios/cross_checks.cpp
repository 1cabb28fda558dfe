#include "scenarios/cross_checks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "engine/units/quantity.hpp"
#include "models/synthesis/rates.hpp"

namespace nacre::scenarios {
namespace {

using io::InputError;
using io::Inputs;

std::string shown(double si, const std::string& unit) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6g %s", units::from_si(si, unit), unit.c_str());
  return text;
}

void require_stages(const Inputs& inputs) {
  if (inputs.has_table("synthesis") || inputs.has_table("sizes") || inputs.has_table("confinement") ||
      inputs.has_table("device"))
    return;
  throw InputError(inputs.where("material"), "", "a case with nothing to compute",
                   "[synthesis], or [sizes] and [confinement], or [device]");
}

void require_sizes(const Inputs& inputs) {
  const bool wanted = inputs.has_table("sizes") || inputs.has_table("confinement");
  const std::string where = inputs.given("sizes.source") ? "sizes.source"
                            : inputs.has_table("sizes")  ? "sizes"
                                                         : "confinement";
  const bool mean = inputs.number("sizes.mean") > 0;
  if (wanted && source_of_sizes(inputs) == SizeSource::synthesis && !inputs.has_table("synthesis")) {
    throw InputError(inputs.where(where), where, "sizes from a synthesis",
                     "a table [synthesis], or sizes.source = \"given\"");
  }
  if (wanted && source_of_sizes(inputs) == SizeSource::given && !mean) {
    throw InputError(inputs.where(where), "sizes.mean", "no mean of the sizes",
                     "sizes.mean above 0 nm, or a table [synthesis]");
  }
  const double spread = inputs.number("sizes.standard_deviation");
  if (mean && spread > inputs.number("sizes.mean")) {
    throw InputError(inputs.where("sizes.standard_deviation"), "sizes.standard_deviation", shown(spread, "nm"),
                     "at most the mean of " + shown(inputs.number("sizes.mean"), "nm"));
  }
  if (!mean && inputs.given("sizes.standard_deviation")) {
    throw InputError(inputs.where("sizes.standard_deviation"), "sizes.standard_deviation", "a spread without a mean",
                     "sizes.mean above 0 nm");
  }
}

void require_grid(const Inputs& inputs) {
  const double largest = inputs.number("synthesis.largest_edge");
  const double counted = inputs.number("synthesis.counted_from");
  if (largest <= counted) {
    throw InputError(inputs.where("synthesis.largest_edge"), "synthesis.largest_edge", shown(largest, "nm"),
                     "more than synthesis.counted_from, " + shown(counted, "nm"));
  }
  const double removed = inputs.number("synthesis.layer_removed");
  if (removed >= largest) {
    throw InputError(inputs.where("synthesis.layer_removed"), "synthesis.layer_removed", shown(removed, "nm"),
                     "less than synthesis.largest_edge, " + shown(largest, "nm"));
  }
  const double unknowns = inputs.number("synthesis.unknowns");
  // what is left spans the sizes up to largest_edge: a few classes would be wider than the distribution
  if (2 * inputs.number("synthesis.discrete_sizes") > unknowns) {
    throw InputError(inputs.where("synthesis.discrete_sizes"), "synthesis.discrete_sizes", "too many for the unknowns",
                     "at most half of synthesis.unknowns, " + std::to_string(static_cast<long>(unknowns)));
  }
}

/// A bath that the pot follows at once leaves nothing for another start to act on.
void require_start(const Inputs& inputs) {
  const double start = inputs.number("synthesis.start_temperature");
  const double bath = inputs.number("synthesis.bath.0.temperature");
  if (inputs.number("synthesis.bath.0.time_constant") > 0 || std::abs(start - bath) <= 1e-9 * bath) return;
  throw InputError(
      inputs.where("synthesis.start_temperature"), "synthesis.start_temperature",
      shown(start, "K") + ", which has no effect: the pot is at the first bath's " + shown(bath, "K") + " at once",
      "that temperature, another one of the first bath, or a time_constant above 0 s there");
}

void require_flask(const Inputs& inputs) {
  if (inputs.count("synthesis.bath") == 0) {
    throw InputError(inputs.where("synthesis"), "synthesis.bath", "no bath",
                     "at least one [[synthesis.bath]], which says how long and how warm");
  }
  require_start(inputs);
  const bool finke_watzky = inputs.text("synthesis.model") == "finke-watzky";
  const bool constants = inputs.has_table("synthesis.finke_watzky");
  if (finke_watzky && !constants) {
    throw InputError(inputs.where("synthesis.model"), "synthesis.model", "\"finke-watzky\"",
                     "its two constants in [synthesis.finke_watzky]");
  }
  if (!finke_watzky && constants) {
    throw InputError(inputs.where("synthesis.finke_watzky"), "synthesis.finke_watzky", "constants of another model",
                     "synthesis.model = \"finke-watzky\" beside them");
  }
}

}  // namespace

SizeSource source_of_sizes(const Inputs& inputs) {
  if (inputs.given("sizes.source"))
    return inputs.text("sizes.source") == "given" ? SizeSource::given : SizeSource::synthesis;
  return inputs.has_table("synthesis") ? SizeSource::synthesis : SizeSource::given;
}

void require_consistent(const Inputs& inputs) {
  require_stages(inputs);
  require_sizes(inputs);
  if (!inputs.has_table("synthesis")) return;
  require_flask(inputs);
  require_grid(inputs);
}

void require_sound_viscosity(const Inputs& inputs, const synthesis::Recipe& recipe) {
  double low = recipe.start_temperature, high = recipe.start_temperature;
  for (const synthesis::Bath& bath : recipe.baths) {
    low = std::min(low, bath.temperature);
    high = std::max(high, bath.temperature);
  }
  double colder = 1e3;
  for (int i = 0; i <= 20; ++i) {
    const double temperature = low + (high - low) * i / 20;
    const double now = synthesis::viscosity(recipe.solvent, temperature);
    if (now > 1e-6 && now <= colder) {
      colder = now;
      continue;
    }
    throw InputError(inputs.where("synthesis.solvent"), "synthesis.solvent",
                     "\"" + inputs.text("synthesis.solvent") + "\", whose law gives " + shown(now, "mPa s") + " at " +
                         shown(temperature, "K"),
                     "a programme of temperatures at which the viscosity law holds");
  }
}

}  // namespace nacre::scenarios
