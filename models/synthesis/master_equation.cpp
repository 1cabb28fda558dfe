#include "models/synthesis/master_equation.hpp"

#include <fmt/core.h>

#include <cmath>

#include "engine/ode/rosenbrock.hpp"
#include "engine/population/becker_doering.hpp"
#include "engine/units/constants.hpp"
#include "models/synthesis/moments.hpp"
#include "models/synthesis/rates.hpp"
#include "models/synthesis/schedule.hpp"

namespace nacre::synthesis {
namespace {

using population::SizeGrid;
using System = population::BeckerDoering<Rates>;
using units::constants::avogadro;

constexpr double seed = 1e-12;  // share of the precursor that starts as monomer: a supersaturation needs a logarithm
constexpr double mass_at_grid_end = 1e-6;  // share of all formula units that may sit in the last class

double volume_edge(double n, double formula_volume) {
  return std::cbrt(n * formula_volume);
}

SizeGrid grid_of(const Recipe& recipe, const Options& options) {
  const double largest = std::pow(recipe.largest_edge, 3) / recipe.formula_volume;
  return population::hybrid_grid(options.discrete_sizes, options.unknowns - 1, largest);
}

/// Turns states of the master equation into rows of a history.
class Recorder {
 public:
  Recorder(const Recipe& recipe, const SizeGrid& grid, System& system, Rates& rates, History& history)
      : recipe_(recipe), grid_(grid), system_(system), rates_(rates), history_(history), scratch_(system.unknowns()) {
    for (std::size_t i = 0; i < grid.classes(); ++i) {
      const double half = 0.5 * grid.width[i];
      history.edge.push_back(volume_edge(grid.size[i], recipe.formula_volume));
      history.width.push_back(volume_edge(grid.size[i] + half, recipe.formula_volume) -
                              volume_edge(grid.size[i] - half, recipe.formula_volume));
    }
    while (first_ < grid.classes() && history.edge[first_] < recipe.counted_from) ++first_;
  }

  void record(double t, std::span<const double> y) {
    const double temperature = rates_.programme().at(t);
    const double content = system_.content(y), monomer = y[grid_.classes()];
    history_.time.push_back(t);
    history_.temperature.push_back(temperature);
    history_.supersaturation.push_back(monomer / solubility(recipe_, temperature));
    const bool meaningful = system_.rhs(t, y, scratch_);
    history_.nucleation_rate.push_back(meaningful && first_ > 0 && first_ < grid_.classes()
                                           ? system_.flux(first_ - 1) * avogadro
                                           : std::numeric_limits<double>::quiet_NaN());
    record_crystals(y, content);
    record_density(y, monomer);
  }

 private:
  void record_crystals(std::span<const double> y, double content) {
    const std::size_t count = first_ < grid_.classes() ? grid_.classes() - first_ : 0;
    const Moments m = moments(std::span(history_.edge).subspan(first_, count), y.subspan(first_, count));
    double bound = 0;
    for (std::size_t i = first_; i < grid_.classes(); ++i) bound += grid_.size[i] * y[i];
    history_.number.push_back(m.number * avogadro);
    history_.yield.push_back(bound / content);
    history_.mean_edge.push_back(m.mean);
    history_.sd_edge.push_back(m.sd);
    history_.skewness.push_back(m.skewness);
  }

  void record_density(std::span<const double> y, double monomer) {
    std::vector<double> density(grid_.classes());
    for (std::size_t i = 0; i < grid_.classes(); ++i)
      density[i] = std::max(0.0, i == 0 ? monomer : y[i]) * avogadro / history_.width[i];  // no negative traces
    history_.density.push_back(std::move(density));
  }

  const Recipe& recipe_;
  const SizeGrid& grid_;
  System& system_;
  Rates& rates_;
  History& history_;
  std::vector<double> scratch_;
  std::size_t first_ = 1;  // smallest counted class; a monomer is never a crystal
};

ode::StepControl control_of(const Recipe& recipe, const SizeGrid& grid, const Rates& rates, const Options& options) {
  ode::StepControl control;
  const double rtol = options.relative_tolerance, total = recipe.supply_total;
  control.relative_tolerance = rtol;
  // Errors count by the mass in a class, or large sizes drift; the monomer down to its lowest solubility.
  control.absolute_tolerance.push_back(1e-3 * rtol * total);
  for (std::size_t i = 1; i < grid.classes(); ++i)
    control.absolute_tolerance.push_back(1e-6 * rtol * total / grid.size[i]);
  double coldest = rates.programme().at(0);
  for (double end : rates.programme().ends()) coldest = std::min(coldest, rates.programme().at(end));
  control.absolute_tolerance.push_back(rtol * solubility(recipe, coldest));
  return control;
}

std::string reason(const ode::Integration& integration, bool at_grid_end, const Recipe& recipe) {
  if (at_grid_end)
    return fmt::format(
        "at t = {:.4g} s more than {:g} of the mass has reached the largest size of the grid ({:.3g} nm): raise "
        "largest_edge",
        integration.time, mass_at_grid_end, recipe.largest_edge * 1e9);
  if (integration.status == ode::IntegrationStatus::stopped)
    return fmt::format("at t = {:.4g} s it was interrupted", integration.time);
  if (integration.status == ode::IntegrationStatus::too_many_steps)
    return fmt::format("at t = {:.4g} s the time integration has used up its {} steps: loosen relative_tolerance",
                       integration.time, integration.steps + integration.rejected);
  return fmt::format("at t = {:.4g} s the time integration cannot meet its tolerance with steps above {:.1e} s",
                     integration.time, integration.next_step);
}

}  // namespace

History run_master_equation(const Recipe& recipe, const Options& options) {
  History history;
  const SizeGrid grid = grid_of(recipe, options);
  Rates rates(recipe, grid);
  System system(grid, rates, recipe.supply_time);
  Recorder recorder(recipe, grid, system, rates, history);

  std::vector<double> y(system.unknowns(), 0.0), at(system.unknowns());
  y.back() = seed * recipe.supply_total;
  y.front() = recipe.supply_total - y.back();
  const double content = system.content(y);
  const std::vector<double> times = output_times(recipe.baths, options);
  ode::StepControl control = control_of(recipe, grid, rates, options);
  control.first_step = std::min(1e-12, 1e-6 * recipe.supply_time);
  ode::Rosenbrock<System> integrator(ode::rodas4(), system.unknowns());

  std::size_t next = 0;
  bool at_grid_end = false;
  const auto observe = [&](const ode::Step& step) {
    for (; next < times.size() && times[next] <= step.t1; ++next) {
      step.interpolate(times[next], at);
      recorder.record(times[next], at);
    }
    at_grid_end = std::abs(step.y1[grid.classes() - 1]) * grid.size.back() > mass_at_grid_end * content;
    return !at_grid_end && !(options.interrupted && options.interrupted());
  };

  history.effort.unknowns = static_cast<int>(system.unknowns());
  double t = 0;
  history.complete = true;
  for (double end : rates.programme().ends()) {
    const ode::Integration part = integrator.integrate(system, y, t, end, control, observe);
    history.effort.steps += part.steps;
    history.effort.rejected += part.rejected;
    t = part.time;
    if (part.status != ode::IntegrationStatus::done) {
      history.complete = false;
      history.message = reason(part, at_grid_end, recipe);
      if (history.time.empty() || history.time.back() < t) recorder.record(t, y);
      break;
    }
    control.first_step = std::min(part.next_step, 1e-3);  // the next bath changes the temperature's slope
  }
  history.effort.mass_drift = std::abs(system.content(y) - content) / content;
  return history;
}

}  // namespace nacre::synthesis
