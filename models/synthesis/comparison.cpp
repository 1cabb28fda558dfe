#include "models/synthesis/comparison.hpp"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <numbers>

#include "engine/math/dual.hpp"
#include "engine/ode/small_stiff.hpp"
#include "engine/units/constants.hpp"
#include "models/synthesis/moments.hpp"
#include "models/synthesis/rates.hpp"
#include "models/synthesis/schedule.hpp"

namespace nacre::synthesis {
namespace {

using units::constants::avogadro;
constexpr double length = 1e-9;  // moments are kept in nm^k mol/m3: unknowns of comparable size

/// Six unknowns: monomer, precursor, and the moments m0 ... m3 of the edges in nm^k mol/m3.
constexpr int monomer = 0, precursor = 1, first_moment = 2, unknowns = 6;
using Slopes = math::Dual<unknowns>;

struct Nucleation {
  Slopes rate;      // [mol/(m3 s)]
  Slopes critical;  // units in the critical nucleus [1]
};

/// Volmer-Zeldovich: Z beta(n*) c_1 c_n*^eq with c_n^eq = c_s exp(n ln S - Theta (n^(2/3) - 1)).
Nucleation nucleation(const Recipe& recipe, double temperature, const Slopes& c) {
  const double cs = solubility(recipe, temperature), theta = surface_number(recipe, temperature);
  const Slopes log_s = log(c / cs);
  if (log_s.value < 1e-3) return {};
  const Slopes cube_root = (2.0 / 3 * theta) / log_s;
  const Slopes n = cube_root * cube_root * cube_root;
  const double velocity = attachment_velocity(recipe.kinetics, temperature);
  const Slopes area = 6 * std::pow(recipe.formula_volume, 2.0 / 3) * cube_root * cube_root;
  const Slopes zeldovich = sqrt(theta * pow(n, -4.0 / 3) * (1 / (9 * std::numbers::pi)));
  const Slopes barrier = theta * (1.0 / 3) * cube_root * cube_root - theta;
  return {zeldovich * velocity * area * avogadro * c * cs * exp(-barrier), n};
}

using State = std::array<Slopes, unknowns>;

State slopes(const Recipe& recipe, double temperature, const State& y) {
  const double cs = solubility(recipe, temperature);
  const Slopes c = y[monomer].value > 1e-300 ? y[monomer] : Slopes(1e-300);
  const Nucleation born = nucleation(recipe, temperature, c);
  const double velocity = attachment_velocity(recipe.kinetics, temperature);
  // dL/dt = 2 k_s v N_A (c - c_s) for a cube: the same for every size
  const Slopes growth = (2 * velocity * recipe.formula_volume * avogadro / length) * (c - cs);
  const Slopes edge = pow(born.critical + 1e-30, 1.0 / 3) * (std::cbrt(recipe.formula_volume) / length);
  State d;
  Slopes moment_of_birth = born.rate;
  for (int k = 0; k < 4; ++k) {
    const auto i = static_cast<std::size_t>(first_moment + k);
    d[i] = moment_of_birth;
    if (k > 0) d[i] += static_cast<double>(k) * growth * y[i - 1];
    moment_of_birth = moment_of_birth * edge;
  }
  const Slopes supplied = y[precursor] / recipe.supply_time;
  const double units_per_volume = length * length * length / recipe.formula_volume;
  d[precursor] = -supplied;
  d[monomer] = supplied - units_per_volume * d[first_moment + 3];
  return d;
}

ode::SmallSystem moment_system(const Recipe& recipe, const TemperatureProgramme& programme) {
  const auto evaluate = [&](double t, const std::vector<double>& y) {
    State state;
    for (int i = 0; i < unknowns; ++i)
      state[static_cast<std::size_t>(i)] = Slopes::variable(y[static_cast<std::size_t>(i)], i);
    return slopes(recipe, programme.at(t), state);
  };
  ode::SmallSystem system;
  system.rhs = [=](double t, const std::vector<double>& y, std::vector<double>& out) {
    const State d = evaluate(t, y);
    for (std::size_t i = 0; i < unknowns; ++i) out[i] = d[i].value;
  };
  system.jacobian = [=, &programme](double t, const std::vector<double>& y, std::vector<double>& jacobian,
                                    std::vector<double>& dfdt) {
    const State d = evaluate(t, y);
    const double scale = programme.time_scale(t);
    const double dt = std::isfinite(scale) ? 1e-6 * scale : 0;
    const State ahead = dt > 0 ? evaluate(t + dt, y) : d;
    for (std::size_t i = 0; i < unknowns; ++i) {
      for (std::size_t j = 0; j < unknowns; ++j) jacobian[i * unknowns + j] = d[i].slope[static_cast<Eigen::Index>(j)];
      dfdt[i] = dt > 0 ? (ahead[i].value - d[i].value) / dt : 0;
    }
  };
  return system;
}

void record(History& history, double t, double temperature, const Recipe& recipe, double c, double nucleation_rate,
            double yield, const Moments& m) {
  history.time.push_back(t);
  history.temperature.push_back(temperature);
  history.supersaturation.push_back(c / solubility(recipe, temperature));
  history.nucleation_rate.push_back(nucleation_rate);
  history.number.push_back(m.number);
  history.yield.push_back(yield);
  history.mean_edge.push_back(m.mean);
  history.sd_edge.push_back(m.sd);
  history.skewness.push_back(m.skewness);
}

void finish(History& history, const ode::SmallIntegration& run, std::size_t expected, int count) {
  history.effort = {.steps = run.steps, .unknowns = count};
  history.complete = run.done && history.time.size() == expected;
  if (!history.complete)
    history.message = fmt::format("at t = {:.4g} s the comparison mode's integration cannot go on",
                                  history.time.empty() ? 0.0 : history.time.back());
}

}  // namespace

History run_classical_nucleation(const Recipe& recipe, const Options& options) {
  History history;
  const TemperatureProgramme programme(recipe.start_temperature, recipe.baths);
  const std::vector<double> times = output_times(recipe.baths, options);
  std::vector<double> start(unknowns, 0.0);
  start[precursor] = recipe.supply_total;
  std::vector<std::vector<double>> states;
  const ode::SmallIntegration run =
      ode::integrate_small(moment_system(recipe, programme), start, 0, times, 1e-12 * recipe.supply_total,
                           1e-2 * options.relative_tolerance, states);
  for (std::size_t k = 0; k < states.size(); ++k) {
    const std::vector<double>& y = states[k];
    const double temperature = programme.at(times[k]);
    Moments m = moments_from_raw(y[first_moment], y[first_moment + 1], y[first_moment + 2], y[first_moment + 3]);
    m.number *= avogadro;
    m.mean *= length;
    m.sd *= length;
    const double rate = y[monomer] > 0 ? nucleation(recipe, temperature, Slopes(y[monomer])).rate.value : 0;
    const double bound = y[first_moment + 3] * length * length * length / recipe.formula_volume;
    record(history, times[k], temperature, recipe, y[monomer], rate * avogadro, bound / recipe.supply_total, m);
  }
  finish(history, run, times.size(), unknowns);
  if (!states.empty()) {
    const std::vector<double>& y = states.back();
    const double content =
        y[monomer] + y[precursor] + y[first_moment + 3] * length * length * length / recipe.formula_volume;
    history.effort.mass_drift = std::abs(content - recipe.supply_total) / recipe.supply_total;
  }
  return history;
}

History run_finke_watzky(const Recipe& recipe, const Options& options) {
  History history;
  const TemperatureProgramme programme(recipe.start_temperature, recipe.baths);
  const std::vector<double> times = output_times(recipe.baths, options);
  const double k1 = recipe.finke_watzky.nucleation, k2 = recipe.finke_watzky.growth;
  ode::SmallSystem system;  // A, B, and B that came by the first step: one crystal each
  system.rhs = [=](double, const std::vector<double>& y, std::vector<double>& out) {
    out[0] = -k1 * y[0] - k2 * y[0] * y[1];
    out[1] = -out[0];
    out[2] = k1 * y[0];
  };
  system.jacobian = [=](double, const std::vector<double>& y, std::vector<double>& jacobian,
                        std::vector<double>& dfdt) {
    const double by_a = -k1 - k2 * y[1], by_b = -k2 * y[0];
    jacobian = {by_a, by_b, 0, -by_a, -by_b, 0, k1, 0, 0};
    dfdt.assign(3, 0);
  };
  std::vector<std::vector<double>> states;
  const ode::SmallIntegration run =
      ode::integrate_small(system, {recipe.supply_total, 0, 0}, 0, times, 1e-12 * recipe.supply_total,
                           1e-2 * options.relative_tolerance, states);
  for (std::size_t k = 0; k < states.size(); ++k) {
    const std::vector<double>& y = states[k];
    Moments m{.number = y[2] * avogadro};
    if (y[2] > 0) m.mean = std::cbrt(y[1] / y[2] * recipe.formula_volume);
    record(history, times[k], programme.at(times[k]), recipe, y[0], k1 * y[0] * avogadro, y[1] / recipe.supply_total,
           m);
    if (k + 1 == states.size())
      history.effort.mass_drift = std::abs(y[0] + y[1] - recipe.supply_total) / recipe.supply_total;
  }
  finish(history, run, times.size(), 3);
  return history;
}

}  // namespace nacre::synthesis
