#include <cmath>

#include "engine/math/random.hpp"
#include "scenarios/inference/fit_text.hpp"
#include "tests/scenarios/inference/fit_file.hpp"

using namespace nacre;
using scenarios::inference::Datapoint;
using scenarios::inference::Fit;
using scenarios::inference::FitOutcome;
using support::Folder;
using support::require_parts;

namespace {

const std::string dots =
    "schema = 1\n[material]\ncomposition = \"CsPbI3\"\n[confinement]\ntemperature = \"298.15 K\"\n[sizes]\nsource = "
    "\"given\"\nmean = \"5 nm\"\nstandard_deviation = \"0.3 nm\"\n";

std::string fit_text_of(const std::string& more) {
  return R"(schema = 1
[[case]]
file = "case.toml"
[[parameter]]
name = "mean"
key = "sizes.mean"
from = "3.5 nm"
to = "6 nm"
start = "4.6 nm"
[[parameter]]
name = "spread"
key = "sizes.standard_deviation"
from = "0.1 nm"
to = "1 nm"
[[target]]
output = "photoluminescence"
file = "curve.csv"
column = "counts"
over_column = "energy"
)" + more;
}

const std::string shape = "to_peak = true\nsigma = 0.02\n";

/// A table over energies around the gap.
std::string table(double from, double to, int lines) {
  std::string text = "energy,counts\n";
  for (int i = 0; i < lines; ++i)
    text += std::to_string(from + (to - from) * i / (lines - 1)) + "," + std::to_string(1 + i % 3) + "\n";
  return text;
}

Fit loaded(const Folder& folder, const std::string& more, double from = 1.85, double to = 2.15, int lines = 25) {
  folder.write("curve.csv", table(from, to, lines));
  return support::loaded_fit(folder, fit_text_of(more), dots);
}

/// What is computed at true values, times a factor, with noise.
void measure(Fit& fit, const std::vector<double>& truth, double factor, math::Random* noise = nullptr) {
  const std::vector<double> row = fit.model.at(truth).values;
  double peak = 0;
  for (const Datapoint& point : fit.data) peak = std::max(peak, row[point.place]);
  for (Datapoint& point : fit.data)
    point.value = factor * row[point.place] / peak + (noise ? point.sigma * noise->normal() : 0);
}

}  // namespace

TEST_CASE("The shape of a curve is fitted whatever its height, which counts as one more number", "[fit][curve]") {
  const Folder folder;
  Fit fit = loaded(folder, shape);
  CHECK(fit.data[3].sigma == 0.02);
  CHECK(fit.factors() == 1);
  CHECK(fit.degrees_of_freedom() == 25 - 2 - 1);
  measure(fit, {4.4, 0.4}, 0.37);
  const FitOutcome outcome = support::run(fit);
  REQUIRE(outcome.found);
  CHECK(outcome.parameters[0].value == Approx(4.4).epsilon(1e-4));
  CHECK(outcome.parameters[1].value == Approx(0.4).epsilon(1e-3));
  CHECK(outcome.optima[0].computed[12] == Approx(fit.data[12].value).margin(1e-4));
  require_parts(scenarios::inference::fit_text(fit, outcome), {"25 numbers and 2 parameters and 1 factor of curves"});
}

TEST_CASE("A noisy peak does not bias what is fitted to a shape", "[fit][curve]") {
  const Folder folder;
  Fit fit = loaded(folder, shape);
  measure(fit, {4.4, 0.4}, 1);
  Datapoint* top = &fit.data[0];
  for (Datapoint& point : fit.data)
    if (point.value > top->value) top = &point;
  top->value *= 1.06;  // three standard deviations
  const FitOutcome outcome = support::run(fit);
  for (std::size_t k = 0; k < 2; ++k)
    CHECK(std::abs(outcome.parameters[k].value - (k == 0 ? 4.4 : 0.4)) < 1.5 * outcome.parameters[k].error);
}

TEST_CASE("Standard errors from shapes of curves cover the truth in 68 % of 200 repetitions", "[fit][curve][slow]") {
  const Folder folder;
  Fit fit = loaded(folder, shape);
  math::Random noise(5);
  int covered = 0;
  double offset = 0;
  for (int i = 0; i < 200; ++i) {
    measure(fit, {4.4, 0.4}, 1, &noise);
    const FitOutcome outcome = support::run(fit);
    REQUIRE(outcome.found);
    const double truth[] = {4.4, 0.4};
    for (std::size_t k = 0; k < 2; ++k) {
      const double z = (outcome.parameters[k].value - truth[k]) / outcome.parameters[k].error;
      covered += std::abs(z) < 1;
      offset += z / 400;
    }
  }
  CHECK(covered / 400.0 == Approx(0.683).margin(0.05));
  CHECK(std::abs(offset) < 0.15);
}

TEST_CASE("Beyond a spectrum there is nothing; a curve that is nowhere on the axis is refused", "[fit][curve][bad]") {
  const Folder folder;
  Fit fit = loaded(folder, shape, 1.2, 3.2, 41);
  measure(fit, {4.4, 0.4}, 2);
  CHECK(fit.data.front().value == 0);
  CHECK(support::run(fit).parameters[0].value == Approx(4.4).epsilon(1e-3));
  require_parts(support::complaint([&] { loaded(folder, shape + "over_unit = \"meV\"\n"); }),
                {"fit.toml", "over_column", "curve.csv:2", "eV", "lies beyond photoluminescence", "from"});
}

TEST_CASE("Weights and sigmas of columns are read, and refused with their line", "[fit][curve][bad]") {
  const Folder folder;
  folder.write("curve.csv", "\xEF\xBB\xBF\"energy\", \"counts\",w,s\n1.9,10,1,2\n2.0,20,4,2\n2.1,5,1,1\n");
  const Fit fit =
      support::loaded_fit(folder, fit_text_of("to_peak = true\nsigma_column = \"s\"\nweight_column = \"w\"\n"), dots);
  CHECK(fit.data[1].weight == 4);
  CHECK(fit.data[0].value == 0.5);
  CHECK(fit.data[2].sigma == 0.05);
  folder.write("curve.csv", "energy,counts,w,s\n1.9,10,1,2\n2.0,20,0,0\n");
  const auto refused = [&](const std::string& key) {
    return support::complaint([&] { support::loaded_fit(folder, fit_text_of(key), dots); });
  };
  require_parts(refused("sigma_column = \"s\"\n"), {"curve.csv:3", "s", "above 0"});
  require_parts(refused("weight_column = \"w\"\n"), {"curve.csv:3", "w", "above 0"});
}
