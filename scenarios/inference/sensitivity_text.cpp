#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenarios/inference/sensitivity.hpp"
#include "scenarios/json.hpp"
#include "scenarios/version.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios::inference {
namespace {

std::string number(double value, const char* form = "{:.3g}") {
  return std::isfinite(value) ? fmt::format(fmt::runtime(form), value) : "-";
}

/// The most important first: by total index, else by mu*, else by what half a range does.
std::vector<std::size_t> order_of(const OutputSensitivity& output) {
  const auto weight = [&](std::size_t k) {
    if (!output.sobol.total.empty()) return output.sobol.total[k].value;
    const double w = output.morris.empty() ? std::abs(output.local[k].of_sigma) : output.morris[k].mean_abs;
    return std::isfinite(w) ? w : -1;
  };
  std::vector<std::size_t> order(output.local.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
  return order;
}

std::string interval(const nacre::inference::Interval& i) {
  return fmt::format("{:.3f} ({:.3f} .. {:.3f})", i.value, i.low, i.high);
}

std::string table_of(const OutputSensitivity& output, const SensitivityOutcome& outcome,
                     const SensitivityAsked& asked) {
  std::size_t width = 12;
  for (const Parameter& p : outcome.parameters) width = std::max(width, p.name.size() + 2);
  const std::string unit = output.unit == "1" ? "" : " " + output.unit;
  std::string text = output.name + " = " + number(output.value, "{:.6g}") + unit + "\n" + padded("number", width) +
                     padded("value", 12) + padded("range", 24) + padded("unit", 10) + padded("relative", 10) +
                     padded("half range", 12);
  if (asked.trajectories > 0) text += padded("mu*", 10) + padded("sigma", 10);
  if (asked.base_samples > 0) text += padded("first order", 26) + "total";
  text += "\n";
  for (const std::size_t k : order_of(output)) {
    const Parameter& p = outcome.parameters[k];
    const Derivative& d = output.local[k];
    text += padded(p.name, width) + padded(number(p.start, "{:.5g}"), 12) +
            padded(number(p.from, "{:.4g}") + " .. " + number(p.to, "{:.4g}"), 24) + padded(p.form.unit(), 10) +
            padded(number(d.relative) + (d.exact ? "*" : ""), 10) + padded(number(d.of_sigma), 12);
    if (asked.trajectories > 0)
      text += padded(number(output.morris[k].mean_abs), 10) + padded(number(output.morris[k].spread), 10);
    if (asked.base_samples > 0) text += padded(interval(output.sobol.first[k]), 26) + interval(output.sobol.total[k]);
    text += "\n";
  }
  if (asked.base_samples > 0)
    text +=
        fmt::format("mean {:.5g}, standard deviation {:.3g}{} over the ranges; {} of {} base samples\n",
                    output.sobol.mean, std::sqrt(output.sobol.variance), unit, output.sobol.used, asked.base_samples);
  return text + "\n";
}

std::string interval_json(const nacre::inference::Interval& i) {
  return json(std::vector<double>{i.value, i.low, i.high});
}

}  // namespace

std::string sensitivity_text(const SensitivityOutcome& outcome, const SensitivityAsked& asked) {
  std::string text;
  for (const OutputSensitivity& output : outcome.outputs) text += table_of(output, outcome, asked);
  text +=
      "relative: d ln output/d ln number, around the case as it stands; half range: the slope times a quarter of the "
      "range, "
      "which is one sigma where a datum has one.\n";
  const auto is_exact = [](const Derivative& d) { return d.exact; };
  if (std::any_of(outcome.outputs.begin(), outcome.outputs.end(),
                  [&](const OutputSensitivity& o) { return std::any_of(o.local.begin(), o.local.end(), is_exact); }))
    text += "*: by dual numbers, the others by differences.\n";
  if (asked.trajectories > 0) text += "mu*, sigma: mean size and spread of the effect of the whole range (Morris).\n";
  if (asked.base_samples > 0) text += "first order, total: shares of the variance with 95 % intervals (Sobol).\n";
  text += fmt::format("{} points computed", outcome.evaluations);
  text += outcome.failed > 0 ? fmt::format(", {} of them failed\n", outcome.failed) : "\n";
  for (std::size_t i = 0; i < std::min<std::size_t>(3, outcome.reasons.size()); ++i)
    text += fmt::format("  {} x {}\n", outcome.reasons[i].second, outcome.reasons[i].first);
  return text;
}

std::string sensitivity_json(const SensitivityOutcome& outcome, const SensitivityAsked& asked) {
  std::vector<std::string> outputs;
  for (const OutputSensitivity& output : outcome.outputs) {
    std::vector<std::string> numbers;
    for (std::size_t k = 0; k < outcome.parameters.size(); ++k) {
      const Parameter& p = outcome.parameters[k];
      const Derivative& d = output.local[k];
      JsonObject one;
      one.add("name", p.name)
          .add("unit", p.form.unit())
          .add("value", p.start)
          .add("from", p.from)
          .add("to", p.to)
          .add("slope", d.slope)
          .add("relative", d.relative)
          .add("exact", d.exact);
      if (asked.trajectories > 0)
        one.add("mu", output.morris[k].mean)
            .add("mu_star", output.morris[k].mean_abs)
            .add("spread", output.morris[k].spread);
      if (asked.base_samples > 0)
        one.add_json("first", interval_json(output.sobol.first[k]))
            .add_json("total", interval_json(output.sobol.total[k]));
      numbers.push_back(one.text());
    }
    outputs.push_back(JsonObject()
                          .add("name", output.name)
                          .add("unit", output.unit)
                          .add("value", output.value)
                          .add_json("numbers", json_list(numbers))
                          .text());
  }
  return JsonObject()
             .add("version", program_version())
             .add("evaluations", static_cast<double>(outcome.evaluations))
             .add("failed", static_cast<double>(outcome.failed))
             .add_json("outputs", json_list(outputs))
             .text() +
         "\n";
}

}  // namespace nacre::scenarios::inference
