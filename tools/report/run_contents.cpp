#include <algorithm>

#include "engine/io/input_error.hpp"
#include "engine/io/input_table.hpp"
#include "scenarios/json.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/words.hpp"
#include "tools/report/contents.hpp"
#include "tools/report/measured.hpp"
#include "tools/report/numbers.hpp"
#include "tools/report/variants.hpp"

namespace nacre::report {
namespace {

using scenarios::JsonObject;

/// A page of a run stays below 3 MB, half of which is plotly.js: as much as that leaves for data, and how many rows a
/// table has at most and at least.
constexpr double most_bytes = 1'250'000;
constexpr std::size_t most_rows = 150, least_rows = 4;

std::vector<std::string> chosen_variants(const io::Hdf5File& file, const Request& request) {
  const std::vector<std::string> present = variants_in(file);
  if (present.empty())
    throw io::InputError({request.input, 0, 0}, "", "a result in which no stage stands", "a result of `nacre run`");
  for (const std::string& name : request.variants) {
    if (std::find(present.begin(), present.end(), name) != present.end()) continue;
    const bool unnamed = present.size() == 1 && present.front().empty();
    throw io::InputError({request.input, 0, 0}, "--variant", "\"" + name + "\", which is not in the file",
                         unnamed ? "none: the case has no variants" : "one of " + scenarios::joined(present));
  }
  return request.variants.empty() ? present : request.variants;
}

std::string variants_that_fit(const io::Hdf5File& file, const std::vector<std::string>& names) {
  const Variants variants(file, names);
  std::size_t rows = most_rows;
  while (rows > least_rows && variants.bytes_with(rows) > most_bytes) --rows;
  return variants.json(rows);
}

}  // namespace

std::string eye_json(const scenarios::DataLibrary& library) {
  const confinement::ColourTable table = scenarios::ModelData(library).colour_table();
  std::vector<double> nanometres;
  for (const double wavelength : table.wavelength) nanometres.push_back(wavelength * 1e9);
  return JsonObject()
      .add_json("wavelength", encoded(nanometres))
      .add_json("x", encoded(table.x))
      .add_json("y", encoded(table.y))
      .add_json("z", encoded(table.z))
      .text();
}

std::string measured_json(const std::vector<std::string>& paths) {
  std::vector<std::string> tables;
  for (const std::string& path : paths) {
    const Measured measured = read_measured(path);
    std::vector<std::string> columns;
    for (const MeasuredColumn& column : measured.columns) {
      columns.push_back(JsonObject()
                            .add("name", column.name)
                            .add("unit", column.unit)
                            .add_json("values", encoded(column.values))
                            .text());
    }
    const std::string file = path.substr(path.rfind('/') + 1);
    tables.push_back(JsonObject()
                         .add("file", file)
                         .add("figure", measured.figure)
                         .add_json("columns", scenarios::json_list(columns))
                         .text());
  }
  return scenarios::json_list(tables);
}

Contents run_contents(const io::Hdf5File& file, const Request& request, const scenarios::DataLibrary& library) {
  const std::string title = attribute_of(file, "/", "title");
  const std::string name = request.input.substr(request.input.rfind('/') + 1);
  JsonObject object;
  object.add("kind", "run").add("title", title).add("file", name).add("paper", attribute_of(file, "/", "paper"));
  object.add("program", attribute_of(file, "/", "program_version") + " (" + attribute_of(file, "/", "git_hash") + ")");
  object.add("time", attribute_of(file, "/provenance", "time")).add("input", attribute_of(file, "/", "input"));
  object.add("overrides", attribute_of(file, "/", "input_overrides")).add_json("eye", eye_json(library));
  object.add_json("measured", measured_json(request.measured));
  object.add_json("variants", variants_that_fit(file, chosen_variants(file, request)));
  return {title.empty() ? name : title, object.text()};
}

}  // namespace nacre::report
