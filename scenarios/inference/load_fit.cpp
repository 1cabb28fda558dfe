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

void read_profiled(const io::Document& document, Fit& fit) {
  for (const auto& [name, where] : texts_of(document, "profile")) {
    const std::vector<Parameter>& all = fit.model.parameters();
    const auto at = std::find_if(all.begin(), all.end(), [&](const Parameter& p) { return p.name == name; });
    if (at == all.end()) throw InputError(where, "profile", "\"" + name + "\"", "the name of a parameter");
    fit.profiled.push_back(static_cast<std::size_t>(at - all.begin()));
  }
}

void require_determined(const Fit& fit, const io::Document& document) {
  std::size_t known = fit.data.size();
  for (const Parameter& p : fit.model.parameters()) known += p.prior ? 1 : 0;
  if (fit.has_sigmas() || known > fit.model.parameters().size()) return;
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
          .strategy = {},
          .options = {},
          .profiled = {},
          .leave_one_out = inputs.flag("leave_one_out"),
          .fingerprint = ""};
  fit.data = read_targets(inputs, document, fit.model);
  read_watched(document, fit);
  read_search(inputs, fit);
  read_profiled(document, fit);
  require_determined(fit, document);
  std::vector<double> start;
  for (const Parameter& p : fit.model.parameters()) start.push_back(p.start);
  fit.model.require_loadable(start);
  fit.watching.require_loadable(start);
  fit.fingerprint = io::checksum_of(canonical_text(document) + fit.model.identity() + library.consulted() +
                                    program_version() + git_hash());
  return fit;
}

}  // namespace nacre::scenarios::inference
