#include "tools/report/variants.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <numeric>
#include <optional>

#include "scenarios/json.hpp"
#include "tools/report/numbers.hpp"

namespace nacre::report {
namespace {

using io::Hdf5Dataset;
using io::Hdf5File;
using scenarios::JsonObject;
using Indices = std::vector<std::size_t>;

/// Where a group of a result stands: "/ln/synthesis" is the stage "synthesis" of "ln", "/synthesis" that of "".
struct Place {
  std::string variant, stage;
};

Place place_of(const std::string& group) {
  const std::size_t last = group.rfind('/');
  return {last == 0 ? "" : group.substr(1, last - 1), group.substr(last + 1)};
}

/// The groups of stages, in the order of the file; those that failed before they wrote anything come last. A stage says
/// whether it is complete.
std::vector<std::string> stage_groups(const Hdf5File& file) {
  std::vector<std::string> groups;
  const auto add = [&](const std::string& group) {
    if (!groups.empty() && groups.back() == group) return;
    const bool stage = !attribute_of(file, group, "complete").empty();
    if (stage && std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
  };
  for (const Hdf5Dataset& set : file.datasets) add(set.path.substr(0, set.path.rfind('/')));
  for (const auto& [object, attributes] : file.attributes)
    if (attributes.contains("complete")) add(object);
  return groups;
}

/// At most `most` of `count`, evenly, both ends among them.
Indices chosen(std::size_t count, std::size_t most) {
  Indices rows(std::min(count, most));
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i] = rows.size() < 2 ? 0 : (i * (count - 1) + (rows.size() - 1) / 2) / (rows.size() - 1);
  return rows;
}

/// The columns that hold something: of a table whose rows are peaks, those between the first and last in which any row
/// exceeds 1e-3 of its own largest value.
Indices occupied(const Hdf5Dataset& set, std::size_t columns) {
  const std::string& axis = set.axes.back();
  std::size_t first = 0, last = columns;
  if (axis == "wavelength" || axis == "edge" || axis == "photon_energy") {
    first = columns, last = 0;
    for (std::size_t begin = 0; begin < set.values.size(); begin += columns) {
      const auto row = set.values.begin() + static_cast<std::ptrdiff_t>(begin);
      const double most = *std::max_element(row, row + static_cast<std::ptrdiff_t>(columns));
      for (std::size_t j = 0; j < columns; ++j) {
        if (!(set.values[begin + j] > 1e-3 * most)) continue;
        first = std::min(first, j);
        last = std::max(last, j + 1);
      }
    }
    if (first >= last) first = 0, last = columns;
  }
  Indices list(last - first);
  std::iota(list.begin(), list.end(), first);
  return list;
}

std::string indices(const Indices& list) {
  std::string text;
  for (const std::size_t i : list) text += (text.empty() ? "" : ",") + std::to_string(i);
  return "[" + text + "]";
}

/// Values that an earlier variant holds under the same name, number for number, stand in the page once.
class Shared {
 public:
  /// The number of the variant that brought these values first; nothing when that is this one.
  std::optional<std::size_t> first_with(const std::string& name, const Hdf5Dataset& set, std::size_t variant) {
    for (const auto& [known, holder] : sets_[name]) {
      const bool same = known->shape == set.shape && known->values.size() == set.values.size() &&
                        std::memcmp(known->values.data(), set.values.data(), set.values.size() * sizeof(double)) == 0;
      if (same) return holder;
    }
    sets_[name].emplace_back(&set, variant);
    return {};
  }
  /// The same of a text.
  std::optional<std::size_t> first_with(const std::string& text, std::size_t variant) {
    const auto [known, fresh] = texts_.try_emplace(text, variant);
    return fresh ? std::nullopt : std::optional(known->second);
  }
  /// The same of unit, meaning and axes.
  std::optional<std::size_t> first_described(const std::string& name, const Hdf5Dataset& set, std::size_t variant) {
    const auto [known, fresh] = described_.try_emplace(name, &set, variant);
    const Hdf5Dataset& first = *known->second.first;
    const bool same =
        first.label.unit == set.label.unit && first.label.long_name == set.label.long_name && first.axes == set.axes;
    return fresh || !same ? std::nullopt : std::optional(known->second.second);
  }

