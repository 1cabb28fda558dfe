#include "scenarios/store.hpp"

#include <cmath>

#include "scenarios/model_data.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/pipeline.hpp"
#include "scenarios/result_file.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;

namespace {

struct Stored {
  scenarios::Case source;
  std::vector<scenarios::Result> results;
};

Stored computed(const std::string& text, const std::vector<scenarios::Override>& set = {}) {
  Stored stored{scenarios::parse_case(io::Document::parse(text, "case.toml"), set), {}};
  scenarios::Pipeline pipeline(scenarios::ModelData(support::library()).colour_table());
  for (const scenarios::Plan& plan : scenarios::load_plans(stored.source.variants, support::library())) {
    stored.results.push_back(pipeline.run(plan));
  }
  return stored;
}

/// Everything in a file outside /provenance.
std::string content(const std::string& path) {
  const io::Hdf5File file = scenarios::open_result(path);
  std::ostringstream text;
  text.precision(17);
  for (const io::Hdf5Dataset& set : file.datasets) {
    if (set.path.starts_with("/provenance")) continue;
    text << set.path << set.label.unit << set.label.long_name;
    for (const double value : set.values) text << ' ' << value;
  }
  for (const auto& [object, attributes] : file.attributes) {
    if (object.starts_with("/provenance")) continue;
    for (const auto& [name, value] : attributes) text << object << name << value;
  }
  return text.str();
}

}  // namespace

TEST_CASE("a file holds every output of a result, in its unit", "[store]") {
  const support::Folder folder;
  const Stored stored = computed(support::whole_case());
  scenarios::store(folder / "out.h5", stored.source, stored.results);
  const io::Hdf5File file = scenarios::open_result(folder / "out.h5");
  for (const scenarios::OutputRow& row : scenarios::outputs()) {
    const std::string path = "/" + std::string(name_of(row.stage)) + "/" + row.name;
    INFO(path);
    const io::Hdf5Dataset* set = file.find(path);
    REQUIRE(set != nullptr);
    CHECK(set->label.unit == row.unit);
    CHECK(set->label.long_name == row.meaning);
    CHECK(set->axes == row.axes);
  }
  const double peak = file.find("/confinement/pl_peak")->values.front();
  CHECK(peak == Approx(stored.results[0].optics->pl_peak * 1e9));  // nm
  CHECK(file.attributes.at("/").at("input") == support::whole_case());
  support::require_parts(file.attributes.at("/").at("description"), {"docs/formats.md", "h5dump -A"});
}

TEST_CASE("two runs give equal files outside /provenance", "[store]") {
  const support::Folder folder;
  for (const char* name : {"a.h5", "b.h5"}) {
    const Stored stored = computed(support::small_case());
    scenarios::store(folder / name, stored.source, stored.results);
  }
  const std::string first = content(folder / "a.h5");
  CHECK(first.size() > 10000);
  CHECK(first == content(folder / "b.h5"));
}

TEST_CASE("what the command line changed stands in the file", "[store]") {
  const support::Folder folder;
  const Stored stored = computed(support::small_case(), {{"confinement.temperature", "80 K"}});
  scenarios::store(folder / "out.h5", stored.source, stored.results);
  const io::Hdf5File file = scenarios::open_result(folder / "out.h5");
  CHECK(file.attributes.at("/").at("input_overrides") == "confinement.temperature = 80 K\n");
  support::require_parts(file.attributes.at("/").at("resolved_input"), {"confinement.temperature = \"80 K\""});
}

TEST_CASE("a failed stage is kept as far as it went, with its reason", "[store][bad]") {
  const support::Folder folder;
  const Stored stored = computed(support::small_case() + "[variant.a]\n", {{"synthesis.largest_edge", "1.5 nm"}});
  scenarios::store(folder / "out.h5", stored.source, stored.results);
  const io::Hdf5File file = scenarios::open_result(folder / "out.h5");
  CHECK(file.attributes.at("/a/synthesis").at("complete") == "0");
  CHECK_FALSE(file.attributes.at("/a/synthesis").at("message").empty());
  CHECK(file.find("/a/synthesis/time")->values.size() > 1);
  CHECK(file.find("/a/confinement/pl_peak") == nullptr);
  support::require_parts(scenarios::describe_result(file), {"FAILED", "/a/synthesis"});
}

