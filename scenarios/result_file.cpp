#include "scenarios/result_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"
#include "scenarios/version.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios {
namespace {

using io::Hdf5Dataset;
using io::Hdf5File;

std::string attribute(const Hdf5File& file, const std::string& object, const std::string& name) {
  const auto found = file.attributes.find(object);
  if (found == file.attributes.end()) return {};
  const auto value = found->second.find(name);
  return value == found->second.end() ? std::string() : value->second;
}

std::string group_of_path(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

std::string name_of_path(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

/// The groups that hold datasets or report a failure, in the order of the file.
std::vector<std::string> groups_of(const Hdf5File& file) {
  std::vector<std::string> groups;
  for (const Hdf5Dataset& set : file.datasets) {
    const std::string group = group_of_path(set.path);
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
  }
  for (const auto& [object, attributes] : file.attributes) {
    const bool there = std::find(groups.begin(), groups.end(), object) != groups.end();
    if (!there && attributes.contains("message")) groups.push_back(object);
  }
  return groups;
}

std::string number_text(double value, const char* format) {
  if (std::isnan(value)) return "not computed";
  char text[40];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::string unit_text(const std::string& unit) {
  return unit == "1" || unit.empty() ? "" : " " + unit;
}

/// The first lines of a text, and how many there are.
std::string describe_text(const Hdf5Dataset& set) {
  constexpr int shown = 20;
  std::string lines;
  int count = 0;
  for (std::size_t start = 0; start < set.text.size(); ++count) {
    const std::size_t end = std::min(set.text.find('\n', start), set.text.size());
    if (count < shown) lines += "    " + set.text.substr(start, end - start) + "\n";
    start = end + 1;
  }
  if (count > shown) lines += "    ... and " + std::to_string(count - shown) + " more, see `nacre export`\n";
  return "  " + padded(name_of_path(set.path), 30) +
         padded(count == 0 ? "none" : std::to_string(count) + " lines", 28) + set.label.long_name + "\n" + lines;
}

std::string describe_set(const Hdf5File& file, const Hdf5Dataset& set) {
  if (set.words) return describe_text(set);
  const std::string head = "  " + padded(name_of_path(set.path), 30);
  if (set.shape.empty() && set.values.size() == 1) {
    const std::string error = attribute(file, set.path, "numerical_error");
    const std::string limit = attribute(file, set.path, "extrapolated");
    const std::string of_limit = attribute(file, set.path, "extrapolation_error");
    const std::string band =
        error.empty() ? "" : " +- " + number_text(std::stod(limit.empty() ? error : of_limit), "%.1g");
    const double value = limit.empty() ? set.values.front() : std::stod(limit);
    return head + padded(number_text(value, "%.6g") + band + unit_text(set.label.unit), 28) + set.label.long_name +
           "\n";
  }
  std::string shape;
  for (const std::uint64_t extent : set.shape) shape += (shape.empty() ? "" : " x ") + std::to_string(extent);
  return head + padded(shape + (set.label.unit == "1" ? "" : " in " + set.label.unit), 28) + set.label.long_name + "\n";
}

void write_text(const std::filesystem::path& path, const std::string& text) {
  io::write_whole(path.string(), {text.data(), text.size()});
}

std::string column_name(const Hdf5Dataset& set) {
  return name_of_path(set.path) + (set.label.unit == "1" ? "" : " [" + set.label.unit + "]");
}

std::string cell(double value) {
  return std::isnan(value) ? "" : number_text(value, "%.17g");
}

using Sets = std::vector<const Hdf5Dataset*>;

Sets sets_over(const Hdf5File& file, const std::string& group, const std::vector<std::string>& axes) {
  Sets sets;
  for (const Hdf5Dataset& set : file.datasets) {
    if (!set.words && group_of_path(set.path) == group && set.axes == axes) sets.push_back(&set);
  }
  return sets;
}

/// Columns over one axis, side by side.
std::string columns_csv(const Sets& sets) {
  std::string text;
  for (const Hdf5Dataset* set : sets) text += (text.empty() ? "" : ",") + column_name(*set);
  text += "\n";
  for (std::size_t i = 0; i < sets.front()->values.size(); ++i) {
    for (const Hdf5Dataset* set : sets) text += (set == sets.front() ? "" : ",") + cell(set->values[i]);
    text += "\n";
  }
  return text;
}

/// A table over two axes: the slow axis down, the fast one across.
std::string matrix_csv(const Hdf5File& file, const Hdf5Dataset& set) {
  const std::string group = group_of_path(set.path);
  const Hdf5Dataset* down = file.find(group + "/" + set.axes[0]);
  const Hdf5Dataset* across = file.find(group + "/" + set.axes[1]);
  if (!down || !across) return {};
  std::string text = column_name(set) + "; " + column_name(*down) + " down; " + column_name(*across) + " across";
  for (const double value : across->values) text += "," + cell(value);
  text += "\n";
  for (std::size_t i = 0; i < down->values.size(); ++i) {
    text += cell(down->values[i]);
    for (std::size_t j = 0; j < across->values.size(); ++j)
      text += "," + cell(set.values[i * across->values.size() + j]);
    text += "\n";
  }
  return text;
}

std::string scalars_csv(const Sets& sets) {
  std::string text = "name,value,unit,meaning\n";
  for (const Hdf5Dataset* set : sets) {
    text += name_of_path(set->path) + "," + cell(set->values.front()) + "," + csv_cell(set->label.unit) + "," +
            csv_cell(set->label.long_name) + "\n";
  }
  return text;
}

/// "/ln/synthesis" -> "ln-synthesis".
std::string file_stem(const std::string& group) {
  std::string stem = group.empty() ? "root" : group.substr(1);
  std::replace(stem.begin(), stem.end(), '/', '-');
  return stem;
}

/// Every combination of axes that a group's datasets lie over, in order.
std::vector<std::vector<std::string>> spaces_of(const Hdf5File& file, const std::string& group) {
  std::vector<std::vector<std::string>> spaces;
  for (const Hdf5Dataset& set : file.datasets) {
    const bool here = group_of_path(set.path) == group && !set.words;
    if (here && std::find(spaces.begin(), spaces.end(), set.axes) == spaces.end()) spaces.push_back(set.axes);
  }
  return spaces;
}

}  // namespace

void require_result(const Hdf5File& file, const std::string& path) {
  if (attribute(file, "/", "program") != "nacre")
    throw io::InputError({path, 0, 0}, "", "a file that nacre did not write", "a result of `nacre run`");
  const std::string schema = attribute(file, "/", "schema_version");
  if (schema != std::to_string(result_schema)) {
    const bool newer = std::atoi(schema.c_str()) > result_schema;
    throw io::InputError({path, 0, 0}, "schema_version", schema.empty() ? "nothing" : schema,
                         std::to_string(result_schema) + (newer ? "; a newer nacre wrote this file" : ""));
  }
}

Hdf5File open_result(const std::string& path) {
  Hdf5File file = Hdf5File::load(path);
  require_result(file, path);
  return file;
}

std::string describe_result(const Hdf5File& file) {
  std::string text = attribute(file, "/", "title");
  text += (text.empty() ? "nacre " : "\nnacre ") + attribute(file, "/", "program_version") + " (" +
          attribute(file, "/", "git_hash") + ")";
  const std::string when = attribute(file, "/provenance", "time");
  text += (when.empty() ? "" : ", computed " + when) + "\n";
  if (const std::string changes = attribute(file, "/", "input_overrides"); !changes.empty())
    text += "changed on the command line:\n" + changes;
  for (const auto& [object, attributes] : file.attributes) {
    const std::string warnings = attribute(file, object, "warnings");
    if (!warnings.empty()) text += "\nbeyond the data" + (object == "/" ? "" : ", " + object) + ":\n" + warnings;
  }
  for (const std::string& group : groups_of(file)) {
    text += "\n" + group + "\n";
    if (const std::string why = attribute(file, group, "message"); !why.empty()) text += "  FAILED: " + why + "\n";
    for (const Hdf5Dataset& set : file.datasets) {
      if (group_of_path(set.path) == group) text += describe_set(file, set);
    }
  }
  return text;
}

std::vector<std::string> export_csv(const Hdf5File& file, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw io::InputError({folder, 0, 0}, "", "a folder that cannot be made (" + error.message() + ")",
                         "a folder to write to");
  std::vector<std::string> written;
  for (const std::string& group : groups_of(file)) {
    for (const std::vector<std::string>& axes : spaces_of(file, group)) {
      const Sets sets = sets_over(file, group, axes);
      const bool table = axes.size() < 2;
      for (const Hdf5Dataset* set : table ? Sets{sets.front()} : sets) {
        const std::string part = axes.empty() ? "scalars" : table ? axes.front() : name_of_path(set->path);
        const std::filesystem::path path = std::filesystem::path(folder) / (file_stem(group) + "-" + part + ".csv");
        write_text(path, axes.empty() ? scalars_csv(sets) : table ? columns_csv(sets) : matrix_csv(file, *set));
        written.push_back(path.string());
      }
    }
  }
  for (const Hdf5Dataset& set : file.datasets) {
    if (!set.words) continue;
    const std::filesystem::path path = std::filesystem::path(folder) / (file_stem(set.path) + ".txt");
    write_text(path, set.text);
    written.push_back(path.string());
  }
  return written;
}

}  // namespace nacre::scenarios
