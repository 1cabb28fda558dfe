#include "scenarios/inference/fit_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/json.hpp"
#include "scenarios/version.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios::inference {
namespace {

constexpr double rise95 = 3.84;  // of the misfit at the 95 % limit of one parameter

std::string in_unit(double value, const std::string& unit, const char* format = "{:.6g}") {
  return fmt::format(fmt::runtime(format), value) + (unit == "1" ? "" : " " + unit);
}

/// An error; of a parameter that is searched by its logarithm, and known to no better than a third, as a factor.
std::string error_text(const Parameter& p, double value, double error) {
  if (!p.logarithmic || !(error > 0.3 * std::abs(value))) return fmt::format("{:.2g}", error);
  return fmt::format("x/ {:.2g}", std::exp(std::min(error / std::abs(value), 700.0)));
}

std::string plural(std::size_t count, const std::string& what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string parameters_text(const Fit& fit, const FitOutcome& outcome) {
  std::size_t width = 12;
  for (const Parameter& p : fit.model.parameters()) width = std::max(width, p.name.size() + 2);
  std::string text = padded("parameter", width) + padded("value", 14) + padded("+-", 10) + padded("others held", 13) +
                     padded("start", 11) + "unit\n";
  for (std::size_t k = 0; k < outcome.parameters.size(); ++k) {
    const Parameter& p = fit.model.parameters()[k];
    const FittedParameter& f = outcome.parameters[k];
    text += padded(p.name, width) + padded(fmt::format("{:.6g}", f.value), 14) +
            padded(error_text(p, f.value, f.error), 10) + padded(error_text(p, f.value, f.alone), 13) +
            padded(fmt::format("{:.6g}", p.start), 11) + p.form.unit() + (f.at_bound ? "  (at a bound)" : "") + "\n";
  }
  return text;
}

/// With its case, where there are several.
std::string named(const Datapoint& point) {
  return point.which_case.empty() ? point.name : point.which_case + ": " + point.name;
}

/// Priors beside what came out, as further targets.
std::string priors_text(const Fit& fit, const FitOutcome& outcome, std::size_t width) {
  std::string text;
  for (std::size_t k = 0; k < outcome.parameters.size(); ++k) {
    const Parameter& p = fit.model.parameters()[k];
    if (!p.prior) continue;
    const double value = outcome.parameters[k].value;
    text += padded("prior of " + p.name, width) + padded(fmt::format("{:.5g}", p.prior->first), 12) +
            padded(fmt::format("{:.5g}", value), 12) +
            padded(fmt::format("{:+.2f}", (value - p.prior->first) / p.prior->second), 8) +
            (outcome.left_out ? padded("", 12) : "") + p.form.unit() + "\n";
  }
  return text;
}

std::string data_text(const Fit& fit, const FitOutcome& outcome) {
  const Optimum& best = outcome.optima.front();
  const bool sigmas = fit.has_sigmas();
  std::size_t width = 26;
  for (const Datapoint& point : fit.data) width = std::max(width, named(point).size() + 2);
  for (const Parameter& p : fit.model.parameters())
    if (p.prior) width = std::max(width, p.name.size() + 11);
  std::string text = padded("target", width) + padded("measured", 12) + padded("computed", 12) +
                     (sigmas ? padded("sigmas", 8) : "") + (outcome.left_out ? padded("left out", 12) : "") + "unit\n";
  for (std::size_t i = 0; i < fit.data.size(); ++i) {
    const Datapoint& point = fit.data[i];
    text += padded(named(point), width) + padded(fmt::format("{:.5g}", point.value), 12) +
            padded(fmt::format("{:.5g}", best.computed[i]), 12);
    if (sigmas) text += padded(fmt::format("{:+.2f}", (best.computed[i] - point.value) / point.sigma), 8);
    if (outcome.left_out) text += padded(fmt::format("{:.5g}", outcome.left_out->predicted[i]), 12);
    text += point.unit + "\n";
  }
  text += priors_text(fit, outcome, width);
  const std::string unit = fit.data.front().unit;
  if (const auto rms = rms_of(fit, best))
    text += fmt::format("root mean square {:.4g}{}", *rms, unit == "1" ? "" : " " + unit);
  if (outcome.left_out && rms_of(fit, best))
    text += fmt::format(", leaving one out {:.4g}{}", outcome.left_out->rms, unit == "1" ? "" : " " + unit);
  if (rms_of(fit, best)) text += "\n";
  return text;
}

/// Those that pass |r| > 0.8, for a table of all is in the record.
std::string correlations_text(const Fit& fit, const FitOutcome& outcome) {
  std::string text;
  for (std::size_t a = 0; a < outcome.correlation.size(); ++a) {
    for (std::size_t b = a + 1; b < outcome.correlation.size(); ++b) {
      if (std::abs(outcome.correlation[a][b]) < 0.8) continue;
      text += fmt::format("correlation of {} and {}: {:+.3f}\n", fit.model.parameters()[a].name,
                          fit.model.parameters()[b].name, outcome.correlation[a][b]);
    }
  }
  return text;
}

/// Optima that no statistics tell from the best.
std::size_t as_good(const FitOutcome& outcome) {
  const double limit = outcome.optima.front().misfit + rise95 * outcome.scale;
  return static_cast<std::size_t>(
      std::count_if(outcome.optima.begin(), outcome.optima.end(), [&](const Optimum& o) { return o.misfit <= limit; }));
}

std::string limits_text(const Kind& kind, const std::string& unit) {
  std::string text;
  if (kind.at_least) text = "at least " + in_unit(*kind.at_least, unit);
  if (kind.at_most) text += (text.empty() ? "at most " : " and at most ") + in_unit(*kind.at_most, unit);
  return text;
}

/// The kinds of optima that fit as well as the best: which were found, and what tells them apart.
std::string kinds_text(const Fit& fit, const FitOutcome& outcome) {
  std::string text;
  for (const Kind& kind : fit.kinds) {
    const Watched& watched = fit.watched[kind.watched];
    std::string found;
    int count = 0;
    for (std::size_t i = 0; i < as_good(outcome); ++i) {
      const Optimum& optimum = outcome.optima[i];
      if (!kind.holds(optimum.watched[kind.watched])) continue;
      if (count++ > 0) continue;
      found = "the best of them has " + watched.name + " = " +
              in_unit(optimum.watched[kind.watched], watched.unit, "{:.4g}");
      for (std::size_t k = 0; k < optimum.values.size(); ++k)
        found += ", " + fit.model.parameters()[k].name + " = " +
                 in_unit(optimum.values[k], fit.model.parameters()[k].form.unit(), "{:.4g}");
    }
    const std::string what = "\"" + kind.name + "\"" + (kind.meaning.empty() ? "" : " (" + kind.meaning + ")") + ": ";
    const std::string told = watched.name + " of " + limits_text(kind, watched.unit) + ", which was no target";
    text += wrapped(count == 0 ? what + "not found: no optimum that fits as well as the best has " + told + "."
                               : what + std::to_string(count) + (count == 1 ? " optimum" : " optima") +
                                     " as good as the best, told by " + told + "; " + found + ".",
                    118, "  ") +
            "\n";
  }
  return text;
}

std::string optima_text(const Fit& fit, const FitOutcome& outcome) {
  std::string text;
  if (outcome.optima.size() > 1) {
    text += fmt::format("\n{} optima lie apart", outcome.optima.size());
    if (as_good(outcome) < outcome.optima.size())
      text += fmt::format("; {} of them fit as well as the best, the others are worse by more than {} of misfit",
                          as_good(outcome), rise95);
    text += "\n" + padded("misfit", 11) + padded("hits", 6);
    for (const Parameter& p : fit.model.parameters())
      text += padded(p.name, std::max<std::size_t>(13, p.name.size() + 2));
  } else if (!fit.watched.empty()) {
    text += "\n";
  }
  for (const Watched& w : fit.watched)
    if (outcome.optima.size() > 1) text += padded(w.name, std::max<std::size_t>(13, w.name.size() + 2));
  if (outcome.optima.size() > 1) {
    text += "\n";
    for (const Optimum& optimum : outcome.optima) {
      text += padded(fmt::format("{:.4g}", optimum.misfit), 11) + padded(std::to_string(optimum.hits), 6);
      for (std::size_t k = 0; k < optimum.values.size(); ++k)
        text += padded(fmt::format("{:.5g}", optimum.values[k]),
                       std::max<std::size_t>(13, fit.model.parameters()[k].name.size() + 2));
      for (std::size_t w = 0; w < optimum.watched.size(); ++w)
        text += padded(in_unit(optimum.watched[w], fit.watched[w].unit, "{:.4g}"),
                       std::max<std::size_t>(13, fit.watched[w].name.size() + 2));
      text += optimum.kind + "\n";
    }
    return text + kinds_text(fit, outcome);
  }
  for (std::size_t w = 0; w < outcome.optima.front().watched.size(); ++w)
    text += fit.watched[w].name + ": " + in_unit(outcome.optima.front().watched[w], fit.watched[w].unit, "{:.5g}") +
            " (no target)\n";
  return text + kinds_text(fit, outcome);
}

std::string bound_text(const std::optional<double>& bound, bool cut) {
  return bound ? fmt::format("{:.5g}", *bound) : cut ? "where nothing can be computed" : "the bound";
}

std::string profiles_text(const Fit& fit, const FitOutcome& outcome) {
  std::string text;
  for (const FitProfile& profile : outcome.profiles) {
    const Parameter& p = fit.model.parameters()[profile.parameter];
    text += fmt::format("\nprofile of {} [{}]: 68 % from {} to {}, 95 % from {} to {}\n", p.name, p.form.unit(),
                        bound_text(profile.low68, profile.low_cut), bound_text(profile.high68, profile.high_cut),
                        bound_text(profile.low95, profile.low_cut), bound_text(profile.high95, profile.high_cut));
    for (std::size_t i = 0; i < profile.at.size(); ++i)
      text +=
          "  " + padded(fmt::format("{:.6g}", profile.at[i]), 14) + fmt::format("misfit {:.5g}\n", profile.misfit[i]);
  }
  return text;
}

bool is_weighted(const Fit& fit) {
  return std::any_of(fit.data.begin(), fit.data.end(), [](const Datapoint& p) { return p.is_weighted; });
}

std::string counts_text(const Fit& fit, const FitOutcome& outcome) {
  std::string text =
      fmt::format("misfit {:.4g} with ", outcome.optima.front().misfit) + plural(fit.data.size(), "number");
  if (fit.priors() > 0) text += ", " + plural(fit.priors(), "prior");
  text += " and " + plural(fit.model.parameters().size(), "parameter");
  if (fit.factors() > 0) text += fmt::format(" and {} of curves", plural(fit.factors(), "factor"));
  text += fmt::format("; {} points computed", outcome.evaluations);
  if (outcome.failed > 0) text += fmt::format(", {} of them failed", outcome.failed);
  if (outcome.known > 0)
    text += fmt::format("; {} were known from before the interruption{}", outcome.known,
                        outcome.known_failed > 0 ? fmt::format(", {} of them failed", outcome.known_failed) : "");
  text += outcome.converged ? "\n" : "; not converged: " + outcome.message + "\n";
  if (!fit.has_sigmas())
    text += "standard errors from the scatter of the targets: " +
            (is_weighted(fit) ? fmt::format("{:.4g} of weighted numbers", std::sqrt(outcome.scale))
                              : in_unit(std::sqrt(outcome.scale), fit.data.front().unit, "{:.4g}") + " a number") +
            "\n";
  return text;
}

std::string failures_text(const FitOutcome& outcome) {
  std::string text;
  int others = 0;
  for (std::size_t i = 0; i < outcome.reasons.size(); ++i) {
    if (i < 3)
      text += fmt::format("  {} x {}\n", outcome.reasons[i].second, outcome.reasons[i].first);
    else
      others += outcome.reasons[i].second;
  }
  if (others > 0) text += fmt::format("  {} more, for {} other reasons\n", others, outcome.reasons.size() - 3);
  return text.empty() ? "" : "points that failed\n" + text;
}

/// A number that TOML reads back as one with a fraction.
std::string real(double number) {
  if (std::isnan(number)) return "nan";
  const std::string digits = json(number);
  return digits.find_first_of(".eE") == std::string::npos ? digits + ".0" : digits;
}

std::string quoted(const std::string& text) {
  return json(text);  // TOML's basic strings escape alike
}

std::string reals(const std::vector<double>& numbers) {
  std::string text;
  for (const double number : numbers) text += (text.empty() ? "" : ", ") + real(number);
  return "[" + text + "]";
}

std::string quoted_list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + quoted(word);
  return "[" + text + "]";
}

std::vector<std::string> fitted_to(const Fit& fit) {
  std::vector<std::string> names;
  for (const Datapoint& point : fit.data)
    if (std::find(names.begin(), names.end(), point.target) == names.end()) names.push_back(point.target);
  return names;
}

std::string stem(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return name.substr(0, name.rfind('.'));
}

std::string method_of(const Fit& fit) {
  using nacre::inference::Strategy;
  if (!fit.strategy) return "local";
  return *fit.strategy == Strategy::crs ? "crs" : *fit.strategy == Strategy::direct ? "direct" : "multi-start";
}

std::string parameter_record(const Fit& fit, const FitOutcome& outcome, std::size_t k) {
  const Parameter& p = fit.model.parameters()[k];
  const FittedParameter& f = outcome.parameters[k];
  std::string text = "\n[[parameter]]\nname = " + quoted(p.name) + "\nkeys = " + quoted_list(p.keys) + "\n";
  if (p.scene_case) text += "case = " + quoted(stem(fit.model.cases()[*p.scene_case].source.path)) + "\n";
  if (!p.text.empty()) text += "text = " + quoted(p.text) + "\n";
  text += "unit = " + quoted(p.form.unit()) + "\nvalue = " + real(f.value) + "\n";
  if (f.error > 0) text += "sigma = " + real(f.error) + "\nsigma_alone = " + real(f.alone) + "\n";
  text += "from = " + real(p.from) + "\nto = " + real(p.to) + "\n";
  if (p.prior) text += "prior = " + real(p.prior->first) + "\nprior_sigma = " + real(p.prior->second) + "\n";
  return f.at_bound ? text + "at_bound = true\n" : text;
}

}  // namespace

