#include "models/synthesis/rates.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "engine/units/constants.hpp"

namespace nacre::synthesis {
namespace {

using namespace units::constants;
using std::numbers::pi;
constexpr double reference_temperature = 298.15;  // of all Arrhenius laws [K]

double arrhenius(double log_298, double energy, double temperature) {
  return log_298 - energy / gas_constant * (1 / temperature - 1 / reference_temperature);
}

double facet_gate(const Gate& gate, double edge) {
  if (gate.decay_length <= 0 || edge <= gate.onset) return 1;
  return std::exp(-(edge - gate.onset) / gate.decay_length);
}

double log_solubility(const Recipe& recipe, double temperature) {
  const Kinetics& k = recipe.kinetics;
  return arrhenius(k.log_solubility_298, k.solution_enthalpy, temperature) - 3 * std::log(recipe.halide_excess);
}

}  // namespace

double viscosity(const Solvent& solvent, double temperature) {
  const double s = reference_temperature / temperature;
  const auto& a = solvent.viscosity_series;
  return solvent.viscosity_298 * std::exp(a[0] + s * (a[1] + s * (a[2] + s * a[3])));
}

double solubility(const Recipe& recipe, double temperature) {
  return std::exp(log_solubility(recipe, temperature));
}

double attachment_velocity(const Kinetics& k, double temperature) {
  return std::exp(arrhenius(k.log_attachment_298, k.attachment_energy, temperature));
}

double surface_number(const Recipe& recipe, double temperature) {
  return recipe.kinetics.interfacial_energy * 6 * std::pow(recipe.formula_volume, 2.0 / 3) / (boltzmann * temperature);
}

Rates::Rates(const Recipe& recipe, const population::SizeGrid& grid)
    : recipe_(recipe), programme_(recipe.start_temperature, recipe.baths) {
  const double v = recipe.formula_volume;
  const auto area = [&](double n) { return 6 * std::pow(n * v, 2.0 / 3); };
  for (std::size_t e = 0; e < grid.distance.size(); ++e) {
    const double n = 0.5 * (grid.size[e] + grid.size[e + 1] - 1);
    const double edge = std::cbrt(n * v);
    diffusive_.push_back(4 * pi * std::cbrt(3 * n * v / (4 * pi)));
    surface_.push_back(area(n) * facet_gate(recipe.gate, edge));
    area_step_.push_back((area(grid.size[e + 1]) - area(grid.size[e])) / grid.distance[e]);
  }
  rates_.attachment.resize(surface_.size());
  rates_.log_equilibrium.resize(surface_.size());
  rates_.equilibrium.resize(surface_.size());
}

double Rates::closing(double t) const {
  const Gate& gate = recipe_.gate;
  if (gate.closing_time <= 0) return 1;
  return gate.residual + (1 - gate.residual) * std::exp(-t / gate.closing_time);
}

double Rates::time_scale(double t) const {
  constexpr double closed = 40;  // time constants after which exp() no longer counts
  const Gate& gate = recipe_.gate;
  const bool closes = gate.closing_time > 0 && t < closed * gate.closing_time;
  return std::min(programme_.time_scale(t), closes ? gate.closing_time : std::numeric_limits<double>::infinity());
}

const population::FaceRates& Rates::at(double t) {
  const double temperature = programme_.at(t), gate = closing(t);
  if (temperature != temperature_ || gate != gate_) update(temperature, gate);
  return rates_;
}

void Rates::update(double temperature, double gate) {
  const double diffusivity =
      boltzmann * temperature / (6 * pi * viscosity(recipe_.solvent, temperature) * recipe_.kinetics.monomer_radius);
  const double velocity = attachment_velocity(recipe_.kinetics, temperature) * gate;
  const double log_cs = log_solubility(recipe_, temperature);
  const double tension = recipe_.kinetics.interfacial_energy / (boltzmann * temperature);
  for (std::size_t e = 0; e < surface_.size(); ++e) {
    const double diffusion = diffusive_[e] * diffusivity, surface = surface_[e] * velocity;
    rates_.attachment[e] = avogadro * diffusion * surface / (diffusion + surface);
    rates_.log_equilibrium[e] = log_cs + tension * area_step_[e];
    rates_.equilibrium[e] = std::exp(rates_.log_equilibrium[e]);
  }
  temperature_ = temperature;
  gate_ = gate;
}

}  // namespace nacre::synthesis
