#include "engine/io/hdf5.hpp"
#include "tests/scenarios/json_text.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;
using support::Ending;
using support::Folder;
using support::require_parts;

namespace {

const std::string commands[] = {"fit",  "sensitivity", "uncertainty", "design", "new",     "run",       "reproduce",
                                "show", "export",      "check",       "inputs", "outputs", "materials", "version"};

/// A run that must be refused: exit code 2, one message, nothing on standard output, no file.
void require_refused(const std::string& text, const std::vector<std::string>& parts, const std::string& options = "") {
  const Folder folder;
  const std::string path = folder.write("bad.toml", text);
  const Ending ending = support::nacre("run '" + path + "' -o '" + (folder / "out.h5") + "' " + options);
  INFO(ending.err);
  CHECK(ending.code == 2);
  CHECK(ending.out.empty());
  CHECK(std::count(ending.err.begin(), ending.err.end(), '\n') == 1);
  CHECK(folder.entries() == 1);
  require_parts(ending.err, parts);
}

}  // namespace

TEST_CASE("every command explains itself with an example", "[program]") {
  require_parts(support::nacre("--help").out, {"reproduce", "Exit codes", "--data"});
  for (const std::string& command : commands) {
    const Ending ending = support::nacre(command + " --help");
    INFO(command);
    CHECK(ending.code == 0);
    require_parts(ending.out, {"Examples:", "nacre "});
    require_parts(support::nacre("--help").out, {command});
  }
}

TEST_CASE("a wrong command line is a wrong input", "[program][bad]") {
  const std::pair<const char*, const char*> wrong[] = {{"", "subcommand"},
                                                       {"repoduce", "reproduce"},
                                                       {"run", "CASE"},
                                                       {"run a.toml --frobnicate", "frobnicate"},
                                                       {"export x.h5", "csv"},
                                                       {"reproduce peng2023", "peng2022"},
                                                       {"materials CsPbI4", "CsPbI3"},
                                                       {"materials xyzzyxyzzyxyzzy", "toluene"},
                                                       {"new synthesys", "synthesis"},
                                                       {"--data /no/such materials", "/no/such"},
                                                       {"show", "FILE"}};
  for (const auto& [arguments, part] : wrong) {
    INFO(arguments);
    const Ending ending = support::nacre(arguments);
    CHECK(ending.code == 2);
    CHECK(ending.out.empty());
    require_parts(ending.err, {part});
  }
}

TEST_CASE("--data may stand before and behind the command", "[program]") {
  const std::string folder = "--data '" + support::root("models/data") + "'";
  CHECK(support::nacre(folder + " materials toluene").out == support::nacre("materials toluene " + folder).out);
}

TEST_CASE("data of the user come before those of the environment and the rest", "[program]") {
  const Folder first, second;
  const std::string law = support::slurp(support::root("models/data/solvents/toluene.toml"));
  first.write("solvents/toluene.toml", law);
  second.write("solvents/toluene.toml", law);
  const std::string environment = "export NACRE_DATA='" + second.path() + "';";
  require_parts(support::nacre("materials toluene --data " + first.path(), environment).out,
                {first / "solvents/toluene.toml", "santos2006"});
  require_parts(support::nacre("materials toluene", environment).out, {second / "solvents/toluene.toml"});
}

TEST_CASE("files that are no cases are refused, whatever is in them", "[program][bad]") {
  for (const std::string& text :
       {std::string("[&"), std::string("[[[1]]]"), std::string("\0\1\2", 3), std::string(), std::string("\xff\xfe"),
        std::string(100000, '['), std::string("x = "), std::string("schema = 1")}) {
    INFO(text.substr(0, 20));
    require_refused(text, {"bad.toml"});
  }
}

TEST_CASE("half a case is refused", "[program][bad]") {
  const std::string whole = support::slurp(support::case_path("peng2022"));
  require_refused(whole.substr(0, whole.size() / 2) + "\nx = ", {"bad.toml"});
}

TEST_CASE("wrong keys, dimensions, values, names and contradictions leave no file", "[program][bad]") {
  const std::string text = support::small_case();
  require_refused(text + "[synthesis_typo]\ntemperture = \"190 K\"\n", {"bad.toml:16", "synthesis_typo"});
  require_refused(support::replaced(text, "\"1.8 ms\"", "\"1.8 K\""), {"bad.toml:9", "1.8 K", "a time"});
  require_refused(support::replaced(text, "\"0.654 mol/m3\"", "\"-1 mol/m3\""), {"bad.toml:8", "above 0"});
  require_refused(support::replaced(text, "toluene", "tolune"), {"bad.toml:6", "tolune", "toluene"});
  require_refused(support::replaced(text, "octylamine", "octilamine"), {"bad.toml:7", "octylamine"});
  require_refused(support::replaced(text, "Br0.5", "Br0.7"), {"bad.toml:4", "halides"});
  require_refused(text + "[sizes]\nsource = \"given\"\n", {"bad.toml:17", "sizes.mean"});
  require_refused(text, {"--set", "synthesis.solvent"}, "--set synthesis.slovent=toluene");
}

