#include <complex>
#include <limits>
#include <numbers>

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
  for (OutputRow& row : small_signal_rows()) rows.push_back(std::move(row));
  return rows;
}

}  // namespace nacre::scenarios
