#include "scenarios/inference/uncertainty.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "engine/math/quasi_random.hpp"
#include "engine/units/quantity.hpp"
#include "scenarios/fitted_input.hpp"
#include "scenarios/inference/measured.hpp"
#include "scenarios/load.hpp"

namespace nacre::scenarios::inference {
namespace {

constexpr double widest_normal = 0.3;  // relative sigma beyond which a positive number is sampled by its logarithm

UncertainNumber number_of(const std::string& name, const std::string& unit, double value, double sigma, Basis basis) {
  return {name, {name}, unit, value, sigma, basis, value > 0 && sigma > widest_normal * value, {}};
}

/// A fitted input where variants use it. One constant that stands in several variants is one number.
void add_input(UncertainNumbers& all, const Case& source, const FittedInput& input) {
  if (input.input == "material.composition" || !input.sigma || !(*input.sigma > 0)) return;
  std::vector<std::string> keys;
  for (const Variant& variant : source.variants)
    if (is_in_use(input, variant))
      keys.push_back(variant.name.empty() ? input.input : "variant." + variant.name + "." + input.input);
  if (keys.empty()) return;
  for (UncertainNumber& other : all.numbers) {
    const bool same = other.name.ends_with("." + input.input) && other.value == input.value && other.unit == input.unit;
    if (!same) continue;
    other.keys.insert(other.keys.end(), keys.begin(), keys.end());
    return;
  }
  all.numbers.push_back(number_of(input.key, input.unit, input.value, *input.sigma, Basis::fitted));
  all.numbers.back().keys = keys;
  all.numbers.back().fitted_to = input.fitted_to;
}

void add(UncertainNumbers& all, UncertainNumber number) {
  const auto same = [&](const UncertainNumber& other) { return other.name == number.name; };
  if (std::none_of(all.numbers.begin(), all.numbers.end(), same)) all.numbers.push_back(std::move(number));
}

/// A key without its variant.
std::string input_of(const std::string& key) {
  const std::string variant = "variant.";
  return key.starts_with(variant) ? key.substr(key.find('.', variant.size()) + 1) : key;
}

/// Whether a record speaks of a number: by its name, or of the input that another case uses unchanged, which says that
/// it was fitted to the same.
bool speaks_of(const FitRecord& record, const RecordedParameter& recorded, const UncertainNumber& number) {
  if (std::find(recorded.keys.begin(), recorded.keys.end(), number.name) != recorded.keys.end()) return true;
  if (number.fitted_to.empty() || number.fitted_to != record.fitted_to) return false;
  return std::any_of(recorded.keys.begin(), recorded.keys.end(),
                     [&](const std::string& key) { return input_of(key) == input_of(number.name); });
}

/// The place of a recorded number, when it is in use with the recorded value: to a twentieth of its sigma.
std::optional<std::size_t> place_of(const FitRecord& record, const RecordedParameter& recorded,
                                    const UncertainNumbers& all) {
  for (std::size_t i = 0; i < all.numbers.size(); ++i) {
    const UncertainNumber& number = all.numbers[i];
    if (!speaks_of(record, recorded, number)) continue;
    const double factor = units::parse_unit(recorded.unit).factor / units::parse_unit(number.unit).factor;
    if (std::abs(recorded.value * factor - number.value) < 0.05 * number.sigma) return i;
  }
  return std::nullopt;
}

void correlate(UncertainNumbers& all, const std::vector<FitRecord>& records) {
  const std::size_t n = all.numbers.size();
  all.correlation.assign(n, std::vector<double>(n, 0));
  for (std::size_t i = 0; i < n; ++i) all.correlation[i][i] = 1;
  std::vector<bool> taken(n, false);
  for (const FitRecord& record : records) {
    if (record.correlation.empty()) continue;
    std::vector<std::optional<std::size_t>> places;
    for (const RecordedParameter& p : record.parameters) {
      places.push_back(place_of(record, p, all));
      if (places.back() && taken[*places.back()]) places.back().reset();  // by a record that came first
    }
    for (std::size_t a = 0; a < places.size(); ++a) {
      if (!places[a]) continue;
      taken[*places[a]] = true;
      for (std::size_t b = 0; b < places.size(); ++b)
        if (places[b] && a != b) all.correlation[*places[a]][*places[b]] = record.correlation[a][b];
    }
  }
}

/// A root of the correlation: L with L L^T = C, also where it is singular.
Eigen::MatrixXd root_of(const std::vector<std::vector<double>>& correlation) {
  const auto n = static_cast<Eigen::Index>(correlation.size());
  Eigen::MatrixXd c(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j)
      c(i, j) = correlation[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(c);
  // Symmetric, so that a number without correlations keeps its own dimension of the sequence.
  return solver.eigenvectors() * solver.eigenvalues().cwiseMax(0).cwiseSqrt().asDiagonal() *
         solver.eigenvectors().transpose();
}

double quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto left = static_cast<std::size_t>(at);
  const std::size_t right = std::min(left + 1, sorted.size() - 1);
  return sorted[left] + (at - static_cast<double>(left)) * (sorted[right] - sorted[left]);
}

std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> rank(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<double>(i);
  return rank;
}

double correlation_of(const std::vector<double>& a, const std::vector<double>& b) {
  const double n = static_cast<double>(a.size());
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n,
               mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

std::vector<std::string> all_outputs(const Case& source, const DataLibrary& library) {
  std::vector<std::string> names;
  for (const Variant& variant : source.variants) {
    const Plan plan = load_plan(variant, library);
    for (const OutputRow& row : outputs())
      if (row.is_scalar() && is_run(plan, row.stage))
        names.push_back((variant.name.empty() ? "" : variant.name + ".") + row.name);
  }
  return names;
}

}  // namespace

std::vector<double> sample(const UncertainNumbers& uncertain, std::uint64_t index, std::uint64_t count,
                           std::uint64_t seed) {
  const auto n = static_cast<Eigen::Index>(uncertain.numbers.size());
  Eigen::VectorXd normal(n);
  for (Eigen::Index k = 0; k < n; ++k) {
    const double share = math::quasi_random(index, count, static_cast<int>(k), seed);
    normal[k] = math::normal_quantile(std::clamp(share, 1e-9, 1 - 1e-9));
  }
  const Eigen::VectorXd together = root_of(uncertain.correlation) * normal;
  std::vector<double> values;
  for (std::size_t k = 0; k < uncertain.numbers.size(); ++k) {
    const UncertainNumber& number = uncertain.numbers[k];
    const double z = together[static_cast<Eigen::Index>(k)];
    values.push_back(number.logarithmic ? number.value * std::exp(z * std::log1p(number.sigma / number.value))
                                        : number.value + z * number.sigma);
  }
  return values;
}

UncertainNumbers uncertain_numbers(const std::vector<NamedCase>& cases, const DataLibrary& library,
                                   const std::vector<FitRecord>& records) {
  UncertainNumbers all;
  for (const NamedCase& one : cases) {
    for (const Variant& variant : one.source.variants) {
      for (const UsedDatum& used : load_plan(variant, library).used) {
        const Datum& datum = used.datum;
        const units::Unit unit = units::parse_unit(datum.unit);
        if (!datum.sigma || !(*datum.sigma > 0) || datum.file == "case" || unit.offset != 0) continue;
        UncertainNumber number = number_of(datum.file + "." + datum.name, datum.unit, datum.value / unit.factor,
                                           *datum.sigma / unit.factor, datum.basis);
        number.fitted_to = datum.fitted_to;
        add(all, std::move(number));
      }
    }
    for (const FittedInput& input : one.source.fitted) add_input(all, one.source, input);
  }
  std::vector<FitRecord> known;
  for (const NamedCase& one : cases) known.insert(known.end(), one.source.fits.begin(), one.source.fits.end());
  known.insert(known.end(), records.begin(), records.end());
  correlate(all, known);
  return all;
}

std::vector<Parameter> parameters_of(const UncertainNumbers& uncertain, const std::vector<NamedCase>& cases,
                                     const DataLibrary& library) {
  std::vector<Parameter> parameters;
  for (const UncertainNumber& number : uncertain.numbers) {
    Parameter p;
    if (number.name.find('/') != std::string::npos)
      p.form = form_of_unit(number.unit);
    else
      p = parameter_of(number.keys.front(), cases, library, {}, number.name), p.form = converted(p.form, number.unit);
    p.name = number.name;
    p.keys = number.keys;
    p.start = number.value;
    parameters.push_back(std::move(p));
  }
  return parameters;
}

std::vector<FitRecord> shipped_records() {
  namespace fs = std::filesystem;
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::path(shared_folder("fits")) / "records", error))
    if (entry.path().extension() == ".toml") paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  std::vector<FitRecord> records;
  for (const std::string& path : paths) records.push_back(read_fit_record(path));
  return records;
}

