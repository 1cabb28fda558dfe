#include "scenarios/outcoupling.hpp"

#include <string>

#include "models/device/dipole_emission.hpp"
#include "scenarios/outputs.hpp"
#include "tests/scenarios/running.hpp"

using namespace nacre;
using support::run;

namespace {

/// A green LED on glass with a line as narrow as one wavelength; `more` goes into [device].
std::string led(const std::string& more, const std::string& anode = "material = \"ITO\"\nthickness = \"120 nm\"\n") {
  return R"(schema = 1
[device]
bias = "3 V"
bias_step = "0.5 V"
nodes = 60
)" + more +
         "[[device.layer]]\n" + anode + R"([[device.layer]]
material = "poly-TPD"
thickness = "40 nm"
[[device.layer]]
material = "CsFAPbBr3-dots"
thickness = "30 nm"
emission = "line"
emission_wavelength = "530 nm"
emission_width = "0.5 nm"
yield = 0.6
[[device.layer]]
material = "TPBi"
thickness = "50 nm"
[[device.layer]]
material = "Al"
)";
}

constexpr const char* from_layers = "outcoupling_from = \"layers\"\n";

double outcoupling(const std::string& text) {
  return scenarios::scalar(*scenarios::find_scalar("outcoupling"), run(text));
}

}  // namespace

TEST_CASE("outcoupling from the layers of a case is that of dipoles between them", "[device][outcoupling]") {
  const device::OpticalStack stack{
      1.52, {{{1.85, 0.0086}, 120e-9}, {1.72, 40e-9}, {1.9, 30e-9}, {1.72, 50e-9}}, {0.789, 5.852}, 2, 1.};
  double mean = 0;
  constexpr int depths = 40;
  for (int i = 0; i < depths; ++i)
    mean += device::dipole_emission(stack, 30e-9 * (i + 0.5) / depths, 530e-9).outcoupling(0.6) / 0.6 / depths;
  CHECK(outcoupling(led(from_layers)) == Approx(mean).epsilon(1e-3));
  CHECK(mean > 0.1);
  CHECK(mean < 0.4);
}

TEST_CASE("a photon that leaves is not absorbed again: shares above one are refused", "[device][outcoupling][bad]") {
  const auto absorbing = [](const char* share) {
    return run(support::replaced(led(from_layers), "yield = 0.6", std::string("yield = 0.6\nreabsorbed = ") + share));
  };
  const scenarios::Result refused = absorbing("0.95");
  REQUIRE(refused.failures.size() == 1);
  support::require_parts(refused.failures.front().message, {"CsFAPbBr3-dots", "0.95", "more photons than there are"});
  const scenarios::Result kept = absorbing("0.6");
  REQUIRE(kept.failures.empty());
  for (const double inside : support::values_of(kept, scenarios::Stage::device, "photons_kept")) CHECK(inside >= 0);
}

TEST_CASE("without being asked for, the outcoupling is the number of the case", "[device][outcoupling]") {
  CHECK(outcoupling(led("outcoupling = 0.17\n")) == 0.17);
}

TEST_CASE("a stack from the other end, seen from the same side, lets out the same light", "[device][outcoupling]") {
  const std::string turned = R"(schema = 1
[device]
order = "cathode-first"
bias = "3 V"
bias_step = "0.5 V"
nodes = 60
outcoupling_from = "layers"
[[device.layer]]
material = "Al"
[[device.layer]]
material = "TPBi"
thickness = "50 nm"
[[device.layer]]
material = "CsFAPbBr3-dots"
thickness = "30 nm"
emission = "line"
emission_wavelength = "530 nm"
emission_width = "0.5 nm"
yield = 0.6
[[device.layer]]
material = "poly-TPD"
thickness = "40 nm"
[[device.layer]]
material = "ITO"
thickness = "120 nm"
)";
  CHECK(outcoupling(turned) == Approx(outcoupling(led(from_layers))).epsilon(1e-12));
  CHECK(outcoupling(led(std::string(from_layers) + "substrate_index = 1.9\n")) != Approx(outcoupling(turned)));
}

TEST_CASE("stacks that light cannot be followed through are refused with layer, datum and remedy",
          "[device][outcoupling][bad]") {
  const auto message = [](const std::string& text) { return support::complaint([&] { support::plans_of(text); }); };
  CHECK_THAT(message(led(from_layers, "material = \"ITO\"\n")),
             Catch::Contains("layer 'ITO' without it") && Catch::Contains("thickness"));
  CHECK_THAT(message(led(from_layers,
                         "name = \"mine\"\nrole = \"contact\"\nwork_function = \"5 eV\"\nthickness = \"9 nm\"\n")),
             Catch::Contains("layer 'mine'") && Catch::Contains("refractive_index"));
  std::string absorbing = led(from_layers);
  absorbing.insert(absorbing.find("yield = 0.6"), "extinction = 0.1\n");
  CHECK_THAT(message(absorbing), Catch::Contains("emits and absorbs"));
  std::string open = led(std::string(from_layers) + "cathode.work_function = \"2.9 eV\"\n");
  open.erase(open.rfind("[[device.layer]]"));
  CHECK_THAT(message(open), Catch::Contains("no contact layer at the end without light"));
}
