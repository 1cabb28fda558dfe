#include "scenarios/sweep/unreached.hpp"

#include <algorithm>
#include <array>

namespace nacre::scenarios::sweep {

bool may_be_unreached(std::string_view name) {
  constexpr std::array<std::string_view, 15> names{"turn_on",
                                                   "eqe_at_luminance",
                                                   "half_efficiency_current",
                                                   "luminance_at_eqe_max",
                                                   "current_at_eqe_max",
                                                   "el_peak",
                                                   "el_fwhm",
                                                   "el_cie_x",
                                                   "el_cie_y",
                                                   "t50",
                                                   "t95",
                                                   "drift_onset_voltage",
                                                   "drift_onset_time",
                                                   "drift_time_5nm",
                                                   "drift_speed"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace nacre::scenarios::sweep
