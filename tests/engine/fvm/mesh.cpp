#include "engine/fvm/mesh.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

using namespace nacre::fvm;

TEST_CASE("a layered mesh fills its layers, symmetrically and graded towards their ends") {
  const std::array layers{Layer{40e-9, 100, 0.01}, Layer{30e-9, 31, 0.1}, Layer{10e-9, 4, 1}};
  const Mesh mesh = layered_mesh(layers);
  REQUIRE(mesh.nodes() == 136);
  CHECK(mesh.x[100] == Approx(40e-9).epsilon(1e-14));
  CHECK(mesh.x.back() == Approx(80e-9).epsilon(1e-14));
  CHECK(std::accumulate(mesh.width.begin(), mesh.width.end(), 0.) == Approx(80e-9).epsilon(1e-14));
  for (std::size_t i = 0; i < 100; ++i) CHECK(mesh.width[i] == mesh.width[99 - i]);
  for (std::size_t i = 0; i < 49; ++i) CHECK(mesh.width[i] < mesh.width[i + 1]);
  CHECK(mesh.width[0] / 0.4e-9 ==
        Approx(0.01).epsilon(0.1));  // the slope at the very end is 0.01; a cell away it has risen
  CHECK(mesh.width.back() == Approx(2.5e-9).epsilon(1e-12));
  CHECK(mesh.region[99] == 0);
  CHECK(mesh.region[100] == 1);
}

TEST_CASE("twice the cells are the same mesh with every cell divided") {
  const std::array coarse{Layer{1, 20, 0.02}}, fine{Layer{1, 40, 0.02}};
  const Mesh a = layered_mesh(coarse), b = layered_mesh(fine);
  for (std::size_t i = 0; i < a.nodes(); ++i) CHECK(a.x[i] == Approx(b.x[2 * i]).margin(1e-14));
}

TEST_CASE("nodes are shared among layers, and no layer goes without") {
  const std::array thick{40e-9, 30e-9, 40e-9, 1e-12};
  std::size_t cells = 0;
  for (const Layer& l : share_nodes(thick, 301, 0.1)) cells += l.cells;
  CHECK(cells == 300);
  for (const Layer& l : share_nodes(thick, 2, 0.1)) CHECK(l.cells == 4);
}

TEST_CASE("interfaces are cells without width between layers, regions after them") {
  const std::array layers{Layer{1, 4, 1}, Layer{2, 4, 1}};
  const std::array<std::size_t, 3> interfaces{1, 2, 0};
  const Mesh mesh = layered_mesh(layers, interfaces);
  CHECK(mesh.region == std::vector<std::size_t>{2, 0, 0, 0, 0, 3, 4, 1, 1, 1, 1});
  CHECK(mesh.x[5] == 1);
  CHECK(mesh.x[7] == 1);
  CHECK(mesh.x.back() == 3);
  CHECK(mesh.is_interface(6));
  CHECK_FALSE(mesh.is_interface(7));
  CHECK(mesh.width[6] == 0);
}
