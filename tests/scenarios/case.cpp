#include "scenarios/case.hpp"

#include "scenarios/case_path.hpp"
#include "scenarios/fitted_input.hpp"
#include "scenarios/lineage.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;
using support::require_parts;

namespace {

scenarios::Case read(const std::string& text, const std::vector<scenarios::Override>& set = {}) {
  return scenarios::parse_case(io::Document::parse(text, "case.toml"), set);
}

std::string text_at(const scenarios::Variant& variant, const std::string& key) {
  const io::Entry* entry = variant.document.find(key);
  return entry ? std::get<std::string>(entry->value) : "nothing";
}

const std::string two_variants = R"(schema = 1
title = "two"
paper = "someone2020"
[material]
composition = "CsPbBr3"
[sizes]
source = "given"
mean = "8 nm"
[variant.large]
sizes.mean = "9 nm"
[variant.small]
[variant.small.a_priori]
sizes.mean = "5 nm"
[a_priori]
sizes.mean = "7 nm"
)";

const std::string record = R"([fitted.mean]
key = "sizes.mean"
value = 8
unit = "nm"
sigma = 0.5
fitted_to = ["someone2020.pl_peak"]
)";

}  // namespace

TEST_CASE("a case without variants is one nameless variant", "[case]") {
  const scenarios::Case small = read(support::small_case());
  REQUIRE(small.variants.size() == 1);
  CHECK(small.variants.front().name.empty());
  CHECK(small.title == "small");
}

TEST_CASE("a variant overlays the base, what is known a priori overlays the variant", "[case]") {
  const scenarios::Case source = read(two_variants);
  REQUIRE(source.variants.size() == 2);
  CHECK(source.variants[0].name == "large");
  CHECK(text_at(source.variants[0], "sizes.mean") == "9 nm");
  CHECK(text_at(source.variants[1], "sizes.mean") == "8 nm");
  CHECK(text_at(source.a_priori[0], "sizes.mean") == "7 nm");
  CHECK(text_at(source.a_priori[1], "sizes.mean") == "5 nm");  // a variant's own says more than the case's
  for (const char* gone : {"variant", "a_priori", "fitted"}) CHECK(source.variants[0].document.children(gone).empty());
}

TEST_CASE("the command line overlays every variant, or the one that it names", "[case]") {
  const scenarios::Case all = read(two_variants, {{"sizes.mean", "6 nm"}});
  CHECK(text_at(all.variants[0], "sizes.mean") == "6 nm");
  CHECK(text_at(all.variants[1], "sizes.mean") == "6 nm");
  CHECK(text_at(all.a_priori[1], "sizes.mean") == "6 nm");
  const scenarios::Case one = read(two_variants, {{"variant.small.sizes.mean", "\"6 nm\""}});
  CHECK(text_at(one.variants[0], "sizes.mean") == "9 nm");
  CHECK(text_at(one.variants[1], "sizes.mean") == "6 nm");
  require_parts(support::complaint([] {
                  read(two_variants, {{"variant.smal.sizes.mean", "6 nm"}});
                }),
                {"--set", "variant.smal", "small"});
}

TEST_CASE("a case that comes with the program is found by its name, a file by its path", "[case]") {
  const std::string found = scenarios::case_path("peng2022");
  CHECK(found.ends_with("/peng2022.toml"));
  CHECK(scenarios::load_case(found).variants.size() > 5);
  for (const char* given : {"case.toml", "nothing-of-this-name", "../peng2022", "/peng2022", ""})
    CHECK(scenarios::case_path(given) == given);
}

TEST_CASE("--set takes KEY=VALUE and nothing else", "[case]") {
  CHECK(scenarios::parse_override("a.b = 5 V").key == "a.b");
  CHECK(scenarios::parse_override("a.b = 5 V").value == "5 V");
  CHECK(scenarios::parse_override("a=b=c").value == "b=c");
  for (const char* wrong : {"a.b", "=5", "", "a=", "=", " = 5"}) {
    INFO(wrong);
    CHECK_THROWS_AS(scenarios::parse_override(wrong), io::InputError);
  }
}

TEST_CASE("a variant is a table with a name of its own", "[case]") {
  const std::string base = "schema = 1\n";
  require_parts(support::complaint([&] { read(base + "variant.a = 3\n"); }), {"case.toml:2", "variant.a"});
  require_parts(support::complaint([&] { read(base + "variant = 3\n"); }), {"case.toml:2", "variant"});
  require_parts(support::complaint([&] { read(base + "[variant.synthesis]\n"); }),
                {"case.toml:2", "variant.synthesis"});
  require_parts(support::complaint([&] { read(""); }), {"case.toml", "nacre new"});
}

TEST_CASE("a fitted input is on record with what it was fitted to", "[case][fit]") {
  const scenarios::Case source = read(two_variants + record);
  REQUIRE(source.fitted.size() == 1);
  CHECK(source.fitted[0].input == "sizes.mean");
  CHECK(source.fitted[0].fitted_to == std::vector<std::string>{"someone2020.pl_peak"});
  CHECK(source.fitted[0].sigma.value() == 0.5);
}

