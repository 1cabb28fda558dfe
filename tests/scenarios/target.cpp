#include "scenarios/target.hpp"

#include "tests/scenarios/support.hpp"

using namespace nacre;
using support::replaced;
using support::require_parts;

namespace {

const std::string one = R"(schema = 1
[[target]]
id = "someone2020.shift"
paper = "someone2020"
value = 66
unit = "nm"
band = 8
kind = "predict"
source = "Fig. 1"
from = ["rt.pl_peak - ln.pl_peak"]
)";

std::vector<scenarios::Target> parsed(const std::string& text) {
  return scenarios::parse_targets(io::Document::parse(text, "t.toml"));
}

std::string refusal(const std::string& from, const std::string& to) {
  return support::complaint([&] { parsed(replaced(one, from, to)); });
}

}  // namespace

TEST_CASE("a target is read with the expression that computes it", "[target]") {
  const scenarios::Target target = parsed(one).front();
  CHECK(std::get<double>(target.value) == 66);
  CHECK(target.band == 8);
  CHECK(target.plain_unit() == "nm");
  scenarios::Target elsewhere = target;
  elsewhere.unit = "V at 1 cd/m2 (a, b)";
  CHECK(elsewhere.plain_unit() == "V");
  REQUIRE(target.from.size() == 1);
  CHECK(target.from[0].first == scenarios::Reference{"rt", "pl_peak"});
  CHECK(target.from[0].minus == scenarios::Reference{"ln", "pl_peak"});
}

TEST_CASE("lists and orders have one expression an entry", "[target]") {
  const std::string list = replaced(replaced(one, "value = 66", "value = [1, 2.5]"), "\"rt.pl_peak - ln.pl_peak\"",
                                    "\"rt.pl_peak\", \"ln.pl_peak\"");
  CHECK(std::get<std::vector<double>>(parsed(list).front().value) == std::vector<double>{1, 2.5});
  const std::string order =
      replaced(replaced(replaced(list, "[1, 2.5]", "[\"a (1)\", \"b\"]"), "band = 8\n", ""), "predict", "order");
  CHECK(parsed(order).front().entries() == 2);
  CHECK_FALSE(parsed(order).front().band);
}

TEST_CASE("a target of later work awaits something and has no expression", "[target]") {
  const auto target =
      parsed(replaced(one, "from = [\"rt.pl_peak - ln.pl_peak\"]", "awaits = \"the device model\"")).front();
  CHECK(target.from.empty());
  CHECK(target.awaits == "the device model");
}

TEST_CASE("targets that are not whole are refused with file, line and key", "[target]") {
  require_parts(refusal("pl_peak -", "pl_peek -"), {"t.toml:10", "pl_peek", "pl_peak"});
  require_parts(refusal("band = 8\n", ""), {"t.toml:2", "target.band"});
  require_parts(refusal("kind = \"predict\"", "kind = \"guess\""), {"t.toml:8", "guess"});
  require_parts(refusal("value = 66", "value = [66, 67]"), {"t.toml:10", "1 expressions", "2"});
  require_parts(refusal("value = 66", "value = [66, \"a\"]"), {"t.toml:5", "target.value"});
  require_parts(refusal("kind = \"predict\"", "kind = \"order\""), {"target.value"});
  require_parts(refusal("source", "sauce"), {"t.toml:9", "target.sauce"});
  require_parts(refusal("from", "awaits = \"x\"\nfrom"), {"one of them"});
  require_parts(refusal("from = [\"rt.pl_peak - ln.pl_peak\"]\n", ""), {"one of them"});
  require_parts(refusal("schema", "shcema"), {"t.toml:1", "shcema"});
  require_parts(support::complaint([] { parsed(one + one.substr(one.find("[[target]]"))); }), {"a second time"});
}

TEST_CASE("a chain has an expression an entry, and stands beside from", "[target]") {
  const std::string chained = one + "chain = [\"rt.pl_peak - ln.pl_peak\"]\n";
  CHECK(parsed(chained).front().chain.size() == 1);
  CHECK(parsed(one).front().chain.empty());
  require_parts(support::complaint([&] { parsed(one + "chain = [\"a.pl_peak\", \"b.pl_peak\"]\n"); }),
                {"target.chain", "2 expressions", "1"});
  require_parts(support::complaint([&] {
                  parsed(replaced(chained, "from = [\"rt.pl_peak - ln.pl_peak\"]", "awaits = \"the device model\""));
                }),
                {"target.chain", "from"});
}

TEST_CASE("bounds belong to a single value, or to the first of a list", "[target]") {
  const std::string bounded = one + "between = [\"fast.pl_peak\", \"slow.pl_peak\"]\n";
  CHECK(parsed(bounded).front().between.size() == 2);
  const std::string list = replaced(replaced(bounded, "value = 66", "value = [1, 2]"), "\"rt.pl_peak - ln.pl_peak\"",
                                    "\"a.pl_peak\", \"b.pl_peak\"");
  CHECK(parsed(list).front().between.size() == 2);
}
