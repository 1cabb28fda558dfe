#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "engine/io/document.hpp"

using namespace nacre::io;

namespace {

const std::vector<std::string> seeds{
    "schema = 1\ntitle = \"dots at 190 K\"\n[synthesis]\nprecursor = \"0.654 mol/m3\"\n[[synthesis.bath]]\n"
    "temperature = \"298.15 K\"\nduration = \"900 s\"\n[variant.ln]\nsynthesis.start_temperature = \"190 K\"\n",
    "a = [1, 2.5e-3, 'x', [true, false]]\nb = {c = 0x1f, d.e = \"\\u00b5\"}\n[[f]]\n[[f.g]]\nh = "
    "\"\"\"\nmany\n\"\"\"\n",
    "x = 1979-05-27T07:32:00Z\ny = -1_000\nz = '''\nraw '' text'''\n# comment\n\"quoted\" = +0.5\n",
};
const std::vector<std::string> pieces{
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "#",
    "\n",
    "\r\n",
    " ",
    "\t",
    "&",
    "\\",
    "\\u",
    "\\U0010ffff",
    "0x",
    "1e",
    "nan",
    "inf",
    "true",
    "_",
    "-",
    "+",
    "[&",
    "1979-05-27",
    "07:32:00",
    "a.b",
    "\u00b5",
    "\u4e2d",
    "\U0001f4a1",
    "\xff",
    "\"\"\"\\\n",
    "9223372036854775808",
    std::string(1, '\0'),
};

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string next() {
    std::string text = seeds[below(seeds.size())];
    for (std::size_t n = 1 + below(6); n > 0; --n) mutate(text);
    return text;
  }

 private:
  std::size_t below(std::size_t size) { return size == 0 ? 0 : random_() % size; }

  void mutate(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    switch (below(5)) {
      case 0:
        text.insert(at, pieces[below(pieces.size())]);
        break;
      case 1:
        text.erase(at, below(12));
        break;
      case 2:
        text.insert(at, text.substr(below(text.size()), below(30)));
        break;
      case 3:
        text.resize(at);
        break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(below(128));
    }
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("damaged cases are read or refused, never worse", "[io]") {
  Mutator mutator(20260101);
  int read = 0;
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = mutator.next();
    try {
      Document document = Document::parse(text, "case.toml");
      document.overlay("variant.ln");
      for (const std::string& child : document.children("")) document.remove(child);
      if (!document.entries().empty() || !document.tables().empty()) FAIL(text);
      ++read;
    } catch (const InputError& error) {
      if (!std::string(error.what()).starts_with("case.toml")) FAIL(error.what());
      ++refused;
    }
  }
  CHECK(read > 1000);
  CHECK(refused > 1000);
}
