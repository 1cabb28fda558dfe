#include "scenarios/sweep/columns.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "engine/io/input_error.hpp"
#include "scenarios/outputs.hpp"

namespace nacre::scenarios::sweep {
namespace {

using io::Hdf5Dataset;
using io::Hdf5File;
using io::InputError;

constexpr const char* point = "/point";
constexpr const char* status = "/status";
constexpr const char* reasons = "/failures";
constexpr const char* warned = "/warned";
constexpr const char* warning_lines = "/warnings";

const Hdf5Dataset& set_of(const Hdf5File& file, const std::string& path, const std::string& name) {
  const Hdf5Dataset* set = file.find(name);
  if (set == nullptr) throw InputError({path, 0, 0}, "", "no dataset " + name, "points of a sweep");
  return *set;
}

std::uint64_t whole(const std::string& text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// CF's way to say which datasets are coordinates of the others.
std::string coordinates_of(const Layout& layout) {
  std::string names;
  for (std::size_t i = 0; i < layout.parameters; ++i) names += (i == 0 ? "" : " ") + layout.columns[i].name;
  return names;
}

std::map<std::uint64_t, std::string> read_reasons(const Hdf5File& file, const std::string& path) {
  std::map<std::uint64_t, std::string> found;
  const std::string& text = set_of(file, path, reasons).text;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string line = text.substr(start, end - start);
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) found[whole(line)] = line.substr(colon + 2);
    start = end + 1;
  }
  return found;
}

const io::Label point_label{"1", "number of the point in its sweep"};
const io::Label warned_label{
    "1", "bit k is set where the warning of line k of warnings, counted from 0, concerns the point"};
const io::Label status_label{"1", "0 not computed, 1 ok, 2 failed (see failures)"};

std::vector<double> ids_of(const std::vector<Record>& records) {
  std::vector<double> values;
  for (const Record& record : records) values.push_back(static_cast<double>(record.id));
  return values;
}

std::vector<double> states_of(const std::vector<Record>& records) {
  std::vector<double> values;
  for (const Record& record : records) values.push_back(static_cast<double>(record.status));
  return values;
}

std::vector<double> bits_of(const std::vector<Record>& records, WarningList& warnings) {
  std::vector<double> values;
  for (const Record& record : records) values.push_back(warnings.bits_of(record.warnings));
  return values;
}

/// Which warnings concern each of some points, none in a file of a program that did not keep them.
void read_warnings(const Hdf5File& file, std::vector<Record>& records) {
  const Hdf5Dataset *bits = file.find(warned), *lines = file.find(warning_lines);
  if (bits == nullptr || lines == nullptr || bits->values.size() != records.size()) return;
  const WarningList list(lines->text);
  for (std::size_t i = 0; i < records.size(); ++i) records[i].warnings = list.of(bits->values[i]);
}

/// What all records hold in the columns from number `first` on.
void gather(const std::vector<Record>& records, std::size_t first, std::size_t width, std::vector<double>& values) {
  values.clear();
  for (const Record& record : records) {
    const auto from = record.values.begin() + static_cast<std::ptrdiff_t>(first);
    values.insert(values.end(), from, from + static_cast<std::ptrdiff_t>(width));
  }
}

std::vector<std::string> axes_of(const Column& column) {
  std::vector<std::string> axes{"point"};
  if (!column.axis.empty()) axes.push_back(column.axis);
  return axes;
}

void describe(io::Hdf5Writer& writer, const Layout& layout, std::size_t c) {
  const bool parameter = c < layout.parameters;
  const std::string path = "/" + layout.columns[c].name;
  writer.attribute(path, "role", parameter ? "parameter" : "output");
  if (!parameter) writer.attribute(path, "coordinates", coordinates_of(layout));
}

void describe_words(io::Hdf5Writer& writer, const std::string& path, const std::string& meaning) {
  writer.attribute(path, "units", "1");
  writer.attribute(path, "long_name", meaning);
}

/// A number, or none of an output that may be unreached.
bool is_value(const Column& column, double value) {
  if (std::isfinite(value)) return true;
  const OutputRow* row = std::isnan(value) ? find_scalar(column.name) : nullptr;
  return row && row->unreached;
}

[[noreturn]] void refuse_value(const std::string& path, std::uint64_t id) {
  throw InputError({path, 0, 0}, "", "point " + std::to_string(id) + " under status ok with a value that is not finite",
                   "finite values");
}

}  // namespace