std::string fit_text(const Fit& fit, const FitOutcome& outcome) {
  std::string text = fit.title.empty() ? "" : fit.title + "\n";
  if (!outcome.found) return text + "no point could be computed: " + outcome.message + "\n" + failures_text(outcome);
  text += parameters_text(fit, outcome) + "\n" + data_text(fit, outcome) + counts_text(fit, outcome) +
          correlations_text(fit, outcome);
  for (const std::string& sentence : outcome.sentences) text += wrapped(sentence, 118, "  ") + "\n";
  if (const std::string method = method_of(fit); method == "crs" || method == "direct")
    text += method + " seeks one optimum; whether others fit as well, search.method = \"multi-start\" tells\n";
  return text + optima_text(fit, outcome) + profiles_text(fit, outcome) + failures_text(outcome);
}

std::string fit_json(const Fit& fit, const FitOutcome& outcome) {
  std::vector<std::string> parameters, targets, optima;
  for (std::size_t k = 0; k < outcome.parameters.size(); ++k) {
    const Parameter& p = fit.model.parameters()[k];
    const FittedParameter& f = outcome.parameters[k];
    parameters.push_back(JsonObject()
                             .add("name", p.name)
                             .add("unit", p.form.unit())
                             .add("value", f.value)
                             .add("standard_error", f.error)
                             .add("alone", f.alone)
                             .add("at_bound", f.at_bound)
                             .add("keys", p.keys)
                             .add("prior", p.prior ? std::optional(p.prior->first) : std::nullopt)
                             .add("prior_sigma", p.prior ? std::optional(p.prior->second) : std::nullopt)
                             .text());
  }
  for (const Optimum& optimum : outcome.optima)
    optima.push_back(JsonObject()
                         .add("misfit", optimum.misfit)
                         .add("hits", static_cast<double>(optimum.hits))
                         .add("values", optimum.values)
                         .add("computed", optimum.computed)
                         .add("watched", optimum.watched)
                         .add("kind", optimum.kind)
                         .text());
  for (const Datapoint& point : fit.data)
    targets.push_back(JsonObject()
                          .add("name", point.name)
                          .add("case", point.which_case)
                          .add("unit", point.unit)
                          .add("measured", point.value)
                          .add("sigma", point.sigma)
                          .text());
  std::vector<std::string> lines;
  for (const std::vector<double>& line : outcome.correlation) lines.push_back(json(line));
  return JsonObject()
             .add("version", program_version())
             .add("found", outcome.found)
             .add("converged", outcome.converged)
             .add_json("parameters", json_list(parameters))
             .add_json("correlation", json_list(lines))
             .add_json("targets", json_list(targets))
             .add_json("optima", json_list(optima))
             .add("sentences", outcome.sentences)
             .add("evaluations", static_cast<double>(outcome.evaluations))
             .add("failed", static_cast<double>(outcome.failed))
             .add("known", static_cast<double>(outcome.known))
             .add("degrees_of_freedom", static_cast<double>(fit.degrees_of_freedom()))
             .add("leave_one_out", outcome.left_out ? std::optional(outcome.left_out->rms) : std::nullopt)
             .add("seconds", outcome.seconds)
             .add("evaluation_seconds", outcome.evaluation_seconds)
             .text() +
         "\n";
}

