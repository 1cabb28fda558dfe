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
  if (inputs.has_table("synthesis") || inputs.has_table("sizes") || inputs.has_table("surface") ||
      inputs.has_table("confinement") || inputs.has_table("device") || inputs.has_table("ageing"))
    return;
  throw InputError(inputs.where("material"), "", "a case with nothing to compute",
                   "[synthesis], or [sizes] and [confinement], or [device]");
}

void require_sizes(const Inputs& inputs) {
  const bool wanted = inputs.has_table("sizes") || inputs.has_table("surface") || inputs.has_table("confinement");
  const std::string where = inputs.given("sizes.source")  ? "sizes.source"
                            : inputs.has_table("sizes")   ? "sizes"
                            : inputs.has_table("surface") ? "surface"
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

/// Keys of one shape beside another have no effect.
void require_shape(const Inputs& inputs) {
  const bool platelet = inputs.text("confinement.shape") == "platelet";
  if (platelet != (inputs.number("confinement.monolayers") > 0)) {
    const std::string key = platelet ? "confinement.shape" : "confinement.monolayers";
    throw InputError(inputs.where(key), "confinement.monolayers",
                     platelet ? "platelets without a thickness" : "a thickness of crystals that are no platelets",
                     "confinement.monolayers above 0 together with confinement.shape = \"platelet\"");
  }
  const bool round = platelet || inputs.text("confinement.shape") == "sphere";
  if (round && inputs.given("confinement.aspect_ratio")) {
    throw InputError(inputs.where("confinement.aspect_ratio"), "confinement.aspect_ratio",
                     "an aspect ratio of crystals that are no cuboids", "confinement.shape = \"cube\"");
  }
}

/// Keys of the surface that one another takes the effect from.
void require_surface(const Inputs& inputs) {
  const auto refuse = [&](const char* key, const std::string& read, const std::string& expected) {
    throw InputError(inputs.where(key), key, read, expected);
  };
  if (inputs.given("surface.temperature") && inputs.has_table("synthesis"))
    refuse("surface.temperature", "a temperature of birth beside [synthesis]",
           "none: crystals are born at synthesis.start_temperature");
  if (!(inputs.number("surface.open_share") > 0)) return;
  if (inputs.given("surface.temperature"))
    refuse("surface.temperature",
           "a temperature of birth beside surface.open_share, which takes the place of equilibrium", "one of the two");
  if (inputs.number("surface.cation_per_lead") > 0 && inputs.count("surface.treatment") == 0)
    refuse("surface.cation_per_lead", "a recipe beside surface.open_share, which takes the place of equilibrium",
           "one of the two, or a treatment whose dose counts by it");
  if (inputs.number("surface.open_share") + inputs.number("surface.incomplete_layers") > 1)
    refuse("surface.incomplete_layers", "more open sites than there are, together with surface.open_share",
           "a sum of at most 1");
}

/// One source of the trap density, and what it needs.
void require_traps(const Inputs& inputs) {
  if (!inputs.has_table("confinement")) {
    throw InputError(inputs.where("photophysics"), "photophysics", "photophysics without [confinement]",
                     "a table [confinement], which says what the crystals emit");
  }
  const bool density = inputs.number("photophysics.trap_density") > 0;
  const bool number = inputs.number("photophysics.traps_per_crystal") > 0;
  if (density && number) {
    throw InputError(inputs.where("photophysics.traps_per_crystal"), "photophysics.traps_per_crystal",
                     "a number of traps beside photophysics.trap_density", "one of the two");
  }
  const bool by_hand = inputs.given("photophysics.trap_density") || inputs.given("photophysics.traps_per_crystal");
  const bool chosen = inputs.given("photophysics.trap_source");
  if (by_hand && !chosen && inputs.has_table("surface")) {
    const std::string key =
        inputs.given("photophysics.trap_density") ? "photophysics.trap_density" : "photophysics.traps_per_crystal";
    throw InputError(
        inputs.where(key), key, "traps by hand beside [surface], which has its own",
        "photophysics.trap_source = \"given\" beside them (film and device keep the surface's vacancies), or "
        "no such key");
  }
  const TrapSource source = source_of_traps(inputs);
  if (chosen && source == TrapSource::given && !by_hand) {
    throw InputError(inputs.where("photophysics.trap_source"), "photophysics.trap_source", "\"given\" without traps",
                     "photophysics.trap_density or photophysics.traps_per_crystal, 0 for none");
  }
  if (source == TrapSource::surface && (density || number || !inputs.has_table("surface"))) {
    throw InputError(inputs.where("photophysics.trap_source"), "photophysics.trap_source",
                     density || number ? "\"surface\" beside traps given by hand" : "\"surface\" without [surface]",
                     density || number ? "one of the two" : "a table [surface], or photophysics.trap_density");
  }
  const bool by_yield = source == TrapSource::plqy;
  if (by_yield != inputs.given("photophysics.plqy")) {
    throw InputError(inputs.where(by_yield ? "photophysics.trap_source" : "photophysics.plqy"), "photophysics.plqy",
                     by_yield ? "no quantum yield" : "a quantum yield that nothing uses",
                     "photophysics.plqy together with photophysics.trap_source = \"plqy\"");
  }
  if (by_yield && (density || number)) {
    throw InputError(inputs.where("photophysics.trap_source"), "photophysics.trap_source",
                     "\"plqy\" beside traps given by hand", "one of the two");
  }
}

/// A window holds the pulse, which a counter has four widths of its response after the first channel.
void require_window(const Inputs& inputs) {
  const double window = inputs.number("instruments.trpl.window"), response = inputs.number("instruments.trpl.response");
  const double before = 4 * response;
  if (window == 0 || window > before + 2 * window / inputs.number("instruments.trpl.channels")) return;
  throw InputError(inputs.where("instruments.trpl.window"), "instruments.trpl.window",
                   shown(window, "ns") + ", which is over before the pulse",
                   "well above four widths of instruments.trpl.response, " + shown(before, "ns") +
                       ", or 0 ns: eight mean lifetimes");
}

void require_instruments(const Inputs& inputs) {
  if (!inputs.has_table("confinement")) {
    throw InputError(inputs.where("instruments"), "instruments", "instruments without [confinement]",
                     "a table [confinement], which makes the spectra that they look at");
  }
  for (const auto& [low, high] : {std::pair{"urbach.lowest", "urbach.highest"},
                                  {"bleach.weak", "bleach.strong"},
                                  {"quenching.coldest", "quenching.hottest"}}) {
    const std::string lower = std::string("instruments.") + low, upper = std::string("instruments.") + high;
    if (inputs.number(lower) < inputs.number(upper)) continue;
    const std::string where = inputs.given(lower) ? lower : upper;
    throw InputError(inputs.where(where), lower, "a value that is not below " + upper, "one that is");
  }
  require_window(inputs);
}

/// Whether h^2 + k^2 + l^2 can be this number: not 7, 15, 23, 28, ... (Legendre's three squares).
bool is_sum_of_three_squares(long number) {
  while (number % 4 == 0) number /= 4;
  return number % 8 != 7;
}

}  // namespace

