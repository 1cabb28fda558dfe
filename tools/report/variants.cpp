#include "tools/report/variants.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <unordered_map>

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

/// A run of columns.
struct Columns {
  std::size_t first = 0, count = 0;
};

/// The columns that hold something: of a table whose rows are peaks, those between the first and last in which any row
/// exceeds 1e-3 of its own largest value.
Columns occupied(const Hdf5Dataset& set, const std::vector<double>& values) {
  const std::size_t columns = set.shape[1];
  const std::string& axis = set.axes.back();
  if (axis != "wavelength" && axis != "edge" && axis != "photon_energy") return {0, columns};
  std::size_t first = columns, last = 0;
  for (auto row = values.begin(); row != values.end(); row += static_cast<std::ptrdiff_t>(columns)) {
    const double least = 1e-3 * *std::max_element(row, row + static_cast<std::ptrdiff_t>(columns));
    for (std::size_t j = 0; j < first; ++j)
      if (row[static_cast<std::ptrdiff_t>(j)] > least) first = j;
    for (std::size_t j = columns; j > last; --j)
      if (row[static_cast<std::ptrdiff_t>(j - 1)] > least) last = j;
  }
  return first < last ? Columns{first, last - first} : Columns{0, columns};
}

/// Whether rows are drawn each over its largest value: these are told in steps of 1/65534 of it. What is read over
/// decades, or as a level, comes in single precision.
bool in_steps(const Hdf5Dataset& set) {
  return set.axes.back() == "wavelength" || set.axes.back() == "composition";
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
  std::optional<std::size_t> first_with(const std::string& name, const Hdf5Dataset& set,
                                        const std::vector<double>& values, std::size_t variant) {
    std::vector<Holder>& holders = sets_[name];
    for (const Holder& known : holders) {
      const bool same = known.set->shape == set.shape &&
                        (known.values == &values ||
                         (known.values->size() == values.size() &&
                          std::memcmp(known.values->data(), values.data(), values.size() * sizeof(double)) == 0));
      if (same) return known.variant;
    }
    holders.push_back({&set, &values, variant});
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
  struct Holder {
    const Hdf5Dataset* set;
    const std::vector<double>* values;
    std::size_t variant;
  };
  std::unordered_map<std::string, std::vector<Holder>> sets_;
  std::unordered_map<std::string, std::pair<const Hdf5Dataset*, std::size_t>> described_;
  std::unordered_map<std::string, std::size_t> texts_;
};

/// A table whose rows are chosen when it is known how many there is room for.
struct Table {
  const Hdf5Dataset* set;
  const std::vector<double>* values;
  Columns columns;

  /// What a row takes in the page, about [bytes]: 16 or 32 bits a number in base64, its index, and of steps their ends.
  double bytes_a_row() const {
    const double numbers = static_cast<double>(columns.count);
    return in_steps(*set) ? 8.0 / 3 * numbers + 52 : 16.0 / 3 * numbers + 4;
  }
};

/// Members of the object of a table: which rows and columns it has, and their numbers.
std::string table_members(const Table& table, std::size_t most_rows) {
  const Indices rows = chosen(table.set->shape[0], most_rows);
  const std::size_t width = table.set->shape[1], count = table.columns.count;
  const auto row = [&](std::size_t i) {
    return std::span<const double>(*table.values).subspan(i * width + table.columns.first, count);
  };
  std::string numbers;
  if (in_steps(*table.set)) {
    for (const std::size_t i : rows) numbers += (numbers.empty() ? "" : ",") + encoded_in_steps(row(i));
    numbers = "{\"parts\":[" + numbers + "]}";
  } else {
    std::vector<double> values;
    values.reserve(rows.size() * count);
    for (const std::size_t i : rows) values.insert(values.end(), row(i).begin(), row(i).end());
    numbers = encoded(values);
  }
  return "\"rows\":" + indices(rows) + ",\"first_column\":" + std::to_string(table.columns.first) +
         ",\"columns\":" + std::to_string(count) + ",\"values\":" + numbers;
}

constexpr char open_place = '\x01';  // never in JSON, where it is escaped

/// Of a case with its defaults, the lines that say which layers a device has.
std::string layers_in(const std::string& inputs) {
  std::string lines;
  for (std::size_t start = 0; start < inputs.size();) {
    const std::size_t end = std::min(inputs.find('\n', start), inputs.size() - 1) + 1;
    const std::string_view line = std::string_view(inputs).substr(start, end - start);
    if (line.starts_with("device.layer.") &&
        (line.find(".material = ") != line.npos || line.find(".thickness = ") != line.npos))
      lines += line;
    start = end;
  }
  return lines;
}

/// The datasets of numbers below each group, in the order of the file.
using Members = std::unordered_map<std::string, std::vector<const Hdf5Dataset*>>;

Members members_of(const Hdf5File& file) {
  Members members;
  for (const Hdf5Dataset& set : file.datasets)
    if (set.text.empty()) members[set.path.substr(0, set.path.rfind('/'))].push_back(&set);
  return members;
}

/// Variants as they stand in a page, with open places for what is said of their tables.
class Draft {
 public:
  Draft(const Hdf5File& file, const Wants& wants) : file_(file), wants_(wants), members_(members_of(file)) {}

  std::string text(const std::vector<std::string>& names) {
    const std::vector<std::string> groups = stage_groups(file_);
    std::vector<std::string> variants;
    for (const std::string& name : names) {
      JsonObject stages;
      for (const std::string& group : groups)
        if (const Place place = place_of(group); place.variant == name)
          stages.add_json(place.stage, stage(group, place.stage, variants.size()));
      variants.push_back(variant(name, stages.text(), variants.size()));
    }
    return scenarios::json_list(variants);
  }
  /// In the order of their places in the text.
  const std::vector<Table>& tables() const { return tables_; }

 private:
  std::string variant(const std::string& name, const std::string& stages, std::size_t number) {
    JsonObject object;
    object.add("name", name).add_json("stages", stages);
    if (wants_) return object.text();
    const std::string root = name.empty() ? "/" : "/" + name;
    const std::string data = attribute_of(file_, root, "data");
    if (const auto same = shared_.first_with(data, number))
      object.add_json("data", std::to_string(*same));
    else
      object.add("data", data);
    object.add("warnings", attribute_of(file_, root, "warnings"));
    return object.add("layers", layers_in(attribute_of(file_, root, "resolved_input"))).text();
  }

  std::string stage(const std::string& group, const std::string& stage, std::size_t variant) {
    JsonObject sets;
    if (const auto found = members_.find(group); found != members_.end()) {
      for (const Hdf5Dataset* set : found->second) {
        const std::string name = set->path.substr(group.size() + 1);
        if (!wants_ || wants_(stage, name)) sets.add_json(name, dataset(*set, stage + "/" + name, variant));
      }
    }
    return JsonObject()
        .add("complete", attribute_of(file_, group, "complete") != "0")
        .add("message", attribute_of(file_, group, "message"))
        .add_json("sets", sets.text())
        .text();
  }

  std::string dataset(const Hdf5Dataset& set, const std::string& name, std::size_t variant) {
    const std::vector<double>& values = file_.values_of(set);
    const bool large = values.size() > 16;
    const auto same = large ? shared_.first_with(name, set, values, variant) : std::nullopt;
    JsonObject object;
    if (const auto described = shared_.first_described(name, set, variant))
      object.add_json("as", std::to_string(*described));
    else
      object.add("unit", set.label.unit).add("meaning", set.label.long_name).add("axes", set.axes);
    add_errors(object, set);
    if (same) return object.add_json("same", std::to_string(*same)).text();
    if (set.shape.size() != 2 || values.empty()) return object.add_json("values", encoded(values)).text();
    tables_.push_back({&set, &values, occupied(set, values)});
    std::string text = object.text();
    text.back() = ',';
    return text + open_place + "}";
  }

  void add_errors(JsonObject& object, const Hdf5Dataset& set) const {
    const auto errors = file_.attributes.find(set.path);
    if (errors == file_.attributes.end()) return;
    for (const char* name : {"numerical_error", "extrapolated", "extrapolation_error"})
      if (const auto text = errors->second.find(name); text != errors->second.end())
        object.add_json(name, short_number(std::stod(text->second)));
  }

  const Hdf5File& file_;
  const Wants& wants_;
  Members members_;
  Shared shared_;
  std::vector<Table> tables_;
};

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

struct Variants::State {
  std::string text;
  std::vector<Table> tables;
};

Variants::Variants(const Hdf5File& file, const std::vector<std::string>& names, const Wants& wants)
    : state_(std::make_unique<State>()) {
  Draft draft(file, wants);
  state_->text = draft.text(names);
  state_->tables = draft.tables();
}

Variants::~Variants() = default;

double Variants::bytes_with(std::size_t rows) const {
  double sum = static_cast<double>(state_->text.size());
  for (const Table& table : state_->tables)
    sum += 64 + table.bytes_a_row() * static_cast<double>(std::min<std::size_t>(rows, table.set->shape[0]));
  return sum;
}

std::string Variants::json(std::size_t rows) const {
  std::string text;
  text.reserve(static_cast<std::size_t>(bytes_with(rows)));
  std::size_t start = 0;
  for (const Table& table : state_->tables) {
    const std::size_t place = state_->text.find(open_place, start);
    text.append(state_->text, start, place - start);
    text += table_members(table, rows);
    start = place + 1;
  }
  return text.append(state_->text, start);
}

}  // namespace nacre::report
