#include "models/synthesis/schedule.hpp"

#include <algorithm>
#include <cmath>

namespace nacre::synthesis {
namespace {

constexpr double later_bath_resolution = 1e-3;  // of its duration: the first output after a change of bath

void add_logarithmic(double start, double first, double duration, int count, std::vector<double>& times) {
  for (int k = 0; k < count; ++k) {
    const double after = first * std::pow(duration / first, static_cast<double>(k) / std::max(1, count - 1));
    times.push_back(start + (k + 1 == count ? duration : after));
  }
}

}  // namespace

std::vector<double> output_times(const std::vector<Bath>& baths, const Options& options) {
  std::vector<double> times;
  double start = 0;
  const int later = std::max(2, options.output_times / 4);
  for (std::size_t b = 0; b < baths.size(); ++b) {
    const double duration = baths[b].duration;
    const double first = b == 0 ? std::min(options.first_output, 0.5 * duration) : later_bath_resolution * duration;
    add_logarithmic(start, first, duration, b == 0 ? options.output_times : later, times);
    start += duration;
  }
  return times;
}

}  // namespace nacre::synthesis
