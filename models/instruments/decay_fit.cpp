#include "models/instruments/decay_fit.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/math/least_squares.hpp"

namespace nacre::instruments {
namespace {

/// Adds amplitude x exp(-t/lifetime), integrated over each channel and convolved with the response, to a model.
void add_exponential(const Histogram& h, double amplitude, double lifetime, std::span<double> model) {
  const double ratio = std::exp(-h.width / lifetime);
  const double first = amplitude * lifetime * -std::expm1(-h.width / lifetime);
  double sum = 0;  // a geometric series, fed by the response
  for (std::size_t i = 0; i < model.size(); ++i) {
    sum = ratio * sum + (i < h.response.size() ? first * h.response[i] : 0);
    model[i] += sum;
  }
}

/// Mean time of the counts behind the pulse.
double mean_time(const Histogram& h) {
  double sum = 0, moment = 0;
  for (std::size_t i = 0; i < h.counts.size(); ++i) sum += h.counts[i], moment += h.counts[i] * h.time[i];
  return std::max(moment / sum, h.width);
}

/// ln amplitude and ln lifetime of each component, spread around the mean time.
std::vector<double> first_guess(const Histogram& h, int components) {
  const double mean = mean_time(h), area = std::accumulate(h.counts.begin(), h.counts.end(), 0.0);
  std::vector<double> start;
  for (int j = 0; j < components; ++j) {
    const double lifetime = mean * std::pow(3.0, 0.5 * (2 * j + 1 - components));
    start.push_back(std::log(area / components / lifetime));
    start.push_back(std::log(lifetime));
  }
  return start;
}

struct Part {
  double amplitude, lifetime, error;
};

}  // namespace

double MultiExponential::average(Averaging averaging) const {
  double zero = 0, first = 0, second = 0;
  for (std::size_t j = 0; j < amplitude.size(); ++j) {
    zero += amplitude[j];
    first += amplitude[j] * lifetime[j];
    second += amplitude[j] * lifetime[j] * lifetime[j];
  }
  return averaging == Averaging::amplitude ? first / zero : second / first;
}

MultiExponential fit_decay(const Histogram& h, int components, double peak_counts) {
  const std::size_t count = h.counts.size();
  const double highest = *std::max_element(h.counts.begin(), h.counts.end());
  const double counted = peak_counts > 0 ? 1 : 1e4 / highest;  // noise-free: weights of a good measurement
  std::vector<double> weight;
  for (const double n : h.counts) weight.push_back(1 / std::sqrt(std::max(n * counted, 1.0)));
  const auto residuals = [&](std::span<const double> p, std::span<double> r) {
    std::fill(r.begin(), r.end(), p.back() * highest);
    for (std::size_t j = 0; 2 * j + 1 < p.size(); ++j)
      add_exponential(h, std::exp(p[2 * j]), std::exp(p[2 * j + 1]), r);
    for (std::size_t i = 0; i < count; ++i) r[i] = (r[i] - h.counts[i]) * counted * weight[i];
  };
  std::vector<double> start = first_guess(h, components);
  start.push_back(0);  // background, in units of the highest channel
  // Without noise components that the decay does not have can be shifted for ever; a misfit far below the noise is enough.
  const double enough = peak_counts > 0 ? 0 : 1e-5 * static_cast<double>(count);
  const math::LeastSquares fit = math::least_squares(residuals, std::move(start), count, 1e-7, 400, enough);
  std::vector<Part> parts;
  double sum = 0;
  for (int j = 0; j < components; ++j) {
    const auto k = static_cast<std::size_t>(2 * j);
    const double lifetime = std::exp(fit.parameters[k + 1]);
    parts.push_back({std::exp(fit.parameters[k]), lifetime, lifetime * fit.standard_errors[k + 1]});
    sum += parts.back().amplitude;
  }
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.lifetime < b.lifetime; });
  MultiExponential result;
  result.converged = fit.converged;
  for (const Part& part : parts) {
    result.amplitude.push_back(part.amplitude / sum);
    result.lifetime.push_back(part.lifetime);
    result.lifetime_error.push_back(part.error);
  }
  result.reduced_chi_square = fit.chi_square / static_cast<double>(count - fit.parameters.size());
  return result;
}

}  // namespace nacre::instruments