std::string record_text(const Fit& fit, const FitOutcome& outcome) {
  const std::string file = fit.path.substr(fit.path.rfind('/') + 1);
  std::string text = "# Written by `nacre fit " + file +
                     "`. A case takes these numbers over with fits = [\"THIS FILE\"].\nschema = 1\n";
  text +=
      "title = " + quoted(fit.title) + "\nfit = " + quoted(file) + "\nfingerprint = " + quoted(fit.fingerprint) + "\n";
  text += "program = " + quoted(program_version() + " (" + git_hash() + ")") + "\nmethod = " + quoted(method_of(fit)) +
          "\nseed = " + quoted(std::to_string(fit.options.seed)) + "\n";
  text += "misfit = " + real(outcome.optima.front().misfit) +
          "\ndegrees_of_freedom = " + std::to_string(fit.degrees_of_freedom()) + "\nscale = " + real(outcome.scale) +
          "\nfitted_to = " + quoted_list(fitted_to(fit)) + "\n";
  if (outcome.left_out) text += "leave_one_out = " + real(outcome.left_out->rms) + "\n";
  if (!outcome.sentences.empty()) text += "sentences = " + quoted_list(outcome.sentences) + "\n";
  if (!outcome.correlation.empty()) {
    text += "correlation = [\n";
    for (const std::vector<double>& line : outcome.correlation) text += "  " + reals(line) + ",\n";
    text += "]\n";
  }
  if (!fit.watched.empty()) {
    std::vector<std::string> told;
    for (std::size_t w = 0; w < fit.watched.size(); ++w)
      told.push_back(fit.watched[w].name + " = " + in_unit(outcome.optima.front().watched[w], fit.watched[w].unit));
    text += "watched = " + quoted_list(told) + "\n";
    if (!outcome.optima.front().kind.empty()) text += "kind = " + quoted(outcome.optima.front().kind) + "\n";
  }
  for (const NamedCase& one : fit.model.cases())
    text += "\n[[case]]\nname = " + quoted(one.name) + "\nfile = " + quoted(one.file) + "\n";
  for (std::size_t k = 0; k < outcome.parameters.size(); ++k) text += parameter_record(fit, outcome, k);
  for (std::size_t i = 0; i < fit.data.size(); ++i) {
    const Datapoint& point = fit.data[i];
    text += "\n[[target]]\nname = " + quoted(point.name) +
            (point.which_case.empty() ? "" : "\ncase = " + quoted(point.which_case)) +
            "\nunit = " + quoted(point.unit) + "\nmeasured = " + real(point.value) +
            "\ncomputed = " + real(outcome.optima.front().computed[i]) + "\n";
    if (point.sigma > 0) text += "sigma = " + real(point.sigma) + "\n";
  }
  for (std::size_t i = 1; i < outcome.optima.size(); ++i) {
    const Optimum& optimum = outcome.optima[i];
    text += "\n[[optimum]]\nmisfit = " + real(optimum.misfit) + "\nhits = " + std::to_string(optimum.hits) +
            "\nvalues = " + reals(optimum.values) + "\n";
    if (!optimum.watched.empty()) text += "watched = " + reals(optimum.watched) + "\n";
    if (!optimum.kind.empty()) text += "kind = " + quoted(optimum.kind) + "\n";
  }
  return text;
}

}  // namespace nacre::scenarios::inference