 private:
  std::map<std::string, std::vector<std::pair<const Hdf5Dataset*, std::size_t>>> sets_;
  std::map<std::string, std::pair<const Hdf5Dataset*, std::size_t>> described_;
  std::map<std::string, std::size_t> texts_;
};

void add_table(JsonObject& object, const Hdf5Dataset& set, const Detail& detail) {
  const Indices rows = chosen(set.shape[0], detail.rows), columns = occupied(set, set.shape[1]);
  std::vector<double> values;
  values.reserve(rows.size() * columns.size());
  for (const std::size_t i : rows)
    for (const std::size_t j : columns) values.push_back(set.values[i * set.shape[1] + j]);
  object.add_json("rows", indices(rows)).add_json("first_column", std::to_string(columns.front()));
  object.add_json("columns", std::to_string(columns.size())).add_json("values", encoded(values));
}

constexpr double bytes_a_number = 16.0 / 3;  // single precision in base64

std::string set_json(const Hdf5File& file, const Hdf5Dataset& set, const Detail& detail,
                     const std::optional<std::size_t>& described, const std::optional<std::size_t>& same) {
  JsonObject object;
  if (described)
    object.add_json("as", std::to_string(*described));
  else
    object.add("unit", set.label.unit).add("meaning", set.label.long_name).add("axes", set.axes);
  if (same)
    object.add_json("same", std::to_string(*same));
  else if (set.shape.size() == 2 && !set.values.empty())
    add_table(object, set, detail);
  else
    object.add_json("values", encoded(set.values));
  if (const auto errors = file.attributes.find(set.path); errors != file.attributes.end()) {
    for (const char* name : {"numerical_error", "extrapolated", "extrapolation_error"})
      if (const auto text = errors->second.find(name); text != errors->second.end())
        object.add_json(name, short_number(std::stod(text->second)));
  }
  return object.text();
}

/// The datasets of numbers below each group, in the order of the file.
using Members = std::map<std::string, std::vector<const Hdf5Dataset*>>;

Members members_of(const Hdf5File& file) {
  Members members;
  for (const Hdf5Dataset& set : file.datasets)
    if (set.text.empty()) members[set.path.substr(0, set.path.rfind('/'))].push_back(&set);
  return members;
}

std::string stage_json(const Hdf5File& file, const Members& members, const std::string& group, const Detail& detail,
                       Shared& shared, std::size_t variant) {
  JsonObject sets;
  const auto found = members.find(group);
  const std::string stage = place_of(group).stage;
  for (const Hdf5Dataset* pointer : found == members.end() ? std::vector<const Hdf5Dataset*>{} : found->second) {
    const Hdf5Dataset& set = *pointer;
    const std::string name = set.path.substr(group.size() + 1);
    if (detail.wants && !detail.wants(stage, name)) continue;
    const bool large = set.values.size() > 16;
    const auto same = large ? shared.first_with(stage + "/" + name, set, variant) : std::nullopt;
    const auto described = shared.first_described(stage + "/" + name, set, variant);
    sets.add_json(name, set_json(file, set, detail, described, same));
  }
  return JsonObject()
      .add("complete", attribute_of(file, group, "complete") != "0")
      .add("message", attribute_of(file, group, "message"))
      .add_json("sets", sets.text())
      .text();
}

}  // namespace

std::string attribute_of(const Hdf5File& file, const std::string& object, const std::string& name) {
  const auto found = file.attributes.find(object);
  if (found == file.attributes.end()) return {};
  const auto value = found->second.find(name);
  return value == found->second.end() ? std::string() : value->second;
}

std::vector<std::string> variants_in(const Hdf5File& file) {
  std::vector<std::string> names;
  for (const std::string& group : stage_groups(file)) {
    const std::string name = place_of(group).variant;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::vector<TableSize> tables_of(const Hdf5File& file, const std::vector<std::string>& names) {
  std::vector<TableSize> tables;
  Shared shared;
  for (const Hdf5Dataset& set : file.datasets) {
    const std::size_t cut = set.path.rfind('/');
    const Place place = place_of(set.path.substr(0, cut));
    if (set.shape.size() != 2 || set.values.empty() || !set.text.empty()) continue;
    if (std::find(names.begin(), names.end(), place.variant) == names.end()) continue;
    if (shared.first_with(place.stage + set.path.substr(cut), set, 0)) continue;
    tables.push_back({set.shape[0], bytes_a_number * static_cast<double>(occupied(set, set.shape[1]).size())});
  }
  return tables;
}

std::string variants_json(const Hdf5File& file, const std::vector<std::string>& names, const Detail& detail) {
  const std::vector<std::string> groups = stage_groups(file);
  const Members members = members_of(file);
  std::vector<std::string> variants;
  Shared shared;
  for (const std::string& name : names) {
    JsonObject stages;
    for (const std::string& group : groups) {
      if (place_of(group).variant == name)
        stages.add_json(place_of(group).stage, stage_json(file, members, group, detail, shared, variants.size()));
    }
    JsonObject variant;
    variant.add("name", name).add_json("stages", stages.text());
    if (!detail.wants) {
      const std::string root = name.empty() ? "/" : "/" + name;
      const std::string data = attribute_of(file, root, "data");
      if (const auto same = shared.first_with(data, variants.size()))
        variant.add_json("data", std::to_string(*same));
      else
        variant.add("data", data);
      variant.add("warnings", attribute_of(file, root, "warnings"));
      variant.add("inputs", attribute_of(file, root, "resolved_input"));
    }
    variants.push_back(variant.text());
  }
  return scenarios::json_list(variants);
}

}  // namespace nacre::report