void require_reflection(const Inputs& inputs, double lattice_constant) {
  const auto reflection = static_cast<long>(inputs.number("instruments.xrd.reflection"));
  if (!is_sum_of_three_squares(reflection)) {
    throw InputError(inputs.where("instruments.xrd.reflection"), "instruments.xrd.reflection",
                     std::to_string(reflection) + ", which is no h^2 + k^2 + l^2",
                     "1 (100), 2 (110), 3 (111), 4 (200), ..., but not 7, 15, 23, 28, ...");
  }
  const double twice = 2 * lattice_constant / std::sqrt(static_cast<double>(reflection));
  const double wavelength = inputs.number("instruments.xrd.wavelength");
  if (wavelength < twice) return;
  const std::string key =
      inputs.given("instruments.xrd.reflection") ? "instruments.xrd.reflection" : "instruments.xrd.wavelength";
  throw InputError(inputs.where(key), key,
                   "a wavelength of " + shown(wavelength, "nm") + " at reflection " + std::to_string(reflection),
                   "less than twice the distance of its planes, " + shown(twice, "nm"));
}

SizeSource source_of_sizes(const Inputs& inputs) {
  if (inputs.given("sizes.source"))
    return inputs.text("sizes.source") == "given" ? SizeSource::given : SizeSource::synthesis;
  return inputs.has_table("synthesis") ? SizeSource::synthesis : SizeSource::given;
}

TrapSource source_of_traps(const Inputs& inputs) {
  const std::string& source = inputs.text("photophysics.trap_source");
  if (inputs.given("photophysics.trap_source") && source == "plqy") return TrapSource::plqy;
  if (inputs.given("photophysics.trap_source") && source == "given") return TrapSource::given;
  const bool by_hand =
      inputs.number("photophysics.trap_density") > 0 || inputs.number("photophysics.traps_per_crystal") > 0;
  const bool asked = inputs.given("photophysics.trap_source");
  return asked || (inputs.has_table("surface") && !by_hand) ? TrapSource::surface : TrapSource::given;
}

void require_consistent(const Inputs& inputs) {
  require_stages(inputs);
  require_sizes(inputs);
  if (inputs.has_table("confinement")) require_shape(inputs);
  if (inputs.has_table("surface")) require_surface(inputs);
  if (inputs.has_table("photophysics")) require_traps(inputs);
  if (inputs.has_table("instruments")) require_instruments(inputs);
  if (inputs.has_table("film") && !inputs.has_table("photophysics")) {
    throw InputError(inputs.where("film"), "film", "a film without [photophysics]",
                     "a table [photophysics], which says how its crystals emit");
  }
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
