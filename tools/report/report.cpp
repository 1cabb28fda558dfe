#include "tools/report/report.hpp"

#include <filesystem>
#include <fstream>

#include "engine/io/input_error.hpp"
#include "scenarios/result_file.hpp"
#include "scenarios/sweep/columns.hpp"
#include "tools/report/contents.hpp"
#include "tools/report/page.hpp"

namespace nacre::report {
namespace {

namespace fs = std::filesystem;
using io::InputError;

/// A folder that `nacre reproduce -o` filled; a folder of a sweep's points is told where to go.
std::string targets_in(const std::string& folder) {
  const fs::path targets = fs::path(folder) / "targets.json";
  if (fs::is_regular_file(targets)) return targets.string();
  if (fs::exists(fs::path(folder) / "plan.h5"))
    throw InputError({folder, 0, 0}, "", "the points of a sweep that are not merged",
                     "the file that `nacre merge` makes of them");
  throw InputError({folder, 0, 0}, "", "a folder without targets.json",
                   "a folder that `nacre reproduce -o` wrote, or a result file");
}

bool looks_like_json(const std::string& path) {
  return path.ends_with(".json") || (std::ifstream(path) >> std::ws).peek() == '{';
}

Contents of_hdf5(const Request& request, const scenarios::DataLibrary& library) {
  io::Hdf5File file = io::Hdf5File::load(request.input, io::Hdf5File::Repeats::shared);
  if (!scenarios::sweep::root_attribute(file, "sweep_fingerprint").empty()) {
    file.copy_repeats();
    return sweep_contents(file, request);
  }
  scenarios::require_result(file, request.input);
  return run_contents(file, request, library);
}

Contents contents_of(const Request& request, const scenarios::DataLibrary& library) {
  std::error_code error;
  const bool folder = fs::is_directory(request.input, error);
  const std::string input = folder ? targets_in(request.input) : request.input;
  if (!folder && !looks_like_json(input)) return of_hdf5(request, library);
  if (!request.measured.empty())
    throw InputError({input, 0, 0}, "--data", "a measured table for a comparison with papers",
                     "a result of `nacre run` to lay it over");
  return reproduction_contents(input, library);
}

}  // namespace

std::string report_page(const Request& request, const scenarios::DataLibrary& library) {
  const Contents contents = contents_of(request, library);
  return page_of(contents.title, contents.data);
}

}  // namespace nacre::report
