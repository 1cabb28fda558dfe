#include "scenarios/drift_warnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "engine/units/constants.hpp"

namespace nacre::scenarios {
namespace {

using Said = std::optional<Warning>;

Said said(const std::string& about) {
  return Warning{about, about};
}

double shortest_of(const std::vector<ProtocolHold>& holds) {
  double shortest = std::numeric_limits<double>::infinity();
  for (const ProtocolHold& hold : holds) shortest = std::min(shortest, hold.duration);
  return shortest;
}

/// Time that the vacancies of a layer need to screen it, L lambda_D/(mobility kT/e) [s].
double screening_time(const device::Layer& layer, double temperature) {
  const double thermal = units::constants::boltzmann * temperature / units::constants::elementary_charge;
  const double debye = std::sqrt(layer.permittivity * units::constants::vacuum_permittivity * thermal /
                                 (units::constants::elementary_charge * layer.vacancies.density));
  return layer.thickness * debye / (layer.vacancies.mobility * thermal);
}

/// Carriers and ions of a device are taken at rest at every moment.
Said of_slow_ions(const Drifting& in, double shortest, double rate) {
  if (!in.device) return {};
  const device::Layer& layer = in.device->crystals();
  if (!(layer.vacancies.density > 0 && layer.vacancies.mobility > 0)) return {};
  const double slow = screening_time(layer, in.device->stack.temperature);
  if (slow < shortest / 3 && slow * rate < 0.3) return {};
  const std::string about = fmt::format(
      "drift: carriers and ions are taken at rest at every moment, which those of layer '{}' are not", layer.name);
  return Warning{
      about, fmt::format("{}: its vacancies take about {:.3g} s, with holds of {:.3g} s and an exchange of {:.3g} s",
                         about, slow, shortest, 1 / rate)};
}

Said of_thin_layer(const Drifting& in) {
  const double thickness = in.device ? in.device->crystals().thickness : in.plan.thickness;
  if (!(thickness < in.mean_edge)) return {};
  return said(fmt::format("drift: the layer is thinner ({:.3g} nm) than its crystals ({:.3g} nm)", 1e9 * thickness,
                          1e9 * in.mean_edge));
}

Said of_few_monolayers(const Drifting& in, const DriftLayer& layer) {
  if (has_shuttle(in.plan.segregation) || in.plan.depths <= layer.depths()) return {};
  return said(fmt::format("drift: {} depths are asked for of a layer with {} monolayers: {} are used", in.plan.depths,
                          layer.monolayers(), layer.depths()));
}

Said of_short_holds(double shortest) {
  constexpr double transit = 1e-5;  // s; assumed: 0.1 to 10 us through the layers of such LEDs
  if (!(shortest < transit)) return {};
  return said(
      fmt::format("drift: carriers are taken at rest at every moment, which those of holds as short as {:.3g} s are "
                  "not: they take about {:g} s",
                  shortest, transit));
}

Said of_device_temperature(const Drifting& in) {
  const double here = in.plan.data.law.temperature;
  if (!in.device || !(std::abs(in.device->stack.temperature - here) > 1)) return {};
  return said(fmt::format("drift: halides move at {:g} K (drift.temperature) in a device at {:g} K", here,
                          in.device->stack.temperature));
}

Said of_few_classes(const Drifting& in) {
  if (!has_ensemble(in.plan.segregation) || in.plan.classes <= 0) return {};
  const int needed = classes_needed(in);
  if (in.plan.classes >= needed) return {};
  return said(
      fmt::format("drift: {} classes of sizes are few for energies that spread so far; {} keep peaks within 0.5 nm",
                  in.plan.classes, needed));
}

Said of_coarse_cells(const Drifting& in) {
  if (!has_ensemble(in.plan.segregation)) return {};
  const double coarse = device::coarseness(in.plan.data.law, in.iodide, in.plan.cells);
  if (!(coarse > 1.2)) return {};
  return said(
      fmt::format("drift: on {} cells of composition peaks may be {:.1f} nm off where domains go back: {} are enough",
                  in.plan.cells, 0.3 * coarse * coarse, device::enough_cells(in.plan.data.law, in.iodide)));
}

Said of_spectra_temperature(const Drifting& in) {
  const double here = in.plan.data.law.temperature;
  if (!(std::abs(in.plan.spectra_temperature - here) > 50)) return {};
  return said(
      fmt::format("drift: halides move at {:g} K (drift.temperature) in crystals whose gaps are those at {:g} K "
                  "(confinement.temperature)",
                  here, in.plan.spectra_temperature));
}

}  // namespace

std::vector<Warning> drift_warnings(const Drifting& in, const DriftCrystals& crystals,
                                    const std::vector<ProtocolHold>& holds) {
  const double shortest = shortest_of(holds);
  std::vector<Warning> out;
  for (const Said& one : {of_slow_ions(in, shortest, crystals.rates().domains), of_thin_layer(in),
                          of_few_monolayers(in, crystals.layer()), of_short_holds(shortest), of_device_temperature(in),
                          of_few_classes(in), of_coarse_cells(in), of_spectra_temperature(in)})
    if (one) out.push_back(*one);
  return out;
}

}  // namespace nacre::scenarios
