#pragma once
#include <cmath>
#include <cstddef>
#include <vector>

#include "engine/fvm/physics.hpp"

namespace nacre::fvm {

/// The unknowns of all nodes, each as the sum of a double and its rounding error: differences between neighbours keep
/// 1e-16 of the difference, not of the value. A level of 200 kT that falls by 1e-13 kT over a cell still carries its
/// current.
template <std::size_t M>
struct State {
  std::vector<Block<double, M>> value;
  std::vector<Block<double, M>> rest;
  double global = 0;  ///< the unknown of a driven physics

  State() = default;
  explicit State(std::size_t nodes) : value(nodes), rest(nodes) {}
  std::size_t nodes() const { return value.size(); }

  /// Unknowns of node j minus those of node i.
  Block<double, M> difference(std::size_t i, std::size_t j) const {
    Block<double, M> d;
    for (std::size_t k = 0; k < M; ++k) d[k] = (value[j][k] - value[i][k]) + (rest[j][k] - rest[i][k]);
    return d;
  }

  /// Adds to one unknown without loss (Knuth's two-sum).
  void add(std::size_t i, std::size_t k, double change) {
    const double a = value[i][k], b = change + rest[i][k];
    const double sum = a + b, part = sum - a;
    value[i][k] = sum;
    rest[i][k] = (a - (sum - part)) + (b - part);
  }
};

}  // namespace nacre::fvm
