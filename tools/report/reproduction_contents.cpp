#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"
#include "scenarios/json.hpp"
#include "scenarios/result_file.hpp"
#include "tools/report/contents.hpp"
#include "tools/report/variants.hpp"

namespace nacre::report {
namespace {

namespace fs = std::filesystem;
using io::InputError;
using nlohmann::json;
using scenarios::JsonObject;

json parsed(const std::string& path) {
  try {
    return json::parse(io::read_whole(path));
  } catch (const json::parse_error& error) {
    throw InputError({path, 0, 0}, "",
                     "text that is no whole JSON document (at byte " + std::to_string(error.byte) + ")",
                     "the document of `nacre reproduce --json`");
  }
}

bool is_target(const json& target) {
  for (const char* name : {"id", "paper", "unit", "kind", "verdict", "note"})
    if (!target.contains(name) || !target[name].is_string()) return false;
  for (const char* name : {"measured", "a_priori", "calibrated", "used_in_fit"})
    if (!target.contains(name)) return false;
  return true;
}

json document_of(const std::string& path) {
  json document = parsed(path);
  if (!document.is_object() || !document.contains("targets") || !document["targets"].is_array() ||
      !document.contains("parameters") || !document["parameters"].is_array())
    throw InputError({path, 0, 0}, "", "a JSON document without targets", "the document of `nacre reproduce --json`");
  std::size_t number = 0;
  for (const json& target : document["targets"]) {
    ++number;
    if (!is_target(target))
      throw InputError({path, 0, 0}, "targets", "number " + std::to_string(number) + ", which lacks what a target has",
                       "the document of `nacre reproduce --json`");
  }
  return document;
}

/// The curves that lie beside what a paper's figures show.
bool is_shown(const std::string& stage, const std::string& name) {
  static const std::set<std::string> names{"sizes/edge",
                                           "sizes/weight",
                                           "confinement/wavelength",
                                           "confinement/photoluminescence_wavelength",
                                           "confinement/absorption",
                                           "photophysics/time",
                                           "photophysics/decay",
                                           "device/bias",
                                           "device/current_density",
                                           "device/current_density",
                                           "device/luminance",
                                           "device/eqe",
                                           "device/wavelength",
                                           "device/electroluminescence",
                                           "device/emission_peak",
                                           "device/time",
                                           "device/time_luminance",
                                           "ageing/time",
                                           "ageing/light",
                                           "device/time_emission_peak",
                                           "drift/time",
                                           "drift/voltage",
                                           "drift/shift",
                                           "drift/peak"};
  return names.contains(stage + "/" + name);
}

/// Results of a paper in one column and the title of its case; empty when there is no such file.
std::string column_json(const fs::path& file, std::string& title) {
  if (!fs::is_regular_file(file)) return "[]";
  const io::Hdf5File result = scenarios::open_result(file.string());
  title = attribute_of(result, "/", "title");
  return Variants(result, variants_in(result), is_shown).json(8);
}

std::string paper_json(const std::string& paper, const fs::path& folder) {
  std::string title;
  JsonObject object;
  object.add_json("calibrated", column_json(folder / (paper + ".h5"), title));
  object.add_json("a_priori", column_json(folder / (paper + "-a-priori.h5"), title));
  return object.add("paper", paper).add("title", title).text();
}

std::string papers_json(const json& document, const fs::path& folder) {
  std::vector<std::string> papers, seen;
  for (const json& target : document["targets"]) {
    const std::string paper = target["paper"];
    if (std::find(seen.begin(), seen.end(), paper) != seen.end()) continue;
    seen.push_back(paper);
    if (paper.find('/') == std::string::npos) papers.push_back(paper_json(paper, folder));
  }
  return scenarios::json_list(papers);
}

}  // namespace

Contents reproduction_contents(const std::string& path, const scenarios::DataLibrary& library) {
  const json document = document_of(path);
  const std::string title = "nacre beside what papers measured";
  JsonObject object;
  object.add("kind", "reproduction").add("title", title).add("file", fs::path(path).filename().string());
  object.add_json("document", document.dump()).add_json("eye", eye_json(library));
  object.add_json("papers", papers_json(document, fs::absolute(path).parent_path()));
  return {title, object.text()};
}

}  // namespace nacre::report
