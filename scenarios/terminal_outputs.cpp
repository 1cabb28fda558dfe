#include <complex>
#include <limits>
#include <numbers>

#include "scenarios/circuit_reading.hpp"
#include "scenarios/device_rows.hpp"

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;
using Complex = std::complex<double>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A number of every current that was asked for and found.
template <class Item>
OutputRow over_current(std::string name, std::string unit, std::string meaning, std::vector<Item> DeviceResult::*list,
                       double Item::*member) {
  return device_row(std::move(name), std::move(unit), {"driven_current"}, std::move(meaning),
                    [list, member](const DeviceResult& d) {
                      Values values;
                      for (const Item& item : d.*list) values.push_back(item.*member);
                      return values;
                    });
}

std::vector<OutputRow> current_rows() {
  using device::Light;
  using device::OperatingPoint;
  return {
      over_current("driven_current", "mA/cm2", "current density of the source", &DeviceResult::driven,
                   &OperatingPoint::supplied),
      over_current("driven_bias", "V", "voltage of the source at that current", &DeviceResult::driven,
                   &OperatingPoint::applied),
      over_current("driven_device_voltage", "V", "voltage of the device itself", &DeviceResult::driven,
                   &OperatingPoint::bias),
      over_current("driven_luminance", "cd/m2", "luminance", &DeviceResult::lights_driven, &Light::luminance),
      over_current("driven_eqe", "1", "external quantum efficiency", &DeviceResult::lights_driven,
                   &Light::quantum_efficiency),
      over_current("driven_emission_peak", "nm", "wavelength of the maximum of the electroluminescence",
                   &DeviceResult::seen_driven, &Seen::peak),
  };
}

/// A quantity of an admittance at a frequency [Hz] over all of a response's points.
Values of(const device::SmallSignalResponse& response, const Values& frequencies,
          const std::function<double(Complex, double)>& get) {
  Values values;
  for (std::size_t i = 0; i < response.admittance.size(); ++i)
    values.push_back(get(response.admittance[i], frequencies[i % frequencies.size()]));
  return values;
}

OutputRow over_frequency(std::string name, std::string unit, std::string meaning,
                         std::function<double(Complex, double)> get) {
  return device_row(std::move(name), std::move(unit), {"impedance_bias", "frequency"}, std::move(meaning),
                    [get = std::move(get)](const DeviceResult& d) { return of(d.impedance, d.frequencies, get); });
}

/// Over the sweep; NaN beyond where it failed.
OutputRow at_one_frequency(std::string name, std::string unit, std::string meaning,
                           std::function<double(Complex, double)> get) {
  return device_row(std::move(name), std::move(unit), {"bias"}, std::move(meaning),
                    [get = std::move(get)](const DeviceResult& d) {
                      if (!(d.capacitance_at > 0)) return Values{};
                      Values values = of(d.capacitance, {d.capacitance_at}, get);
                      values.resize(d.biases.size(), nan);
                      return values;
                    });
}

OutputRow of_circuit(std::string name, std::string unit, std::string meaning, double CircuitReading::*member) {
  return device_row(std::move(name), std::move(unit), {"impedance_bias"}, std::move(meaning),
                    [member](const DeviceResult& d) {
                      Values values;
                      for (std::size_t i = 0; i < d.circuits.size(); ++i) values.push_back(read_circuit(d, i).*member);
                      values.resize(d.impedance.biases.size(), nan);
                      return values;
                    });
}

/// At the first bias of the impedance, for a pixel.
OutputRow of_pixel(std::string name, std::string meaning, double CircuitReading::*member) {
  return {std::move(name),
          Stage::device,
          "ohm",
          {},
          std::move(meaning),
          [member](const Result& r) {
            if (!r.device || r.device->circuits.empty()) return Values{nan};
            return Values{read_circuit(*r.device, 0).*member / r.device->area};
          },
          {}};
}

/// Of a spectrum that shows no such arc.
OutputRow within_the_spectrum(OutputRow row) {
  return may_be_unreached(std::move(row), [](const Result& r) { return r.device && !r.device->circuits.empty(); });
}