TEST_CASE("an estimate of the numerical error stands beside its scalar", "[store]") {
  const support::Folder folder;
  const Stored stored = computed(support::small_case());
  scenarios::store(folder / "out.h5", stored.source, stored.results, {{"", {.scalars = {{"pl_peak", 2e-9}}, .curves = {}}}});
  const io::Hdf5File file = scenarios::open_result(folder / "out.h5");
  CHECK(std::stod(file.attributes.at("/confinement/pl_peak").at("numerical_error")) == Approx(2));
  CHECK_FALSE(file.attributes.at("/confinement/pl_peak").contains("extrapolated"));
}

TEST_CASE("a number extrapolated to infinitely fine meshes stands beside its scalar, and is what is shown", "[store]") {
  const support::Folder folder;
  const Stored stored = computed(support::small_case() + support::small_device());
  scenarios::NumericalError error(2);
  error.extrapolated = 1234, error.extrapolation_error = 1;
  scenarios::store(folder / "out.h5", stored.source, stored.results, {{"", {.scalars = {{"luminance_max", error}}, .curves = {}}}});
  const io::Hdf5File file = scenarios::open_result(folder / "out.h5");
  const auto& attributes = file.attributes.at("/device/luminance_max");
  CHECK(std::stod(attributes.at("numerical_error")) == 2);
  CHECK(std::stod(attributes.at("extrapolated")) == 1234);
  CHECK(std::stod(attributes.at("extrapolation_error")) == 1);
  support::require_parts(scenarios::describe_result(file), {"1234 +- 1 cd/m2"});
}

TEST_CASE("errors of the mesh and of the steps in time stand beside a curve, over its axes", "[store]") {
  const support::Folder folder;
  const Stored stored = computed(support::small_case() + support::small_device());
  const std::size_t times = stored.results[0].device->in_time.times.size();
  scenarios::NumericalError error(2);
  error.extrapolated = 1000, error.extrapolation_error = 20, error.time_error = 30;
  scenarios::store(folder / "out.h5", stored.source, stored.results,
                   {{"", {.scalars = {}, .curves = {{"time_current_density", std::vector(times, error)}}}}});
  const io::Hdf5File file = scenarios::open_result(folder / "out.h5");
  for (const auto& [ending, expected] : {std::pair{"_extrapolated", 100.}, {"_error", 2.}, {"_time_error", 3.}}) {
    const io::Hdf5Dataset* set = file.find(std::string("/device/time_current_density") + ending);
    REQUIRE(set != nullptr);
    CHECK(set->label.unit == "mA/cm2");
    CHECK(set->axes == std::vector<std::string>{"time"});
    REQUIRE(set->values.size() == times);
    CHECK(set->values.back() == Approx(expected));
  }
}

TEST_CASE("files that nacre did not write are refused", "[store][bad]") {
  const support::Folder folder;
  support::require_parts(support::complaint([&] { scenarios::open_result(folder.write("x.h5", "not HDF5")); }),
                         {"x.h5"});
  support::require_parts(support::complaint([&] { scenarios::open_result(folder / "none.h5"); }), {"none.h5"});
  io::Hdf5Writer writer(folder / "foreign.h5");
  writer.attribute("/", "program", "another");
  writer.commit();
  support::require_parts(support::complaint([&] { scenarios::open_result(folder / "foreign.h5"); }),
                         {"foreign.h5", "nacre run"});
  io::Hdf5Writer later(folder / "later.h5");
  later.attribute("/", "program", "nacre");
  later.attribute("/", "schema_version", std::int64_t{99});
  later.commit();
  support::require_parts(support::complaint([&] { scenarios::open_result(folder / "later.h5"); }),
                         {"later.h5", "schema_version", "99"});
}

TEST_CASE("CSV tables hold the numbers of the file under names with units", "[store]") {
  const support::Folder folder;
  const Stored stored = computed(support::small_case());
  scenarios::store(folder / "out.h5", stored.source, stored.results);
  const io::Hdf5File file = scenarios::open_result(folder / "out.h5");
  const std::vector<std::string> written = scenarios::export_csv(file, folder / "csv");
  CHECK(written.size() == 9);
  const std::string over_time = support::slurp(folder / "csv/synthesis-time.csv");
  CHECK(over_time.starts_with("time [s],temperature [K],supersaturation,"));
  CHECK(static_cast<std::size_t>(std::count(over_time.begin(), over_time.end(), '\n')) ==
        1 + stored.results[0].history->time.size());
  const std::string density = support::slurp(folder / "csv/synthesis-density.csv");
  CHECK(static_cast<std::size_t>(std::count(density.begin(), density.end(), '\n')) ==
        1 + stored.results[0].history->time.size());
  support::require_parts(support::slurp(folder / "csv/confinement-scalars.csv"),
                         {"name,value,unit,meaning\n", "pl_peak,", ",nm,"});
}
