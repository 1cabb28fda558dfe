#pragma once
#include <array>
#include <string_view>

namespace nacre::scenarios {

/// The steps of one run, in order. Inputs, data, outputs and failures belong to one of them.
enum class Stage { material, synthesis, sizes, confinement, device };

/// Its name, which is also its group in a result file.
constexpr std::string_view name_of(Stage stage) {
  switch (stage) {
    case Stage::material:
      return "material";
    case Stage::synthesis:
      return "synthesis";
    case Stage::sizes:
      return "sizes";
    case Stage::confinement:
      return "confinement";
    case Stage::device:
      break;
  }
  return "device";
}

inline constexpr std::array all_stages{Stage::material, Stage::synthesis, Stage::sizes, Stage::confinement,
                                       Stage::device};

}  // namespace nacre::scenarios
