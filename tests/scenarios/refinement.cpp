// What finer and finer runs say about the numbers of a device, against what much finer ones find.
#include "scenarios/refinement.hpp"

#include <cmath>

#include "tests/scenarios/running.hpp"

using namespace nacre;
using scenarios::Finer;

namespace {

/// A device that tells everything that it can.
const std::string text = support::reference_led_case() +
                         "[[device.at_current]]\ncurrent = \"2 mA/cm2\"\n[[device.impedance]]\nbias = \"2.5 V\"\n"
                         "[device.frequency]\nfrom = \"1 kHz\"\nto = \"1 MHz\"\ncount = 3\ncapacitance_at = \"100 kHz\"\n"
                         "[[device.step]]\nvoltage = \"2.5 V\"\nhold = \"1 s\"\n[device.programme]\npoints = 10\n";

scenarios::Plan plan_with(const std::string& nodes, const std::string& tolerance) {
  return support::plans_of(text, {{"device.nodes", nodes}, {"device.programme.tolerance", tolerance}}).front();
}

scenarios::ErrorsOfVariant errors_of(scenarios::Plan plan, scenarios::Pipeline& pipeline) {
  scenarios::Refinement refinement(pipeline.run(plan));
  for (const Finer what : scenarios::all_finer) {
    if (!scenarios::can_refine(plan, what)) continue;
    plan = scenarios::refined(plan, what);
    refinement.add(what, pipeline.run(plan));
  }
  return refinement.errors();
}

scenarios::Pipeline pipeline() {
  return scenarios::Pipeline(scenarios::ModelData(support::library()).colour_table());
}

}  // namespace

TEST_CASE("a refined device: values at voltages, currents, frequencies and times lie within their errors",
          "[device][refine][slow]") {
  scenarios::Pipeline shared = pipeline();
  const scenarios::ErrorsOfVariant errors = errors_of(plan_with("100", "0.01"), shared);
  const scenarios::Result truth = shared.run(plan_with("793", "1e-5"));
  REQUIRE(truth.failures.empty());
  for (const char* name : {"current_density", "luminance", "driven_bias", "driven_luminance", "impedance_real",
                           "impedance_imaginary", "capacitance", "capacitance_at_frequency", "time_current_density",
                           "time_luminance"}) {
    const std::vector<double> exact = support::values_of(truth, scenarios::Stage::device, name);
    REQUIRE(errors.curves.contains(name));
    const std::vector<scenarios::NumericalError>& found = errors.curves.at(name);
    REQUIRE(found.size() == exact.size());
    for (std::size_t i = 0; i < exact.size(); ++i) {
      CAPTURE(name, i, exact[i], found[i].extrapolated, found[i].extrapolation_error, found[i].time_error);
      const double of_time = std::isnan(found[i].time_error) ? 0 : found[i].time_error;
      CHECK(std::abs(found[i].extrapolated - exact[i]) <=
            found[i].extrapolation_error + of_time + 1e-6 * std::abs(exact[i]) + 1e-9);  // currents at rest are rounding
    }
  }
}

TEST_CASE("crystals of a synthesis are refined last: the device is extrapolated on its own crystals", "[refine]") {
  scenarios::Pipeline shared = pipeline();
  const scenarios::Plan plan = support::plans_of(support::whole_case()).front();
  REQUIRE(scenarios::can_refine(plan, Finer::rest));
  const scenarios::ErrorsOfVariant errors = errors_of(plan, shared);
  for (const char* name : {"turn_on", "eqe_max", "luminance_max", "recombination_resistance", "t95"}) {
    CAPTURE(name);
    REQUIRE(errors.scalars.contains(name));
    CHECK(std::isfinite(errors.scalars.at(name).extrapolated));
    CHECK(errors.scalars.at(name).extrapolation_error > 0);
  }
  CHECK(std::isnan(errors.scalars.at("size_mean").extrapolated));
  CHECK(errors.scalars.at("size_mean").change > 0);
}

TEST_CASE("what goes on from a stored state has an error of time alone", "[device][refine]") {
  scenarios::Pipeline shared = pipeline();
  scenarios::Plan plan = plan_with("60", "0.01");
  plan.device->from = shared.run(plan).device->in_time.end;
  plan.fingerprint += "from\n";
  const std::vector<scenarios::NumericalError> found = errors_of(plan, shared).curves.at("time_current_density");
  CHECK(std::isnan(found[5].extrapolated));
  CHECK(found[5].time_error >= 0);
  CHECK(std::isfinite(found[5].time_error));
}