Spread spread_of(std::size_t place, const std::vector<std::vector<double>>& rows,
                 const std::vector<std::vector<double>>& samples) {
  Spread spread;
  std::vector<double> values;
  std::vector<std::size_t> from;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].empty() || !std::isfinite(rows[i][place])) continue;
    values.push_back(rows[i][place]);
    from.push_back(i);
  }
  spread.samples = values.size();
  if (values.size() < 2) return spread;
  const double n = static_cast<double>(values.size());
  spread.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - spread.mean) * (value - spread.mean);
  spread.sigma = std::sqrt(squares / (n - 1));
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  spread.low68 = quantile(sorted, 0.1587), spread.high68 = quantile(sorted, 0.8413);
  spread.low95 = quantile(sorted, 0.025), spread.high95 = quantile(sorted, 0.975);
  if (!(spread.sigma > 1e-12 * std::abs(spread.mean))) return spread;
  const std::vector<double> ranked = ranks(values);
  for (std::size_t k = 0; k < samples.front().size(); ++k) {
    std::vector<double> cause;
    for (const std::size_t i : from) cause.push_back(samples[i][k]);
    const double r = correlation_of(ranked, ranks(cause));
    spread.causes.emplace_back(k, r * r);
  }
  std::stable_sort(spread.causes.begin(), spread.causes.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  // Less than what chance alone would show is nothing.
  while (!spread.causes.empty() && (spread.causes.back().second < std::max(0.02, 9 / n) || spread.causes.size() > 3))
    spread.causes.pop_back();
  return spread;
}

