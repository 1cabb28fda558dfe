#include "engine/io/document.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/engine/io/scratch.hpp"

using namespace nacre::io;

namespace {

std::string refusal(const std::string& text) {
  try {
    Document::parse(text, "case.toml");
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

const std::string sample = R"(schema = 1
[synthesis]
solvent = "toluene"
halide_excess = 1.5
list = [1, 2.5, "x"]
[[synthesis.bath]]
duration = "1 s"
[[synthesis.bath]]
duration = "2 s"
temperature = "190 K"
[variant.rt]
synthesis.solvent = "hexane"
[variant.ln]
synthesis.halide_excess = 2
[[variant.ln.synthesis.bath]]
duration = "900 s"
[variant.cold]
)";

}  // namespace

TEST_CASE("a document keeps leaves, tables and where they stand", "[io]") {
  const Document document = Document::parse(sample, "case.toml");
  CHECK(document.name() == "case.toml");
  CHECK(document.text() == sample);
  REQUIRE(document.find("synthesis.bath.1.temperature") != nullptr);
  CHECK(document.find("synthesis.bath.1.temperature")->where.line == 10);
  CHECK(document.find("synthesis.bath.1.temperature")->where.file == "case.toml");
  CHECK(document.find("synthesis.solvent")->where.column == 11);
  CHECK(std::get<long long>(document.find("schema")->value) == 1);
  CHECK(std::get<double>(document.find("synthesis.halide_excess")->value) == 1.5);
  CHECK(std::get<Array>(document.find("synthesis.list")->value).size() == 3);
  CHECK(document.find("synthesis.nothing") == nullptr);
  CHECK(document.tables().at("synthesis").line == 2);
  CHECK(document.tables().at("synthesis.bath").line == 6);
  CHECK(document.tables().at("synthesis.bath.1").line == 8);
  CHECK(document.tables().at("variant.cold").line == 17);
}

TEST_CASE("children come in order of appearance", "[io]") {
  const Document document = Document::parse(sample, "case.toml");
  CHECK(document.children("") == std::vector<std::string>{"schema", "synthesis", "variant"});
  CHECK(document.children("variant") == std::vector<std::string>{"rt", "ln", "cold"});
  CHECK(document.children("synthesis.bath") == std::vector<std::string>{"0", "1"});
  CHECK(document.children("nothing").empty());
}

TEST_CASE("an overlay replaces leaves, adds leaves and replaces whole arrays of tables", "[io]") {
  Document document = Document::parse(sample, "case.toml");
  document.overlay("variant.ln");
  CHECK(std::get<std::string>(document.find("synthesis.solvent")->value) == "toluene");
  CHECK(std::get<long long>(document.find("synthesis.halide_excess")->value) == 2);
  CHECK(document.find("synthesis.halide_excess")->where.line == 14);
  CHECK(std::get<std::string>(document.find("synthesis.bath.0.duration")->value) == "900 s");
  CHECK(document.find("synthesis.bath.1.duration") == nullptr);
  CHECK_FALSE(document.tables().contains("synthesis.bath.1"));
  CHECK_FALSE(document.tables().contains("variant.ln"));
  CHECK(document.find("variant.rt.synthesis.solvent") != nullptr);
  document.overlay("variant.absent");
  document.remove("variant");
  CHECK(document.children("") == std::vector<std::string>{"schema", "synthesis"});
}

TEST_CASE("an overlay may turn a table into a leaf, a leaf into a table, and empty an array", "[io]") {
  Document document = Document::parse("a.b = 1\nc = 2\n[[d]]\nx = 1\n[o]\na = 3\nc.e = 4\nd = []\n", "case.toml");
  document.overlay("o");
  CHECK(document.find("a.b") == nullptr);
  CHECK(std::get<long long>(document.find("a")->value) == 3);
  CHECK(document.find("c") == nullptr);
  CHECK(std::get<long long>(document.find("c.e")->value) == 4);
  CHECK(document.find("d.0.x") == nullptr);
  CHECK(std::get<Array>(document.find("d")->value).empty());
}

TEST_CASE("a table with a number for a name changes one element of an array", "[io]") {
  Document document =
      Document::parse("[[d]]\nx = 1\ny = 2\n[[d]]\nx = 3\n[o.d.1]\ny = 4\n[p]\nd = [{x = 5}]", "case.toml");
  Document other = document;
  document.overlay("o");
  CHECK(std::get<long long>(document.find("d.0.y")->value) == 2);
  CHECK(std::get<long long>(document.find("d.1.x")->value) == 3);
  CHECK(std::get<long long>(document.find("d.1.y")->value) == 4);
  other.overlay("p");
  CHECK(std::get<long long>(other.find("d.0.x")->value) == 5);
  CHECK(other.find("d.0.y") == nullptr);
  CHECK(other.find("d.1.x") == nullptr);
}

TEST_CASE("an heir keeps what it has and takes the rest", "[io]") {
  Document document =
      Document::parse("[a]\nx = 1\n[[a.d]]\ny = 2\n[[a.d]]\ny = 3\n[b]\nx = 4\n[b.d.1]\nz = 5\n", "case.toml");
  CHECK(document.inherit("b", "a") == std::set<std::string>{"d.1.z", "x"});
  CHECK(std::get<long long>(document.find("b.x")->value) == 4);
  CHECK(std::get<long long>(document.find("b.d.0.y")->value) == 2);
  CHECK(std::get<long long>(document.find("b.d.1.y")->value) == 3);
  CHECK(document.find("b.d.1.y")->where.line == 6);
  CHECK(std::get<long long>(document.find("b.d.1.z")->value) == 5);
  CHECK(document.find("a.d.1.z") == nullptr);
}

TEST_CASE("names that share a beginning are different names", "[io]") {
  Document document = Document::parse("[ab]\nx = 1\n[a]\nx = 2\n[a-c]\nx = 3\n", "case.toml");
  document.remove("a");
  CHECK(document.find("a.x") == nullptr);
  CHECK(document.find("ab.x") != nullptr);
  CHECK(document.find("a-c.x") != nullptr);
  CHECK(document.children("a").empty());
}

TEST_CASE("an array of inline tables is an array of tables", "[io]") {
  const Document document = Document::parse("bath = [{t = 1}, {t = 2}]", "case.toml");
  CHECK(std::get<long long>(document.find("bath.1.t")->value) == 2);
  CHECK(document.find("bath") == nullptr);
}

TEST_CASE("values from the command line are TOML, else plain text", "[io]") {
  const Position where{"--set", 0, 0};
  CHECK(std::get<long long>(parse_value("3", where).value) == 3);
  CHECK(std::get<double>(parse_value("1e-3", where).value) == 1e-3);
  CHECK(std::get<bool>(parse_value("true", where).value));
  CHECK(std::get<std::string>(parse_value("\"5 V\"", where).value) == "5 V");
  CHECK(std::get<std::string>(parse_value("5 V", where).value) == "5 V");
  CHECK(std::get<std::string>(parse_value("CsPbI3", where).value) == "CsPbI3");
  CHECK(std::get<std::string>(parse_value("1\nother = 2", where).value) == "1\nother = 2");
  CHECK(std::get<std::string>(parse_value("5 \u00b5m", where).value) == "5 \u00b5m");
  CHECK(std::get<std::string>(parse_value("nan", where).value) == "nan");
  CHECK(std::get<std::string>(parse_value("", where).value).empty());
  CHECK(parse_value("3", where).where.file == "--set");
  CHECK_THROWS_AS(parse_value("\xff", where), InputError);
  CHECK_THROWS_AS(parse_value(std::string(1, '\0'), where), InputError);
}

TEST_CASE("what is not TOML is an input error that names the line", "[io]") {
  CHECK(refusal("x = 1\nx = 2") ==
        "case.toml:2: read \"x = 2\", expected TOML (key-value pair: cannot redefine existing integer 'x')");
  CHECK_THAT(refusal("[a]\nb = 1\n\n[a]\n"), Catch::StartsWith("case.toml:4: read \"[a]\", expected TOML"));
  CHECK_THAT(refusal("\na = \n"), Catch::StartsWith("case.toml:2: read \"a = \", expected TOML"));
  CHECK_THAT(refusal("a = 1\nb = nan"), Catch::StartsWith("case.toml:2: b: read nan or inf, expected a finite number"));
  CHECK_THAT(refusal("a = 1e400"), Catch::StartsWith("case.toml:1:"));
  CHECK_THAT(refusal("a = 1979-05-27"), Catch::Contains("a date or time"));
  CHECK_THAT(refusal("a = [1, {b = 2}]"), Catch::Contains("mixed array"));
  CHECK_THAT(refusal("\"a.b\" = 1"), Catch::Contains("expected a key of letters"));
  CHECK_THAT(refusal("\"\" = 1"), Catch::Contains("expected a key of letters"));
}

TEST_CASE("junk is an input error, not a crash", "[io]") {
  CHECK(refusal("[&") == "case.toml:1: read \"[&\", expected TOML (table header: begins without a key)");
  CHECK_THAT(refusal("a = 1\n\n[[&]]"), Catch::StartsWith("case.toml:3: read \"[[&]]\", expected TOML"));
  CHECK(refusal("a = 1\n\xc3(") == "case.toml:2: read a byte that is not UTF-8, expected a text file");
  CHECK(refusal(std::string("a = 1\n\n\0", 8)) == "case.toml:3: read a control byte, expected a text file");
  for (const char* bytes :
       {"\x7f", "\x1b[0m", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80", "\r"}) {
    CHECK(refusal("a = '" + std::string(bytes) + "'") != "accepted");
  }
  CHECK(refusal("a = '\xe2\x82\xac \xf0\x9f\x92\xa1'\r\n") == "accepted");
  CHECK(refusal("") == "accepted");
  CHECK(refusal("\xef\xbb\xbf"
                "a = 1") == "accepted");  // a byte order mark
}

TEST_CASE("letters outside ASCII stand in texts and comments only", "[io]") {
  for (const char* letter : {"\u00b5", "\u1681", "\u4e2d", "\U0001f4a1"}) {
    const std::string c = letter;
    const std::string text =
        "x = \"" + c + "\" # " + c + "\n# " + c + "\ny = '''" + c + "'''\nz = \"\"\"\\\n" + c + "\"\"\"";
    const Document document = Document::parse(text, "case.toml");
    for (const char* key : {"x", "y", "z"}) CHECK(std::get<std::string>(document.find(key)->value) == c);
    for (const std::string& wrong : {c, c + " = 1", "x" + c + " = 1", "x =" + c + "1", "x = 1" + c, "x = 1='" + c + "'",
                                     "x = true" + c, "[" + c + "]", "x = \"\"\"\\" + c + "\"\"\""}) {
      CHECK_THAT(refusal("\n" + wrong), Catch::StartsWith("case.toml:2: read "));
    }
  }
}

TEST_CASE("nesting that would exhaust the stack is refused", "[io]") {
  const std::size_t many = 200000;
  std::string dots = "a";
  std::string quotes = "a";
  for (std::size_t i = 0; i < many; ++i) {
    dots += ".a";
    quotes += ".\"=\"";
  }
  std::string tables;
  for (std::size_t i = 0; i < many; ++i) tables += "{a=";
  CHECK_THAT(refusal("x = " + std::string(many, '[')), Catch::Contains("nested"));
  CHECK_THAT(refusal("x = " + tables), Catch::Contains("nested"));
  CHECK(refusal(std::string(many, '[')) != "accepted");
  CHECK_THAT(refusal(dots + " = 1"), Catch::Contains("32 parts"));
  CHECK_THAT(refusal("[" + dots + "]"), Catch::Contains("32 parts"));
  CHECK_THAT(refusal("x = {" + quotes + " = 1}"), Catch::Contains("32 parts"));
  CHECK(refusal("# " + std::string(many, '.') + "\nx = \"" + std::string(many, '.') + "\"") == "accepted");
}

TEST_CASE("files that cannot be read are named", "[io]") {
  const nacre::io::test::Scratch scratch;
  CHECK_THROWS_WITH(Document::load(scratch.file("absent.toml")), Catch::Contains("absent.toml: expected a file"));
  CHECK_THROWS_WITH(Document::load(scratch.path().string()), Catch::Contains("read a folder"));
  CHECK_THROWS_AS(Document::load("/dev/zero"), InputError);
  const std::string path = scratch.file("case.toml");
  std::ofstream(path) << "a = 1\nb = ?\n";
  CHECK_THROWS_WITH(Document::load(path), Catch::StartsWith(path + ":2: read \"b = ?\""));
  std::ofstream(path) << "a = 1\n";
  CHECK(Document::load(path).entries().size() == 1);
  std::filesystem::resize_file(path, (64u << 20) + 1);
  CHECK_THROWS_WITH(Document::load(path), Catch::Contains("64 MB"));
}
