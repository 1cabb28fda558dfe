#pragma once
#include <string>
#include <vector>

#include "engine/io/hdf5.hpp"
#include "tools/report/report.hpp"

namespace nacre::report {

/// The data of a page: its title, and the JSON document that page/main.js draws.
struct Contents {
  std::string title, data;
};

/// Of a result of `nacre run`, and of a merged sweep.
Contents run_contents(const io::Hdf5File& file, const Request& request, const scenarios::DataLibrary& library);
Contents sweep_contents(const io::Hdf5File& file, const Request& request);

/// Of the targets.json of `nacre reproduce`; results that `nacre reproduce -o` left beside it bring the curves.
/// Throws io::InputError when it is no such document.
Contents reproduction_contents(const std::string& path, const scenarios::DataLibrary& library);

/// The colour-matching functions for the page: {"wavelength" [nm], "x", "y", "z"}.
std::string eye_json(const scenarios::DataLibrary& library);

/// The user's tables as a JSON list: [{"file", "figure", "columns": [{"name", "unit", "values"}]}].
std::string measured_json(const std::vector<std::string>& paths);

}  // namespace nacre::report
