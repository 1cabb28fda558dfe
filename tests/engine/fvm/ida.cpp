// A second integrator on the same finite volumes: SUNDIALS IDA.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/fvm/transient.hpp"
#include "tests/support/ida_transient.hpp"
#include "tests/support/toy_physics.hpp"

using namespace nacre;
using support::ClosedBox;

TEST_CASE("IDA and the own integrator follow the same charges") {
  ClosedBox box;
  const fvm::Mesh mesh = fvm::layered_mesh(std::array{fvm::Layer{1, 100, 0.05}});
  const fvm::System<ClosedBox> system(box, mesh);
  fvm::Transient<ClosedBox> own(system, {.tolerance = 1e-6, .first_step = 1e-8});
  support::IdaTransient<ClosedBox> ida(system, 1e-7, 1e-7);
  box.bias = 6;
  REQUIRE(own.start(fvm::State<2>(mesh.nodes())));
  REQUIRE(ida.start(own.state()));
  double now = 0;
  for (double time : {1e-4, 1e-3, 1e-2, 1e-1, 3.}) {
    CAPTURE(time);
    REQUIRE(own.advance(now, time, [](double) {}) == fvm::TransientStatus::done);
    REQUIRE(ida.advance(time));
    now = time;
    for (std::size_t i = 0; i < mesh.nodes(); ++i) {
      CHECK(ida.state().value[i][0] == Approx(own.state().value[i][0]).margin(1e-4));
      CHECK(ida.state().value[i][1] == Approx(own.state().value[i][1]).margin(1e-4));
    }
  }
}
