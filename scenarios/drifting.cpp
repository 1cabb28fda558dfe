#include "scenarios/drifting.hpp"

#include <algorithm>
#include <cstddef>

#include "models/confinement/ensemble.hpp"
#include "scenarios/result.hpp"

namespace nacre::scenarios {
namespace {

/// Linear between points of an ascending curve.
double interpolated(const std::vector<double>& x, const std::vector<double>& y, double at) {
  const auto above = std::find_if(x.begin() + 1, x.end() - 1, [at](double value) { return value >= at; });
  const auto i = static_cast<std::size_t>(above - x.begin());
  return y[i - 1] + (y[i] - y[i - 1]) * (at - x[i - 1]) / (x[i] - x[i - 1]);
}

/// Emission energies of the crystals that the spectra resolve, and their shares.
void take_crystals(const Result& result, Drifting& in) {
  const confinement::Optics& optics = *result.optics;
  const synthesis::Sizes& sizes = result.sizes.sizes;
  const double bulk = in.plan.data.law.gap.at(in.iodide);
  const std::vector<double> edges =
      confinement::resolved_edges(sizes.edge, sizes.weight, result.plan.optics->unresolved_spread);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (!(edges[i] >= optics.curve_size.front() && edges[i] <= optics.curve_size.back())) continue;
    in.energy.push_back(interpolated(optics.curve_size, optics.curve_energy, edges[i]) - bulk);
    in.share.push_back(sizes.weight[i]);
  }
}

/// The layer with so many mobile vacancies, neutral as it was made. At rest their mobility is of no matter: a large one
/// where the layer has none.
void hold_vacancies(device::Layer& layer, double density) {
  constexpr double large = 1e-10;  // m2/(V s)
  layer.fixed_charge -= layer.vacancies.charge * (density - layer.vacancies.density);
  layer.vacancies.density = density;
  if (!(layer.vacancies.mobility > 0)) layer.vacancies.mobility = large;
}

/// The layer of crystals whose light is theirs, with the stack as the device stage completed it.
std::optional<CarrierDevice> device_of(const Result& result, double vacancies) {
  if (result.plan.drift->carriers != CarrierSource::device) return std::nullopt;
  const std::vector<LayerPlan>& layers = result.plan.device->layers;
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [](const LayerPlan& layer) { return layer.emission == Emission::confinement; });
  CarrierDevice out{result.device->stack, result.plan.device->mesh, static_cast<std::size_t>(found - layers.begin()),
                    result.plan.drift->driver};
  if (result.plan.drift->ions == LayerIons::of_exchange) hold_vacancies(out.stack.layers[out.layer], vacancies);
  return out;
}

}  // namespace

Drifting drifting_of(const Result& result) {
  Drifting in;
  in.plan = *result.plan.drift;
  in.iodide = result.plan.treated.composition.iodide;
  in.lattice_constant = result.plan.treated.bulk.lattice_constant;
  take_crystals(result, in);
  in.mean_edge = result.sizes.mean;
  in.vacancies = in.plan.vacancies_of_film ? result.film->vacancies : in.plan.vacancies;
  in.line_width = result.optics->line_width;
  in.lorentz_share = result.plan.optics->line.lorentz_share;
  in.start_peak = result.optics->pl_peak;
  in.device = device_of(result, in.vacancies);
  return in;
}

}  // namespace nacre::scenarios
