// The reference LED in time by a second method: SUNDIALS IDA on the same finite volumes.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/fvm/transient.hpp"
#include "models/device/on_mesh.hpp"
#include "tests/support/ida_transient.hpp"
#include "tests/support/reference_led.hpp"

using namespace nacre;

TEST_CASE("the reference LED in time: IDA gives the same currents, but not every vacancy") {
  using Physics = device::DriftDiffusion<1>;
  device::OnMesh<1> led(support::reference_led(true), {100, 0.05});
  fvm::Newton<Physics> newton(led.system(), fvm::Newton<Physics>::Border::contents);
  auto rest = led.start();
  REQUIRE(newton.solve(rest, {}, led.contents(), {}).converged);
  led.set_bias(4);

  fvm::Transient<Physics> own(led.system(), {.tolerance = 1e-3});
  support::IdaTransient<Physics> ida(led.system(), 1e-6, 1e-6);
  REQUIRE(own.start(rest));
  REQUIRE(ida.start(own.state()));
  double now = 0;
  for (double time : {1e-9, 1e-7, 1e-5, 1e-3, 1e-1, 1., 10., 180.}) {
    CAPTURE(time);
    REQUIRE(own.advance(now, time, [](double) {}) == fvm::TransientStatus::done);
    REQUIRE(ida.advance(time));
    now = time;
    CHECK(led.terminal_current(own.state()) == Approx(led.terminal_current(ida.state())).epsilon(5e-4));
  }
  CHECK(led.read(own.state()).vacancies == Approx(3e16).epsilon(1e-12));
  CHECK(led.read(ida.state()).vacancies == Approx(3e16).epsilon(1e-3));
}
