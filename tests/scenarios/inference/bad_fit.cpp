#include "tests/scenarios/inference/fit_file.hpp"

using namespace nacre;
using support::Folder;
using support::require_parts;

namespace {

/// A fit that must be refused before anything runs, with these words.
void require_refused(const std::string& from, const std::string& to, const std::vector<std::string>& parts) {
  const Folder folder;
  const std::string text = support::replaced(support::alloys_fit(), from, to);
  require_parts(support::complaint([&] { support::loaded_fit(folder, text, support::alloys_case()); }), parts);
}

}  // namespace

TEST_CASE("A target that no output matches is refused with the nearest", "[fit][bad]") {
  require_refused("a0.band_gap", "a0.band_gup", {"fit.toml:", "target.0.output", "a0.band_gup", "band_gap"});
  require_refused("a0.band_gap", "b0.band_gap", {"fit.toml:", "b0", "a0"});
  require_refused("a0.band_gap", "a0.plqy", {"plqy", "photophysics"});
  require_refused("output = \"a0.band_gap\"\nvalue = \"1.800000 eV\"\nsigma = \"0.01 eV\"",
                  "id = \"peng2022.rt.siz_mean\"", {"peng2022.rt.siz_mean", "peng2022.rt.size_mean"});
}

TEST_CASE("A parameter that no case has is refused with the nearest", "[fit][bad]") {
  require_refused("materials/CsPbBr3.band_gap", "materials/CsPbBr3.band_gup", {"fit.toml:", "band_gup", "band_gap"});
  require_refused("materials/CsPbBr3.band_gap", "materials/CsPbCl3.band_gap", {"no case uses"});
  require_refused("materials/CsPbBr3.band_gap", "sizes.maen", {"sizes.maen", "sizes.mean"});
  require_refused("materials/CsPbBr3.band_gap", "synthesis.precursor", {"no case has"});
  require_refused("materials/CsPbBr3.band_gap", "variant.a9.sizes.mean", {"a9"});
  require_refused("materials/CsPbBr3.band_gap", "material.composition", {"holds a text"});
}

TEST_CASE("Bounds that exclude the start, or nothing, or have another dimension are refused", "[fit][bad]") {
  require_refused("start = \"2.2 eV\"", "start = \"3.2 eV\"",
                  {"fit.toml:", "parameter.1.start", "exclude the start", "3.2"});
  require_refused("from = \"2 eV\"", "from = \"4 eV\"", {"parameter.1.from", "bounds"});
  require_refused("from = \"2 eV\"", "from = \"2 nm\"", {"parameter.1.from", "2 nm", "an energy"});
  require_refused("from = \"0.005 eV\"", "from = \"0 eV\"", {"logarithmic"});
  require_refused("to = \"3 eV\"", "to = 3", {"parameter.1.to"});
}

TEST_CASE("Units and data that do not fit are refused", "[fit][bad]") {
  require_refused("value = \"1.800000 eV\"", "value = \"1.8 nm\"", {"target.0.value", "1.8 nm", "an energy"});
  require_refused("value = \"1.800000 eV\"", "value = nan", {"target.0.value"});
  require_refused("sigma = \"0.01 eV\"", "sigma = \"0 eV\"", {"sigma", "above 0"});
  require_refused("sigma = \"0.01 eV\"", "", {"no sigma for a0.band_gap"});
  require_refused("[[target]]", "[[targets]]", {"targets", "target"});
  require_refused("name = \"bowing\"", "name = \"bromide_gap\"", {"bromide_gap", "twice"});
  require_refused("title = \"alloys\"", "profile = [\"x\"]", {"profile", "x"});
  require_refused("title = \"alloys\"", "watch = [\"a0.gap\"]", {"watch", "a0.gap"});
  require_refused("file = \"case.toml\"", "file = \"cose.toml\"", {"cose.toml"});
}

TEST_CASE("Holes and words in measured files are refused with their line", "[fit][bad]") {
  const auto refused = [](const std::string& csv, const std::string& more, const std::vector<std::string>& parts) {
    const Folder folder;
    folder.write("data.csv", csv);
    const std::string target =
        "[[target]]\noutput = \"a0.band_gap\"\nfile = \"data.csv\"\ncolumn = \"gap\"\nunit = \"eV\"\nsigma = \"0.01 "
        "eV\"\n" +
        more;
    require_parts(
        support::complaint([&] { support::loaded_fit(folder, support::alloys_fit(target), support::alloys_case()); }),
        parts);
  };
  const std::string input = "[[target.input]]\nkey = \"sizes.mean\"\ncolumn = \"size\"\nunit = \"nm\"\n";
  refused("size,gap\n4,2\n5,nan\n", input, {"data.csv:3", "nan", "a number"});
  refused("size,gap\n4,2\n5,\n", input, {"data.csv:3", "a number"});
  refused("size,gap\n4\n", input, {"data.csv:2", "columns"});
  refused("size,gup\n4,2\n", input, {"data.csv", "gap", "gup"});
  refused("size,gap\n4,2\n", support::replaced(input, "\"nm\"", "\"K\""), {"a length"});
  refused("size,gap\n4,2\n", "", {"over_column"});
}

TEST_CASE("The program refuses a wrong fit with exit code 2 and leaves no file", "[fit][bad][program]") {
  const Folder folder;
  folder.write("case.toml", support::alloys_case());
  const std::string path =
      folder.write("fit.toml", support::replaced(support::alloys_fit(), "a0.band_gap", "a0.band_gup"));
  const support::Ending ending = support::nacre("fit " + path + " -o " + (folder / "out.toml"));
  CHECK(ending.code == 2);
  CHECK(ending.out.empty());
  require_parts(ending.err, {"fit.toml:", "band_gap"});
  CHECK(folder.entries() == 2);
  const std::string sound = folder.write("fit.toml", support::alloys_fit());
  CHECK(support::nacre("fit " + sound + " --resume").code == 2);
  CHECK(support::nacre("fit " + sound + " --profile bowring").code == 2);
  CHECK(support::nacre("fit " + sound + " -o " + sound).code == 2);
  CHECK(support::nacre("fit " + sound + " -o " + (folder / "out.toml")).code == 0);
  CHECK(folder.entries() == 3);
}
