#pragma once
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include "engine/io/hdf5.hpp"
#include "scenarios/result.hpp"

namespace nacre::python {

/// Numbers as a NumPy array that owns them; nothing is copied.
pybind11::array array_of(std::vector<double> values, const std::vector<std::size_t>& shape);

/// A variant's datasets as {stage: {name: (values, unit, axes, meaning)}}, in the units of the output table; what has no
/// values is left out, as in a file.
pybind11::dict datasets_of(const scenarios::Result& result);

/// The same of a result file, for every variant: {variant: {stage: {...}}}; and of a merged sweep, whose datasets lie
/// at the root: {name: (values, unit, axes, meaning, is_parameter)}.
pybind11::dict datasets_of(const io::Hdf5File& file);
pybind11::dict sweep_datasets_of(const io::Hdf5File& file);

}  // namespace nacre::python
