#include "engine/inference/global_search.hpp"

#include <nlopt.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "engine/math/quasi_random.hpp"

namespace nacre::inference {
namespace {

constexpr double hopeless = 1e30;  // of a point that cannot be computed; NLopt wants a number

double distance(const Point& a, const Point& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return std::sqrt(sum / static_cast<double>(a.size()));
}

double misfit_of(const std::vector<double>& row) {
  return is_sound(row) ? square_sum(row) : hopeless;
}

/// The given start, then the best samples that lie apart from all chosen before.
std::vector<Point> chosen_starts(const Batch& residuals, const Point& start, const GlobalOptions& options) {
  const auto count = static_cast<std::uint64_t>(options.samples);
  std::vector<Point> points(count, Point(start.size()));
  for (std::uint64_t i = 0; i < count; ++i) {
    for (std::size_t k = 0; k < start.size(); ++k)
      points[i][k] = math::quasi_random(i, count, static_cast<int>(k), options.seed);
  }
  const std::vector<std::vector<double>> rows = residuals(points);
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return misfit_of(rows[a]) < misfit_of(rows[b]); });
  std::vector<Point> starts{start};
  for (const std::size_t i : order) {
    if (starts.size() > static_cast<std::size_t>(options.starts) || misfit_of(rows[i]) >= hopeless) break;
    const auto is_near = [&](const Point& other) { return distance(points[i], other) < 2 * options.apart; };
    if (std::none_of(starts.begin(), starts.end(), is_near)) starts.push_back(points[i]);
  }
  return starts;
}

double objective(unsigned count, const double* x, double*, void* model) {
  return misfit_of(at(*static_cast<const Batch*>(model), Point(x, x + count)));
}

/// The best point that NLopt finds.
std::vector<Point> from_nlopt(const Batch& residuals, const Point& start, const GlobalOptions& options) {
  const bool crs = options.strategy == Strategy::crs;
  const std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)> search(
      nlopt_create(crs ? NLOPT_GN_CRS2_LM : NLOPT_GN_DIRECT_L, static_cast<unsigned>(start.size())), nlopt_destroy);
  nlopt_srand(static_cast<unsigned long>(options.seed));
  nlopt_set_lower_bounds1(search.get(), 0);
  nlopt_set_upper_bounds1(search.get(), 1);
  Batch model = residuals;
  nlopt_set_min_objective(search.get(), objective, &model);
  nlopt_set_maxeval(search.get(), options.samples);
  Point best = start;
  double lowest = hopeless;
  nlopt_optimize(search.get(), best.data(), &lowest);
  return {best, start};
}

/// Adds an optimum, or counts it to one that is there already.
void gather(GlobalResult& result, LeastSquares found, double apart) {
  for (std::size_t i = 0; i < result.optima.size(); ++i) {
    if (distance(result.optima[i].at, found.at) >= apart) continue;
    ++result.hits[i];
    if (found.misfit < result.optima[i].misfit) result.optima[i] = std::move(found);
    return;
  }
  result.optima.push_back(std::move(found));
  result.hits.push_back(1);
}

void sort_by_misfit(GlobalResult& result) {
  std::vector<std::size_t> order(result.optima.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return result.optima[a].misfit < result.optima[b].misfit; });
  GlobalResult sorted;
  for (const std::size_t i : order) {
    sorted.optima.push_back(std::move(result.optima[i]));
    sorted.hits.push_back(result.hits[i]);
  }
  result = std::move(sorted);
}

}  // namespace

GlobalResult global_search(const Batch& residuals, const Point& start, const GlobalOptions& options) {
  const std::vector<Point> starts = options.strategy == Strategy::multi_start ? chosen_starts(residuals, start, options)
                                                                              : from_nlopt(residuals, start, options);
  GlobalResult result;
  for (const Point& point : starts) {
    LeastSquares found = least_squares(residuals, point, options.local);
    if (is_sound(found.residuals)) gather(result, std::move(found), options.apart);
  }
  sort_by_misfit(result);
  if (result.optima.empty()) result.message = "no point could be computed";
  return result;
}

}  // namespace nacre::inference
