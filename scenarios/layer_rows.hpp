#pragma once
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "engine/io/input_table.hpp"
#include "models/device/stack.hpp"

namespace nacre::scenarios {

/// What a layer of a stack is.
enum class Role {
  semiconductor,  ///< it carries charges and is computed
  contact,        ///< it gives a work function
  injection       ///< on a metal, whose work function it changes
};
inline constexpr std::array<Role, 3> all_roles{Role::semiconductor, Role::contact, Role::injection};
/// As cases and data files spell it.
std::string name_of(Role role);
/// Layers in which a key can have an effect.
using Roles = std::vector<Role>;

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
  Roles roles = {Role::semiconductor};
};

const std::vector<LayerRow>& layer_rows();

/// A key of [[device.layer]] and the layers that it belongs to; given for another one it is refused.
struct LayerKey {
  io::InputRow row;
  Roles roles = {Role::semiconductor};

  bool belongs_to(Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }
};

/// Every key of [[device.layer]], those of layer_rows() among them.
const std::vector<LayerKey>& layer_keys();

/// The keys of a case's [device], [[device.layer]] and what belongs to them.
std::vector<io::InputRow> device_inputs();

}  // namespace nacre::scenarios