TEST_CASE("a wrong variant is found before anything runs", "[program][bad]") {
  require_refused(support::small_case() + "[variant.right]\n[variant.wrong]\nsynthesis.supply_time = \"1 nm\"\n",
                  {"bad.toml:18", "synthesis.supply_time"});
}

TEST_CASE("files that are not there and places that cannot be written are refused", "[program][bad]") {
  const Folder folder;
  const std::string path = folder.write("case.toml", support::small_case());
  CHECK(support::nacre("run " + (folder / "missing.toml")).code == 2);
  const Ending ending = support::nacre("run " + path + " -o " + (folder / "no/such/out.h5"));
  CHECK(ending.code == 2);
  require_parts(ending.err, {"no/such"});
  CHECK(support::nacre("run " + path + " -o " + path).code == 2);
  CHECK(support::slurp(path) == support::small_case());
  CHECK(support::nacre("run " + path + " -o " + folder.path()).code == 2);
  CHECK(folder.entries() == 1);
}

TEST_CASE("a full disk has an exit code of its own", "[program][bad]") {
  const Folder folder;
  const std::string path = folder.write("case.toml", support::small_case());
  CHECK(support::nacre("run " + path + " -o /dev/full").code == 4);
  const Folder out;
  const std::string command = "'" + places::program() + "' inputs > /dev/full 2> " + (out / "err");
  CHECK(WEXITSTATUS(std::system(command.c_str())) == 4);
}

TEST_CASE("a failed computation is exit code 1 with variant, stage, time and reason, and a file with what there is",
          "[program][bad]") {
  const Folder folder;
  const std::string path = folder.write("case.toml", support::small_case() + "[variant.only]\n");
  const Ending ending =
      support::nacre("run " + path + " --set 'synthesis.largest_edge=1.5 nm' -o " + (folder / "out.h5"));
  CHECK(ending.code == 1);
  require_parts(ending.err, {"only: synthesis: ", " s", "largest"});
  const Ending shown = support::nacre("show " + (folder / "out.h5"));
  CHECK(shown.code == 0);
  require_parts(shown.out, {"FAILED", "supersaturation"});
}

TEST_CASE("an interrupted run keeps the variants that are finished and says so", "[program]") {
  const Folder folder;
  std::string text = support::small_case();
  for (int i = 0; i < 2; ++i) text += "[variant.v" + std::to_string(i) + "]\n";
  text +=
      "synthesis.largest_edge = \"40 nm\"\nsynthesis.unknowns = 50000\nsynthesis.relative_tolerance = 1e-8\n";  // minutes
  const std::string path = folder.write("case.toml", text);
  const Ending ending =
      support::nacre("run " + path + " -o " + (folder / "out.h5"), "timeout --preserve-status -s INT 2");
  INFO(ending.err);
  CHECK(ending.code == 130);
  require_parts(ending.err, {"stopping...\n", "v1: synthesis: at t = ", "interrupted after 1 of 2 variants"});
  const Ending shown = support::nacre("show " + (folder / "out.h5"));
  CHECK(shown.code == 0);
  require_parts(shown.out, {"/v0/confinement", "/v1/synthesis", "FAILED: at t = "});
  CHECK(folder.entries() == 2);
}

TEST_CASE("Ctrl-C during a device's sweep keeps its points, and nothing more is begun", "[program][device][slow]") {
  const Folder folder;
  const Ending ending = support::nacre("run " + support::case_path("led_reference") +
                                           " --set device.bias_step='0.1 mV' --set device.nodes=3000 -o " +
                                           (folder / "out.h5"),  // minutes
                                       "timeout --preserve-status -k 5 -s INT 2");
  INFO(ending.err);
  CHECK(ending.code == 130);
  require_parts(ending.err, {"stopping...\n", "with_vacancies: device: at ", " V it was interrupted",
                             "interrupted after 0 of 3 variants"});
  const auto kept = io::Hdf5File::load(folder / "out.h5");
  REQUIRE(kept.find("/with_vacancies/device/current_density"));
  CHECK(kept.find("/with_vacancies/device/current_density")->values.size() > 10);
  CHECK_FALSE(kept.find("/without_vacancies/device/current_density"));
}

