#include "scenarios/inference/fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>

namespace nacre::scenarios::inference {
namespace {

using nacre::inference::Batch;
using nacre::inference::LeastSquares;
using nacre::inference::Point;

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Point start_of(const Model& model) {
  Point start;
  for (const Parameter& p : model.parameters()) start.push_back(p.share(p.start));
  return start;
}

/// The residuals of a fit as searches see them.
Batch residual_batch(const Fit& fit, Runner& runner, std::optional<std::size_t> left_out = {}) {
  return [&fit, &runner, left_out](const std::vector<Point>& points) {
    std::vector<std::vector<double>> rows = runner.rows(points);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].empty()) continue;
      rows[i] = fit.residuals(rows[i], points[i], left_out);
      const double misfit = nacre::inference::square_sum(rows[i]);
      std::atomic<double>& best = runner.progress().best;
      if (!left_out && (best < 0 || misfit < best)) best = misfit;
    }
    return rows;
  };
}

Optimum optimum_of(const Fit& fit, const LeastSquares& found, int hits, Runner& runner) {
  Optimum optimum;
  for (std::size_t k = 0; k < found.at.size(); ++k)
    optimum.values.push_back(fit.model.parameters()[k].value(found.at[k]));
  optimum.misfit = found.misfit;
  optimum.hits = hits;
  const std::vector<double> row = runner.rows({found.at}).front();
  if (row.empty()) return optimum;
  optimum.computed = fit.computed(row);
  return optimum;
}

/// What is watched, at every optimum.
void watch(const Fit& fit, const Running& running, FitOutcome& outcome) {
  if (fit.watched.empty()) return;
  Journal nothing;
  Progress unseen;
  Runner runner(fit.watching, running, nothing, unseen);
  std::vector<std::vector<double>> points;
  for (const Optimum& optimum : outcome.optima) points.push_back(optimum.values);
  const std::vector<std::vector<double>> rows = runner.rows_at(points);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const Watched& watched : fit.watched)
      outcome.optima[i].watched.push_back(rows[i].empty() ? std::nan("") : rows[i][watched.place]);
    for (const Kind& kind : fit.kinds) {
      std::string& name = outcome.optima[i].kind;
      if (kind.holds(outcome.optima[i].watched[kind.watched])) name += (name.empty() ? "" : ", ") + kind.name;
    }
  }
}

void analyse(const Fit& fit, const LeastSquares& best, FitOutcome& outcome) {
  if (best.jacobian.size() == 0) {
    outcome.sentences.emplace_back("The derivatives at the optimum cannot be computed: no standard errors.");
    return;
  }
  const long free = fit.degrees_of_freedom();
  outcome.scale = fit.has_sigmas() || free <= 0 ? 1 : best.misfit / static_cast<double>(free);
  const nacre::inference::Covariance c = nacre::inference::covariance(best.jacobian, outcome.scale);
  std::vector<std::string> names;
  for (std::size_t k = 0; k < best.at.size(); ++k) {
    const Parameter& p = fit.model.parameters()[k];
    const auto row = static_cast<Eigen::Index>(k);
    const double slope = p.slope(best.at[k]);
    outcome.parameters[k].error = c.error[row] * slope;
    outcome.parameters[k].alone = c.alone[row] * slope;
    names.push_back(p.name);
    std::vector<double>& line = outcome.correlation.emplace_back();
    for (Eigen::Index j = 0; j < c.correlation.cols(); ++j) line.push_back(c.correlation(row, j));
  }
  for (const nacre::inference::Ridge& ridge : c.ridges) outcome.sentences.push_back(sentence(ridge, c, names));
}

void note_bounds(const Fit& fit, const LeastSquares& best, FitOutcome& outcome) {
  for (std::size_t k = 0; k < best.at.size(); ++k) {
    const Parameter& p = fit.model.parameters()[k];
    outcome.parameters.push_back({p.value(best.at[k]), 0, 0, best.at[k] < 1e-6 || best.at[k] > 1 - 1e-6});
    if (outcome.parameters.back().at_bound)
      outcome.sentences.push_back(p.name + " stopped at a bound: the targets would have it beyond.");
  }
}

