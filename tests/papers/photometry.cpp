// What efficiencies in photons and in candela have to do with one another, held against what papers measured of both.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/units/constants.hpp"
#include "models/confinement/colour.hpp"
#include "models/confinement/spectrum.hpp"
#include "models/device/light.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/target.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;

namespace {

std::vector<double> measured(const std::string& id) {
  for (const scenarios::Target& target : scenarios::load_targets(support::root("scenarios/targets/li2022.toml"))) {
    if (target.id != id) continue;
    if (const auto* one = std::get_if<double>(&target.value)) return {*one};
    return std::get<std::vector<double>>(target.value);
  }
  FAIL("no target " << id);
  return {};
}

}  // namespace

TEST_CASE("li2022: current efficiencies follow from quantum efficiencies and the spectrum within 4.5 %", "[light]") {
  const double peak = measured("li2022.el_peak")[0] * 1e-9;
  const double sd = measured("li2022.el_fwhm")[0] * 1e-9 / (2 * std::sqrt(2 * std::numbers::ln2));
  std::vector<double> wavelength, photons, power;
  for (int i = 0; i <= 1000; ++i) {
    wavelength.push_back(400e-9 + 0.25e-9 * i);
    const double z = (wavelength.back() - peak) / sd;
    photons.push_back(std::exp(-z * z / 2));
    power.push_back(photons.back() * units::constants::planck * units::constants::speed_of_light / wavelength.back());
  }
  const confinement::ColourMatching eye(scenarios::ModelData(support::library()).colour_table());
  const device::Emitter emitter{1, 0.2,
                                confinement::trapezoid(wavelength, power) / confinement::trapezoid(wavelength, photons),
                                eye.of(wavelength, power).luminous_efficacy};
  const std::vector<double> quantum = measured("li2022.eqe_max");
  const std::vector<double> candela = measured("li2022.current_efficiency_max");
  REQUIRE(quantum.size() == 3);
  for (std::size_t i = 0; i < quantum.size(); ++i) {
    const double current = 100, emitting = current * quantum[i] / emitter.outcoupling;
    const auto light =
        device::light(std::vector{emitting}, std::vector<std::optional<device::Emitter>>{emitter}, current, 4);
    CHECK(light.quantum_efficiency == Approx(quantum[i]));
    CHECK(light.current_efficiency == Approx(candela[i]).epsilon(0.045));
  }
}
