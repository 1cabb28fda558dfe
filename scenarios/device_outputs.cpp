#include "scenarios/device_outputs.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "engine/units/constants.hpp"
#include "scenarios/append.hpp"
#include "scenarios/device_rows.hpp"

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;
using device::Light;
using device::OperatingPoint;
using device::PhotonBalance;
using device::RollOff;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

OutputRow row(std::string name, std::string unit, std::vector<std::string> axes, std::string meaning,
              std::function<Values(const DeviceResult&)> get) {
  return device_row(std::move(name), std::move(unit), std::move(axes), std::move(meaning), std::move(get));
}

/// A number of every point of the sweep.
template <class Item>
OutputRow over_bias(std::string name, std::string unit, std::string meaning, std::vector<Item> DeviceResult::*list,
                    double Item::*member) {
  return row(std::move(name), std::move(unit), {"bias"}, std::move(meaning), [list, member](const DeviceResult& d) {
    Values values;
    for (const Item& item : d.*list) values.push_back(item.*member);
    return values;
  });
}

OutputRow of_balance(std::string name, std::string meaning, double PhotonBalance::*member) {
  return over_bias(std::move(name), "mA/cm2", std::move(meaning), &DeviceResult::balances, member);
}

OutputRow of_point(std::string name, std::string meaning, double OperatingPoint::*member) {
  return over_bias(std::move(name), "mA/cm2", std::move(meaning), &DeviceResult::points, member);
}

std::vector<OutputRow> current_rows() {
  return {
      row("bias", "V", {"bias"}, "voltage of the source, of the anode against the cathode",
          [](const DeviceResult& d) { return d.biases; }),
      of_point("current_density", "current density at the anode", &OperatingPoint::current),
      of_point("current_cathode", "the same at the cathode, summed on its own", &OperatingPoint::current_left),
      of_point("current_lowest", "the same on the face of the mesh where it is lowest", &OperatingPoint::lowest_face),
      of_point("current_highest", "the same on the face where it is highest", &OperatingPoint::highest_face),
      of_point("recombination_radiative", "radiative recombination of all layers, as a current density",
               &OperatingPoint::radiative),
      of_balance(
          "excitons_lost",
          "of the radiative recombination, what makes no photon: lost in the crystals, or in layers that do not emit",
          &PhotonBalance::lost),
      of_balance("photons_reabsorbed", "of it, photons that crystals absorb again and do not make anew",
                 &PhotonBalance::reabsorbed),
      of_balance("photons_kept",
                 "of it, photons that do not leave forward: guided, absorbed elsewhere, out of the back",
                 &PhotonBalance::kept),
      of_point("recombination_traps", "recombination through traps, as a current density", &OperatingPoint::traps),
      of_point("recombination_auger", "Auger recombination, as a current density", &OperatingPoint::auger),
      of_point("recombination_interfaces", "recombination between the layers, as a current density",
               &OperatingPoint::interfaces),
      of_point("leakage_holes", "holes that reach the cathode", &OperatingPoint::leaked_holes),
      of_point("leakage_electrons", "electrons that reach the anode", &OperatingPoint::leaked_electrons),
      over_bias("vacancy_content", "m-2", "mobile vacancies of the device", &DeviceResult::points,
                &OperatingPoint::vacancies),
      over_bias("cation_vacancy_content", "m-2", "mobile cation vacancies of the device", &DeviceResult::points,
                &OperatingPoint::cation_vacancies),
      over_bias("device_voltage", "V", "voltage of the device itself, behind the circuit", &DeviceResult::points,
                &OperatingPoint::bias),
      of_point("supplied_current_density", "current density of the source: that of a shunt as well",
               &OperatingPoint::supplied),
  };
}