void profile_all(const Fit& fit, const Batch& residuals, const LeastSquares& best, FitOutcome& outcome) {
  for (const std::size_t k : fit.profiled) {
    const Parameter& p = fit.model.parameters()[k];
    const double error = outcome.parameters[k].error / p.slope(best.at[k]);
    const nacre::inference::Profile profile =
        nacre::inference::profile(residuals, best, k, error, outcome.scale, fit.options.local);
    FitProfile& out = outcome.profiles.emplace_back();
    out.parameter = k;
    for (const auto& point : profile.points) {
      out.at.push_back(p.value(point.at));
      out.misfit.push_back(point.misfit);
    }
    const auto in_unit = [&](const std::optional<double>& share) {
      return share ? std::optional(p.value(*share)) : std::nullopt;
    };
    out.low68 = in_unit(profile.low68), out.high68 = in_unit(profile.high68);
    out.low95 = in_unit(profile.low95), out.high95 = in_unit(profile.high95);
    out.low_cut = profile.low_cut, out.high_cut = profile.high_cut;
    if (profile.deeper)
      outcome.sentences.push_back(p.name +
                                  fmt::format(" has a lower misfit, {:.5g}, at {:.6g}: the profile found what the "
                                              "search did not. Start there, or search globally.",
                                              profile.deeper->misfit * outcome.scale, p.value(profile.deeper->at)));
    if (profile.again)
      outcome.sentences.push_back(p.name +
                                  fmt::format(" fits in a second region, too: beyond its limits the misfit is {:.5g} "
                                              "at {:.6g}. method = \"multi-start\" lists all optima.",
                                              profile.again->misfit * outcome.scale, p.value(profile.again->at)));
  }
}

void leave_out(const Fit& fit, Runner& runner, const LeastSquares& best, FitOutcome& outcome) {
  LeaveOneOut left;
  double sum = 0;
  for (std::size_t i = 0; i < fit.data.size(); ++i) {
    const LeastSquares without =
        nacre::inference::least_squares(residual_batch(fit, runner, i), best.at, fit.options.local);
    const std::vector<double> row = runner.rows({without.at}).front();
    left.predicted.push_back(row.empty() ? std::nan("") : fit.computed(row, i)[i]);
    sum += std::pow(left.predicted.back() - fit.data[i].value, 2);
  }
  left.rms = std::sqrt(sum / static_cast<double>(fit.data.size()));
  outcome.left_out = std::move(left);
}

void count(const Runner& runner, const Progress& progress, FitOutcome& outcome) {
  outcome.evaluations = progress.evaluations;
  outcome.failed = progress.failed;
  outcome.reasons.assign(runner.reasons().begin(), runner.reasons().end());
  std::stable_sort(outcome.reasons.begin(), outcome.reasons.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  outcome.evaluation_seconds = runner.seconds();
}

/// All optima that are found, the best first; one without a strategy.
nacre::inference::GlobalResult searched(const Fit& fit, const Batch& residuals) {
  const Point start = start_of(fit.model);
  if (fit.strategy) return nacre::inference::global_search(residuals, start, fit.options);
  nacre::inference::GlobalResult result;
  LeastSquares found = nacre::inference::least_squares(residuals, start, fit.options.local);
  result.message = found.message;
  if (!nacre::inference::is_sound(found.residuals)) return result;
  result.optima.push_back(std::move(found));
  result.hits.push_back(1);
  return result;
}

}  // namespace

bool Kind::holds(double computed) const {
  return std::isfinite(computed) && !(at_least && computed < *at_least) && !(at_most && computed > *at_most);
}

std::size_t Fit::priors() const {
  const std::vector<Parameter>& all = model.parameters();
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [](const Parameter& p) { return p.prior.has_value(); }));
}

