#pragma once
#include <optional>
#include <string>

#include "engine/io/input_table.hpp"
#include "models/device/stack.hpp"
#include "scenarios/device_plan.hpp"
#include "scenarios/layer_rows.hpp"
#include "scenarios/model_data.hpp"

namespace nacre::scenarios {

/// One [[device.layer]] with its file of data: the case's number, else the datum.
class LayerReader {
 public:
  LayerReader(const io::Inputs& inputs, ModelData& data, int index);

  const std::string& name() const { return name_; }
  const std::string& table() const { return table_; }
  std::string key(const std::string& leaf) const { return table_ + "." + leaf; }
  std::string text(const std::string& leaf) const { return inputs_.text(key(leaf)); }
  io::Position where() const { return inputs_.where(table_); }
  bool given(const std::string& leaf) const { return inputs_.given(key(leaf)); }

  /// As the case says, else the data. Throws io::InputError where they say what is none.
  Role role() const;
  /// Part of a contact: not computed place by place.
  bool is_contact() const { return role() != Role::semiconductor; }
  bool injects() const { return role() == Role::injection; }

  /// The number of a key, from the case or else the data [SI]; none where neither has it.
  std::optional<double> find(const std::string& leaf, const std::string& unit);
  /// The same of a key that is needed. Throws io::InputError where neither has it.
  double need(const std::string& leaf, const std::string& unit);

 private:
  const io::Inputs& inputs_;
  ModelData& data_;
  std::string table_, name_;
  std::optional<DataFile> file_;
};

/// What a layer has to do with crystals and light. Throws io::InputError.
LayerPlan emission_plan(const io::Inputs& inputs, LayerReader& reader);

/// The layer as the model takes it, without what its crystals give. Throws io::InputError.
device::Layer layer_of(LayerReader& reader, const LayerPlan& plan);

}  // namespace nacre::scenarios
