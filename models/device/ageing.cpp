#include "models/device/ageing.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/math/quadrature.hpp"
#include "engine/math/roots.hpp"

namespace nacre::device {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

const math::Rule& rule() {
  static const math::Rule points = math::gauss_legendre(4);
  return points;
}

}  // namespace

AgeingCourse::AgeingCourse(const AgeingLaw& law, std::function<Aged(double)> at, double end, int panels)
    : law_(law), at_(std::move(at)) {
  assert(end > 0 && panels > 0);
  growth_ = time_ = stretched_ = {0};
  for (int i = 1; i <= panels; ++i) {
    const Times ends = from_panel(end * i / panels);
    growth_.push_back(end * i / panels);
    time_.push_back(ends.time);
    stretched_.push_back(ends.stretched);
  }
}

/// From the last known end of a panel below.
AgeingCourse::Times AgeingCourse::from_panel(double growth) const {
  const auto above = std::lower_bound(growth_.begin(), growth_.end(), growth);
  const auto last = static_cast<std::size_t>(above == growth_.begin() ? 0 : above - growth_.begin() - 1);
  Times sum{time_[last], stretched_[last]};
  const double half = (growth - growth_[last]) / 2;
  for (std::size_t n = 0; n < rule().nodes.size(); ++n) {
    const double u = growth_[last] + half * (1 + rule().nodes[n]), more = std::exp(u);
    const double seconds = rule().weights[n] * half * more * law_.vacancies / (law_.damage * at_(u).events);
    sum.time += seconds;
    sum.stretched += seconds * more;
  }
  return sum;
}

double AgeingCourse::time_at(double growth) const {
  return growth == 0 ? 0 : from_panel(growth).time;
}

double AgeingCourse::stretched_at(double growth) const {
  return growth == 0 ? 0 : from_panel(growth).stretched;
}

double AgeingCourse::growth_after(double time) const {
  const auto above = std::lower_bound(time_.begin(), time_.end(), time);
  if (above == time_.end()) return growth_.back();
  if (above == time_.begin()) return 0;
  const auto i = static_cast<std::size_t>(above - time_.begin());
  if (!std::isfinite(time_[i])) return growth_[i - 1];
  return math::brent_root([&](double u) { return time_at(u) - time; }, growth_[i - 1], growth_[i]).x;
}

double AgeingCourse::growth_at(const std::function<double(double, double)>& light, double value) const {
  for (std::size_t i = 1; i < growth_.size(); ++i) {
    if (!(light(growth_[i], stretched_[i]) <= value)) continue;
    return math::brent_root([&](double u) { return light(u, stretched_at(u)) - value; }, growth_[i - 1], growth_[i]).x;
  }
  return nan;
}

double dose_to_fade(double loss, double left) {
  const double end = (1 + loss) / left - 1;
  return std::log(end / loss) + end - loss;
}

}  // namespace nacre::device
