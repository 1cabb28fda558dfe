#pragma once
#include <algorithm>
#include <cstddef>
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

/// A table of the device that may be large: a file gets it some rows at a time.
struct DeviceTable {
  std::function<std::size_t(const DeviceResult&)> rows;
  std::function<std::vector<double>(const DeviceResult&, std::size_t first, std::size_t count)> part;
};

inline OutputRow device_row(std::string name, std::string unit, std::vector<std::string> axes, std::string meaning,
                            const DeviceTable& table) {
  OutputRow row = device_row(std::move(name), std::move(unit), std::move(axes), std::move(meaning),
                             [table](const DeviceResult& d) { return table.part(d, 0, table.rows(d)); });
  row.part = [table](const Result& r, std::size_t first, std::size_t count) {
    const std::size_t rows = r.device ? table.rows(*r.device) : 0;
    return first < rows ? table.part(*r.device, first, std::min(count, rows - first)) : std::vector<double>{};
  };
  return row;
}

/// Given currents, impedance and capacitance.
std::vector<OutputRow> terminal_rows();
/// Over the time of a programme, and the state that it ends with.
std::vector<OutputRow> programme_outputs();
/// Across the device: at biases of the sweep, and at times of a programme.
std::vector<OutputRow> profile_rows();

}  // namespace nacre::scenarios
