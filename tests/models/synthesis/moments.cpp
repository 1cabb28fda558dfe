#include "models/synthesis/moments.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using nacre::synthesis::Moments;

TEST_CASE("moments of an exponential sample are 1, 1 and 2") {
  std::vector<double> x, w;
  for (int i = 0; i < 40000; ++i) {
    x.push_back((i + 0.5) * 1e-3);
    w.push_back(std::exp(-x.back()));
  }
  const Moments m = nacre::synthesis::moments(x, w);
  CHECK(m.mean == Approx(1).epsilon(1e-6));
  CHECK(m.sd == Approx(1).epsilon(1e-6));
  CHECK(m.skewness == Approx(2).epsilon(1e-5));
  const Moments raw = nacre::synthesis::moments_from_raw(1, 1, 2, 6);
  CHECK(raw.mean == 1);
  CHECK(raw.sd == Approx(1));
  CHECK(raw.skewness == Approx(2));
}

TEST_CASE("nothing counted has no mean, and no spread has no skewness") {
  CHECK(std::isnan(nacre::synthesis::moments(std::vector<double>{1, 2}, std::vector<double>{0, 0}).mean));
  const Moments one = nacre::synthesis::moments(std::vector<double>{3}, std::vector<double>{2});
  CHECK(one.mean == 3);
  CHECK(one.sd == 0);
  CHECK(std::isnan(one.skewness));
}
