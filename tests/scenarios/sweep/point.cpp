#include <catch2/catch.hpp>
#include <fstream>

#include "engine/io/input_error.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/pipeline.hpp"
#include "scenarios/sweep/tally.hpp"
#include "tests/scenarios/sweep/scratch.hpp"
#include "tests/support/places.hpp"

using namespace nacre;
using namespace nacre::scenarios;
using namespace nacre::scenarios::sweep;
using nacre::io::test::Scratch;

namespace {

const char* const text = R"(schema = 1
base = "case.toml"
[[axis]]
key = "sizes.mean"
from = "4 nm"
to = "8 nm"
count = 3
[[axis]]
key = "material.composition"
values = ["CsPbBr3", "CsPbI3"]
[keep]
scalars = ["pl_peak", "pl_fwhm", "band_gap"]
)";

const char* const base = R"(schema = 1
[material]
composition = "CsPbBr3"
[sizes]
source = "given"
mean = "5 nm"
standard_deviation = "0.3 nm"
[confinement]
)";

void write(const std::string& path, const std::string& content) {
  std::ofstream(path) << content;
}

DataLibrary library() {
  return DataLibrary({places::source("models/data")});
}

}  // namespace

TEST_CASE("a point of a sweep is the case with its values laid over, bit by bit", "[sweep]") {
  const Scratch folder;
  write(folder.file("sweep.toml"), text);
  write(folder.file("case.toml"), base);
  const Sweep sweep = load_sweep(folder.file("sweep.toml"), library());
  REQUIRE(sweep.space.size() == 6);
  const Compute compute = compute_points(sweep, library(), 1);
  const std::vector<std::string> sizes{"4 nm", "6 nm", "8 nm"}, formulas{"CsPbBr3", "CsPbI3"};
  for (std::uint64_t id = 0; id < 6; ++id) {
    Record record{id, Status::failed, std::vector<double>(sweep.layout.width()), ""};
    compute(0, record);
    REQUIRE(record.status == Status::ok);
    const Case by_hand = load_case(folder.file("case.toml"), {{"sizes.mean", '"' + sizes[id / 2] + '"'},
                                                              {"material.composition", '"' + formulas[id % 2] + '"'}});
    const Plan plan = load_plan(by_hand.variants.front(), library());
    const Result result = Pipeline(ModelData(library()).colour_table()).run(plan);
    CHECK(record.values[2] == in_unit(*find_scalar("pl_peak"), {scalar(*find_scalar("pl_peak"), result)}).front());
    CHECK(record.values[3] == in_unit(*find_scalar("pl_fwhm"), {scalar(*find_scalar("pl_fwhm"), result)}).front());
  }
}

TEST_CASE("the fingerprint follows what the numbers depend on and nothing else", "[sweep]") {
  const Scratch folder;
  const std::string path = folder.file("sweep.toml");
  write(path, text);
  write(folder.file("case.toml"), base);
  const std::string first = load_sweep(path, library()).fingerprint;
  write(path, "# a remark\ntitle = \"x\"\n" + std::string(text));
  CHECK(load_sweep(path, library()).fingerprint == first);
  std::string other = text;
  write(path, other.replace(other.find("8 nm"), 4, "9 nm"));
  CHECK(load_sweep(path, library()).fingerprint != first);
  write(path, text);
  write(folder.file("case.toml"), base + std::string("temperature = \"300 K\"\n"));
  CHECK(load_sweep(path, library()).fingerprint != first);
  write(folder.file("case.toml"), base);
  std::filesystem::create_directories(folder.path() / "data/materials");
  std::string data = io::read_whole(places::source("models/data/materials/CsPbI3.toml"));  // of the second value alone
  const std::size_t value = data.find("value = ");
  write(folder.file("data/materials/CsPbI3.toml"), data.replace(value, 8, "value = 1"));
  const DataLibrary mine({folder.file("data"), places::source("models/data")});
  CHECK(load_sweep(path, mine).fingerprint != first);
}

TEST_CASE("a point that cannot be computed is a failure with its reason", "[sweep]") {
  const Scratch folder;
  std::string contradiction = text;
  contradiction.replace(contradiction.find("\"4 nm\""), 6, "\"0 nm\"");  // given sizes need a mean above zero
  write(folder.file("sweep.toml"), contradiction + "");
  write(folder.file("case.toml"), base);
  std::string turned = contradiction;
  turned.replace(turned.find("from = \"0 nm\"\nto = \"8 nm\""), 25, "from = \"8 nm\"\nto = \"0 nm\" ");
  write(folder.file("sweep.toml"), turned);
  const Sweep sweep = load_sweep(folder.file("sweep.toml"), library());
  const Compute compute = compute_points(sweep, library(), 1);
  Record record{5, Status::ok, std::vector<double>(sweep.layout.width(), std::nan("")), ""};
  compute(0, record);
  CHECK(record.status == Status::failed);
  CHECK_THAT(record.reason, Catch::Contains("sizes"));
  CHECK(record.values[0] == 0);
}

TEST_CASE("a point beyond the data says so, and is held to them", "[sweep]") {
  const Scratch folder;
  write(folder.file("sweep.toml"), R"(schema = 1
base = "case.toml"
[[axis]]
key = "surface.treatment.0.dose"
values = [0.3, 0.552, 0.7, 0.9]
[keep]
scalars = ["vacancy_share"]
)");
  write(folder.file("case.toml"), base + std::string("[surface]\nopen_share = 0.2\n[[surface.treatment]]\n"
                                                     "name = \"antisolvent\"\ndose = 0.1\n"));
  const Sweep sweep = load_sweep(folder.file("sweep.toml"), library());
  const Compute compute = compute_points(sweep, library(), 1);
  std::vector<Record> records;
  Tally tally;
  for (std::uint64_t id = 0; id < 4; ++id) {
    records.push_back({id, Status::failed, std::vector<double>(sweep.layout.width()), ""});
    compute(0, records.back());
    tally.note(id, 1e-3, nullptr, records.back().warnings);
    CHECK(records.back().warnings.size() == (id < 2 ? 0 : 1));
  }
  CHECK(records[2].values[1] == records[1].values[1]);
  CHECK(records[2].warnings == records[3].warnings);  // one warning, whatever the dose
  Tally other;
  other.take(tally.lines());
  REQUIRE(other.warnings().size() == 1);
  CHECK(other.warnings().begin()->second == 2);
  CHECK_THAT(other.warnings().begin()->first, Catch::Contains("0 to 0.552") && Catch::Contains("held"));
}

TEST_CASE("a wrong name is found before anything runs", "[sweep]") {
  const Scratch folder;
  write(folder.file("case.toml"), base);
  std::string wrong = text;
  wrong.replace(wrong.find("\"CsPbI3\""), 8, "\"CsPbI4\"");
  write(folder.file("sweep.toml"), wrong);
  CHECK_THROWS_WITH(load_sweep(folder.file("sweep.toml"), library()), Catch::Contains("sweep.toml:10"));
  write(folder.file("sweep.toml"), "variant = \"ln\"\n" + std::string(text));
  CHECK_THROWS_WITH(load_sweep(folder.file("sweep.toml"), library()), Catch::Contains("variant: read \"ln\""));
}