void add_reason(const Record& record, std::string& lines) {
  if (record.status != Status::failed) return;
  std::string reason = record.reason;
  std::replace(reason.begin(), reason.end(), '\n', ' ');
  lines += std::to_string(record.id) + ": " + reason + "\n";
}

void write_reasons(io::Hdf5Writer& writer, const std::string& lines) {
  writer.text(reasons, lines);
  describe_words(writer, reasons, "number of each point that failed, and why");
}

void write_warnings(io::Hdf5Writer& writer, const WarningList& warnings) {
  writer.text(warning_lines, warnings.lines());
  describe_words(writer, warning_lines, "what of some points lies beyond its data, see warned");
}

void write_records(io::Hdf5Writer& writer, const Layout& layout, const std::vector<Record>& records) {
  writer.axis(point, point_label, ids_of(records));
  writer.dataset(status, status_label, {"point"}, states_of(records));
  WarningList warnings;
  writer.dataset(warned, warned_label, {"point"}, bits_of(records, warnings));
  for (const SharedAxis& axis : layout.axes) writer.axis("/" + axis.name, axis.label, axis.values);
  std::vector<double> values;
  std::size_t first = 0;
  for (std::size_t c = 0; c < layout.columns.size(); first += layout.columns[c++].width) {
    const Column& column = layout.columns[c];
    gather(records, first, column.width, values);
    writer.dataset("/" + column.name, column.label, axes_of(column), values);
    describe(writer, layout, c);
  }
  std::string lines;
  for (const Record& record : records) add_reason(record, lines);
  write_reasons(writer, lines);
  write_warnings(writer, warnings);
}

void declare_records(io::Hdf5Writer& writer, const Layout& layout, std::uint64_t points) {
  writer.axis(point, point_label, points);
  writer.dataset(status, status_label, {"point"});
  writer.dataset(warned, warned_label, {"point"});
  for (const SharedAxis& axis : layout.axes) writer.axis("/" + axis.name, axis.label, axis.values);
  for (std::size_t c = 0; c < layout.columns.size(); ++c) {
    writer.dataset("/" + layout.columns[c].name, layout.columns[c].label, axes_of(layout.columns[c]));
    describe(writer, layout, c);
  }
}

void write_rows(io::Hdf5Writer& writer, const Layout& layout, std::uint64_t first, const std::vector<Record>& records,
                WarningList& warnings) {
  writer.rows(point, first, ids_of(records));
  writer.rows(status, first, states_of(records));
  writer.rows(warned, first, bits_of(records, warnings));
  std::vector<double> values;
  std::size_t at = 0;
  for (const Column& column : layout.columns) {
    gather(records, at, column.width, values);
    writer.rows("/" + column.name, first, values);
    at += column.width;
  }
}

std::size_t rows_at_a_time(std::size_t width) {
  constexpr std::size_t most_bytes = std::size_t{16} << 20;
  constexpr std::size_t most_rows = 65536;  // of a few numbers each, what a row costs beside them counts, too
  return std::clamp<std::size_t>(most_bytes / (sizeof(double) * std::max<std::size_t>(width, 1)), 1, most_rows);
}

Tried count_records(const io::Hdf5Source& source, const std::string& path) {
  const Layout layout = read_layout(source.index(), path);
  const std::vector<std::uint64_t>& shape = set_of(source.index(), path, status).shape;
  Tried tried;
  tried.points = shape.empty() ? 0 : shape.front();
  const std::size_t at_a_time = rows_at_a_time(layout.width());
  const bool keeps_warnings = source.index().find(warned) != nullptr;
  std::vector<double> states, values;
  for (std::uint64_t first = 0; first < tried.points; first += at_a_time) {
    states.resize(std::min<std::uint64_t>(at_a_time, tried.points - first));
    source.rows(status, first, states);
    for (const double state : states) {
      tried.done += state == 0 ? 0 : 1;
      tried.failed += state == 2 ? 1 : 0;
    }
    if (keeps_warnings) {
      values.resize(states.size());
      source.rows(warned, first, values);
      for (const double bits : values) tried.warned += bits > 0 ? 1 : 0;
    }
    for (const Column& column : layout.columns) {
      values.resize(states.size() * column.width);
      source.rows("/" + column.name, first, values);
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (states[i / column.width] == 1 && !is_value(column, values[i])) refuse_value(path, first + i / column.width);
      }
    }
  }
  return tried;
}

