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

/// Of a class among all that carriers see: below, round-off decides where it is, and it goes to the rest.
constexpr double hardly_seen = 1e-12;
constexpr double rich = 0.85;         // iodide fraction of domains that carriers have left
constexpr double middle_from = 0.16;  // of the crystals by energy, that the middle ones leave at either end
constexpr double steepest = 0.65, steepest_a_site = 0.006;  // fall of U across a cell that is fine enough [kT]
constexpr double noticed_rest = 1e-6;                       // of the crystals

/// What no class stands for: Gauss' rule for exp(energy/kT), all of whose derivatives are positive, finds less than
/// there is. It becomes one more class, with the energy that is missing in the mean.
void add_rest(std::vector<SizeClass>& classes, double mean, double highest) {
  double shares = 0, energy = 0;
  for (const SizeClass& one : classes) shares += one.weight, energy += one.weight * one.confinement;
  if (1 - shares > noticed_rest) {
    const double at = (mean - energy) / (1 - shares);
    classes.push_back({1 - shares, std::clamp(at, classes.back().confinement, highest)});
    return;
  }
  for (SizeClass& one : classes) one.weight /= shares;
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
    weight.push_back(weights[i] / total * std::exp((lowest - energies[i]) / thermal_energy));
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
  for (Eigen::Index i = 0; i < n; ++i) {
    const double first = solver.eigenvectors()(0, i), energy = mean + scale * solver.eigenvalues()(i);
    if (first * first < hardly_seen) continue;
    classes.push_back({first * first * weighed * std::exp((energy - lowest) / thermal_energy), energy});
  }
  add_rest(classes, mean, *std::max_element(energies.begin(), energies.end()));
  return classes;
}

int enough_classes(std::span<const double> energies, std::span<const double> weights, double thermal_energy) {
  std::vector<std::size_t> order(energies.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return energies[i] < energies[j]; });
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  double sum = 0, low = 0, high = 0;
  for (const std::size_t i : order) {
    if (sum < middle_from * total) low = energies[i];
    if (sum < (1 - middle_from) * total) high = energies[i];
    sum += weights[i];
  }
  const double apart = (high - low) / thermal_energy;
  return apart > 1.7 ? 27 : apart > 0.6 ? 9 : 3;
}

double coarseness(const ExchangeLaw& law, double iodide, int cells) {
  if (!(iodide > 0 && iodide < rich)) return 0;
  const CompositionGrid grid = composition_grid(iodide, law.sites, static_cast<std::size_t>(cells));
  const auto above = std::upper_bound(grid.face.begin() + 1, grid.face.end() - 1, rich);
  const double width = above[0] - above[-1], omega = law.interaction / (units::constants::boltzmann * law.temperature);
  const double fall = law.sites * width * (exchange_potential(rich, omega) - exchange_potential(iodide, omega));
  return std::max(0.0, fall) / std::min(steepest, steepest_a_site * law.sites);
}

int enough_cells(const ExchangeLaw& law, double iodide) {
  constexpr int least = 120, most = 10000;
  const double needed = least * coarseness(law, iodide, least);
  return static_cast<int>(std::ceil(std::clamp(needed, 1.0 * least, 1.0 * most)));
}

std::string problem_of(const ExchangeLaw& law, std::span<const SizeClass> classes, double iodide, int cells,
                       bool moves) {
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
  if (!moves || !(iodide > 0 && iodide < 1)) return "";
  const CompositionGrid grid = composition_grid(iodide, law.sites, static_cast<std::size_t>(cells));
  if (!holds(grid, iodide)) {
    return fmt::format(
        "an iodide fraction of {:.6g} cannot be conserved on {} cells of composition, whose centres reach from {:.6g} "
        "to {:.6g}: take more cells",
        iodide, cells, grid.centre.front(), grid.centre.back());
  }
  return "";
}

}  // namespace nacre::device