std::vector<OutputRow> light_rows() {
  return {
      over_bias("photon_flux", "m-2 s-1", "photons that leave forward", &DeviceResult::lights, &Light::photons),
      over_bias("luminance", "cd/m2", "of a Lambertian surface with this flux", &DeviceResult::lights,
                &Light::luminance),
      over_bias("eqe", "1", "external quantum efficiency: photons that leave over electrons", &DeviceResult::lights,
                &Light::quantum_efficiency),
      over_bias("current_efficiency", "cd/A", "luminance over current density", &DeviceResult::lights,
                &Light::current_efficiency),
      over_bias("power_efficiency", "lm/W", "luminous flux over electric power", &DeviceResult::lights,
                &Light::power_efficiency),
      over_bias("emission_peak", "nm", "wavelength of the maximum of the electroluminescence", &DeviceResult::seen,
                &Seen::peak),
      over_bias("emission_fwhm", "nm", "its full width at half maximum", &DeviceResult::seen, &Seen::fwhm),
      over_bias("chromaticity_x", "1", "its CIE 1931 chromaticity x", &DeviceResult::seen, &Seen::x),
      over_bias("chromaticity_y", "1", "its CIE 1931 chromaticity y", &DeviceResult::seen, &Seen::y),
      row("charges_per_crystal", "1", {"bias"},
          "carriers on a crystal where excitons form, in the mean; of the emitting layer nearest to the cathode whose "
          "crystals "
          "are charged",
          [](const DeviceResult& d) {
            Values values;
            for (std::size_t i = 0; i < d.stack.layers.size() && values.empty(); ++i)
              if (d.stack.layers[i].excitons.crystals > 0)
                for (const OperatingPoint& point : d.points) values.push_back(point.charges[i]);
            return values;
          }),
      row("charged_yield", "1", {"bias"},
          "photons of an exciton on any crystal of that layer, charged as they are: what becomes of light that the "
          "layer absorbs again",
          [](const DeviceResult& d) {
            Values values;
            for (std::size_t i = 0; i < d.stack.layers.size() && values.empty(); ++i)
              if (d.stack.layers[i].excitons.crystals > 0)
                for (const OperatingPoint& point : d.points) values.push_back(point.yield[i]);
            return values;
          }),
      row("wavelength", "nm", {"wavelength"}, "of the spectra", [](const DeviceResult& d) { return d.wavelength; }),
      device_row("electroluminescence", "m-2 s-1 nm-1", {"bias", "wavelength"}, "photons that leave per wavelength",
                 DeviceTable{[](const DeviceResult& d) { return d.points.size(); },
                             [](const DeviceResult& d, std::size_t first, std::size_t count) {
                               return d.spectra.at(first, count, d.wavelength.size());
                             }}),
  };
}

OutputRow number(std::string name, std::string unit, std::string meaning,
                 std::function<double(const DeviceResult&)> get, std::string repeats = "") {
  return {std::move(name),
          Stage::device,
          std::move(unit),
          {},
          std::move(meaning),
          [get = std::move(get)](const Result& r) {
            return Values{r.device && !r.device->points.empty() ? get(*r.device) : nan};
          },
          std::move(repeats)};
}

/// Of the last point, where the sweep came to its end.
template <class Item>
OutputRow at_bias(std::string name, std::string unit, std::string meaning, std::vector<Item> DeviceResult::*list,
                  double Item::*member, std::string repeats = "") {
  return number(
      std::move(name), std::move(unit), std::move(meaning),
      [list, member](const DeviceResult& d) { return d.complete ? (d.*list).back().*member : nan; },
      std::move(repeats));
}

Values luminances(const DeviceResult& d) {
  Values values;
  for (const Light& light : d.lights) values.push_back(light.luminance);
  return values;
}

OutputRow of_roll_off(std::string name, std::string unit, std::string meaning, double RollOff::*member) {
  return number(std::move(name), std::move(unit), std::move(meaning), [member](const DeviceResult& d) {
    Values currents;
    for (const OperatingPoint& point : d.points) currents.push_back(point.current);
    return device::roll_off(d.lights, currents).*member;
  });
}

template <double Light::*member>
double largest(const DeviceResult& d) {
  double most = nan;
  for (const Light& light : d.lights)
    if (light.luminance >= 1 && !(light.*member <= most)) most = light.*member;
  return most;
}

