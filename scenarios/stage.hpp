#pragma once
#include <array>
#include <string_view>

namespace nacre::scenarios {

/// The steps of one run, in order. Inputs, data, outputs and failures belong to one of them.
enum class Stage { material, synthesis, sizes, surface, confinement, photophysics, film, instruments, device, drift, ageing };

/// All of them, in order.
inline constexpr std::array all_stages{Stage::material,    Stage::synthesis,    Stage::sizes, Stage::surface,
                                       Stage::confinement, Stage::photophysics, Stage::film,  Stage::instruments,
                                       Stage::device,      Stage::drift,        Stage::ageing};

/// Its name, which is also its group in a result file.
constexpr std::string_view name_of(Stage stage) {
  switch (stage) {
    case Stage::material:
      return "material";
    case Stage::synthesis:
      return "synthesis";
    case Stage::sizes:
      return "sizes";
    case Stage::surface:
      return "surface";
    case Stage::photophysics:
      return "photophysics";
    case Stage::instruments:
      return "instruments";
    case Stage::film:
      return "film";
    case Stage::confinement:
      return "confinement";
    case Stage::device:
      return "device";
    case Stage::drift:
      return "drift";
    case Stage::ageing:
      break;
  }
  return "ageing";
}

}  // namespace nacre::scenarios
