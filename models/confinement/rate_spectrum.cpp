#include "models/confinement/rate_spectrum.hpp"

#include <algorithm>
#include <cmath>

namespace nacre::confinement {
namespace {

constexpr double spacing = 0.05;  // of ln k: four-point interpolation of exp(-k t) errs by 2e-7
constexpr double gone = 40;       // exp(-40) = 4e-18

}  // namespace

RateSpectrum::RateSpectrum(double slowest, double fastest) {
  const double first = std::log(slowest) - 2 * spacing;
  const auto count = static_cast<std::size_t>(std::ceil((std::log(fastest) + 2 * spacing - first) / spacing)) + 2;
  first_ = first;
  step_ = spacing;
  amplitude_.assign(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) rate_.push_back(std::exp(first + spacing * static_cast<double>(i)));
}

void RateSpectrum::add(double rate, double amplitude) {
  const double position = (std::log(rate) - first_) / step_;
  const auto i = static_cast<std::size_t>(position);
  const double t = position - static_cast<double>(i);
  amplitude_[i - 1] += amplitude * (-t * (t - 1) * (t - 2) / 6);
  amplitude_[i] += amplitude * ((t + 1) * (t - 1) * (t - 2) / 2);
  amplitude_[i + 1] += amplitude * (-(t + 1) * t * (t - 2) / 2);
  amplitude_[i + 2] += amplitude * ((t + 1) * t * (t - 1) / 6);
  start_ += amplitude;
  integral_ += amplitude / rate;
  moment_ += amplitude / (rate * rate);
}

double RateSpectrum::at(double time) const {
  double sum = 0;
  for (std::size_t i = 0; i < rate_.size() && rate_[i] * time < gone; ++i)
    sum += amplitude_[i] * std::exp(-rate_[i] * time);
  return sum;
}

std::vector<double> RateSpectrum::at(std::span<const double> times) const {
  std::vector<double> values(times.size(), 0.0);
  for (std::size_t i = 0; i < rate_.size(); ++i) {
    if (amplitude_[i] == 0) continue;
    for (std::size_t k = 0; k < times.size() && rate_[i] * times[k] < gone; ++k)
      values[k] += amplitude_[i] * std::exp(-rate_[i] * times[k]);
  }
  return values;
}

double RateSpectrum::fall(double time) const {
  double sum = 0;
  for (std::size_t i = 0; i < rate_.size() && rate_[i] * time < gone; ++i)
    sum += amplitude_[i] * rate_[i] * std::exp(-rate_[i] * time);
  return sum;
}

}  // namespace nacre::confinement
