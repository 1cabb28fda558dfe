#include "models/device/exchange/mixed_halide.hpp"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/units/constants.hpp"
#include "models/device/exchange/composition_grid.hpp"

namespace nacre::device {
namespace {

constexpr double electron_volt = units::constants::electron_volt;

bool positive(double value) {
  return value > 0 && std::isfinite(value);
}

/// Coefficients of the three-term recurrence of the polynomials that are orthogonal over a discrete measure, by the
/// Lanczos process with full reorthogonalisation: a few of them, over many points.
struct Recurrence {
  std::vector<double> diagonal, beside;
};

Recurrence lanczos(const std::vector<double>& node, const std::vector<double>& weight, std::size_t count) {
  std::vector<std::vector<double>> basis{std::vector<double>(node.size())};
  for (std::size_t i = 0; i < node.size(); ++i) basis[0][i] = std::sqrt(weight[i]);
  Recurrence r;
  while (true) {
    const std::vector<double>& last = basis.back();
    std::vector<double> next(node.size());
    for (std::size_t i = 0; i < node.size(); ++i) next[i] = node[i] * last[i];
    r.diagonal.push_back(std::inner_product(next.begin(), next.end(), last.begin(), 0.0));
    if (r.diagonal.size() == count) return r;
    for (int twice = 0; twice < 2; ++twice)
      for (const std::vector<double>& q : basis) {
        const double part = std::inner_product(next.begin(), next.end(), q.begin(), 0.0);
        for (std::size_t i = 0; i < next.size(); ++i) next[i] -= part * q[i];
      }
    const double norm = std::sqrt(std::inner_product(next.begin(), next.end(), next.begin(), 0.0));
    if (!(norm > 1e-10)) return r;  // the measure has no more points
    r.beside.push_back(norm);
    for (double& value : next) value /= norm;
    basis.push_back(std::move(next));
  }
}

}  // namespace

double ExchangeLaw::most_carriers() const {
  double sum = 0;
  for (const CarrierLevel& level : levels) sum += level.states;
  return sum;
}

double mixing_energy(double x, double omega) {
  const auto part = [](double y) { return y > 0 ? y * std::log(y) : 0; };
  return part(x) + part(1 - x) + omega * x * (1 - x);
}

double exchange_potential(double x, double omega) {
  return std::log(x / (1 - x)) + omega * (1 - 2 * x);
}

double interdiffusion(double x, double bromide) {
  return bromide * x * (1 - x) / (x + (1 - x) * bromide);
}

double activated(double activation_energy, double temperature, double reference) {
  return std::exp(-activation_energy / units::constants::boltzmann * (1 / temperature - 1 / reference));
}

std::vector<SizeClass> size_classes(std::span<const double> energies, std::span<const double> weights, int count,
                                    double thermal_energy) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  double mean = 0, scale = 0, lowest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < energies.size(); ++i) mean += weights[i] / total * energies[i];
  for (const double energy : energies) {
    scale = std::max(scale, std::abs(energy - mean));
    lowest = std::min(lowest, energy);
  }
  if (!(scale > 1e-12 * std::abs(mean)) || count < 2) return {{1, mean}};
  std::vector<double> node, weight;
  for (std::size_t i = 0; i < energies.size(); ++i) {
    node.push_back((energies[i] - mean) / scale);
    weight.push_back(weights[i] * std::exp((lowest - energies[i]) / thermal_energy));
  }
  const double weighed = std::accumulate(weight.begin(), weight.end(), 0.0);
  for (double& one : weight) one /= weighed;
  const Recurrence r = lanczos(node, weight, static_cast<std::size_t>(count));
  const auto n = static_cast<Eigen::Index>(r.diagonal.size());
  Eigen::MatrixXd jacobi = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    jacobi(i, i) = r.diagonal[static_cast<std::size_t>(i)];
    if (i + 1 < n) jacobi(i, i + 1) = jacobi(i + 1, i) = r.beside[static_cast<std::size_t>(i)];
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(jacobi);
  std::vector<SizeClass> classes;
  double shares = 0;
  for (Eigen::Index i = 0; i < n; ++i) {
    const double first = solver.eigenvectors()(0, i), energy = mean + scale * solver.eigenvalues()(i);
    classes.push_back({first * first * std::exp((energy - lowest) / thermal_energy), energy});
    shares += classes.back().weight;
  }
  for (SizeClass& one : classes) one.weight /= shares;
  return classes;
}

std::string problem_of(const ExchangeLaw& law, std::span<const SizeClass> classes, double iodide, int cells) {
  if (!positive(law.sites)) return "a domain needs a positive number of sites";
  if (!positive(law.bromide_mobility)) return "bromide needs a positive mobility over that of iodide";
  if (!positive(law.temperature)) return "the temperature must be positive";
  if (!std::isfinite(law.interaction)) return "the interaction of the halides must be a number";
  if (!positive(law.most_carriers())) return "a domain needs states for carriers";
  for (const CarrierLevel& level : law.levels)
    if (!(level.states >= 0 && std::isfinite(level.energy))) return "a level of a domain needs states and an energy";
  if (classes.empty()) return "the ensemble needs at least one class of sizes";
  for (const SizeClass& one : classes) {
    if (!positive(one.weight)) return "a class of sizes needs a positive share of the domains";
    for (const double x : {0.0, 0.25, 0.5, 0.75, 1.0}) {
      if (law.gap.at(x) + one.confinement > 0) continue;
      return fmt::format("the class {:.4g} eV above the bulk has no gap at an iodide fraction of {:g}",
                         one.confinement / electron_volt, x);
    }
  }
  if (!(iodide >= 0 && iodide <= 1)) return fmt::format("an iodide fraction of {:.6g} is none", iodide);
  if (cells < 4 || cells > 100000) return fmt::format("{} cells of composition; 4 to 100000 are needed", cells);
  if (!(iodide > 0 && iodide < 1)) return "";
  const CompositionGrid grid = composition_grid(iodide, law.sites, static_cast<std::size_t>(cells));
  if (!(iodide > grid.centre.front() && iodide < grid.centre.back())) {
    return fmt::format(
        "an iodide fraction of {:.6g} cannot be conserved on {} cells of composition, whose centres reach from {:.6g} "
        "to {:.6g}: take more cells",
        iodide, cells, grid.centre.front(), grid.centre.back());
  }
  return "";
}

}  // namespace nacre::device
