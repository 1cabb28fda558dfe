#include "models/confinement/rate_spectrum.hpp"

#include <algorithm>
#include <cmath>

namespace nacre::confinement {
namespace {

constexpr double spacing = 0.05;  // of ln k: four-point interpolation of exp(-k t) errs by 2e-7
constexpr double gone = 40;       // exp(-40) = 4e-18

}  // namespace

RateSpectrum::RateSpectrum(double slowest, double fastest, double time_step) : step_(spacing) {
  if (time_step > spacing) {
    per_time_ = static_cast<std::size_t>(std::ceil(time_step / spacing));
    step_ = time_step / static_cast<double>(per_time_);
  } else if (time_step > 0) {
    per_time_ = 1;
    per_rate_ = static_cast<std::size_t>(spacing / time_step);
    step_ = time_step * static_cast<double>(per_rate_);
  }
  first_ = std::log(slowest) - 2 * step_;
  const auto count = static_cast<std::size_t>(std::ceil((std::log(fastest) + 2 * step_ - first_) / step_)) + 2;
  amplitude_.assign(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) rate_.push_back(std::exp(first_ + step_ * static_cast<double>(i)));
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

std::vector<double> RateSpectrum::at_even(double first, std::size_t count) const {
  const double fine = step_ / static_cast<double>(per_rate_);
  const double lowest = first_ + std::log(first);
  const double left = std::ceil((std::log(gone) - lowest) / fine);
  const auto places = static_cast<std::size_t>(std::max(left, 0.0));  // beyond, all has died away
  // Places that follow one another in time lie side by side.
  const std::size_t rows = per_time_, length = (places + rows - 1) / rows;
  std::vector<double> table(rows * length, 0.0), values(count, 0.0);
  for (std::size_t p = 0; p < places; ++p)
    table[p % rows * length + p / rows] = std::exp(-std::exp(lowest + fine * static_cast<double>(p)));
  for (std::size_t i = 0; i < amplitude_.size() && i * per_rate_ < places; ++i) {
    const std::size_t place = i * per_rate_;
    const double* survival = table.data() + place % rows * length + place / rows;
    const std::size_t times = std::min(count, length - place / rows);
    const double amplitude = amplitude_[i];
    for (std::size_t j = 0; j < times; ++j) values[j] += amplitude * survival[j];
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