/// A device that stays in the dark: a result, without a turn-on, an efficiency or a colour.
bool is_dark(const Result& result) {
  return result.device && !dim(*result.device).empty();
}

OutputRow of_light(OutputRow row) {
  return may_be_unreached(std::move(row), is_dark);
}

/// Of a sweep that ends in the dark, or shines and ends before.
OutputRow within_the_sweep(OutputRow row) {
  return may_be_unreached(std::move(row), [](const Result& r) {
    return is_dark(r) || (r.device && r.device->complete && largest<&Light::luminance>(*r.device) >= 1);
  });
}

std::vector<OutputRow> scalar_rows() {
  return {
      number("outcoupling", "1",
             "share of the photons made inside that leaves forward; of the emitting layer nearest to the cathode",
             [](const DeviceResult& d) { return d.outcoupling; }),
      number("reabsorbed", "1",
             "share of the photons of a layer that its crystals absorb again; of the layer with most",
             [](const DeviceResult& d) { return d.reabsorbed; }),
      of_light(number("turn_on", "V", "bias at which the luminance reaches 1 cd/m2; NaN: not reached",
                      [](const DeviceResult& d) { return device::bias_at(d.biases, luminances(d), 1); })),
      of_light(number("luminance_max", "cd/m2", "largest luminance of the sweep", largest<&Light::luminance>)),
      of_light(of_roll_off("eqe_max", "1", "largest external quantum efficiency above 1 cd/m2", &RollOff::largest)),
      of_light(of_roll_off("luminance_at_eqe_max", "cd/m2", "luminance there", &RollOff::luminance)),
      of_light(of_roll_off("current_at_eqe_max", "mA/cm2", "current density there", &RollOff::current)),
      within_the_sweep(of_roll_off("half_efficiency_current", "mA/cm2",
                                   "current density at which half of the largest efficiency is left; NaN: not reached",
                                   &RollOff::half_current)),
      within_the_sweep(
          number("eqe_at_luminance", "1",
                 "external quantum efficiency where the luminance first reaches device.eqe_luminance; NaN: not reached",
                 [](const DeviceResult& d) { return device::efficiency_at(d.lights, d.eqe_luminance); })),
      of_light(number("current_efficiency_max", "cd/A", "largest above 1 cd/m2", largest<&Light::current_efficiency>)),
      of_light(number("power_efficiency_max", "lm/W", "largest above 1 cd/m2", largest<&Light::power_efficiency>)),
      at_bias("current_at_bias", "mA/cm2", "current density at the bias", &DeviceResult::points,
              &OperatingPoint::current),
      at_bias("luminance_at_bias", "cd/m2", "luminance at the bias", &DeviceResult::lights, &Light::luminance),
      at_bias("eqe_at_bias", "1", "external quantum efficiency at the bias", &DeviceResult::lights,
              &Light::quantum_efficiency),
      of_light(at_bias("el_peak", "nm", "wavelength of the electroluminescence's maximum at the bias",
                       &DeviceResult::seen, &Seen::peak, "pl_peak")),
      of_light(at_bias("el_fwhm", "nm", "its full width at half maximum", &DeviceResult::seen, &Seen::fwhm, "pl_fwhm")),
      of_light(at_bias("el_cie_x", "1", "its CIE 1931 chromaticity x", &DeviceResult::seen, &Seen::x, "cie_x")),
      of_light(at_bias("el_cie_y", "1", "its CIE 1931 chromaticity y", &DeviceResult::seen, &Seen::y, "cie_y")),
      number("current_unclosed", "1",
             "largest disagreement of the currents at contacts and faces and of recombination with leakage, over the "
             "current (or 1 A/m2)",
             unclosed),
  };
}

}  // namespace

std::vector<OutputRow> device_outputs() {
  std::vector<OutputRow> rows = current_rows();
  append(rows, light_rows());
  append(rows, terminal_rows());
  append(rows, programme_outputs());
  append(rows, profile_rows());
  append(rows, scalar_rows());
  return rows;
}

}  // namespace nacre::scenarios