TEST_CASE("the system's name for an open file is not replaced", "[program][bad]") {
  const Folder folder;
  const std::string path = folder.write("case.toml", support::small_case());
  std::filesystem::create_symlink("/proc/self/fd/1", folder / "stdout");               // as /dev/stdout is
  const Ending ending = support::nacre("run " + path + " -o " + (folder / "stdout"));  // to a file
  CHECK(ending.code == 2);
  require_parts(ending.err, {"the file itself"});
  CHECK(ending.out.empty());
  CHECK(std::filesystem::is_symlink(folder / "stdout"));
}

TEST_CASE("a result goes through a pipe, and a pipe that nobody reads is refused", "[program]") {
  const Folder folder;
  const std::string path = folder.write("case.toml", support::small_case());
  REQUIRE(std::system(("mkfifo '" + (folder / "pipe") + "'").c_str()) == 0);
  const Ending refused = support::nacre("run " + path + " -o " + (folder / "pipe"), "timeout 20");
  CHECK(refused.code == 2);
  require_parts(refused.err, {"nobody reads"});
  const std::string reader = "cat '" + (folder / "pipe") + "' > '" + (folder / "out.h5") + "' & sleep 0.5; timeout 20";
  CHECK(support::nacre("run " + path + " -o " + (folder / "pipe"), reader).code == 0);
  for (int i = 0; i < 100 && support::nacre("show " + (folder / "out.h5")).code != 0; ++i)  // cat may still write
    std::system("sleep 0.1");
  CHECK(support::nacre("show " + (folder / "out.h5")).code == 0);
}

TEST_CASE("a run says where its result is not", "[program]") {
  const Folder folder;
  const std::string path = folder.write("case.toml", support::small_case());
  const Ending printed = support::nacre("run " + path);
  CHECK(printed.code == 0);
  require_parts(printed.err, {"no file was written", "-o"});
  const std::string out = folder / "out.h5";
  CHECK(support::nacre("run " + path + " -o " + out).err.empty());
  const std::string failing = "run " + path + " --set 'synthesis.largest_edge=1.5 nm' -o ";
  const Ending replaced = support::nacre(failing + out);
  CHECK(replaced.code == 1);
  require_parts(replaced.err, {out, "replaced", "not complete"});
  CHECK(support::nacre(failing + (folder / "new.h5")).err.find("replaced") == std::string::npos);
}

TEST_CASE("a case goes from new to CSV", "[program]") {
  const Folder folder;
  const std::string path = folder.write("case.toml", support::nacre("new").out);
  CHECK(support::nacre("check " + path).code == 0);
  const Ending ending = support::nacre("run " + path + " --refine -o " + (folder / "out.h5"));
  CHECK(ending.code == 0);
  require_parts(ending.out, {"size_mean, nm", "pl_peak, nm", "+-"});
  require_parts(support::nacre("show " + (folder / "out.h5")).out, {"/synthesis", "pl_peak", "+-"});
  CHECK(support::nacre("export " + (folder / "out.h5") + " --csv " + (folder / "tables")).code == 0);
  CHECK(support::slurp(folder / "tables/sizes-scalars.csv").find("size_mean,") != std::string::npos);
  CHECK(support::nacre("show " + path).code == 2);
  CHECK(support::nacre("export " + path + " --csv " + (folder / "none")).code == 2);
}

TEST_CASE("a device goes from new to CSV, with extrapolated numbers", "[program][device]") {
  const Folder folder;
  const std::string path = folder.write("case.toml", support::nacre("new device").out);
  CHECK(support::nacre("check " + path).code == 0);
  const Ending ending = support::nacre("run " + path + " --refine --set device.bias='6 V' -o " + (folder / "out.h5"));
  INFO(ending.err);
  CHECK(ending.code == 0);
  require_parts(ending.out, {"turn_on, V", "eqe_max", "current_at_bias, mA/cm2", "+-"});
  require_parts(support::nacre("show " + (folder / "out.h5")).out, {"/device", "luminance", "in cd/m2", "+-"});
  CHECK(support::nacre("export " + (folder / "out.h5") + " --csv " + (folder / "tables")).code == 0);
  CHECK(support::slurp(folder / "tables/device-bias.csv").starts_with("bias [V],current_density [mA/cm2],"));
  CHECK(support::slurp(folder / "tables/device-node.csv").starts_with("node,position [nm],layer"));
  CHECK(support::slurp(folder / "tables/device-conduction_band.csv").find("profile_bias [V] down") !=
        std::string::npos);
}

