// Boost 1.74's rosenbrock4 needs uBLAS, whose allocators C++20 no longer accepts: this unit is compiled as C++17.
#include "engine/ode/small_stiff.hpp"

#include <boost/numeric/odeint.hpp>
#include <cmath>

namespace nacre::ode {
namespace {

namespace odeint = boost::numeric::odeint;
using Vector = boost::numeric::ublas::vector<double>;
using Matrix = boost::numeric::ublas::matrix<double>;

std::vector<double> plain(const Vector& y) {
  return std::vector<double>(y.begin(), y.end());
}

struct Rhs {
  const SmallSystem* system;
  void operator()(const Vector& y, Vector& dydt, double t) const {
    std::vector<double> out(y.size());
    system->rhs(t, plain(y), out);
    std::copy(out.begin(), out.end(), dydt.begin());
  }
};

struct Jacobian {
  const SmallSystem* system;
  void operator()(const Vector& y, Matrix& j, const double& t, Vector& dfdt) const {
    const std::size_t n = y.size();
    std::vector<double> rows(n * n), slope(n);
    system->jacobian(t, plain(y), rows, slope);
    for (std::size_t r = 0; r < n; ++r)
      for (std::size_t c = 0; c < n; ++c) j(r, c) = rows[r * n + c];
    std::copy(slope.begin(), slope.end(), dfdt.begin());
  }
};

}  // namespace

SmallIntegration integrate_small(const SmallSystem& system, std::vector<double> start, double t0,
                                 const std::vector<double>& times, double absolute_tolerance, double relative_tolerance,
                                 std::vector<std::vector<double>>& states) {
  constexpr int most_steps = 200000;
  SmallIntegration result;
  Vector y(start.size());
  std::copy(start.begin(), start.end(), y.begin());
  auto stepper = odeint::rosenbrock4_controller<odeint::rosenbrock4<double>>(absolute_tolerance, relative_tolerance);
  const auto functions = std::make_pair(Rhs{&system}, Jacobian{&system});
  double t = t0, dt = 1e-9;
  for (const double target : times) {
    while (t < target) {
      double h = std::min(dt, target - t);
      const bool whole = h < dt;
      const double before = t;
      const auto verdict = stepper.try_step(functions, y, t, h);
      result.done = ++result.steps < most_steps && std::isfinite(h) && before + h > before;
      if (!result.done) return result;
      if (verdict == odeint::fail || !whole) dt = h;
    }
    states.push_back(plain(y));
  }
  return result;
}

}  // namespace nacre::ode