TEST_CASE("a fitted input counts only where nothing was laid over it", "[case][fit]") {
  const scenarios::Case source = read(two_variants + record);
  CHECK_FALSE(scenarios::is_in_use(source.fitted[0], source.variants[0]));  // large sets its own
  CHECK(scenarios::is_in_use(source.fitted[0], source.variants[1]));
  CHECK_FALSE(scenarios::is_in_use(source.fitted[0], source.a_priori[1]));
  const scenarios::Case changed = read(two_variants + record, {{"sizes.mean", "8 nm"}});
  CHECK_FALSE(scenarios::is_in_use(changed.fitted[0], changed.variants[1]));
}

TEST_CASE("a record must name a number of the case and repeat its value", "[case][fit]") {
  const auto refusal = [](const std::string& from, const std::string& to) {
    return support::complaint([&] { read(two_variants + support::replaced(record, from, to)); });
  };
  require_parts(refusal("value = 8", "value = 8.1"), {"fitted.mean.value", "sizes.mean"});
  require_parts(refusal("\"nm\"", "\"nanometre\""), {"fitted.mean.unit", "nanometre"});
  require_parts(refusal("sizes.mean", "sizes.maen"), {"fitted.mean.key", "sizes.maen"});
  require_parts(refusal("sizes.mean", "confinement.temperature"), {"fitted.mean.key", "that the case sets"});
  require_parts(refusal("[\"someone2020.pl_peak\"]", "[]"), {"fitted.mean.fitted_to"});
  require_parts(refusal("unit = \"nm\"\n", ""), {"fitted.mean.unit", "nothing"});
  require_parts(refusal("sigma", "sgima"), {"case.toml:20", "fitted.mean.sgima"});
}

TEST_CASE("the record of a composition holds its share of iodide", "[case][fit]") {
  const std::string text =
      support::small_case() +
      "[fitted.x]\nkey = \"material.composition\"\nvalue = 0.5\nunit = \"1\"\nfitted_to = [\"a.b\"]\n";
  CHECK(read(text).fitted.size() == 1);
  require_parts(support::complaint([&] { read(support::replaced(text, "value = 0.5", "value = 0.51")); }),
                {"fitted.x.value"});
}

namespace {

const std::string three_generations = R"(schema = 1
title = "three"
[material]
composition = "CsPbBr3"
[sizes]
source = "given"
mean = "8 nm"
[variant.first]
sizes.mean = "9 nm"
sizes.standard_deviation = "1 nm"
[[variant.first.surface.treatment]]
name = "potassium-bromide"
dose = 0.1
[variant.second]
like = "first"
sizes.standard_deviation = "2 nm"
[variant.third]
like = "second"
[variant.third.surface.treatment.0]
dose = 0.2
)";

double number_at(const scenarios::Variant& variant, const std::string& key) {
  return std::get<double>(variant.document.find(key)->value);
}

}  // namespace

TEST_CASE("a variant is like another but for what it has itself", "[case]") {
  const scenarios::Case source = read(three_generations);
  REQUIRE(source.variants.size() == 3);
  const scenarios::Variant& third = source.variants[2];
  CHECK(third.name == "third");
  CHECK(text_at(third, "sizes.mean") == "9 nm");
  CHECK(text_at(third, "sizes.standard_deviation") == "2 nm");
  CHECK(text_at(third, "surface.treatment.0.name") == "potassium-bromide");
  CHECK(number_at(third, "surface.treatment.0.dose") == 0.2);
  CHECK(number_at(source.variants[0], "surface.treatment.0.dose") == 0.1);
  CHECK(third.document.find("like") == nullptr);
}

TEST_CASE("what is set in a variant holds for those that are like it and say nothing else", "[case]") {
  const scenarios::Case source = read(
      three_generations, {{"variant.first.sizes.mean", "6 nm"}, {"variant.first.sizes.standard_deviation", "3 nm"}});
  CHECK(text_at(source.variants[1], "sizes.mean") == "6 nm");
  CHECK(text_at(source.variants[2], "sizes.standard_deviation") == "2 nm");
  const scenarios::Variant& third = source.variants[2];
  CHECK(third.input_of("sizes.mean") == "sizes.mean");
  CHECK(third.input_of("variant.first.sizes.mean") == "sizes.mean");
  CHECK(third.input_of("variant.first.sizes.standard_deviation").empty());
  CHECK(third.input_of("variant.second.sizes.standard_deviation") == "sizes.standard_deviation");
  CHECK(third.input_of("variant.first.surface.treatment.0.dose").empty());
  CHECK(third.input_of("variant.fourth.sizes.mean").empty());
}

TEST_CASE("a variant that is like none, or like itself, is refused", "[case]") {
  const std::string base = "schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[variant.one]\nlike = \"two\"\n";
  CHECK_THROWS_WITH(read(base), Catch::Contains("case.toml:5") && Catch::Contains("the case does not have"));
  CHECK_THROWS_WITH(read(base + "[variant.two]\nlike = \"one\"\n"), Catch::Contains("in a ring"));
  CHECK_THROWS_WITH(read("[variant.one]\nlike = 3\n"), Catch::Contains("the name of a variant"));
}
