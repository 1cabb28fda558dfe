#include "scenarios/shape.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nacre::scenarios {
namespace {

using confinement::Shape;

constexpr double fewest_cells = 2.5;  // across a crystal; with two, published platelets are missed by 0.2 eV

/// Whether a device's layers count the crystals by their edge.
bool counts_crystals(const Plan& plan) {
  return plan.device && std::any_of(plan.device->layers.begin(), plan.device->layers.end(),
                                    [](const auto& layer) { return layer.states_of_crystals; });
}

Warning thicker_than_wide(double mean, double thickness) {
  return {"confinement: platelets that are thicker than wide",
          fmt::format("confinement: platelets with lateral edges of {:.3g} nm are {:.3g} nm thick, and their plane is "
                      "taken to be wide; confinement.shape = \"cube\" with an aspect_ratio is for such crystals",
                      1e9 * mean, 1e9 * thickness)};
}

Warning of_few_cells(double thinnest, double cell) {
  return {"confinement: crystals of too few cells for an envelope function",
          fmt::format("confinement: {:.3g} nm are {:.2g} cells of the lattice: an envelope function needs several, "
                      "energies err by tenths of an eV",
                      1e9 * thinnest, thinnest / cell)};
}

Warning counted_as_cubes(double mean) {
  return {
      "device, drift: flat or long crystals are counted as cubes",
      fmt::format("device, drift: monolayers, states and halides of a crystal are those of a cube of {:.3g} nm, and "
                  "these crystals are flat or long",
                  1e9 * mean)};
}

}  // namespace

confinement::Form form_of(const Plan& plan) {
  if (plan.photophysics) return plan.photophysics->input.form;
  if (plan.surface) return plan.surface->form;
  if (plan.optics) return {plan.optics->shape, 1, plan.optics->slab.thickness};
  return {};
}

bool is_no_cube(const confinement::Form& form) {
  return form.shape == Shape::platelet || form.aspect < 0.5 || form.aspect > 2;
}

std::vector<Warning> shape_warnings(const Plan& plan, double mean) {
  const confinement::Form form = form_of(plan);
  const bool flat = form.shape == Shape::platelet;
  const double thickness = flat ? form.thickness : form.aspect * mean, cell = plan.treated.bulk.lattice_constant;
  const double thinnest = std::min(mean, thickness);
  std::vector<Warning> warnings;
  if (flat && mean < thickness) warnings.push_back(thicker_than_wide(mean, thickness));
  if (thinnest < fewest_cells * cell) warnings.push_back(of_few_cells(thinnest, cell));
  if (is_no_cube(form) && (plan.drift || counts_crystals(plan))) warnings.push_back(counted_as_cubes(mean));
  return warnings;
}

}  // namespace nacre::scenarios
