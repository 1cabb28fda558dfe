// The extension module behind `import nacre`: nacre/__init__.py and the files beside it give it its face.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "engine/io/hdf5.hpp"
#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"
#include "scenarios/data.hpp"
#include "scenarios/result_file.hpp"
#include "scenarios/sweep/columns.hpp"
#include "scenarios/version.hpp"
#include "tools/python/datasets.hpp"
#include "tools/python/interruptible.hpp"
#include "tools/python/runs.hpp"
#include "tools/report/report.hpp"
#include "tools/report/variants.hpp"

namespace py = pybind11;
using namespace nacre;

namespace {

/// A file's contents: {"kind": "run" or "sweep", "title", "datasets", "failures": lines}.
py::dict open_file(const std::string& path) {
  const io::Hdf5File file = python::interruptible([&](const auto&) { return io::Hdf5File::load(path); });
  py::dict contents;
  contents["title"] = report::attribute_of(file, "/", "title");
  py::list failures;
  if (!scenarios::sweep::root_attribute(file, "sweep_fingerprint").empty()) {
    scenarios::sweep::read_layout(file, path);
    contents["kind"] = "sweep";
    contents["datasets"] = python::sweep_datasets_of(file);
    if (const io::Hdf5Dataset* reasons = file.find("/failures")) contents["reasons"] = reasons->text;
  } else {
    scenarios::require_result(file, path);
    contents["kind"] = "run";
    contents["datasets"] = python::datasets_of(file);
    for (const auto& [object, attributes] : file.attributes) {
      if (!attributes.contains("message")) continue;
      const std::size_t last = object.rfind('/');
      const std::string variant = last == 0 ? "" : object.substr(1, last - 1) + ": ";
      failures.append(variant + object.substr(last + 1) + ": " + attributes.at("message"));
    }
  }
  contents["failures"] = failures;
  return contents;
}

void write_report(const std::string& input, const std::string& output, const std::vector<std::string>& measured,
                  const std::vector<std::string>& variants, const std::string& data) {
  python::interruptible([&](const auto&) {
    io::require_writable(output);
    const scenarios::DataLibrary library(scenarios::data_folders(data));
    const std::string page = report::report_page({input, measured, variants}, library);
    io::write_whole(output, {page.data(), page.size()});
    return true;
  });
}

}  // namespace

PYBIND11_MODULE(_nacre, module) {
  module.doc() = "The engine behind the package nacre.";
  py::register_exception<io::InputError>(module, "InputError", PyExc_ValueError);
  py::register_exception<io::NoSpace>(module, "NoSpaceError", PyExc_OSError);

  py::class_<python::Run>(module, "Run")
      .def_property_readonly("title", [](const python::Run& run) { return run.source.title; })
      .def_property_readonly("warnings", [](const python::Run& run) { return run.warnings; })
      .def_property_readonly("variants",
                             [](const python::Run& run) {
                               std::vector<std::string> names;
                               for (const scenarios::Result& result : run.results) names.push_back(result.plan.variant);
                               return names;
                             })
      .def("datasets", [](const python::Run& run, std::size_t i) { return python::datasets_of(run.results.at(i)); })
      .def("failures", [](const python::Run& run, std::size_t i) { return python::failures_of(run.results.at(i)); })
      .def("save", &python::save);

  module.def("run", &python::run_case, py::arg("case"), py::arg("overrides"), py::arg("data"));
  module.def("sweep", &python::run_sweep, py::arg("sweep"), py::arg("output"), py::arg("threads"), py::arg("resume"),
             py::arg("fresh"), py::arg("data"));
  module.def("reproduce", &python::reproduce, py::arg("papers"), py::arg("data"));
  module.def("open", &open_file, py::arg("path"));
  module.def("report", &write_report, py::arg("input"), py::arg("output"), py::arg("measured"), py::arg("variants"),
             py::arg("data"));
  module.attr("__version__") = scenarios::program_version();
  module.attr("git_hash") = scenarios::git_hash();
}
