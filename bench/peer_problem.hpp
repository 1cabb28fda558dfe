#pragma once
// One Becker-Doering problem on 400 discrete sizes, as plain data, so that solvers of other libraries can be given the
// very same one. C++17: Boost's rosenbrock4 is compiled with it.
#include <cmath>
#include <cstddef>
#include <vector>

namespace nacre::bench {

/// y[0] precursor, y[i] clusters of i + 1 units, y[n] monomer, with n classes; constant rates.
struct PeerProblem {
  std::vector<double> attachment, detachment;  // of face i between sizes i + 1 and i + 2
  double supply_time = 0, supply_total = 0, time = 0;

  std::size_t classes() const { return attachment.size() + 1; }
  std::size_t unknowns() const { return classes() + 1; }

  std::vector<double> start() const {
    std::vector<double> y(unknowns(), 0.0);
    y.back() = 1e-12 * supply_total;
    y.front() = supply_total - y.back();
    return y;
  }

  std::vector<double> tolerance(double relative) const {
    std::vector<double> absolute(unknowns());
    for (std::size_t i = 0; i < classes(); ++i)
      absolute[i] = 1e-6 * relative * supply_total / static_cast<double>(i + 1);
    absolute.front() = 1e-3 * relative * supply_total;
    absolute.back() = relative * detachment.back() / attachment.back();
    return absolute;
  }

  template <class In, class Out>
  void rhs(const In& y, Out& out) const {
    const std::size_t n = classes();
    const double c = y[n];
    double attached = 0, before = 0;
    for (std::size_t e = 0; e + 1 < n; ++e) {
      const double flux = attachment[e] * c * (e == 0 ? c : y[e]) - detachment[e] * y[e + 1];
      if (e > 0) out[e] = before - flux;
      attached += flux + (e == 0 ? flux : 0);
      before = flux;
    }
    out[n - 1] = before;
    out[0] = -y[0] / supply_time;
    out[n] = y[0] / supply_time - attached;
  }

  /// Calls entry(row, column, value) for every nonzero of the Jacobian; a place may be visited more than once.
  template <class In, class Entry>
  void jacobian(const In& y, Entry entry) const {
    const std::size_t n = classes();
    const double c = y[n];
    entry(std::size_t{0}, std::size_t{0}, -1 / supply_time);
    entry(n, std::size_t{0}, 1 / supply_time);
    for (std::size_t e = 0; e + 1 < n; ++e) {
      const double by_monomer = attachment[e] * (e == 0 ? 2 * c : y[e]), taken = e == 0 ? 2 : 1;
      const auto flux_slope = [&](std::size_t column, double slope) {
        if (e > 0) entry(e, column, -slope);
        entry(e + 1, column, slope);
        entry(n, column, -taken * slope);
      };
      flux_slope(n, by_monomer);
      if (e > 0) flux_slope(e, attachment[e] * c);
      flux_slope(e + 1, -detachment[e]);
    }
  }

  /// sum |N_i - exact_i|/sum exact_i over the clusters.
  double error(const std::vector<double>& y, const std::vector<double>& exact) const {
    double difference = 0, number = 0;
    for (std::size_t i = 1; i < classes(); ++i) {
      difference += std::abs(y[i] - exact[i]);
      number += exact[i];
    }
    return difference / number;
  }
};

/// Solves with Boost.Odeint's rosenbrock4 and a dense Jacobian.
std::vector<double> solve_with_odeint(const PeerProblem& problem, double relative_tolerance);

}  // namespace nacre::bench
