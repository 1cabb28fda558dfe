#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/outputs.hpp"

namespace nacre::scenarios {

/// An output of the device stage; nothing where there is no device.
inline OutputRow device_row(std::string name, std::string unit, std::vector<std::string> axes, std::string meaning,
                            std::function<std::vector<double>(const DeviceResult&)> get) {
  return {std::move(name),
          Stage::device,
          std::move(unit),
          std::move(axes),
          std::move(meaning),
          [get = std::move(get)](const Result& r) { return r.device ? get(*r.device) : std::vector<double>{}; },
          {}};
}

/// Given currents, impedance and capacitance.
std::vector<OutputRow> terminal_rows();
/// Over the time of a programme, and the state that it ends with.
std::vector<OutputRow> programme_outputs();
/// Across the device: at biases of the sweep, and at times of a programme.
std::vector<OutputRow> profile_rows();

}  // namespace nacre::scenarios
