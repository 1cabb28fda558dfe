#include "models/confinement/film.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace nacre::confinement;

TEST_CASE("Lines without a Stokes shift are in resonance, far apart they are not", "[film]") {
  CHECK(resonance(0, 80) == 1);
  CHECK(resonance(800, 80) < 1e-20);
}

TEST_CASE("Resonance is the overlap of two Gaussian lines", "[film]") {
  const double width = 80, shift = 60, sigma = width / std::sqrt(8 * std::log(2.0));
  const auto overlap = [&](double apart) {
    double sum = 0;
    for (int i = -400; i <= 400; ++i) {
      const double u = i * sigma / 40;
      sum += std::exp(-u * u / (2 * sigma * sigma)) * std::exp(-(u - apart) * (u - apart) / (2 * sigma * sigma));
    }
    return sum;
  };
  CHECK(resonance(shift, width) == Approx(overlap(shift) / overlap(0)).epsilon(1e-10));
}

TEST_CASE("Yield and loss ratio are each other's inverse", "[film]") {
  for (double yield : {0.01, 0.5, 0.99}) CHECK(yield_of_loss(loss_ratio(yield)) == Approx(yield).epsilon(1e-14));
  CHECK(yield_of_loss(film_loss(loss_ratio(0.8), 3)) == Approx(0.5).epsilon(1e-14));
}

TEST_CASE("Under light the loss ratio obeys its rate equation", "[film]") {
  const double start = 0.05;
  for (double dose : {0.1, 1.0, 5.0}) {
    const double end = loss_after_light(start, dose);
    CHECK(std::log(end / start) + end - start == Approx(dose).epsilon(1e-12));
  }
  const double h = 1e-5, now = loss_after_light(start, 1);
  CHECK((loss_after_light(start, 1 + h) - now) / h == Approx(now / (1 + now)).epsilon(1e-4));
}

TEST_CASE("Ageing in two steps is ageing in one", "[film]") {
  CHECK(loss_after_light(loss_after_light(0.3, 1), 2) == Approx(loss_after_light(0.3, 3)).epsilon(1e-12));
  CHECK(loss_after_air(loss_after_air(0.3, 1), 2) == Approx(loss_after_air(0.3, 3)).epsilon(1e-14));
}

TEST_CASE("A perfect film stays so, a worse one loses more", "[film]") {
  CHECK(loss_after_light(0, 3) == 0);
  double before = 1;
  for (double ratio : {0.01, 0.1, 0.5, 1.0}) {
    const double left = brightness_left(ratio, loss_after_air(ratio, 1.5));
    CHECK(left < before);
    before = left;
  }
}

TEST_CASE("Under light the least is left of a film whose loss ratio ends at its inverse, and more of worse ones",
          "[film]") {
  const double dose = 2.479;  // two hours under the lamp of peng2022, 0.02066 a minute
  const auto left = [&](double ratio) { return brightness_left(ratio, loss_after_light(ratio, dose)); };
  double least = 1, worst = 0;
  for (double ratio = 0.01; ratio < 30; ratio *= 1.001)
    if (left(ratio) < least) least = left(ratio), worst = ratio;
  // (1 + kappa)/(1 + kappa') is least where (1 + kappa')^2 kappa = (1 + kappa)^2 kappa', so kappa kappa' = 1
  CHECK(worst * loss_after_light(worst, dose) == Approx(1).epsilon(5e-3));
  CHECK(least == Approx(worst).epsilon(2e-3));
  CHECK(least == Approx(0.548).epsilon(1e-3));
  CHECK(left(7) > left(1));
  CHECK(left(1) > least);
}

TEST_CASE("No film shines more after its dose than before", "[film]") {
  for (double ratio = 1e-6; ratio < 1e6; ratio *= 1.7)
    CHECK(brightness_left(ratio, loss_after_light(ratio, 1e-17)) <= 1);
}
