#include "scenarios/inference/design.hpp"

#include <cmath>

#include "tests/scenarios/inference/fit_file.hpp"

using namespace nacre;
using namespace nacre::scenarios::inference;
using support::Folder;

namespace {

std::string design_text_of(const std::string& goals) {
  return R"(schema = 1
[[case]]
file = "case.toml"
[[parameter]]
name = "iodide_gap"
key = "materials/CsPbI3.band_gap"
from = "1.5 eV"
to = "2.0 eV"
[[parameter]]
name = "bromide_gap"
key = "materials/CsPbBr3.band_gap"
from = "2.1 eV"
to = "2.7 eV"
)" + goals +
         "[search]\npopulation = 24\ngenerations = 25\n";
}

DesignOutcome designed(const std::string& goals, int workers = 1) {
  const Folder folder;
  folder.write("case.toml", support::alloys_case());
  const Design design = load_design(folder.write("design.toml", design_text_of(goals)), support::library());
  Journal journal;
  Progress progress;
  return run_design(design, {{parallel::Backend::threads, workers}, {}}, journal, progress);
}

const std::string reach = "[[goal]]\noutput = \"a2.band_gap\"\nvalue = \"2 eV\"\n";

}  // namespace

TEST_CASE("One goal is reached", "[design]") {
  const DesignOutcome outcome = designed(reach);
  REQUIRE(outcome.is_feasible());
  CHECK(outcome.front.front().goals.front() == Approx(2).margin(1e-3));
}

TEST_CASE("A limit is kept, and the best lies at it", "[design]") {
  const DesignOutcome outcome = designed(
      "[[goal]]\noutput = \"a2.band_gap\"\naim = \"lowest\"\n[[constraint]]\noutput = \"a0.band_gap\"\nat_least = "
      "\"2.2 eV\"\n");
  REQUIRE(outcome.is_feasible());
  CHECK(outcome.front.front().constrained.front() >= 2.2);
  CHECK(outcome.front.front().constrained.front() == Approx(2.2).margin(0.01));
}

TEST_CASE("Two goals against each other give a front of which no choice beats another", "[design]") {
  const std::string goals = reach + "[[goal]]\noutput = \"a0.band_gap\"\naim = \"highest\"\n";
  const DesignOutcome outcome = designed(goals);
  REQUIRE(outcome.front.size() > 4);
  for (const Choice& a : outcome.front) {
    for (const Choice& b : outcome.front) {
      const bool beats = std::abs(a.goals[0] - 2) < std::abs(b.goals[0] - 2) && a.goals[1] > b.goals[1];
      CHECK_FALSE(beats);
    }
  }
  const DesignOutcome again = designed(goals, 3);
  REQUIRE(again.front.size() == outcome.front.size());
  for (std::size_t i = 0; i < again.front.size(); ++i) CHECK(again.front[i].values == outcome.front[i].values);
}

TEST_CASE("Limits that nothing keeps are told, with the nearest choice", "[design]") {
  const DesignOutcome outcome = designed(reach + "[[constraint]]\noutput = \"a0.band_gap\"\nat_least = \"5 eV\"\n");
  CHECK_FALSE(outcome.is_feasible());
  REQUIRE_FALSE(outcome.front.empty());
  CHECK(outcome.front.front().violation > 0);
}

TEST_CASE("Wrong goals and limits are refused before anything runs", "[design][bad]") {
  const auto refused = [](const std::string& goals, const std::vector<std::string>& parts) {
    support::require_parts(support::complaint([&] { designed(goals); }), parts);
  };
  refused("", {"goal"});
  refused("[[goal]]\noutput = \"a2.band_gup\"\nvalue = \"2 eV\"\n", {"goal.0.output", "band_gap"});
  refused("[[goal]]\noutput = \"a2.band_gap\"\n", {"goal.0.value", "reach"});
  refused("[[goal]]\noutput = \"a2.band_gap\"\nvalue = \"2 nm\"\n", {"goal.0.value", "an energy"});
  refused("[[goal]]\noutput = \"a2.band_gap\"\nvalue = \"2 eV\"\naim = \"lowest\"\n", {"goal.0.value"});
  refused(reach + "[[constraint]]\noutput = \"a2.band_gap\"\n", {"constraint.0", "no limit"});
  refused(reach + "[[constraint]]\noutput = \"a2.band_gap\"\nat_least = \"3 eV\"\nat_most = \"2 eV\"\n",
          {"constraint.0.at_least"});
}