std::size_t Fit::factors() const {
  std::set<std::size_t> curves;
  for (const Datapoint& point : data)
    if (point.curve) curves.insert(*point.curve);
  return curves.size();
}

long Fit::degrees_of_freedom() const {
  return static_cast<long>(data.size() + priors()) - static_cast<long>(model.parameters().size() + factors());
}

std::vector<std::string> Fit::files() const {
  std::vector<std::string> all = model.files();
  all.push_back(path);
  for (const Datapoint& point : data)
    if (all.back() != point.where.file) all.push_back(point.where.file);
  return all;
}

/// The factor is a linear parameter: at its best for all others it needs no search, and the errors of the others are
/// those of a fit that has it among them.
std::vector<double> Fit::computed(const std::vector<double>& row, std::optional<std::size_t> left_out) const {
  struct Sums {
    double both = 0, own = 0;
  };
  std::map<std::size_t, Sums> curves;
  std::vector<double> all;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const Datapoint& point = data[i];
    all.push_back(point.computed(row));
    if (!point.curve || left_out == i) continue;
    const double weight = point.weight / (point.sigma > 0 ? point.sigma * point.sigma : 1);
    curves[*point.curve].both += weight * all.back() * point.value;
    curves[*point.curve].own += weight * all.back() * all.back();
  }
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (!data[i].curve) continue;
    const Sums& sums = curves[*data[i].curve];
    all[i] *= sums.own > 0 ? std::max(0.0, sums.both / sums.own) : 0;
  }
  return all;
}

std::vector<double> Fit::residuals(const std::vector<double>& row, const Point& at,
                                   std::optional<std::size_t> left_out) const {
  std::vector<double> all = computed(row, left_out);
  for (std::size_t i = 0; i < data.size(); ++i) {
    const Datapoint& point = data[i];
    const double sigma = point.sigma > 0 ? point.sigma : 1;
    const bool counts = !left_out || *left_out != i;
    all[i] = counts ? std::sqrt(point.weight) * (all[i] - point.value) / sigma : 0;
  }
  for (std::size_t k = 0; k < model.parameters().size(); ++k) {
    const Parameter& p = model.parameters()[k];
    if (p.prior) all.push_back((p.value(at[k]) - p.prior->first) / p.prior->second);
  }
  return all;
}

FitOutcome run_fit(const Fit& fit, const Running& running, Journal& journal, Progress& progress) {
  const double start = seconds_now();
  Runner runner(fit.model, running, journal, progress);
  const Batch residuals = residual_batch(fit, runner);
  const nacre::inference::GlobalResult result = searched(fit, residuals);
  FitOutcome outcome;
  outcome.message = result.message;
  if (!result.optima.empty() && !runner.stopped()) {
    const LeastSquares& best = result.optima.front();
    outcome.found = true;
    outcome.converged = best.converged;
    outcome.message = best.message;
    for (std::size_t i = 0; i < result.optima.size(); ++i)
      outcome.optima.push_back(optimum_of(fit, result.optima[i], result.hits[i], runner));
    watch(fit, running, outcome);
    note_bounds(fit, best, outcome);
    analyse(fit, best, outcome);
    profile_all(fit, residuals, best, outcome);
    if (fit.leave_one_out) leave_out(fit, runner, best, outcome);
  }
  outcome.known = journal.left();
  outcome.known_failed = journal.left_failed();
  outcome.stopped = runner.stopped();
  count(runner, progress, outcome);
  outcome.seconds = seconds_now() - start;
  return outcome;
}

std::optional<double> rms_of(const Fit& fit, const Optimum& optimum) {
  double sum = 0;
  for (std::size_t i = 0; i < fit.data.size(); ++i) {
    if (fit.data[i].unit != fit.data.front().unit) return std::nullopt;
    sum += std::pow(optimum.computed[i] - fit.data[i].value, 2);
  }
  return std::sqrt(sum / static_cast<double>(fit.data.size()));
}

}  // namespace nacre::scenarios::inference
