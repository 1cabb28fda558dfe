#include <algorithm>
#include <cstdio>

#include "engine/io/input_table.hpp"
#include "engine/units/quantity.hpp"
#include "scenarios/data.hpp"
#include "scenarios/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {
namespace {

using scenarios::DataFile;
using scenarios::DataLibrary;
using scenarios::Datum;

std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string describe(const Datum& datum) {
  const units::Unit unit = units::parse_unit(datum.unit);
  std::string value = number((datum.value - unit.offset) / unit.factor);
  if (datum.sigma) value += " +- " + number(*datum.sigma / unit.factor);
  if (datum.unit != "1") value += " " + datum.unit;
  std::string basis = std::string(scenarios::name_of(datum.basis)) + ", " + datum.source;
  if (!datum.fitted_to.empty()) basis += ", to " + scenarios::joined(datum.fitted_to);
  std::string text = "  " + scenarios::padded(datum.name, 30) + scenarios::padded(value, 28) + basis + "\n";
  if (!datum.note.empty()) text += scenarios::wrapped("      " + datum.note, 118, "      ") + "\n";
  return text;
}

std::string describe(const DataFile& file) {
  std::string text = file.kind + "/" + file.name + "  (" + file.path + ")\n";
  for (const auto& [key, content] : file.texts) text += "  " + scenarios::padded(key, 30) + content + "\n";
  for (const Datum& datum : file.data) text += describe(datum);
  return text;
}

std::string list(const DataLibrary& library) {
  std::string text;
  for (const std::string& kind : library.kinds()) {
    text += scenarios::padded(kind, 14) + scenarios::joined(library.names(kind)) + "\n";
  }
  text += "\nsearched, in this order:\n";
  for (const std::string& folder : library.folders()) text += "  " + folder + "\n";
  return text;
}

/// Every file of that name, whatever its kind; "solvents/toluene" names the kind, too.
std::string describe_named(const DataLibrary& library, const std::string& name) {
  std::string text;
  std::vector<std::string> all;
  for (const std::string& kind : library.kinds()) {
    for (const std::string& known : library.names(kind)) {
      all.push_back(known);
      if (known != name && kind + "/" + known != name) continue;
      text += (text.empty() ? "" : "\n") + describe(library.load(kind, known, {"nacre materials", 0, 0}, "NAME"));
    }
  }
  if (!text.empty()) return text;
  const std::string near = io::nearest(name, all);
  throw io::InputError({"nacre materials", 0, 0}, "NAME", "\"" + name + "\", which is not in the data",
                       (near.empty() ? "" : "perhaps \"" + near + "\", or ") + "one of " + scenarios::joined(all));
}

}  // namespace

int run_materials(const Global& global, const std::string& name) {
  const DataLibrary library(scenarios::data_folders(global.data));
  print(name.empty() ? list(library) : describe_named(library, name));
  return exit_code::done;
}

}  // namespace nacre::cli