TEST_CASE("wrong devices leave no file", "[program][device][bad]") {
  const std::string text = support::slurp(support::case_path("led_reference"));
  require_refused(support::replaced(text, "thickness = \"30 nm\"\n", ""), {"bad.toml:", "thickness", "nanocrystals"});
  require_refused(support::replaced(text, "cathode.work_function = \"2.8 eV\"", ""),
                  {"device.cathode.work_function", "contact"});
  require_refused(text, {"--set", "device.bias", "5 A", "volt"}, "--set device.bias='5 A'");
  require_refused(text, {"device.layer.1.vacancy_densty", "vacancy_density\""},
                  "--set device.layer.1.vacancy_densty='1e24 1/m3'");
}

TEST_CASE("a stack with a gap, a datum that is missing, ends that are no numbers: one sentence each",
          "[program][device][bad]") {
  const std::string text = support::slurp(support::case_path("led_reference"));
  require_refused(text, {"device.layer.1.thickness", "0 nm", "above 0 nm"}, "--set device.layer.1.thickness='0 nm'");
  require_refused(text, {"device.layer.5.thickness", "index 5", "the next one"},
                  "--set device.layer.5.thickness='9 nm'");
  require_refused(text, {"reference-nanocrystals", "contact between layers", "ends of the stack"},
                  "--set device.layer.1.role=contact");
  require_refused(text, {"device.layer.1", "permittivity", "layer 'mine' without it", "a material that has it"},
                  "--set device.layer.1.name=mine --set device.layer.1.material='\"\"'");
  require_refused(text +
                      "[[device.interface]]\nfirst = \"reference-hole-transport\"\nsecond = "
                      "\"reference-electron-transport\"\n",
                  {"device.interface.0", "do not touch", "neighbours"});
}

TEST_CASE("a bias that no smaller step reaches: the last one, equation, layer and place; every point before is kept",
          "[program][device][bad]") {
  const Folder folder;
  const std::string run = "run " + support::case_path("led_reference") +
                          " --set device.temperature='100 K' --set device.bias='40 V' --set device.bias_step='10 V' "
                          "--set device.nodes=60";
  const Ending sweep = support::nacre(run + " -o " + (folder / "out.h5"));
  CHECK(sweep.code == 1);
  require_parts(sweep.err, {"with_vacancies: device: no steady state beyond", " V: ", "in layer 'reference-",
                            " nm (node ", "A smaller step of the bias or a finer mesh may help"});
  const auto kept = io::Hdf5File::load(folder / "out.h5");
  REQUIRE(kept.find("/with_vacancies/device/bias"));
  CHECK(kept.find("/with_vacancies/device/bias")->values.size() >= 1);
  CHECK(kept.find("/with_vacancies/device/bias")->values.back() < 40);
}

TEST_CASE("a mesh that does not resolve its ions is refused before anything runs", "[program][device][bad]") {
  const Folder folder;
  const Ending ending = support::nacre("run " + support::case_path("led_reference") +
                                       " --set device.layer.1.fixed_charge='-1e31 1/m3' -o " + (folder / "out.h5"));
  CHECK(ending.code == 2);
  require_parts(ending.err, {"device.nodes", "reference-nanocrystals", "Debye length", "nodes"});
  CHECK_FALSE(std::filesystem::exists(folder / "out.h5"));
}

TEST_CASE("check says for each case whether it is right", "[program]") {
  const Folder folder;
  const std::string wrong = folder.write("wrong.toml", "[&");
  const Ending ending =
      support::nacre("check " + support::case_path("li2022") + " " + wrong + " " + support::case_path("peng2022"));
  CHECK(ending.code == 2);
  require_parts(ending.out, {"li2022.toml: ok", "peng2022.toml: ok", "rt, ln"});
  require_parts(ending.err, {"wrong.toml"});
}

TEST_CASE("run --json prints one document", "[program]") {
  const Ending ending = support::nacre("run " + support::case_path("li2022") + " --json");
  CHECK(ending.code == 0);
  const auto document = support::JsonReader::read(ending.out);
  const auto& variant = document.at("variants").list().front();
  CHECK(variant.at("complete").flag());
  CHECK(variant.at("outputs").at("pl_peak").at("unit").text() == "nm");
  CHECK(variant.at("outputs").at("pl_peak").at("value").number() > 400);
  CHECK(variant.at("outputs").at("yield").at("value").is_null());  // no synthesis
}
