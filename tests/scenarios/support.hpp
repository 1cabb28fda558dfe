#pragma once
#include <stdlib.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/io/input_error.hpp"
#include "scenarios/case.hpp"
#include "scenarios/data.hpp"
#include "scenarios/load.hpp"
#include "tests/support/places.hpp"

namespace nacre::support {

/// An empty folder that goes with its owner.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "nacre-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string path() const { return path_.string(); }
  /// Writes a file, with the folders that it lies in.
  std::string write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << content;
    return *this / name;
  }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

inline std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

/// How a call of the program ended.
struct Ending {
  int code = 0;
  std::string out, err;
};

/// Runs nacre with arguments, as a shell takes them; the surroundings' NACRE_DATA does not matter.
inline Ending nacre(const std::string& arguments, const std::string& before = "") {
  const Folder folder;
  const std::string command = "unset NACRE_DATA; " + before + " '" + places::program() + "' " + arguments + " > '" +
                              (folder / "out") + "' 2> '" + (folder / "err") + "'";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, slurp(folder / "out"), slurp(folder / "err")};
}

inline std::string root(const std::string& path) {
  return places::source(path);
}
inline std::string case_path(const std::string& paper) {
  return root("scenarios/cases/" + paper + ".toml");
}

/// The data of the source tree.
inline const scenarios::DataLibrary& library() {
  static const scenarios::DataLibrary data({root("models/data")});
  return data;
}

/// What an input error said; the test fails when there was none.
template <class Action>
std::string complaint(const Action& action) {
  try {
    action();
  } catch (const io::InputError& error) {
    return error.what();
  }
  FAIL("no input error");
  return {};
}

inline void require_parts(const std::string& message, const std::vector<std::string>& parts) {
  INFO(message);
  for (const std::string& part : parts) {
    INFO("missing: " << part);
    CHECK(message.find(part) != std::string::npos);
  }
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("not in the text: " + from);
  return text.replace(at, from.size(), to);
}

/// A case of synthesis and spectra, small enough to run in a moment.
inline std::string small_case() {
  return R"(schema = 1
title = "small"
[material]
composition = "CsPb(I0.5Br0.5)3"
[synthesis]
solvent = "toluene"
ligand = "oleic-acid-octylamine"
precursor = "0.654 mol/m3"
supply_time = "1.8 ms"
start_temperature = "190 K"
[[synthesis.bath]]
temperature = "190 K"
duration = "900 s"
[confinement]
temperature = "298.15 K"
)";
}

/// The reference LED on few nodes with light of a line; more keys of the layer that emits.
inline std::string reference_led_case(const std::string& of_emitter = "") {
  return R"toml(schema = 1
[device]
order = "cathode-first"
temperature = "298 K"
cathode.work_function = "2.8 eV"
anode.work_function = "5.1 eV"
bias = "3 V"
bias_step = "0.5 V"
nodes = 60
[[device.layer]]
material = "reference-electron-transport"
thickness = "40 nm"
[[device.layer]]
material = "reference-nanocrystals"
thickness = "30 nm"
vacancy_density = "1e24 1/m3"
vacancy_mobility = "1e-12 cm2/(V s)"
emission = "line"
emission_wavelength = "640 nm"
emission_width = "32 nm"
)toml" + of_emitter +
         R"([[device.layer]]
material = "reference-hole-transport"
thickness = "40 nm"
)";
}

/// A stack for such a case, with light from its crystals.
inline std::string small_device() {
  return R"([device]
bias = "4 V"
bias_step = "0.5 V"
nodes = 60
[[device.layer]]
material = "PEDOT-PSS"
[[device.layer]]
material = "poly-TPD"
thickness = "40 nm"
[[device.layer]]
material = "MAPbBr3-dots"
thickness = "30 nm"
emission = "confinement"
[[device.layer]]
material = "TPBi"
thickness = "40 nm"
[[device.layer]]
material = "LiF"
[[device.layer]]
material = "Al"
[[device.profile]]
bias = "3 V"
[[device.step]]
voltage = "3 V"
hold = "1 ms"
[device.programme]
points = 5
)";
}

/// What a device tells only when asked.
inline std::string asked_of_device() {
  return R"(profiles = "ends"
[[device.at_current]]
current = "1 mA/cm2"
[[device.impedance]]
bias = "3 V"
[device.frequency]
from = "1 Hz"
to = "1 MHz"
count = 4
capacitance_at = "10 kHz"
)";
}

/// The same with every stage and every output.
inline std::string whole_case() {
  return small_case() + "[surface]\n[photophysics]\nemitter = \"caesium-lead-halide\"\n[film]\n[instruments]\n" +
         replaced(replaced(small_device(), "nodes = 60\n", "nodes = 60\nthermal_resistance = \"1e-4 K m2/W\"\n"),
                  "emission = \"confinement\"\n", "emission = \"confinement\"\ncharging = \"poisson\"\n") +
         asked_of_device() + "[[drift.step]]\nvoltage = \"5 V\"\ndwell = \"180 s\"\npoints = 4\n" + "[ageing]\n";
}

/// The plans of a case given as text.
inline std::vector<scenarios::Plan> plans_of(const std::string& text,
                                             const std::vector<scenarios::Override>& set = {}) {
  const scenarios::Case read = scenarios::parse_case(io::Document::parse(text, "case.toml"), set);
  return scenarios::load_plans(read.variants, library());
}

}  // namespace nacre::support
