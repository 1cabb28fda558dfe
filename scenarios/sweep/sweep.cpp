#include "scenarios/sweep/sweep.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/io/hdf5_seal.hpp"
#include "engine/io/input_leaf.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/sweep/inputs.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios::sweep {
namespace {

using io::InputError;

/// A relative path of the base is seen from the sweep file.
std::string base_path(const io::Inputs& inputs, const std::string& sweep_path) {
  const std::filesystem::path base = inputs.text("base");
  return base.is_absolute() ? base.string()
                            : (std::filesystem::path(sweep_path).parent_path() / base).lexically_normal().string();
}

Variant pick(const Case& source, const io::Inputs& inputs) {
  const std::string wanted = inputs.text("variant");
  std::vector<std::string> names;
  for (const Variant& variant : source.variants) {
    if (variant.name == wanted) return variant;
    names.push_back(variant.name);
  }
  const std::string read = wanted.empty() ? "no variant" : "\"" + wanted + "\"";
  const bool none = names.size() == 1 && names.front().empty();
  throw InputError(inputs.where("variant"), "variant", read,
                   none ? "no variant: the case has none" : "one of " + joined(names) + " of " + source.path);
}

Layout layout_of(const Space& space, const Kept& kept) {
  Layout layout;
  for (const Axis& axis : space.axes()) layout.columns.push_back({axis.key(), {axis.unit(), axis.meaning()}, "", 1});
  layout.parameters = layout.columns.size();
  kept.describe(layout);
  return layout;
}

/// Everything that the numbers depend on, but for the program: the sweep, the case, and every byte of the data files
/// that points ask for. Along each axis only texts name data.
std::string identity(const Sweep& sweep, const io::Document& document, const DataLibrary& library) {
  const DataLibrary asked(library.folders());
  ModelData(asked).colour_table();
  load_plan(sweep.point(sweep.space.coordinates(0)), asked);
  for (std::size_t a = 0; a < sweep.space.axes().size(); ++a) {
    if (!sweep.space.axes()[a].holds_words()) continue;
    for (const std::uint64_t id : sweep.space.along(a)) load_plan(sweep.point(sweep.space.coordinates(id)), asked);
  }
  return canonical_text(document, {"axis", "sampling", "keep"}) + canonical_text(sweep.base.document) +
         asked.consulted();
}

}  // namespace

Variant Sweep::point(const std::vector<double>& coordinates) const {
  Variant variant = base;
  for (std::size_t a = 0; a < coordinates.size(); ++a) {
    const Axis& axis = space.axes()[a];
    for (const std::string& key : axis.keys()) variant.document.set(key, axis.entry(coordinates[a]));
  }
  return variant;
}

Sweep load_sweep(const std::string& path, const DataLibrary& library) {
  const io::Document document = io::Document::load(path);
  const io::Inputs inputs(sweep_inputs(), document);
  inputs.require_complete();
  const std::string case_path = base_path(inputs, path);
  const Case source = load_case(case_path);
  Space space(inputs, document);
  Kept kept(inputs, document);
  Layout layout = layout_of(space, kept);
  Sweep sweep{path,
              inputs.text("title"),
              document.text(),
              case_path,
              source.text,
              pick(source, inputs),
              std::move(space),
              std::move(kept),
              std::move(layout),
              ""};
  sweep.fingerprint = io::checksum_of(identity(sweep, document, library));
  return sweep;
}

}  // namespace nacre::scenarios::sweep
