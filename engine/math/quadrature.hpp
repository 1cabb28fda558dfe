#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace nacre::math {

/// A quadrature rule: sum_i weight_i f(node_i).
struct Rule {
  std::vector<double> nodes;  ///< ascending
  std::vector<double> weights;
};

/// Gauss-Legendre nodes and weights on [-1, 1], exact for polynomials up to degree 2n - 1; n >= 1.
/// Newton on the three-term recurrence; accurate to a few units of the last place up to n of some hundred.
Rule gauss_legendre(std::size_t n);

/// A rule moved from [-1, 1] to each of the panels between consecutive ascending `edges`, one after the other.
Rule composite(const Rule& rule, std::span<const double> edges);

/// Matrix S (row-major, n x n) that integrates from -1 to each node the polynomial through the values at the nodes of
/// gauss_legendre(n): int_-1^(x_i) p = sum_j S_ij p_j.
std::vector<double> cumulative_matrix(const Rule& rule);

/// sum_i weight_i f(node_i).
template <class F>
double integrate(const Rule& rule, F&& f) {
  double sum = 0;
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) sum += rule.weights[i] * f(rule.nodes[i]);
  return sum;
}

}  // namespace nacre::math
