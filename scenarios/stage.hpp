#pragma once
#include <string_view>

namespace nacre::scenarios {

/// The steps of one run, in order. Inputs, data, outputs and failures belong to one of them.
enum class Stage { material, synthesis, sizes, confinement, photophysics, instruments };

/// Its name, which is also its group in a result file.
constexpr std::string_view name_of(Stage stage) {
  switch (stage) {
    case Stage::material:
      return "material";
    case Stage::synthesis:
      return "synthesis";
    case Stage::sizes:
      return "sizes";
    case Stage::photophysics:
      return "photophysics";
    case Stage::instruments:
      return "instruments";
    case Stage::confinement:
      break;
  }
  return "confinement";
}

}  // namespace nacre::scenarios