Layout read_layout(const Hdf5File& file, const std::string& path) {
  set_of(file, path, point);
  set_of(file, path, status);
  Layout layout;
  for (const Hdf5Dataset& set : file.datasets) {
    const std::string name = set.path.substr(1);
    if (set.path == point || set.path == status || set.path == reasons || set.path == warned ||
        set.path == warning_lines)
      continue;
    if (set.axes.size() == 1 && set.axes.front() == name) {
      layout.axes.push_back({name, set.label, set.values});
      continue;
    }
    const bool shaped = set.axes.size() == set.shape.size() && !set.axes.empty() && set.axes.front() == "point";
    if (!shaped || set.axes.size() > 2)
      throw InputError({path, 0, 0}, "", "a dataset " + set.path, "points of a sweep");
    const auto attributes = file.attributes.find(set.path);
    const bool parameter = attributes != file.attributes.end() && attributes->second.contains("role") &&
                           attributes->second.at("role") == "parameter";
    if (parameter) ++layout.parameters;
    const bool curve = set.axes.size() == 2;
    layout.columns.push_back({name, set.label, curve ? set.axes[1] : "", curve ? set.shape[1] : 1});
  }
  return layout;
}

std::vector<Record> read_records(const Hdf5File& file, const Layout& layout, const std::string& path) {
  const std::vector<double>& ids = set_of(file, path, point).values;
  const std::vector<double>& states = set_of(file, path, status).values;
  if (states.size() != ids.size()) throw InputError({path, 0, 0}, "", "datasets of different lengths", "one length");
  const std::map<std::uint64_t, std::string> why = read_reasons(file, path);
  std::vector<Record> records(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    records[i].id = static_cast<std::uint64_t>(ids[i]);
    records[i].status = static_cast<Status>(static_cast<int>(states[i]));
    if (const auto found = why.find(records[i].id); found != why.end()) records[i].reason = found->second;
    records[i].values.reserve(layout.width());
  }
  read_warnings(file, records);
  for (const Column& column : layout.columns) {
    const std::vector<double>& values = set_of(file, path, "/" + column.name).values;
    if (values.size() != ids.size() * column.width) {
      throw InputError({path, 0, 0}, "", "datasets of different lengths", "one length");
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto from = values.begin() + static_cast<std::ptrdiff_t>(i * column.width);
      const auto to = from + static_cast<std::ptrdiff_t>(column.width);
      const bool sound = std::all_of(from, to, [&](double value) { return is_value(column, value); });
      if (records[i].status == Status::ok && !sound) refuse_value(path, records[i].id);
      records[i].values.insert(records[i].values.end(), from, to);
    }
  }
  return records;
}

void write_identity(io::Hdf5Writer& writer, const Identity& identity) {
  writer.attribute("/", "sweep_fingerprint", identity.fingerprint);
  writer.attribute("/", "sweep_program", identity.program);
  writer.attribute("/", "sweep_points", static_cast<std::int64_t>(identity.points));
}

Identity read_identity(const Hdf5File& file, const std::string& path) {
  Identity identity{root_attribute(file, "sweep_fingerprint"), root_attribute(file, "sweep_program"),
                    whole(root_attribute(file, "sweep_points"))};
  if (identity.fingerprint.empty() || identity.points == 0) {
    throw InputError({path, 0, 0}, "", "a file without a sweep's fingerprint", "a file of a sweep");
  }
  return identity;
}

std::string root_attribute(const Hdf5File& file, const std::string& name) {
  const auto root = file.attributes.find("/");
  if (root == file.attributes.end()) return {};
  const auto found = root->second.find(name);
  return found == root->second.end() ? std::string() : found->second;
}

}  // namespace nacre::scenarios::sweep
