#include "scenarios/sweep/space.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "scenarios/sweep/inputs.hpp"
#include "scenarios/sweep/kept.hpp"

using namespace nacre;
using namespace nacre::scenarios::sweep;

namespace {

const std::string head = "schema = 1\nbase = \"x.toml\"\n";

Space space_of(const std::string& text) {
  const io::Document document = io::Document::parse(head + text, "s.toml");
  const io::Inputs inputs(sweep_inputs(), document);
  inputs.require_complete();
  return {inputs, document};
}

Kept kept_of(const std::string& text) {
  const io::Document document = io::Document::parse(head + text, "s.toml");
  return {io::Inputs(sweep_inputs(), document), document};
}

const std::string start = "[[axis]]\nkey = \"synthesis.start_temperature\"\n";
const std::string precursor = "[[axis]]\nkey = \"synthesis.precursor\"\n";
const std::string excess = "[[axis]]\nkey = \"synthesis.halide_excess\"\n";

std::string text_at(const Axis& axis, double coordinate) {
  return std::get<std::string>(axis.entry(coordinate).value);
}

}  // namespace

TEST_CASE("a grid counts its last axis fastest", "[sweep]") {
  const Space space =
      space_of(start + "from = \"180 K\"\nto = \"220 K\"\ncount = 3\n" + excess + "values = [1, 2.5]\n");
  REQUIRE(space.size() == 6);
  CHECK(space.coordinates(0) == std::vector<double>{180, 1});
  CHECK(space.coordinates(1) == std::vector<double>{180, 2.5});
  CHECK(space.coordinates(2) == std::vector<double>{200, 1});
  CHECK(space.coordinates(5) == std::vector<double>{220, 2.5});
  CHECK(text_at(space.axes()[0], 200) == "200 K");
  CHECK(std::get<double>(space.axes()[1].entry(2.5).value) == 2.5);
}

TEST_CASE("values keep the spelling of the file, ranges take the unit of the key", "[sweep]") {
  const Space list = space_of("[[axis]]\nkey = \"sizes.mean\"\nvalues = [\"0.003 um\", \"5 nm\"]\n");
  CHECK(text_at(list.axes()[0], list.coordinates(0)[0]) == "0.003 um");
  CHECK(list.coordinates(0)[0] == 3);
  const Space range = space_of("[[axis]]\nkey = \"sizes.mean\"\nfrom = \"5 nm\"\nto = \"7 nm\"\ncount = 3\n");
  CHECK(text_at(range.axes()[0], range.coordinates(0)[0]) == "5 nm");
  CHECK(text_at(range.axes()[0], range.coordinates(1)[0]) == "6 nm");
  const Space words = space_of("[[axis]]\nkey = \"synthesis.solvent\"\nvalues = [\"toluene\", \"octadecene\"]\n");
  CHECK(words.coordinates(1)[0] == 1);
  CHECK(text_at(words.axes()[0], 1) == "octadecene");
  CHECK(words.axes()[0].meaning() == "0 toluene, 1 octadecene");
}

TEST_CASE("a logarithmic range has equal ratios and exact ends", "[sweep]") {
  const Space space = space_of(precursor + "from = \"0.1 mol/m3\"\nto = \"10 mol/m3\"\ncount = 5\nspacing = \"log\"\n");
  CHECK(space.coordinates(0)[0] == 0.1);
  CHECK(space.coordinates(2)[0] == Approx(1).epsilon(1e-14));
  CHECK(space.coordinates(4)[0] == 10);
  CHECK(space.coordinates(3)[0] / space.coordinates(2)[0] == Approx(std::sqrt(10.0)).epsilon(1e-14));
}

TEST_CASE("zipped axes advance together", "[sweep]") {
  const Space space =
      space_of(start + "values = [\"190 K\", \"298 K\"]\nzip = \"a\"\n" + excess + "values = [7, 8, 9]\n" + precursor +
               "values = [\"1 mol/m3\", \"2 mol/m3\"]\nzip = \"a\"\n");
  REQUIRE(space.size() == 6);
  CHECK(space.coordinates(2) == std::vector<double>{190, 9, 1});
  CHECK(space.coordinates(3) == std::vector<double>{298, 7, 2});
  CHECK(space.along(1) == std::vector<std::uint64_t>{0, 1, 2});
  CHECK(space.along(2) == std::vector<std::uint64_t>{0, 3});
}

