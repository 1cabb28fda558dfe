#include "scenarios/pipeline.hpp"

#include <cmath>
#include <set>

#include "scenarios/model_data.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/refinement.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;
using scenarios::Stage;

namespace {

scenarios::Pipeline pipeline() {
  return scenarios::Pipeline(scenarios::ModelData(support::library()).colour_table());
}

scenarios::Result run(const std::string& text, const std::vector<scenarios::Override>& set = {}) {
  return pipeline().run(support::plans_of(text, set).front());
}

double value(const scenarios::Result& result, const std::string& name) {
  return scenarios::scalar(*scenarios::find_scalar(name), result);
}

}  // namespace

TEST_CASE("sizes given by hand have the moments that were given", "[pipeline]") {
  const auto sizes = scenarios::with_moments(scenarios::normal_sizes(8e-9, 0.8e-9));
  CHECK(sizes.mean == Approx(8e-9).epsilon(1e-12));
  CHECK(sizes.standard_deviation == Approx(0.8e-9).epsilon(2e-5));  // cut at 5 standard deviations
  CHECK(std::abs(sizes.skewness) < 1e-9);
  double sum = 0;
  for (const double weight : sizes.sizes.weight) sum += weight;
  CHECK(sum == Approx(1));
  CHECK(scenarios::normal_sizes(8e-9, 0).edge == std::vector<double>{8e-9});
  for (const double edge : scenarios::normal_sizes(9.6e-9, 3.3e-9).edge) CHECK(edge > 0);
}

TEST_CASE("a case runs through all its stages", "[pipeline]") {
  const scenarios::Result result = run(support::small_case());
  CHECK(result.failures.empty());
  REQUIRE(result.history);
  CHECK(value(result, "size_mean") == Approx(result.history->mean_edge.back()).epsilon(1e-5));
  CHECK(value(result, "size_sd") == Approx(result.history->sd_edge.back()).epsilon(1e-4));
  CHECK(value(result, "yield") == result.history->yield.back());
  CHECK(std::isfinite(value(result, "pl_peak")));
}

TEST_CASE("every output has the shape that its axes say, and no scalar is silent", "[pipeline][outputs]") {
  const scenarios::Result result = run(support::whole_case());
  REQUIRE(result.failures.empty());
  for (const scenarios::OutputRow& row : scenarios::outputs()) {
    INFO(name_of(row.stage) << "/" << row.name);
    std::size_t expected = 1;
    for (const std::string& axis : row.axes) {
      for (const scenarios::OutputRow& other : scenarios::outputs()) {
        if (other.stage == row.stage && other.name == axis) expected *= other.values(result).size();
      }
    }
    const std::vector<double> values = row.values(result);
    CHECK(values.size() == expected);
    // of the sweep, of the time that is followed, or of a device without ions; and a voltage without a device
    const bool may_be_beyond = (row.unreached && row.unreached(result)) || row.name == "ageing_voltage_rise";
    // a fit that does not converge is silent, as it should be
    if (row.is_scalar() && row.stage != Stage::instruments && !may_be_beyond) CHECK(std::isfinite(values.front()));
  }
}

TEST_CASE("an equal stage is computed once", "[pipeline]") {
  scenarios::Pipeline shared = pipeline();
  const auto plans =
      support::plans_of(support::small_case() + "[variant.a]\n[variant.b]\nconfinement.temperature = \"80 K\"\n");
  const scenarios::Result a = shared.run(plans[0]);
  const scenarios::Result b = shared.run(plans[1]);
  CHECK(a.history == b.history);  // the same object
  CHECK(b.synthesis_seconds == 0);
  CHECK(a.optics != b.optics);
  CHECK(value(a, "line_width") > value(b, "line_width"));
}

TEST_CASE("crystals at the end of the grid are a named failure, and what was computed until then is kept",
          "[pipeline][bad]") {
  const scenarios::Result result = run(support::small_case(), {{"synthesis.largest_edge", "1.5 nm"}});
  REQUIRE(result.failures.size() == 1);
  CHECK(result.failures[0].stage == Stage::synthesis);
  support::require_parts(result.failures[0].message, {"largest", " s"});
  REQUIRE(result.history);
  CHECK(result.history->time.size() > 1);
  CHECK_FALSE(result.optics);
  CHECK(std::isnan(value(result, "size_mean")));
  CHECK(std::isnan(value(result, "yield")));
}

