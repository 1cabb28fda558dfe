#include "models/synthesis/temperature.hpp"

#include <cmath>
#include <limits>

namespace nacre::synthesis {
namespace {

double relax(const Bath& bath, double from, double elapsed) {
  if (bath.time_constant <= 0) return bath.temperature;
  return bath.temperature + (from - bath.temperature) * std::exp(-elapsed / bath.time_constant);
}

}  // namespace

TemperatureProgramme::TemperatureProgramme(double start_temperature, const std::vector<Bath>& baths) : baths_(baths) {
  double t = 0, temperature = start_temperature;
  for (const Bath& bath : baths) {
    starts_.push_back(t);
    entry_.push_back(temperature);
    t += bath.duration;
    temperature = relax(bath, temperature, bath.duration);
    ends_.push_back(t);
  }
}

std::size_t TemperatureProgramme::bath_at(double t) const {
  std::size_t k = 0;
  while (k + 1 < baths_.size() && t > ends_[k]) ++k;
  return k;
}

double TemperatureProgramme::at(double t) const {
  const std::size_t k = bath_at(t);
  return relax(baths_[k], entry_[k], t - starts_[k]);
}

double TemperatureProgramme::time_scale(double t) const {
  const std::size_t k = bath_at(t);
  const bool settled = baths_[k].time_constant <= 0 || std::abs(at(t) - baths_[k].temperature) < 1e-3;
  return settled ? std::numeric_limits<double>::infinity() : baths_[k].time_constant;
}

}  // namespace nacre::synthesis