TEST_CASE("ranges without a count are sampled together, beside a grid", "[sweep]") {
  const std::string axes = start + "from = \"180 K\"\nto = \"340 K\"\n" + precursor +
                           "from = \"0.1 mol/m3\"\nto = \"10 mol/m3\"\nspacing = \"log\"\n" + excess +
                           "values = [1, 2]\n";
  for (const std::string method : {"sobol", "latin-hypercube"}) {
    const Space space = space_of(axes + "[sampling]\nmethod = \"" + method + "\"\npoints = 16\nseed = 3\n");
    REQUIRE(space.size() == 32);
    std::set<int> temperatures, precursors;
    for (std::uint64_t id = 0; id < 32; id += 2) {
      const std::vector<double> point = space.coordinates(id);
      temperatures.insert(static_cast<int>((point[0] - 180) / 10));
      precursors.insert(static_cast<int>((std::log10(point[1]) + 1) * 8));
      CHECK(space.coordinates(id + 1)[0] == point[0]);
    }
    CHECK(temperatures.size() == 16);  // one in each sixteenth of its range
    CHECK(precursors.size() == 16);
    const Space other = space_of(axes + "[sampling]\nmethod = \"" + method + "\"\npoints = 16\nseed = 4\n");
    CHECK(other.coordinates(5) != space.coordinates(5));
  }
}

TEST_CASE("mistakes in a sweep are refused with line, key and what was expected", "[sweep]") {
  const auto refused = [](const std::string& text, const std::string& message) {
    CHECK_THROWS_WITH(space_of(text), Catch::Contains(message));
  };
  refused("", "s.toml: axis: read no [[axis]]");
  refused(
      "[[axis]]\nkey = \"synthesis.start_temprature\"\nvalues = [1]\n",
      "s.toml:4: axis.0.key: read \"synthesis.start_temprature\", expected perhaps \"synthesis.start_temperature\"");
  refused("[[axis]]\nkey = \"title\"\nvalues = [\"a\"]\n", "axis.0.key");
  refused(start, "neither values nor a range");
  refused(start + "values = []\n", "an empty list");
  refused(start + "values = [\"5 nm\"]\n", "s.toml:5: synthesis.start_temperature");
  refused(start + "values = [\"190 K\", \"20 K\"]\n", "at least 100 K");
  refused(start + "values = [\"190 K\"]\ncount = 3\n", "`values` alone");
  refused(start + "values = \"190 K\"\n", "a list in brackets");
  refused(start + "from = \"190 K\"\n", "one end of a range");
  refused(start + "from = \"190 K\"\nto = \"200 K\"\n", "[sampling]");
  refused(start + "from = \"190 K\"\nto = \"200 K\"\ncount = 1\n", "at least 2");
  refused(start + "from = \"190 K\"\nto = \"200 K\"\ncount = 0\n", "axis.0.count");
  refused(excess + "from = 0\nto = 1\ncount = 2\nspacing = \"log\"\n", "halide_excess");
  refused("[[axis]]\nkey = \"synthesis.solvent\"\nfrom = \"a\"\nto = \"b\"\ncount = 2\n", "holds no number");
  refused("[[axis]]\nkey = \"confinement.hops\"\nfrom = 1\nto = 4\ncount = 3\n", "holds an integer");
  refused(excess + "values = [1]\n" + excess + "values = [2]\n", "varied twice");
  refused(excess + "values = [1, 2]\nzip = \"a\"\n" + precursor + "values = [\"1 mol/m3\"]\nzip = \"a\"\n",
          "expected 2, as");
  refused(excess + "values = [1]\n[sampling]\nmethod = \"sobol\"\npoints = 3\n", "nothing to sample");
  refused(start + "values = [\"190 K\"]\nalso = [\"synthesis.bath.0.duration\"]\n", "synthesis.bath.0.duration");
  refused(excess + "from = 1\nto = 2\ncount = 100000\n" + precursor +
              "from = \"1 mol/m3\"\nto = \"2 mol/m3\"\ncount = 100000\n",
          "2^32");
}

TEST_CASE("mistakes in what is to be kept are refused", "[sweep]") {
  const auto refused = [](const std::string& text, const std::string& message) {
    CHECK_THROWS_WITH(kept_of(text), Catch::Contains(message));
  };
  const std::string curve = "[[keep.curve]]\nname = \"photoluminescence\"\n";
  refused("", "nothing to keep");
  refused("[keep]\nscalars = [\"pl_paek\"]\n",
          "s.toml:4: keep.scalars: read \"pl_paek\", expected perhaps \"pl_peak\"");
  refused("[keep]\nscalars = [\"pl_peak\", \"pl_peak\"]\n", "twice");
  refused("[keep]\nscalars = [1]\n", "in quotation marks");
  refused("[[keep.curve]]\nname = \"pl_peak\"\nfrom = \"1 eV\"\nto = \"2 eV\"\npoints = 5\n",
          "a quantity over one axis");
  refused(curve + "from = \"2 eV\"\nto = \"1 eV\"\npoints = 5\n", "from below to");
  refused(curve + "from = \"2 nm\"\nto = \"3 nm\"\npoints = 5\n", "keep.curve.0.from");
  refused(curve + "over = \"curve_size\"\nfrom = \"2 nm\"\nto = \"3 nm\"\npoints = 5\n", "keep.curve.0.over");
  refused(curve + "from = \"2 eV\"\npoints = 5\n", "keep.curve.0.to");
}
