#include <algorithm>
#include <cmath>

#include "engine/io/input_error.hpp"
#include "scenarios/json.hpp"
#include "scenarios/sweep/columns.hpp"
#include "tools/report/contents.hpp"
#include "tools/report/numbers.hpp"
#include "tools/report/variants.hpp"

namespace nacre::report {
namespace {

using scenarios::JsonObject;
using scenarios::sweep::Column;
using scenarios::sweep::Layout;

constexpr std::size_t most_points = 20'000;           // more of them a browser does not draw smoothly
constexpr std::size_t most_values = 2'100'000;        // of one curve, all points together; 2.7 bytes each
constexpr std::size_t most_curve_values = 2'400'000;  // of all curves
constexpr std::size_t most_lines = 50;

/// Every step-th point.
struct Selection {
  std::size_t points = 0, step = 1;
  std::size_t shown() const { return points == 0 ? 0 : (points - 1) / step + 1; }
};

std::vector<double> selected(const std::vector<double>& values, const Selection& selection) {
  std::vector<double> part;
  for (std::size_t i = 0; i < values.size(); i += selection.step) part.push_back(values[i]);
  return part;
}

/// A curve's values point by point, every `stride`-th of its axis.
std::vector<double> curve_of(const std::vector<double>& values, std::size_t width, const Selection& selection,
                             std::size_t stride) {
  std::vector<double> part;
  for (std::size_t i = 0; i < selection.points; i += selection.step)
    for (std::size_t j = 0; j < width; j += stride) part.push_back(values[i * width + j]);
  return part;
}

/// How much of their axis curves keep, so that the page stays below 10 MB.
std::size_t stride_of(const Layout& layout, const Selection& selection) {
  std::size_t width = 0, widest = 0;
  for (const Column& column : layout.columns) {
    if (column.axis.empty()) continue;
    width += column.width;
    widest = std::max(widest, column.width);
  }
  std::size_t stride = 1;
  while (selection.shown() * (width / stride) > most_curve_values || selection.shown() * (widest / stride) > most_values)
    ++stride;
  return stride;
}

std::string columns_json(const io::Hdf5File& file, const Layout& layout, const Selection& selection,
                         std::size_t stride) {
  std::vector<std::string> columns;
  for (std::size_t c = 0; c < layout.columns.size(); ++c) {
    const Column& column = layout.columns[c];
    const std::vector<double>& values = file.find("/" + column.name)->values;
    const bool curve = !column.axis.empty();
    columns.push_back(
        JsonObject()
            .add("name", column.name)
            .add("unit", column.label.unit)
            .add("meaning", column.label.long_name)
            .add("parameter", c < layout.parameters)
            .add("axis", column.axis)
            .add_json("values", curve ? encoded_in_steps(curve_of(values, column.width, selection, stride))
                                      : encoded(selected(values, selection)))
            .text());
  }
  return scenarios::json_list(columns);
}

std::string axes_json(const Layout& layout, std::size_t stride) {
  std::vector<std::string> axes;
  for (const scenarios::sweep::SharedAxis& axis : layout.axes) {
    axes.push_back(JsonObject()
                       .add("name", axis.name)
                       .add("unit", axis.label.unit)
                       .add("meaning", axis.label.long_name)
                       .add_json("values", encoded(selected(axis.values, {axis.values.size(), stride})))
                       .text());
  }
  return scenarios::json_list(axes);
}

/// The first lines of a text in a file: of "/failures", "ID: reason"; of "/warnings", what lies beyond its data.
std::vector<std::string> lines_of(const io::Hdf5File& file, const std::string& path) {
  std::vector<std::string> lines;
  const io::Hdf5Dataset* set = file.find(path);
  const std::string text = set ? set->text : "";
  for (std::size_t start = 0; start < text.size() && lines.size() < most_lines;) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

/// How many points a warning concerns.
double count_warned(const io::Hdf5File& file) {
  const io::Hdf5Dataset* set = file.find("/warned");
  if (set == nullptr) return 0;
  return static_cast<double>(std::count_if(set->values.begin(), set->values.end(), [](double bits) { return bits > 0; }));
}

}  // namespace

Contents sweep_contents(const io::Hdf5File& file, const Request& request) {
  if (!request.measured.empty() || !request.variants.empty()) {
    throw io::InputError({request.input, 0, 0}, request.measured.empty() ? "--variant" : "--data", "it for a sweep",
                         "it for a result of `nacre run`");
  }
  const Layout layout = scenarios::sweep::read_layout(file, request.input);
  for (const Column& column : layout.columns) {
    if (file.find("/" + column.name)->values.size() != file.find("/status")->values.size() * column.width)
      throw io::InputError({request.input, 0, 0}, "", "datasets of different lengths", "one length");
  }
  const std::vector<double>& states = file.find("/status")->values;
  Selection selection{states.size(), 1};
  while (selection.shown() > most_points) ++selection.step;
  const std::size_t stride = stride_of(layout, selection);
  const auto count = [&](double state) { return static_cast<double>(std::count(states.begin(), states.end(), state)); };
  const std::string name = request.input.substr(request.input.rfind('/') + 1);
  const std::string title = attribute_of(file, "/", "title");
  JsonObject object;
  object.add("kind", "sweep").add("title", title).add("file", name);
  object.add("program", attribute_of(file, "/", "sweep_program")).add("time", attribute_of(file, "/provenance", "time"));
  object.add("points", static_cast<double>(selection.points)).add("ok", count(1)).add("failed", count(2));
  object.add("step", static_cast<double>(selection.step)).add("curve_step", static_cast<double>(stride));
  object.add("reasons", lines_of(file, "/failures")).add("warnings", lines_of(file, "/warnings"));
  object.add("warned", count_warned(file)).add_json("status", encoded(selected(states, selection)));
  object.add_json("columns", columns_json(file, layout, selection, stride)).add_json("axes", axes_json(layout, stride));
  return {title.empty() ? name : title, object.text()};
}

}  // namespace nacre::report