UncertaintyOutcome uncertainty(const NamedCase& source, const std::vector<std::string>& wanted, std::uint64_t samples,
                               std::uint64_t seed, const DataLibrary& library, const Running& running,
                               Progress& progress) {
  const std::vector<NamedCase> cases{source};
  UncertaintyOutcome outcome;
  outcome.uncertain = uncertain_numbers(cases, library, shipped_records());
  Model model(cases, parameters_of(outcome.uncertain, cases, library), library);
  model.allow_gaps();
  const std::vector<std::string> names = wanted.empty() ? all_outputs(source.source, library) : wanted;
  std::vector<std::size_t> places;
  for (const std::string& name : names) places.push_back(add_output(model, name, "", {"--output", 0, 0}, ""));
  std::vector<std::vector<double>> points;
  std::vector<double> as_it_is;
  for (const UncertainNumber& number : outcome.uncertain.numbers) as_it_is.push_back(number.value);
  for (std::uint64_t i = 0; i < samples; ++i) points.push_back(sample(outcome.uncertain, i, samples, seed));
  Journal journal;
  Runner runner(model, running, journal, progress);
  const std::vector<double> plain = model.at(as_it_is).values;
  const std::vector<std::vector<double>> rows = runner.rows_at(points);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!std::isfinite(plain[places[i]])) continue;
    Spread spread = spread_of(places[i], rows, points);
    spread.name = names[i];
    spread.unit = model.unit(places[i]);
    spread.value = plain[places[i]];
    outcome.spreads.push_back(std::move(spread));
  }
  outcome.samples = samples;
  outcome.failed = progress.failed;
  outcome.reasons.assign(runner.reasons().begin(), runner.reasons().end());
  outcome.stopped = runner.stopped();
  return outcome;
}

}  // namespace nacre::scenarios::inference
