// What is read off an ensemble; how it moves is in ensemble_steps.cpp.
#include <algorithm>
#include <cmath>

#include "models/device/exchange/ensemble.hpp"

namespace nacre::device {

double Ensemble::carriers(std::size_t depth, std::size_t size, std::size_t cell) const {
  if (std::isfinite(zeta_[depth])) return occupied(depth * classes_.size() + size, cell);
  const double* factor = &boltzmann_[(cell * classes_.size() + size) * law_.levels.size()];
  double sum = 0;
  for (std::size_t l = 0; l < law_.levels.size(); ++l) sum += law_.levels[l].states * factor[l];
  return sum;
}

double Ensemble::iodide(std::size_t depth) const {
  double sum = 0;
  for (std::size_t i = 0; i < cells_; ++i)
    for (std::size_t s = 0; s < classes_.size(); ++s) sum += x_[i] * share(depth, s, i);
  return sum;
}

double Ensemble::iodide() const {
  double sum = 0;
  for (std::size_t d = 0; d < depths_.size(); ++d) sum += depths_[d] * iodide(d);
  return sum;
}

double Ensemble::richer_than(double fraction) const {
  if (cells_ == 1) return x_[0] > fraction ? 1 : 0;
  double sum = 0, face = 0;
  for (std::size_t i = 0; i < cells_; ++i) {
    face += width_[i];
    const double part = std::clamp((face - fraction) / width_[i], 0.0, 1.0);
    for (std::size_t d = 0; d < depths_.size() && part > 0; ++d)
      for (std::size_t s = 0; s < classes_.size(); ++s) sum += part * depths_[d] * share(d, s, i);
  }
  return sum;
}

double Ensemble::carrier_gap(std::size_t depth) const {
  double sum = 0, all = 0;
  for (std::size_t i = 0; i < cells_; ++i)
    for (std::size_t s = 0; s < classes_.size(); ++s) {
      const double here = share(depth, s, i) * carriers(depth, s, i);
      sum += here * gap(s, i), all += here;
    }
  return sum / all;
}

double Ensemble::free_energy() const {
  double layer = 0;
  for (std::size_t d = 0; d < depths_.size(); ++d) {
    const bool charged = std::isfinite(zeta_[d]);
    const double z = charged ? std::exp(zeta_[d]) : 0;
    double sum = charged ? drive_[d].occupancy * zeta_[d] : 0;
    for (std::size_t i = 0; i < cells_; ++i)
      for (std::size_t s = 0; s < classes_.size(); ++s) {
        const double p = share(d, s, i);
        if (!(p > 0)) continue;
        const double* factor = &boltzmann_[(i * classes_.size() + s) * law_.levels.size()];
        double energy = mixing_[i] + std::log(p / classes_[s].weight);
        for (std::size_t l = 0; l < law_.levels.size() && charged; ++l)
          energy -= law_.levels[l].states * std::log1p(z * factor[l]);
        sum += p * energy;
      }
    layer += depths_[d] * sum;
  }
  return layer;
}

double Ensemble::fermi_level(std::size_t depth) const {
  return zeta_[depth] + lowest_gap_ / kT_;
}

}  // namespace nacre::device
