#pragma once
#include <string>

#include "engine/io/input_table.hpp"
#include "scenarios/device_plan.hpp"
#include "scenarios/layer_rows.hpp"

namespace nacre::scenarios {

/// Keys of a device that contradict one another, or want another one. Each throws an InputError that names file, line,
/// key, what was read and the remedy, before anything is computed.

/// What a case gives a layer belongs to its role. `table`: of the layer, "device.layer.2".
void check_role(const io::Inputs& inputs, const std::string& table, const std::string& name, Role role);
/// `layer`: with the numbers of the case and of its data; cell: of its crystals, or the smallest that there is [m].
/// What a film or crystals still have to compute is left alone.
void check_layer(const io::Inputs& inputs, const std::string& table, const device::Layer& layer, const LayerPlan& plan,
                 double cell);
/// `table`: of the interface, "device.interface.0".
void check_interface(const io::Inputs& inputs, const std::string& table);
/// Names that [[device.layer]]s were given are different ones.
void check_names(const io::Inputs& inputs);
/// What belongs to transport in a continuum alone is not given for sites.
void check_transport(const io::Inputs& inputs);
/// [[device.step]] and [device.programme].
void check_programme(const io::Inputs& inputs);

}  // namespace nacre::scenarios
