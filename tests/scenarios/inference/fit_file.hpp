#pragma once
#include <string>

#include "scenarios/inference/fit.hpp"
#include "tests/scenarios/support.hpp"

namespace nacre::support {

/// Five alloys of which only the band gap is asked: a model that costs next to nothing.
inline std::string alloys_case() {
  std::string text =
      "schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[confinement]\ntemperature = \"298.15 K\"\n[sizes]\nsource = "
      "\"given\"\nmean = \"5 nm\"\nstandard_deviation = \"0 nm\"\n";
  const char* shares[] = {"I0.2Br0.8", "I0.4Br0.6", "I0.5Br0.5", "I0.6Br0.4", "I0.8Br0.2"};
  for (int i = 0; i < 5; ++i)
    text += "[variant.a" + std::to_string(i) + "]\nmaterial.composition = \"CsPb(" + shares[i] + ")3\"\n";
  return text;
}

/// Bowing and gap of the bromide to the five gaps.
inline std::string alloys_fit(const std::string& targets = "", const std::string& search = "") {
  std::string text = R"(schema = 1
title = "alloys"
[[case]]
file = "case.toml"
[[parameter]]
name = "bowing"
key = "alloys/iodide-bromide.bowing"
from = "0.005 eV"
to = "1 eV"
start = "0.3 eV"
scale = "log"
[[parameter]]
name = "bromide_gap"
key = "materials/CsPbBr3.band_gap"
from = "2 eV"
to = "3 eV"
start = "2.2 eV"
)";
  if (!targets.empty()) return text + targets + search;
  for (int i = 0; i < 5; ++i)
    text += "[[target]]\noutput = \"a" + std::to_string(i) + ".band_gap\"\nvalue = \"" + std::to_string(1.8 + 0.1 * i) +
            " eV\"\nsigma = \"0.01 eV\"\n";
  return text + search;
}

/// A fit of these files, loaded.
inline scenarios::inference::Fit loaded_fit(const Folder& folder, const std::string& fit, const std::string& source) {
  folder.write("case.toml", source);
  return scenarios::inference::load_fit(folder.write("fit.toml", fit), library());
}

inline scenarios::inference::FitOutcome run(const scenarios::inference::Fit& fit, int workers = 1,
                                            const parallel::Stop& stop = {}) {
  scenarios::inference::Journal journal;
  scenarios::inference::Progress progress;
  return scenarios::inference::run_fit(fit, {{parallel::Backend::threads, workers}, stop}, journal, progress);
}

}  // namespace nacre::support
