#include "scenarios/outputs.hpp"

#include <algorithm>
#include <utility>

#include "engine/units/quantity.hpp"
#include "scenarios/ageing_outputs.hpp"
#include "scenarios/append.hpp"
#include "scenarios/device_outputs.hpp"
#include "scenarios/drift_outputs.hpp"
#include "scenarios/optics_outputs.hpp"
#include "scenarios/photophysics_outputs.hpp"
#include "scenarios/readings_outputs.hpp"
#include "scenarios/surface_outputs.hpp"
#include "scenarios/synthesis_outputs.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios {

OutputRow may_be_unreached(OutputRow row, std::function<bool(const Result&)> unreached) {
  row.unreached = std::move(unreached);
  return row;
}

const std::vector<OutputRow>& outputs() {
  static const std::vector<OutputRow> rows = [] {
    std::vector<OutputRow> all = material_outputs();
    append(all, synthesis_outputs());
    append(all, size_outputs());
    append(all, surface_outputs());
    append(all, spectrum_outputs());
    append(all, optics_outputs());
    append(all, photophysics_outputs());
    append(all, readings_outputs());
    append(all, film_outputs());
    append(all, device_outputs());
    append(all, drift_outputs());
    append(all, ageing_outputs());
    return all;
  }();
  return rows;
}

const OutputRow* find_scalar(const std::string& name) {
  const auto it = std::find_if(outputs().begin(), outputs().end(),
                               [&](const OutputRow& row) { return row.is_scalar() && row.name == name; });
  return it == outputs().end() ? nullptr : &*it;
}

std::vector<std::string> scalar_names() {
  std::vector<std::string> names;
  for (const OutputRow& row : outputs()) {
    if (row.is_scalar()) names.push_back(row.name);
  }
  return names;
}

double scalar(const OutputRow& row, const Result& result) {
  return row.values(result).front();
}

std::vector<double> in_unit(const OutputRow& row, std::vector<double> si) {
  const double factor = units::parse_unit(row.unit).factor;
  for (double& value : si) value /= factor;
  return si;
}

bool has_stage(const Result& result, Stage stage) {
  switch (stage) {
    case Stage::material:
      return result.plan.has_material;
    case Stage::synthesis:
      return result.history != nullptr;
    case Stage::sizes:
      return !result.sizes.sizes.edge.empty();
    case Stage::surface:
      return result.surface.has_value();
    case Stage::film:
      return result.film.has_value();
    case Stage::photophysics:
      return result.photophysics != nullptr;
    case Stage::instruments:
      return result.readings != nullptr;
    case Stage::confinement:
      return result.optics != nullptr;
    case Stage::device:
      return result.device != nullptr;
    case Stage::drift:
      return result.drift != nullptr;
    case Stage::ageing:
      break;
  }
  return result.ageing != nullptr;
}

std::string describe_outputs() {
  std::string text;
  Stage stage = Stage::material;
  for (const OutputRow& row : outputs()) {
    if (text.empty() || row.stage != stage) {
      text += (text.empty() ? "/" : "\n/") + std::string(name_of(row.stage)) + "\n";
      stage = row.stage;
    }
    const std::string line = "  " + row.name + (row.is_scalar() ? "" : "(" + joined(row.axes) + ")");
    text += padded(padded(line, 46) + row.unit, 56) + row.meaning + "\n";
  }
  text +=
      "\nwith --refine, beside curves of the device: NAME_extrapolated, NAME_error and, over time, NAME_time_error\n";
  return text;
}

std::string outputs_markdown() {
  std::string text = "| group | dataset | over | unit | meaning |\n|---|---|---|---|---|\n";
  for (const OutputRow& row : outputs()) {
    text += "| " + std::string(name_of(row.stage)) + " | `" + row.name + "` | " +
            (row.is_scalar() ? "" : joined(row.axes)) + " | " + row.unit + " | " + row.meaning + " |\n";
  }
  return text;
}

}  // namespace nacre::scenarios
