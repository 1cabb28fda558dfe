#include "models/confinement/spectrum.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "models/confinement/line.hpp"

using namespace nacre::confinement;

namespace {

std::vector<double> energies(const EnergyGrid& grid) {
  std::vector<double> x;
  for (std::size_t i = 0; i < grid.count; ++i) x.push_back(grid.at(i));
  return x;
}

}  // namespace

TEST_CASE("A histogram convolved with a line is the line at the true energy, to order 4 in the step", "[spectrum]") {
  const auto error = [](double step) {
    const EnergyGrid grid{0, step, static_cast<std::size_t>(4 / step)};
    double worst = 0;
    for (const double shift : {0.25, 0.5, 0.9}) {
      const double energy = step * (std::floor(2 / step) + shift);
      std::vector<double> histogram(grid.count, 0.0);
      deposit(grid, energy, 1, histogram);
      CHECK(std::accumulate(histogram.begin(), histogram.end(), 0.0) == Approx(1).epsilon(1e-14));
      const auto spectrum = convolve(histogram, line_kernel(grid, 0.5, 0, grid.count), grid.count);
      for (std::size_t i = 0; i < grid.count; ++i)
        worst = std::max(worst, std::abs(spectrum[i] - line_profile(grid.at(i) - energy, 0.5, 0)));
    }
    return worst;
  };
  CHECK(std::log2(error(0.04) / error(0.02)) == Approx(4).margin(0.2));
}

TEST_CASE("Deposits outside the histogram are left out", "[spectrum]") {
  const EnergyGrid grid{1, 0.1, 10};
  std::vector<double> histogram(10, 0.0);
  for (const double energy : {0.5, 1.05, 1.95, 1e9, std::nan("")}) deposit(grid, energy, 1, histogram);
  CHECK(std::accumulate(histogram.begin(), histogram.end(), 0.0) == 0);
}

TEST_CASE("Peak and width of sampled lines", "[spectrum]") {
  const EnergyGrid grid{1, 0.01, 201};
  std::vector<double> y;
  for (const double x : energies(grid)) y.push_back(line_profile(x - 2.0037, 0.3, 0));
  const auto x = energies(grid);
  CHECK(highest_peak(x, y).position == Approx(2.0037).margin(2e-6));
  CHECK(highest_peak(x, y).height == Approx(line_profile(0, 0.3, 0)).epsilon(1e-5));
  CHECK(full_width_half_maximum(x, y) == Approx(0.3).epsilon(1e-5));
  CHECK(trapezoid(x, y) == Approx(1).epsilon(1e-12));
  const std::vector<double> down_x(x.rbegin(), x.rend()), down_y(y.rbegin(), y.rend());
  CHECK(highest_peak(down_x, down_y).position == Approx(2.0037).margin(2e-6));
  CHECK(full_width_half_maximum(down_x, down_y) == Approx(0.3).epsilon(1e-5));
  CHECK(trapezoid(down_x, down_y) == Approx(1).epsilon(1e-12));
}

TEST_CASE("A line cut off above its half has no width", "[spectrum]") {
  const std::vector<double> x{0, 1, 2, 3}, y{1, 2, 3, 2.9};
  CHECK(std::isnan(full_width_half_maximum(x, y)));
}

TEST_CASE("The first transition is a peak where there is one, a shoulder else", "[spectrum]") {
  const EnergyGrid grid{1, 0.002, 1001};
  const auto x = energies(grid);
  const auto spectrum = [&](double step_at, double width) {
    std::vector<double> y;
    for (const double e : x)
      y.push_back(line_profile(e - 1.8, width, 0) + 5 * (1 + std::erf((e - step_at) / (0.6 * width))));
    return y;
  };
  CHECK(first_transition(x, spectrum(2.4, 0.1), 0.05) == Approx(1.8).margin(1e-3));  // far apart: the maximum
  const auto merged = spectrum(1.9, 0.1);
  CHECK(first_transition(x, merged, 0.05) == Approx(1.8).margin(0.03));  // no maximum, a shoulder
  CHECK(std::isnan(first_transition(x, std::vector<double>(x.size(), 1.0), 0.05)));
}
