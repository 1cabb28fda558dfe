#include "scenarios/sweep/kept.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "scenarios/ageing_stage.hpp"
#include "scenarios/device_stage.hpp"
#include "scenarios/drift_stage.hpp"
#include "scenarios/sweep/inputs.hpp"

using namespace nacre;
using namespace nacre::scenarios;
using namespace nacre::scenarios::sweep;

namespace {

constexpr double ev = 1.602176634e-19;

Kept kept_of(const std::string& text) {
  const io::Document document = io::Document::parse("schema = 1\nbase = \"x\"\n[keep]\n" + text, "s.toml");
  return {io::Inputs(sweep_inputs(), document), document};
}

/// Spectra 3 + 2 E over 1 ... 2 eV; the wavelengths run downwards.
Result result() {
  confinement::Optics optics;
  optics.complete = true;
  optics.pl_peak = 520e-9;
  for (int i = 0; i <= 10; ++i) {
    const double energy = 1 + 0.1 * i;
    optics.photon_energy.push_back(energy * ev);
    optics.wavelength.push_back((2000 - 1000 * (energy - 1)) * 1e-9);
    optics.photoluminescence.push_back((3 + 2 * energy) / ev);
  }
  Result result;
  result.optics = std::make_shared<const confinement::Optics>(optics);
  return result;
}

const std::string curve = "[[keep.curve]]\nname = \"photoluminescence\"\n";

}  // namespace

TEST_CASE("a linear curve comes through the common axis exactly, whichever way its own axis runs", "[sweep]") {
  for (const bool wavelength : {false, true}) {
    const std::string ends = wavelength ? "over = \"wavelength\"\nfrom = \"1000 nm\"\nto = \"2000 nm\"\n"
                                        : "from = \"1 eV\"\nto = \"2 eV\"\n";
    const Kept kept = kept_of("scalars = [\"pl_peak\"]\n" + curve + ends + "points = 7\n");
    Layout layout;
    kept.describe(layout);
    REQUIRE(layout.width() == 8);
    REQUIRE(layout.axes.size() == 1);
    std::vector<double> values(8);
    CHECK(kept.extract(result(), values).empty());
    CHECK(values[0] == Approx(520).epsilon(1e-14));
    for (std::size_t i = 0; i < 7; ++i) {
      const double energy = wavelength ? 1 + (2000 - layout.axes[0].values[i]) / 1000 : layout.axes[0].values[i];
      CHECK(values[i + 1] == Approx(3 + 2 * energy).epsilon(1e-12));
    }
  }
}

TEST_CASE("beyond its own axis a curve is refused, or zero where that is asked for", "[sweep]") {
  const std::string ends = "from = \"1.5 eV\"\nto = \"2.5 eV\"\npoints = 3\n";
  std::vector<double> values(3);
  CHECK_THAT(kept_of(curve + ends).extract(result(), values),
             Catch::Contains("photoluminescence is not computed over"));
  CHECK(values[0] == Approx(6));
  CHECK(std::isnan(values[2]));
  CHECK(kept_of(curve + ends + "outside = \"zero\"\n").extract(result(), values).empty());
  CHECK(values[2] == 0);
}

TEST_CASE("two curves share an axis of the same values, and no name is there twice", "[sweep]") {
  const std::string second = "[[keep.curve]]\nname = \"absorption\"\n", ends = "from = \"1 eV\"\nto = \"2 eV\"\n";
  Layout layout;
  kept_of(curve + ends + "points = 5\n" + second + ends + "points = 5\n").describe(layout);
  CHECK(layout.axes.size() == 1);
  CHECK(layout.columns.size() == 2);
  CHECK_THROWS_WITH(kept_of(curve + ends + "points = 5\n" + second + ends + "points = 6\n"),
                    Catch::Contains("other values than those of photoluminescence"));
  CHECK_THROWS_WITH(kept_of(curve + ends + "points = 5\n" + curve + ends + "points = 5\n"), Catch::Contains("twice"));
  const std::string wavelengths = "[[keep.curve]]\nname = \"wavelength\"\n" + ends + "points = 5\n";
  CHECK_THROWS_WITH(
      kept_of(wavelengths + curve + "over = \"wavelength\"\nfrom = \"300 nm\"\nto = \"400 nm\"\npoints = 5\n"),
      Catch::Contains("as a curve and as what"));
}

TEST_CASE("a curve over what rises and falls is a failure, not the first crossing", "[sweep]") {
  Result bent = result();
  confinement::Optics optics = *bent.optics;
  optics.wavelength[5] = optics.wavelength[3];
  bent.optics = std::make_shared<const confinement::Optics>(optics);
  const Kept kept = kept_of(curve + "over = \"wavelength\"\nfrom = \"1000 nm\"\nto = \"2000 nm\"\npoints = 3\n");
  std::vector<double> values(3);
  CHECK_THAT(kept.extract(bent, values), Catch::Contains("does not rise or fall all the way"));
}

