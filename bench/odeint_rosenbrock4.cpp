// Compiled as C++17, see bench/CMakeLists.txt.
#include <boost/numeric/odeint.hpp>

#include "bench/peer_problem.hpp"

namespace nacre::bench {

std::vector<double> solve_with_odeint(const PeerProblem& problem, double relative_tolerance) {
  namespace odeint = boost::numeric::odeint;
  using Vector = boost::numeric::ublas::vector<double>;
  using Matrix = boost::numeric::ublas::matrix<double>;
  const std::vector<double> start = problem.start();
  // odeint takes one absolute tolerance for all unknowns: that of the largest clusters
  const double absolute = problem.tolerance(relative_tolerance)[problem.classes() - 1];
  Vector y(start.size());
  std::copy(start.begin(), start.end(), y.begin());
  const auto rhs = [&](const Vector& x, Vector& dxdt, double) { problem.rhs(x, dxdt); };
  const auto jacobian = [&](const Vector& x, Matrix& j, const double&, Vector& dfdt) {
    j.clear();
    problem.jacobian(x, [&](std::size_t r, std::size_t c, double v) { j(r, c) += v; });
    std::fill(dfdt.begin(), dfdt.end(), 0);
  };
  auto stepper = odeint::rosenbrock4_controller<odeint::rosenbrock4<double>>(absolute, relative_tolerance);
  const auto system = std::make_pair(rhs, jacobian);
  double t = 0, dt = 1e-12;
  while (t < problem.time) {
    dt = std::min(dt, problem.time - t);
    stepper.try_step(system, y, t, dt);
  }
  return std::vector<double>(y.begin(), y.end());
}

}  // namespace nacre::bench
