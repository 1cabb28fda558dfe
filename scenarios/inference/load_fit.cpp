#include <fmt/format.h>

#include <algorithm>

#include "engine/io/hdf5_seal.hpp"
#include "scenarios/inference/fit.hpp"
#include "scenarios/inference/inputs.hpp"
#include "scenarios/version.hpp"

namespace nacre::scenarios::inference {
namespace {

using io::InputError;

std::vector<std::pair<std::string, io::Position>> texts_of(const io::Document& document, const std::string& key) {
  std::vector<std::pair<std::string, io::Position>> texts;
  const io::Entry* entry = document.find(key);
  if (!entry) return texts;
  for (const io::Entry& item : std::get<io::Array>(entry->value)) {
    const auto* text = std::get_if<std::string>(&item.value);
    if (!text) throw InputError(item.where, key, "no text", "texts in quotation marks");
    texts.emplace_back(*text, item.where);
  }
  return texts;
}

void read_search(const io::Inputs& inputs, Fit& fit) {
  const std::string method = inputs.text("search.method");
  using nacre::inference::Strategy;
  if (method == "multi-start") fit.strategy = Strategy::multi_start;
  if (method == "crs") fit.strategy = Strategy::crs;
  if (method == "direct") fit.strategy = Strategy::direct;
  fit.options.strategy = fit.strategy.value_or(Strategy::multi_start);
  fit.options.samples = static_cast<int>(inputs.number("search.samples"));
  fit.options.starts = static_cast<int>(inputs.number("search.starts"));
  fit.options.seed = static_cast<std::uint64_t>(inputs.number("search.seed"));
  fit.options.apart = inputs.number("search.apart");
  fit.options.local.iterations = static_cast<int>(inputs.number("search.iterations"));
  fit.options.local.tolerance = inputs.number("search.tolerance");
  fit.options.local.steps.assign(fit.model.parameters().size(), inputs.number("search.step"));
}

void read_watched(const io::Document& document, Fit& fit) {
  for (const auto& [text, where] : texts_of(document, "watch")) {
    const std::size_t place = add_output(fit.watching, text, "", where, "watch");
    fit.watched.push_back({text, fit.watching.unit(place), place});
  }
}

std::optional<double> limit(const io::Inputs& inputs, const io::Document& document, const std::string& key,
                            const std::string& unit) {
  if (!inputs.given(key)) return std::nullopt;
  return form_of_unit(unit).read(key, *document.find(key));
}

void read_kinds(const io::Inputs& inputs, const io::Document& document, Fit& fit) {
  for (int i = 0; i < inputs.count("kind"); ++i) {
    const std::string prefix = "kind." + std::to_string(i) + ".", output = inputs.text(prefix + "output");
    const auto at =
        std::find_if(fit.watched.begin(), fit.watched.end(), [&](const Watched& w) { return w.name == output; });
    if (at == fit.watched.end())
      throw InputError(inputs.where(prefix + "output"), prefix + "output", "\"" + output + "\"",
                       "one of those that `watch` names");
    Kind kind{inputs.text(prefix + "name"), inputs.text(prefix + "meaning"),
              static_cast<std::size_t>(at - fit.watched.begin()),
              limit(inputs, document, prefix + "at_least", at->unit),
              limit(inputs, document, prefix + "at_most", at->unit)};
    if (!kind.at_least && !kind.at_most)
      throw InputError(inputs.where(prefix + "name"), prefix + "at_most", "no limit", "at_least, at_most or both");
    fit.kinds.push_back(std::move(kind));
  }
}

/// Curves must lie where they are computed, which the start tells.
void require_on_axes(const Fit& fit, const io::Document& document, const std::vector<double>& start) {
  const std::string text = fit.model.off_axis(start);
  if (text.empty()) return;
  throw InputError({document.name(), 0, 0}, "target.over_column", text, "places on its axis, in the unit `over_unit`");
}

/// What was measured decides nothing about points, but all about the outcome.
std::string measured_text(const Fit& fit) {
  std::string text;
  for (const Datapoint& point : fit.data)
    text += fmt::format("{} {:.17g} {:.17g} {:.17g}\n", point.name, point.value, point.sigma, point.weight);
  return text;
}

void read_profiled(const io::Document& document, Fit& fit) {
  for (const auto& [name, where] : texts_of(document, "profile")) {
    const std::vector<Parameter>& all = fit.model.parameters();
    const auto at = std::find_if(all.begin(), all.end(), [&](const Parameter& p) { return p.name == name; });
    if (at == all.end()) throw InputError(where, "profile", "\"" + name + "\"", "the name of a parameter");
    fit.profiled.push_back(static_cast<std::size_t>(at - all.begin()));
  }
}

void require_determined(const Fit& fit, const io::Document& document) {
  const std::size_t known = fit.data.size() + fit.priors();
  if (fit.has_sigmas() || fit.degrees_of_freedom() > 0) return;
  throw InputError({document.name(), 0, 0}, "target",
                   std::to_string(known) + " numbers without sigma for " +
                       std::to_string(fit.model.parameters().size()) + " parameters",
                   "sigmas, or more targets than parameters: standard errors come from one or the other");
}

}  // namespace

Fit load_fit(const std::string& path, const DataLibrary& library) {
  const io::Document document = io::Document::load(path);
  const io::Inputs inputs(fit_inputs(), document);
  inputs.require_complete();
  const std::vector<NamedCase> cases = read_cases(inputs, document);
  const std::vector<Parameter> parameters = read_parameters(inputs, document, cases, library);
  Fit fit{.path = path,
          .title = inputs.text("title"),
          .text = document.text(),
          .model = Model(cases, parameters, library),
          .watching = Model(cases, parameters, library),
          .data = {},
          .watched = {},
          .kinds = {},
          .strategy = {},
          .options = {},
          .profiled = {},
          .leave_one_out = inputs.flag("leave_one_out"),
          .fingerprint = ""};
  fit.data = read_targets(inputs, document, fit.model);
  read_watched(document, fit);
  read_kinds(inputs, document, fit);
  read_search(inputs, fit);
  read_profiled(document, fit);
  require_determined(fit, document);
  std::vector<double> start;
  for (const Parameter& p : fit.model.parameters()) start.push_back(p.start);
  fit.model.require_loadable(start);
  fit.watching.require_loadable(start);
  require_on_axes(fit, document, start);
  fit.fingerprint = io::checksum_of(canonical_text(document) + fit.model.identity() + measured_text(fit) +
                                    library.consulted() + program_version() + git_hash());
  return fit;
}

}  // namespace nacre::scenarios::inference
