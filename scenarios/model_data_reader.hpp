#pragma once
#include <algorithm>

#include "scenarios/model_data.hpp"

namespace nacre::scenarios {

/// One data file; every datum read from it is recorded.
class ModelData::Reader {
 public:
  Reader(ModelData& owner, const std::string& kind, const Asked& asked, Stage stage)
      : owner_(owner), file_(owner.library_.load(kind, asked.name, asked.where, asked.key)), stage_(stage) {}

  double number(const std::string& name, const std::string& unit) {
    const Datum& datum = file_.at(name, unit);
    owner_.record(datum, stage_);
    return datum.value;
  }

  double positive(const std::string& name, const std::string& unit) {
    const double value = number(name, unit);
    if (value > 0) return value;
    throw io::InputError(file_.at(name, unit).where, name, "a value that is not above 0", "one above 0");
  }

  double not_negative(const std::string& name, const std::string& unit) {
    const double value = number(name, unit);
    if (value >= 0) return value;
    throw io::InputError(file_.at(name, unit).where, name, "a negative value", "one that is not below 0");
  }

  /// A number that the case gives in place of the file's: nothing supports it but the wish to know what it would make.
  double assumed(const std::string& name, const io::Value& value) {
    const Datum datum{
        name, "case",         value.number, value.row->unit,
        {},   Basis::assumed, "estimate",   "Given by the case in place of " + file_.kind + "/" + file_.name + ".",
        {},   value.where};
    owner_.used_.push_back({datum, stage_});
    return value.number;
  }

  const DataFile& file() const { return file_; }

 private:
  ModelData& owner_;
  DataFile file_;
  Stage stage_;
};

}  // namespace nacre::scenarios
