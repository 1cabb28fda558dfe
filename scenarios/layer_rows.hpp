#pragma once
#include <string>
#include <vector>

#include "engine/io/input_table.hpp"
#include "models/device/stack.hpp"

namespace nacre::scenarios {

/// A number of a device's layer: one name for the data files (layers/NAME.toml) and for [[device.layer]], where it
/// stands in place of the datum.
struct LayerRow {
  std::string key;
  std::string unit;
  io::Range range;      ///< in that unit
  bool needed = false;  ///< of every layer that carries charges
  std::string meaning;
  double& (*place)(device::Layer&);
  std::string otherwise = "none";  ///< what holds where neither case nor data have it, of one that is not needed
};

const std::vector<LayerRow>& layer_rows();

/// The keys of a case's [device], [[device.layer]] and what belongs to them.
std::vector<io::InputRow> device_inputs();

}  // namespace nacre::scenarios
