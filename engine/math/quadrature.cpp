#include "engine/math/quadrature.hpp"

#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace nacre::math {
namespace {

/// Legendre polynomials P_n(x) and P_(n-1)(x).
std::pair<double, double> legendre(std::size_t n, double x) {
  double p = 1, before = 0;
  for (std::size_t k = 1; k <= n; ++k) {
    const double order = static_cast<double>(k);
    before = std::exchange(p, ((2 * order - 1) * x * p - (order - 1) * before) / order);
  }
  return {p, before};
}

double legendre_slope(std::size_t n, double x, double p, double before) {
  return static_cast<double>(n) * (x * p - before) / (x * x - 1);
}

}  // namespace

Rule gauss_legendre(std::size_t n) {
  assert(n >= 1);
  Rule rule{std::vector<double>(n), std::vector<double>(n)};
  for (std::size_t i = 0; i < (n + 1) / 2; ++i) {
    double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (static_cast<double>(n) + 0.5));
    if (2 * i + 1 == n) x = 0;
    for (int iteration = 0; iteration < 20; ++iteration) {
      const auto [p, before] = legendre(n, x);
      const double step = p / legendre_slope(n, x, p, before);
      x -= step;
      if (std::abs(step) < 1e-15) break;
    }
    const auto [p, before] = legendre(n, x);
    const double slope = legendre_slope(n, x, p, before);
    rule.nodes[i] = -x;
    rule.nodes[n - 1 - i] = x;
    rule.weights[i] = rule.weights[n - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  return rule;
}

Rule composite(const Rule& rule, std::span<const double> edges) {
  Rule all;
  for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
    const double half = 0.5 * (edges[k + 1] - edges[k]), middle = 0.5 * (edges[k + 1] + edges[k]);
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
      all.nodes.push_back(middle + half * rule.nodes[i]);
      all.weights.push_back(half * rule.weights[i]);
    }
  }
  return all;
}

std::vector<double> cumulative_matrix(const Rule& rule) {
  // The interpolating polynomial is sum_k c_k P_k with c_k = (2k + 1)/2 sum_j w_j P_k(x_j) p_j, exact because the rule
  // integrates degree 2n - 1; and int_-1^x P_k = (P_(k+1)(x) - P_(k-1)(x))/(2k + 1), or x + 1 for k = 0.
  const std::size_t n = rule.nodes.size();
  std::vector<double> matrix(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < n; ++k) {
      const double above = legendre(k + 1, rule.nodes[i]).first;
      const double integral = k == 0 ? 0.5 * (rule.nodes[i] + 1) : 0.5 * (above - legendre(k, rule.nodes[i]).second);
      for (std::size_t j = 0; j < n; ++j)
        matrix[i * n + j] += integral * rule.weights[j] * legendre(k, rule.nodes[j]).first;
    }
  }
  return matrix;
}

}  // namespace nacre::math