TEST_CASE("what was not computed is a reason and NaN", "[sweep]") {
  std::vector<double> values(3, 1.0);
  const Kept kept = kept_of("scalars = [\"pl_peak\"]\n" + curve + "from = \"1 eV\"\nto = \"2 eV\"\npoints = 2\n");
  CHECK(kept.extract(Result{}, values) == "pl_peak has no finite value");
  for (const double value : values) CHECK(std::isnan(value));
}

TEST_CASE("a turn-on that is not reached is a result; one of no device is not", "[sweep]") {
  std::vector<double> values(1, 1.0);
  const Kept kept = kept_of("scalars = [\"turn_on\"]\n");
  CHECK(kept.extract(Result{}, values) == "turn_on has no finite value");
  scenarios::DeviceResult dark;
  dark.biases = {0, 5}, dark.points.resize(2), dark.lights.resize(2);
  dark.lights[1].luminance = 0.1;
  dark.spectra.shapes = {{1}};  // it emits, if little
  Result result;
  result.device = std::make_shared<const scenarios::DeviceResult>(dark);
  CHECK(kept.extract(result, values).empty());
  CHECK(std::isnan(values[0]));
}

TEST_CASE("an onset that a drift does not reach is a result; one of no drift, or of half of one, is not", "[sweep]") {
  std::vector<double> values(1, 1.0);
  for (const std::string name : {"drift_onset_voltage", "drift_onset_time", "drift_time_5nm"}) {
    const Kept kept = kept_of("scalars = [\"" + name + "\"]\n");
    CHECK(kept.extract(Result{}, values) == name + " has no finite value");
    scenarios::DriftResult still;
    still.time = {0, 60}, still.voltage = {3, 3}, still.peak_alike = {640e-9, 640e-9};
    still.seen.assign(2, {.peak = 640e-9});
    Result result;
    result.drift = std::make_shared<const scenarios::DriftResult>(still);
    CHECK(kept.extract(result, values).empty());
    CHECK(std::isnan(values[0]));
    still.complete = false;
    result.drift = std::make_shared<const scenarios::DriftResult>(still);
    CHECK(kept.extract(result, values) == name + " has no finite value");
  }
}

TEST_CASE("what a device in the dark, a course or a spectrum does not reach is said where its row is declared",
          "[sweep][outputs]") {
  const auto unreached = [](const std::string& name, const Result& result) {
    const scenarios::OutputRow* row = scenarios::find_scalar(name);
    REQUIRE(row);
    return row->unreached && row->unreached(result);
  };
  const auto with = [](const scenarios::DeviceResult& device) {
    Result result;
    result.device = std::make_shared<const scenarios::DeviceResult>(device);
    return result;
  };
  scenarios::DeviceResult dim;
  dim.biases = {0, 5}, dim.points.resize(2), dim.lights.resize(2), dim.seen.resize(2);
  dim.points[1].current = 10, dim.lights[1].luminance = 0.1, dim.lights[1].quantum_efficiency = 1e-6;
  dim.spectra.shapes = {{1}};
  scenarios::DeviceResult bright = dim, failed = dim;
  bright.lights[1].luminance = 500, failed.complete = false;
  for (const char* name : {"turn_on", "luminance_max", "eqe_max", "current_efficiency_max", "power_efficiency_max"}) {
    INFO(name);
    CHECK(unreached(name, with(dim)));
    CHECK_FALSE(unreached(name, with(bright)));
    CHECK_FALSE(unreached(name, with(failed)));
    std::vector<double> values(1, 1.0);
    CHECK(kept_of("scalars = [\"" + std::string(name) + "\"]\n").extract(with(dim), values).empty());
    CHECK(std::isnan(values[0]));
  }
  // 500 cd/m2 and rising: neither 1000 cd/m2 nor half of the efficiency.
  for (const char* name : {"eqe_at_luminance", "half_efficiency_current"}) {
    INFO(name);
    std::vector<double> values(1, 1.0);
    CHECK(kept_of("scalars = [\"" + std::string(name) + "\"]\n").extract(with(bright), values).empty());
    CHECK(std::isnan(values[0]));
    CHECK_FALSE(unreached(name, with(failed)));
  }
  CHECK_FALSE(unreached("ionic_resistance", with(bright)));  // nobody asked for an impedance
  bright.circuits.emplace_back();
  CHECK(unreached("ionic_resistance", with(bright)));
  CHECK_FALSE(unreached("current_at_bias", with(dim)));
  Result aged;
  scenarios::AgeingResult course;
  course.complete = true;
  aged.ageing = std::make_shared<const scenarios::AgeingResult>(course);
  for (const char* name : {"t50", "t95", "ageing_rate"}) CHECK(unreached(name, aged));
  CHECK_FALSE(unreached("ageing_loss", aged));
}
