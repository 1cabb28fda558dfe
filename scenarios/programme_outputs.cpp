#include <algorithm>

#include "scenarios/device_rows.hpp"
#include "scenarios/stored_state.hpp"

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;

/// A quantity of the programme.
OutputRow over_time(std::string name, std::string unit, std::string meaning,
                    std::function<double(const DeviceResult&, std::size_t)> get) {
  return device_row(std::move(name), std::move(unit), {"time"}, std::move(meaning),
                    [get = std::move(get)](const DeviceResult& d) {
                      Values values;
                      for (std::size_t i = 0; i < d.in_time.times.size(); ++i) values.push_back(get(d, i));
                      return values;
                    });
}

OutputRow seen(std::string name, std::string unit, std::string meaning, double Seen::*member) {
  return over_time(std::move(name), std::move(unit), std::move(meaning),
                   [member](const DeviceResult& d, std::size_t i) { return d.seen_in_time[i].*member; });
}

std::vector<OutputRow> time_rows() {
  using Result = const DeviceResult&;
  return {
      over_time("time", "s", "since the programme began", [](Result d, std::size_t i) { return d.in_time.times[i]; }),
      over_time("time_bias", "V", "voltage of the source at that time",
                [](Result d, std::size_t i) { return d.in_time.applied[i]; }),
      over_time("time_device_voltage", "V", "voltage of the device itself",
                [](Result d, std::size_t i) { return d.in_time.points[i].bias; }),
      over_time("time_current_density", "mA/cm2",
                "current density that a meter at the source reads, displacement included",
                [](Result d, std::size_t i) { return d.in_time.currents[i]; }),
      over_time("time_luminance", "cd/m2", "luminance",
                [](Result d, std::size_t i) { return d.lights_in_time[i].luminance; }),
      over_time("time_photon_flux", "m-2 s-1", "photons that leave forward",
                [](Result d, std::size_t i) { return d.lights_in_time[i].photons; }),
      over_time("time_eqe", "1", "external quantum efficiency",
                [](Result d, std::size_t i) { return d.lights_in_time[i].quantum_efficiency; }),
      over_time("time_vacancy_content", "m-2", "mobile vacancies of the device",
                [](Result d, std::size_t i) { return d.in_time.points[i].vacancies; }),
      over_time("time_cation_vacancy_content", "m-2", "mobile cation vacancies of the device",
                [](Result d, std::size_t i) { return d.in_time.points[i].cation_vacancies; }),
      seen("time_emission_peak", "nm", "wavelength of the maximum of the electroluminescence", &Seen::peak),
      seen("time_emission_fwhm", "nm", "its full width at half maximum", &Seen::fwhm),
      seen("time_chromaticity_x", "1", "its CIE 1931 chromaticity x", &Seen::x),
      seen("time_chromaticity_y", "1", "its CIE 1931 chromaticity y", &Seen::y),
  };
}

OutputRow spectra_row() {
  return device_row("time_electroluminescence", "m-2 s-1 nm-1", {"time", "wavelength"},
                    "photons that leave per wavelength at that time",
                    DeviceTable{[](const DeviceResult& d) { return d.in_time.times.size(); },
                                [](const DeviceResult& d, std::size_t first, std::size_t count) {
                                  return d.spectra_in_time.at(first, count, d.wavelength.size());
                                }});
}

/// A part of the state that the programme ended with.
OutputRow of_state(std::string name, std::string unit, std::vector<std::string> axes, std::string meaning,
                   std::function<Values(const device::StoredState&)> get) {
  return device_row(
      std::move(name), std::move(unit), std::move(axes), std::move(meaning),
      [get = std::move(get)](const DeviceResult& d) { return d.in_time.end ? get(*d.in_time.end) : Values{}; });
}

Values counted(std::size_t count) {
  Values values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<double>(i));
  return values;
}

}  // namespace

std::vector<OutputRow> programme_outputs() {
  std::vector<OutputRow> rows = time_rows();
  rows.push_back(spectra_row());
  using State = device::StoredState;
  rows.push_back(of_state("state_node", "1", {"state_node"}, "nodes of the mesh, counted from the cathode",
                          [](const State& s) { return counted(s.x.size()); }));
  rows.push_back(of_state("state_unknown", "1", {"state_unknown"},
                          "potential, level of electrons, of holes, of vacancies, of cation vacancies",
                          [](const State& s) { return counted(s.unknowns); }));
  rows.push_back(of_state("state_number", "1", {"state_number"}, "place in state_numbers",
                          [](const State& s) { return counted(numbers_of(s).size()); }));
  rows.push_back(of_state("state_position", "m", {"state_node"}, "distance of a node from the cathode",
                          [](const State& s) { return s.x; }));
  for (const StatePart& part : state_parts())
    rows.push_back(of_state(part.name, "1", {"state_node", "state_unknown"}, part.meaning,
                            [values = part.values](const State& s) { return s.*values; }));
  rows.push_back(
      of_state("state_numbers", "1", {"state_number"},
               "time, source (0 voltage, 1 current), its value, voltage behind a circuit and a step earlier "
               "(kT/q), charge and its rate, next and last step of time, in SI; whether that voltage is an unknown; "
               "fingerprint of the stack in two halves",
               numbers_of));
  return rows;
}

}  // namespace nacre::scenarios
