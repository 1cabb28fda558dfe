#include "scenarios/data.hpp"

#include "scenarios/csv.hpp"
#include "scenarios/model_data.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;
using support::require_parts;

namespace {

std::string ligand(double onset) {
  const std::string tail = "unit = \"1\"\nbasis = \"assumed\"\nsource = \"s\"\n";
  return "schema = 1\n[gate_onset]\nvalue = " + std::to_string(onset) +
         "\nunit = \"nm\"\nbasis = \"assumed\"\nsource = \"s\"\n" +
         "[gate_decay_length]\nvalue = 0\nunit = \"nm\"\nbasis = \"assumed\"\nsource = \"s\"\n" +
         "[gate_closing_time]\nvalue = 0\nunit = \"s\"\nbasis = \"assumed\"\nsource = \"s\"\n" +
         "[gate_residual]\nvalue = 0\n" + tail;
}

/// Sets a variable of the environment for a while.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) { setenv(name, value.c_str(), 1); }
  ~Variable() { unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

/// Member by member: GCC 12 takes the braces for an uninitialised string.
scenarios::Asked asked(const std::string& name) {
  scenarios::Asked result;
  result.name = name;
  return result;
}

double onset_found(const std::vector<std::string>& folders) {
  const scenarios::DataLibrary library(folders);
  scenarios::ModelData data(library);
  return data.gate(asked("mine")).onset;
}

}  // namespace

TEST_CASE("data are searched in the order --data, NACRE_DATA, the rest", "[data]") {
  const support::Folder folder;
  folder.write("first/ligands/mine.toml", ligand(1));
  folder.write("second/ligands/mine.toml", ligand(2));
  folder.write("third/ligands/mine.toml", ligand(3));
  const Variable variable("NACRE_DATA", (folder / "second") + ":" + (folder / "third"));
  const std::vector<std::string> folders = scenarios::data_folders(folder / "first");
  REQUIRE(folders.size() >= 4);
  CHECK(folders[0] == (folder / "first"));
  CHECK(folders[1] == (folder / "second"));
  CHECK(folders[2] == (folder / "third"));
  CHECK(onset_found(folders) == Approx(1e-9));
  CHECK(onset_found(scenarios::data_folders("")) == Approx(2e-9));
  // What no earlier folder has comes from a later one.
  const scenarios::DataLibrary library(folders);
  CHECK(library.load("materials", "CsPbI3", {}, "").path.find("first") == std::string::npos);
  CHECK_FALSE(library.names("materials").empty());
}

TEST_CASE("a folder of data that is not there is an error, not an empty folder", "[data]") {
  require_parts(support::complaint([] { scenarios::data_folders("/no/such/folder"); }), {"--data", "/no/such/folder"});
  const Variable variable("NACRE_DATA", "/no/such/folder");
  require_parts(support::complaint([] { scenarios::data_folders(""); }), {"NACRE_DATA", "/no/such/folder"});
}

TEST_CASE("a name that is not in the data is refused with the nearest one and the folders", "[data]") {
  const auto load = [](const std::string& name) {
    return support::complaint([&] {
      support::library().load("solvents", name, {"case.toml", 7, 1}, "synthesis.solvent");
    });
  };
  require_parts(load("tolune"),
                {"case.toml:7", "synthesis.solvent", "tolune", "toluene", support::root("models/data")});
  require_parts(load("zzz"), {"octadecene, toluene"});
}

TEST_CASE("a name is never a path", "[data]") {
  for (const std::string name : {"../solvents/toluene", "/etc/passwd", "", ".", "..", "a b", "toluene/"}) {
    INFO(name);
    CHECK_THROWS_AS(support::library().load("solvents", name, {}, "key"), io::InputError);
  }
}

TEST_CASE("what a model was given is on record", "[data]") {
  scenarios::ModelData data(support::library());
  data.kinetics(asked("insoluble"));
  data.kinetics(asked("insoluble"));
  CHECK(data.used().size() == 6);
  for (const scenarios::UsedDatum& used : data.used()) {
    CHECK(used.datum.file == "kinetics/insoluble");
    CHECK(used.stage == scenarios::Stage::synthesis);
  }
}

TEST_CASE("a shipped file of every kind can be read", "[data]") {
  std::size_t files = 0;
  for (const std::string& kind : support::library().kinds()) {
    for (const std::string& name : support::library().names(kind)) {
      INFO(kind << "/" << name);
      CHECK_FALSE(support::library().load(kind, name, {}, "").data.empty());
      ++files;
    }
  }
  CHECK(files >= 12);
}

TEST_CASE("the observer's table is that of CIE 015", "[data]") {
  const auto table = scenarios::ModelData(support::library()).colour_table();
  REQUIRE(table.wavelength.size() == 95);
  CHECK(table.wavelength.front() == Approx(360e-9));
  CHECK(table.wavelength.back() == Approx(830e-9));
  const auto peak = std::max_element(table.y.begin(), table.y.end()) - table.y.begin();
  CHECK(table.wavelength[static_cast<std::size_t>(peak)] == Approx(555e-9));  // where the eye sees best
}

TEST_CASE("a table of numbers is refused with the line that is wrong", "[data]") {
  const support::Folder folder;
  const auto refusal = [&](const std::string& text) {
    return support::complaint([&] { scenarios::read_csv(folder.write("t.csv", text), {"a", "b"}); });
  };
  require_parts(refusal("a,c\n1,2\n"), {"t.csv:1", "c"});
  require_parts(refusal("# x\na,b\n1,2\n3\n"), {"t.csv:4", "1 columns"});
  require_parts(refusal("a,b\n1,two\n"), {"t.csv:2", "two"});
  require_parts(refusal("a,b\n1,nan\n"), {"t.csv:2", "nan"});
  const auto csv = scenarios::read_csv(folder.write("t.csv", "# x\na,b\n1,2\n3,4e-1"), {"a", "b"});
  CHECK(csv.columns == std::vector<std::vector<double>>{{1, 3}, {2, 0.4}});
}