TEST_CASE("dots too small to bind a state are a named failure without numbers made up", "[pipeline][bad]") {
  const std::string text =
      "schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[sizes]\nsource = \"given\"\nmean = \"0.3 "
      "nm\"\n[confinement]\n";
  const scenarios::Result result = run(text);
  REQUIRE(result.failures.size() == 1);
  CHECK(result.failures[0].stage == Stage::confinement);
  support::require_parts(result.failures[0].message, {"bind"});
  for (const char* name : {"pl_peak", "pl_fwhm", "abs_peak", "tauc_gap", "cie_x", "luminous_efficacy"}) {
    INFO(name);
    CHECK(std::isnan(value(result, name)));
  }
}

TEST_CASE("nothing large enough to be counted is a named failure", "[pipeline][bad]") {
  const scenarios::Result result = run(support::small_case(), {{"synthesis.layer_removed", "14 nm"}});
  REQUIRE(result.failures.size() == 1);
  CHECK(result.failures[0].stage == Stage::sizes);
  CHECK(std::isnan(value(result, "size_mean")));
}

TEST_CASE("the comparison modes hand on a normal distribution with their moments", "[pipeline]") {
  const scenarios::Result result = run(support::small_case(), {{"synthesis.model", "classical-nucleation"}});
  CHECK(result.history->density.empty());
  CHECK(value(result, "size_mean") == Approx(result.history->mean_edge.back()).epsilon(1e-4));
}

TEST_CASE("refined numerics move a size by less than a per mille", "[pipeline]") {
  const scenarios::Plan plan = support::plans_of(support::small_case()).front();
  const scenarios::Plan finer = scenarios::refined(plan, scenarios::Finer::rest);
  CHECK(finer.synthesis->options.unknowns == 2 * plan.synthesis->options.unknowns);
  CHECK(finer.synthesis->options.relative_tolerance == plan.synthesis->options.relative_tolerance / 2);
  scenarios::Pipeline shared = pipeline();
  const double coarse = value(shared.run(plan), "size_mean");
  const double fine = value(shared.run(finer), "size_mean");
  CHECK(coarse != fine);  // another computation, not the one in memory
  CHECK(fine == Approx(coarse).epsilon(1e-3));
}

TEST_CASE("an interrupted synthesis ends at once, keeps what it has, and is not used again", "[pipeline]") {
  const scenarios::Plan plan = support::plans_of(support::small_case()).front();
  bool stop = false;
  int steps = 0;
  scenarios::Pipeline shared(scenarios::ModelData(support::library()).colour_table(),
                             [&] { return stop && ++steps >= 10; });
  stop = true;
  const scenarios::Result first = shared.run(plan);
  REQUIRE(first.failures.size() == 1);
  CHECK(first.failures[0].stage == Stage::synthesis);
  support::require_parts(first.failures[0].message, {"at t = ", " s", "interrupted"});
  REQUIRE(first.history);
  CHECK_FALSE(first.history->time.empty());
  CHECK(first.history->effort.steps == 10);
  CHECK_FALSE(first.optics);
  stop = false;
  const scenarios::Result second = shared.run(plan);
  CHECK(second.failures.empty());
  CHECK(second.history->complete);
}

TEST_CASE("numerical dust is no crystals: no moments, and a named failure where sizes are needed", "[pipeline][bad]") {
  const scenarios::Result result = run(support::small_case(), {{"synthesis.precursor", "1e-30 mol/m3"}});
  REQUIRE(result.failures.size() == 1);
  CHECK(result.failures[0].stage == Stage::sizes);
  support::require_parts(result.failures[0].message, {"no crystals formed", "900 s"});
  for (const scenarios::OutputRow& row : scenarios::outputs()) {
    if (row.stage != Stage::synthesis || (row.name != "mean_edge" && row.name != "sd_edge" && row.name != "skewness"))
      continue;
    const std::vector<double> values = row.values(result);
    CHECK(values.size() == result.history->time.size());
    for (const double moment : values) CHECK(std::isnan(moment));
  }
  const std::string text = support::small_case();
  const scenarios::Result alone =
      run(text.substr(0, text.find("[confinement]")), {{"synthesis.precursor", "1e-30 mol/m3"}});
  CHECK(alone.failures.empty());
  CHECK(std::isnan(value(alone, "size_mean")));
}
