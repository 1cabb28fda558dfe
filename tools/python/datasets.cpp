#include "tools/python/datasets.hpp"

#include <pybind11/stl.h>

#include <map>

#include "scenarios/outputs.hpp"
#include "scenarios/stage.hpp"
#include "tools/report/variants.hpp"

namespace nacre::python {
namespace {

namespace py = pybind11;
using io::Hdf5Dataset;
using scenarios::OutputRow;
using scenarios::Stage;

/// How long the axes of a stage are.
std::map<std::string, std::size_t> lengths_of(const scenarios::Result& result, Stage stage) {
  std::map<std::string, std::size_t> lengths;
  for (const OutputRow& row : scenarios::outputs())
    if (row.stage == stage && row.is_axis()) lengths[row.name] = row.values(result).size();
  return lengths;
}

py::dict stage_datasets(const scenarios::Result& result, Stage stage) {
  const std::map<std::string, std::size_t> lengths = lengths_of(result, stage);
  py::dict sets;
  for (const OutputRow& row : scenarios::outputs()) {
    if (row.stage != stage) continue;
    std::vector<double> values = in_unit(row, row.values(result));
    if (values.empty()) continue;
    std::vector<std::size_t> shape;
    for (const std::string& axis : row.axes) shape.push_back(lengths.at(axis));
    sets[py::str(row.name)] = py::make_tuple(array_of(std::move(values), shape), row.unit, row.axes, row.meaning);
  }
  return sets;
}

py::tuple of_file(const Hdf5Dataset& set) {
  return py::make_tuple(array_of(set.values, {set.shape.begin(), set.shape.end()}), set.label.unit, set.axes,
                        set.label.long_name);
}

/// The dictionary at a key, made when it is not there.
py::dict within(const py::dict& outer, const std::string& key) {
  const py::str name(key);
  if (!outer.contains(name)) outer[name] = py::dict();
  return outer[name];
}

}  // namespace

py::array array_of(std::vector<double> values, const std::vector<std::size_t>& shape) {
  auto* kept = new std::vector<double>(std::move(values));
  const py::capsule owner(kept, [](void* data) { delete static_cast<std::vector<double>*>(data); });
  return py::array_t<double>(shape, kept->data(), owner);
}

py::dict datasets_of(const scenarios::Result& result) {
  py::dict stages;
  for (const Stage stage : scenarios::all_stages)
    if (has_stage(result, stage)) stages[py::str(std::string(name_of(stage)))] = stage_datasets(result, stage);
  return stages;
}

py::dict datasets_of(const io::Hdf5File& file) {
  py::dict variants;
  for (const std::string& variant : report::variants_in(file)) variants[py::str(variant)] = py::dict();
  for (const Hdf5Dataset& set : file.datasets) {
    const std::size_t name = set.path.rfind('/'), stage = set.path.rfind('/', name - 1);
    if (name == 0 || !set.text.empty()) continue;
    const std::string variant = stage == 0 ? "" : set.path.substr(1, stage - 1);
    if (!variants.contains(py::str(variant))) continue;
    within(within(variants, variant), set.path.substr(stage + 1, name - stage - 1))[py::str(set.path.substr(name + 1))] =
        of_file(set);
  }
  return variants;
}

py::dict sweep_datasets_of(const io::Hdf5File& file) {
  py::dict sets;
  for (const Hdf5Dataset& set : file.datasets) {
    if (!set.text.empty() || set.values.empty()) continue;  // texts are no datasets of numbers
    const bool parameter = report::attribute_of(file, set.path, "role") == "parameter";
    sets[py::str(set.path.substr(1))] = of_file(set) + py::make_tuple(parameter);
  }
  return sets;
}

}  // namespace nacre::python
