#include "models/confinement/trap_statistics.hpp"

#include <algorithm>
#include <cmath>

namespace nacre::confinement {
namespace {

double poisson(double mean, double m) {
  return mean > 0 ? std::exp(m * std::log(mean) - mean - std::lgamma(m + 1)) : (m == 0 ? 1.0 : 0.0);
}

/// Numbers of traps that are worth a class, from the most likely one outwards.
std::vector<TrapClass> single_numbers(double mean, double negligible) {
  const double top = std::floor(mean), highest = poisson(mean, top);
  std::vector<TrapClass> classes;
  for (double m = top, share = highest; m >= 0 && share > negligible * highest; share *= m / mean, --m)
    classes.push_back({m, share});
  std::reverse(classes.begin(), classes.end());
  for (double m = top + 1, share = highest * mean / m; share > negligible * highest; ++m, share *= mean / m)
    classes.push_back({m, share});
  return classes;
}

void normalise(std::vector<TrapClass>& classes) {
  double sum = 0;
  for (const TrapClass& c : classes) sum += c.share;
  for (TrapClass& c : classes) c.share /= sum;
}

}  // namespace

std::vector<TrapClass> poisson_classes(double mean, double negligible, int most) {
  std::vector<TrapClass> classes = single_numbers(mean, negligible);
  normalise(classes);
  const std::size_t count = classes.size(), limit = static_cast<std::size_t>(most);
  if (count <= limit) return classes;
  const std::size_t group = (count + limit - 1) / limit;
  std::vector<TrapClass> groups;
  for (std::size_t i = 0; i < count; i += group) {
    TrapClass sum;
    for (std::size_t j = i; j < std::min(i + group, count); ++j) {
      sum.share += classes[j].share;
      sum.traps += classes[j].share * classes[j].traps;
    }
    groups.push_back({sum.traps / sum.share, sum.share});
  }
  return groups;
}

PoissonMeans poisson_means(double mean, double rate, double capture) {
  PoissonMeans means;
  for (const TrapClass& c : poisson_classes(mean, 1e-13, 1 << 20)) {
    const double time = 1 / (rate + c.traps * capture);
    means.time += c.share * time;
    means.square += c.share * time * time;
  }
  return means;
}

}  // namespace nacre::confinement
