#include "engine/io/input_table.hpp"

#include <catch2/catch.hpp>

#include "engine/io/input_listing.hpp"

using namespace nacre::io;

namespace {

const std::vector<InputRow>& rows() {
  static const std::vector<InputRow> table{
      {"schema", Holds::integer, "1", {1, 1, false}, {}, "1", "Version of the format of cases."},
      {"title", Holds::text, "", {}, {}, std::nullopt, "What the case is about."},
      {"synthesis.model",
       Holds::choice,
       "",
       {},
       {"becker-doering", "finke-watzky"},
       "\"becker-doering\"",
       "The equations | laws."},
      {"synthesis.precursor",
       Holds::quantity,
       "mol/m3",
       {0, 1e4, true},
       {},
       std::nullopt,
       "Concentration of the precursor."},
      {"synthesis.halide_excess",
       Holds::number,
       "1",
       {0, 100, true},
       {},
       "1.0",
       "Halide over lead, of the stoichiometric one."},
      {"synthesis.start_temperature",
       Holds::quantity,
       "K",
       {0, 2000, true},
       {},
       "\"298.15 K\"",
       "Temperature before injection."},
      {"synthesis.layer", Holds::quantity, "nm", {0, 5, false}, {}, "\"0 nm\"", "Layer removed."},
      {"synthesis.refined", Holds::boolean, "", {}, {}, "false", "Finer numerics."},
      {"synthesis.unknowns", Holds::integer, "1", {10, 5000, false}, {}, "400", "Unknowns of the size grid."},
      {"synthesis.bath.*.temperature",
       Holds::quantity,
       "K",
       {0, 2000, true},
       {},
       std::nullopt,
       "Temperature of the bath."},
      {"synthesis.bath.*.duration", Holds::quantity, "s", {0, 1e9, false}, {}, "\"0 s\"", "How long."},
  };
  return table;
}

Inputs read(const std::string& text) {
  return {rows(), Document::parse(text, "case.toml")};
}

std::string refusal(const std::string& text) {
  try {
    read(text).require_complete();
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("values are in SI, defaults fill gaps", "[io]") {
  const Inputs inputs = read(
      "title = \"x\"\n[synthesis]\nprecursor = \"15 mM\"\nhalide_excess = 2\nrefined = true\nlayer = \"2 angstrom\"\n"
      "[[synthesis.bath]]\ntemperature = \"-83.15 degC\"\n[[synthesis.bath]]\ntemperature = \"300 K\"\nduration = \"1 "
      "h\"\n");
  CHECK(inputs.number("synthesis.precursor") == Approx(15));
  CHECK(inputs.number("synthesis.halide_excess") == 2);  // a TOML integer is a number
  CHECK(inputs.flag("synthesis.refined"));
  CHECK(inputs.number("synthesis.layer") == Approx(2e-10));
  CHECK(inputs.number("synthesis.start_temperature") == 298.15);
  CHECK(inputs.text("synthesis.model") == "becker-doering");
  CHECK_FALSE(inputs.at("synthesis.model").given);
  CHECK(inputs.at("synthesis.precursor").given);
  CHECK(inputs.at("synthesis.precursor").where.line == 3);
  CHECK(inputs.count("synthesis.bath") == 2);
  CHECK(inputs.number("synthesis.bath.0.temperature") == Approx(190));
  CHECK(inputs.number("synthesis.bath.1.duration") == 3600);
  CHECK(inputs.number("synthesis.bath.0.duration") == 0);
  CHECK(inputs.has_table("synthesis"));
  CHECK_FALSE(inputs.has_table("confinement"));
  CHECK(inputs.given("synthesis.layer"));
  CHECK_FALSE(inputs.given("synthesis.model"));
  CHECK(inputs.where("synthesis.bath").line == 7);
  CHECK(inputs.where("synthesis.model").line == 2);  // absent: its table
  inputs.require_complete();
}

TEST_CASE("every refusal says where, what was read and what was expected", "[io]") {
  const std::string table = "title = \"\"\n[synthesis]\n";
  const std::string at = "case.toml:3: synthesis.";
  CHECK(refusal(table + "precursor = \"5 nm\"") ==
        at + "precursor: read \"5 nm\" (a length), expected a concentration such as \"1 mol/m3\"");
  CHECK(refusal(table + "precursor = 5") == at + "precursor: read 5, expected a quantity such as \"1 mol/m3\"");
  CHECK(refusal(table + "start_temperature = 190") ==
        at + "start_temperature: read 190, expected a quantity such as \"298.15 K\"");
  CHECK(refusal(table + "start_temperature = \"190\"") ==
        at + "start_temperature: read \"190\" (a pure number), expected a temperature such as \"298.15 K\"");
  CHECK(refusal(table + "start_temperature = \"190 k\"") ==
        at + "start_temperature: read \"190 k\", expected a quantity such as \"298.15 K\" (unit \"k\": \"k\" is not a "
             "known unit; "
             "did you mean \"K\"?)");
  CHECK(refusal(table + "start_temperature = \"-1 K\"") ==
        at + "start_temperature: read \"-1 K\", expected above 0 K and at most 2000 K");
  CHECK(refusal(table + "precursor = \"0 M\"") ==
        at + "precursor: read \"0 M\", expected above 0 mol/m3 and at most 10000 mol/m3");
  CHECK(refusal(table + "layer = \"6 nm\"") == at + "layer: read \"6 nm\", expected at least 0 nm and at most 5 nm");
  CHECK(refusal(table + "halide_excess = \"2\"") ==
        at + "halide_excess: read \"2\", expected a number without quotation marks");
  CHECK(refusal(table + "halide_excess = true") == at + "halide_excess: read true, expected a number");
  CHECK(refusal(table + "unknowns = 12.0") == at + "unknowns: read 12.0, expected an integer");
  CHECK(refusal(table + "unknowns = 5") == at + "unknowns: read 5, expected at least 10 and at most 5000");
  CHECK(refusal(table + "refined = 1") == at + "refined: read 1, expected true or false");
  CHECK(refusal(table + "model = [1]") == at + "model: read an array, expected \"becker-doering\" | \"finke-watzky\"");
  CHECK(refusal(table + "model = \"becker-dorin\"") ==
        at +
            "model: read \"becker-dorin\", expected \"becker-doering\" | \"finke-watzky\"; perhaps \"becker-doering\"");
  CHECK(refusal("schema = 2") == "case.toml:1: schema: read 2, expected exactly 1");
  CHECK(refusal("title = 3") == "case.toml:1: title: read 3, expected a text in quotation marks");
}

TEST_CASE("unknown names come with the nearest known one", "[io]") {
  CHECK(refusal("[synthesis]\nprecursr = \"5 M\"") ==
        "case.toml:2: synthesis.precursr: read an unknown key, expected perhaps \"synthesis.precursor\"");
  CHECK(refusal("[synthesys]") == "case.toml:1: synthesys: read an unknown table, expected perhaps \"synthesis\"");
  CHECK(refusal("precursor = 1") ==
        "case.toml:1: precursor: read an unknown key, expected perhaps \"synthesis.precursor\"");
  CHECK(refusal("[synthesis]\n[[synthesis.bath]]\ntemperatur = 1") ==
        "case.toml:3: synthesis.bath.0.temperatur: read an unknown key, expected perhaps "
        "\"synthesis.bath.*.temperature\"");
  CHECK(
      refusal("zzzzzz = 1") ==
      "case.toml:1: zzzzzz: read an unknown key, expected a key of `nacre inputs`, or of its --sweep, --fit, --design");
  CHECK(refusal("[qqqqqqq]") == "case.toml:1: qqqqqqq: read an unknown table, expected a table of `nacre inputs`");
}

TEST_CASE("tables, values and arrays of tables are told apart", "[io]") {
  CHECK(refusal("synthesis = 3") == "case.toml:1: synthesis: read a value, expected a table: [synthesis]");
  CHECK(refusal("[title]") == "case.toml:1: title: read a table, expected a value");
  CHECK(refusal("[[synthesis]]") == "case.toml:1: synthesis: read an array of tables, expected one table: [synthesis]");
  CHECK(refusal("[synthesis]\nbath = 3") ==
        "case.toml:2: synthesis.bath: read a value, expected an array of tables: [[synthesis.bath]]");
  CHECK(
      refusal("[synthesis.bath]\nduration = \"1 s\"") ==
      "case.toml:2: synthesis.bath.duration: read a key of one table, expected an array of tables: [[synthesis.bath]]");
  CHECK(read("[synthesis]\nbath = []").count("synthesis.bath") == 0);
}

TEST_CASE("a required key that is absent names its table's line", "[io]") {
  const std::string said = "synthesis.precursor: read nothing, expected this key: Concentration of the precursor.";
  CHECK_THROWS_WITH(read("\n\n[synthesis]\n").at("synthesis.precursor"), "case.toml:3: " + said);
  CHECK_THROWS_WITH(read("").at("synthesis.precursor"), "case.toml: " + said);
  CHECK(refusal("title = \"\"\n\n[synthesis]\n") == "case.toml:3: " + said);
  CHECK(refusal("") == "case.toml: title: read nothing, expected this key: What the case is about.");
  CHECK(refusal("title = \"\"\n[[synthesis.bath]]\ntemperature = \"1 K\"\n[[synthesis.bath]]\n[synthesis]\nprecursor = "
                "\"1 M\"") ==
        "case.toml:4: synthesis.bath.1.temperature: read nothing, expected this key: Temperature of the bath.");
  CHECK_THROWS_AS(read("").at("no.such.row"), std::logic_error);
}

TEST_CASE("values of the command line are checked like the rest", "[io]") {
  Document document = Document::parse("title = \"\"", "case.toml");
  document.set("synthesis.layer", parse_value("1 K", {"--set", 0, 0}));
  CHECK_THROWS_WITH(Inputs(rows(), document),
                    "--set: synthesis.layer: read \"1 K\" (a temperature), expected a length such as \"1 nm\"");
  document.remove("synthesis");
  document.set("synthesis.bath.1.duration", parse_value("1 s", {"--set", 0, 0}));
  CHECK_THROWS_WITH(Inputs(rows(), document), Catch::StartsWith("--set: synthesis.bath.1.duration: read index 1"));
  document.set("synthesis.bath.0.duration", parse_value("1 s", {"--set", 0, 0}));
  CHECK(Inputs(rows(), document).count("synthesis.bath") == 2);
  document.set("synthesis.bath.99999999999.duration", parse_value("1 s", {"--set", 0, 0}));
  CHECK_THROWS_AS(Inputs(rows(), document), InputError);
}

TEST_CASE("bounds hold in the unit of the row, rounding apart", "[io]") {
  CHECK(refusal("title = \"\"\n[synthesis]\nprecursor = \"1 M\"\nlayer = \"5e-9 m\"") == "accepted");
  CHECK(refusal("title = \"\"\n[synthesis]\nprecursor = \"1 M\"\nlayer = \"50 angstrom\"") == "accepted");
  CHECK_THAT(refusal("title = \"\"\n[synthesis]\nprecursor = \"1 M\"\nlayer = \"5.00001 nm\""),
             Catch::Contains("at most 5 nm"));
}

TEST_CASE("the listing, the documentation and the template come from the rows", "[io]") {
  const std::string listing = describe_inputs(rows());
  const std::string markdown = inputs_markdown(rows());
  for (const InputRow& row : rows()) {
    const std::string leaf = row.key.substr(row.key.rfind('.') + 1);
    CHECK_THAT(listing, Catch::Contains("  " + leaf + "  "));
    CHECK_THAT(markdown, Catch::Contains("| `" + leaf + "` |"));
  }
  CHECK_THAT(listing, Catch::Contains("quantity [K], above 0 K and at most 2000 K; default \"298.15 K\""));
  CHECK_THAT(markdown, Catch::Contains("The equations \\| laws."));
  std::size_t start = 0;
  while (start < listing.size()) {
    const std::size_t end = listing.find('\n', start);
    CHECK(end - start <= 120);
    start = end + 1;
  }
}

TEST_CASE("a template is a complete case", "[io]") {
  const Inputs inputs = read(template_case(rows(), {"synthesis"}));
  inputs.require_complete();
  CHECK(inputs.given("synthesis.precursor"));
  CHECK_FALSE(inputs.given("synthesis.start_temperature"));  // commented out, with its default
  CHECK(inputs.count("synthesis.bath") == 1);
  CHECK_THAT(template_case(rows(), {"synthesis"}), Catch::Contains("# start_temperature = \"298.15 K\""));
  CHECK_THAT(template_case(rows(), {"sizes"}), !Catch::Contains("precursor"));
  std::string all = template_case(rows(), {});  // with every default uncommented it is a case too
  for (const InputRow& row : rows()) {
    const std::string key = "# " + row.key.substr(row.key.rfind('.') + 1) + " = ";
    if (const std::size_t at = all.find(key); at != std::string::npos) all.erase(at, 2);
  }
  const Inputs full = read(all);
  for (const InputRow& row : rows()) {
    std::string key = row.key;
    if (const std::size_t star = key.find('*'); star != std::string::npos) key[star] = '0';
    CHECK(full.given(key));
  }
}

TEST_CASE("nearest names of a list", "[io]") {
  CHECK(nearest("tolune", {"octadecene", "toluene"}) == "toluene");
  CHECK(nearest("water", {"octadecene", "toluene"}).empty());
}

TEST_CASE("a key without a default that is not required says what holds otherwise", "[io]") {
  std::vector<InputRow> table = rows();
  table.push_back({"synthesis.seed", Holds::quantity, "nm", {0, 5, false}, {}, std::nullopt, "Edge.", "the ligand's"});
  const std::string text = "title = \"x\"\n[synthesis]\nprecursor = \"1 mol/m3\"\n";
  const Inputs without{table, Document::parse(text, "case.toml")};
  CHECK_NOTHROW(without.require_complete());
  CHECK_FALSE(without.given("synthesis.seed"));
  const Inputs with{table, Document::parse(text + "seed = \"2 nm\"\n", "case.toml")};
  CHECK(with.number("synthesis.seed") == Approx(2e-9));
  CHECK_THAT(describe_inputs(table), Catch::Contains("at most 5 nm; otherwise the ligand's"));
  CHECK_THAT(inputs_markdown(table), Catch::Contains("| the ligand's | Edge. |"));
  CHECK_THAT(template_case(table, {}), Catch::Contains("# seed = "));
}