std::vector<OutputRow> circuit_rows() {
  return {
      of_circuit("fit_series_resistance", "ohm cm2", "series resistance of the equivalent circuit",
                 &CircuitReading::series),
      of_circuit("fit_recombination_resistance", "ohm cm2",
                 "resistance of the arcs that are not the ions' together: the width of the one depressed arc that they "
                 "make; NaN: none, or slower than the spectrum",
                 &CircuitReading::recombination),
      of_circuit("fit_recombination_capacitance", "nF/cm2",
                 "capacitance of that arc: its mean time over its resistance",
                 &CircuitReading::recombination_capacitance),
      of_circuit("fit_recombination_ions", "1",
                 "share of the ions' motion in the times of those arcs, -d ln(time)/d ln(mobility): 0 carriers alone; "
                 "NaN: no ions",
                 &CircuitReading::ions_in_recombination),
      of_circuit("fit_ionic_resistance", "ohm cm2",
                 "resistance of the largest arc whose time the motion of ions sets; negative for an inductive loop; "
                 "NaN: none, or slower than the spectrum",
                 &CircuitReading::ionic),
      of_circuit("fit_ionic_capacitance", "nF/cm2", "capacitance of that arc", &CircuitReading::ionic_capacitance),
      of_circuit("fit_ionic_frequency", "Hz", "1/(2 pi R C) of that arc", &CircuitReading::ionic_frequency),
      device_row("fit_arcs", "1", {"impedance_bias"}, "arcs of the equivalent circuit",
                 [](const DeviceResult& d) {
                   Values values;
                   for (const device::EquivalentCircuit& c : d.circuits)
                     values.push_back(static_cast<double>(c.arcs.size()));
                   values.resize(d.impedance.biases.size(), nan);
                   return values;
                 }),
      device_row("fit_misfit", "1", {"impedance_bias"}, "root mean square of its relative distance from the impedance",
                 [](const DeviceResult& d) {
                   Values values;
                   for (const device::EquivalentCircuit& c : d.circuits) values.push_back(c.misfit);
                   values.resize(d.impedance.biases.size(), nan);
                   return values;
                 }),
      of_pixel("series_resistance", "series resistance that the impedance at its first bias reads, of the pixel",
               &CircuitReading::series),
      within_the_spectrum(
          of_pixel("recombination_resistance",
                   "recombination resistance that the impedance at its first bias reads, of the pixel; NaN as "
                   "fit_recombination_resistance",
                   &CircuitReading::recombination)),
      within_the_spectrum(of_pixel(
          "ionic_resistance", "resistance of the ions' arc at that bias, of the pixel; NaN as fit_ionic_resistance",
          &CircuitReading::ionic)),
  };
}

OutputRow heated(std::string name, std::string unit, std::string meaning, Values DeviceResult::*list) {
  return device_row(std::move(name), std::move(unit), {"bias"}, std::move(meaning),
                    [list](const DeviceResult& d) { return d.*list; });
}

double largest_of(const Values& values) {
  double most = nan;
  for (const double value : values)
    if (!(value <= most) && !std::isnan(value)) most = value;
  return most;
}

OutputRow most_heated(std::string name, std::string unit, std::string meaning, Values DeviceResult::*list) {
  return {std::move(name),
          Stage::device,
          std::move(unit),
          {},
          std::move(meaning),
          [list](const Result& r) { return Values{r.device ? largest_of((*r.device).*list) : nan}; },
          {}};
}

std::vector<OutputRow> heated_rows() {
  return {
      heated("temperature", "K", "temperature that its own heat gives the device; NaN: it runs away",
             &DeviceResult::temperature),
      heated("heated_current_density", "mA/cm2", "current density of the source at that temperature",
             &DeviceResult::heated_current),
      heated("heated_luminance", "cd/m2", "luminance at that temperature", &DeviceResult::heated_luminance),
      heated("heated_eqe", "1", "external quantum efficiency at that temperature", &DeviceResult::heated_efficiency),
      most_heated("temperature_max", "K", "highest temperature of the sweep; NaN without a thermal resistance",
                  &DeviceResult::temperature),
      most_heated("heated_luminance_max", "cd/m2", "highest luminance of the sweep with that heat",
                  &DeviceResult::heated_luminance),
  };
}

double capacitance(Complex admittance, double frequency) {
  return admittance.imag() / (2 * std::numbers::pi * frequency);
}

std::vector<OutputRow> small_signal_rows() {
  return {
      device_row("impedance_bias", "V", {"impedance_bias"}, "voltage of the source about which it oscillates",
                 [](const DeviceResult& d) { return d.impedance.biases; }),
      device_row("frequency", "Hz", {"frequency"}, "of the oscillation",
                 [](const DeviceResult& d) { return d.impedance.biases.empty() ? Values{} : d.frequencies; }),
      over_frequency("impedance_real", "ohm cm2", "real part of the impedance of circuit and device",
                     [](Complex y, double) { return (1. / y).real(); }),
      over_frequency("impedance_imaginary", "ohm cm2", "its imaginary part",
                     [](Complex y, double) { return (1. / y).imag(); }),
      over_frequency("admittance_real", "S/m2", "real part of the admittance, the conductance",
                     [](Complex y, double) { return y.real(); }),
      over_frequency("admittance_imaginary", "S/m2", "its imaginary part, the susceptance",
                     [](Complex y, double) { return y.imag(); }),
      over_frequency("capacitance", "nF/cm2", "susceptance over angular frequency", capacitance),
      at_one_frequency("capacitance_at_frequency", "nF/cm2",
                       "susceptance over angular frequency at the frequency of the case", capacitance),
      at_one_frequency("conductance_at_frequency", "S/m2", "conductance at the frequency of the case",
                       [](Complex y, double) { return y.real(); }),
  };
}

}  // namespace

std::vector<OutputRow> terminal_rows() {
  std::vector<OutputRow> rows = current_rows();
  for (std::vector<OutputRow> more : {small_signal_rows(), circuit_rows(), heated_rows()})
    for (OutputRow& row : more) rows.push_back(std::move(row));
  return rows;
}

}  // namespace nacre::scenarios
