#include "models/synthesis/surface.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/units/constants.hpp"
#include "models/synthesis/langmuir.hpp"

namespace nacre::synthesis {
namespace {

/// Halides per lead of a crystal with every site filled: those of the bulk, and half of those on the surface, for the
/// other half belongs to the units below.
double closed(double sites_per_unit) {
  return 3 + sites_per_unit / 2;
}

}  // namespace

double sites_per_unit(const SurfaceChemistry& chemistry, double area_per_volume, double cell) {
  return chemistry.sites_per_cell_face * cell * area_per_volume;
}

double open_share_at_birth(const SurfaceChemistry& chemistry, const Birth& birth, double sites_per_unit) {
  const double binding =
      birth.halide_excess * std::exp(chemistry.formation_energy / (units::constants::boltzmann * birth.temperature));
  if (birth.cation_per_lead == 0 || sites_per_unit == 0) return empty_share(std::array{binding});
  const double supply = 1 - (closed(sites_per_unit) - 2 - birth.cation_per_lead) / sites_per_unit;
  return 1 - titrated_share(binding, std::max(0.0, supply));
}

Surface born(const SurfaceChemistry& chemistry, const Birth& birth, const materials::Composition& composition,
             double sites_per_unit, double cell) {
  Surface surface;
  surface.sites_per_area = chemistry.sites_per_cell_face / (cell * cell);
  surface.sites_per_unit = sites_per_unit;
  surface.cation_per_lead = birth.cation_per_lead;
  surface.incomplete = birth.incomplete;
  surface.ligand_activity = chemistry.ligand_activity;
  const double equilibrium = birth.open_share.value_or(open_share_at_birth(chemistry, birth, sites_per_unit));
  const double open = std::min(1.0, equilibrium + birth.incomplete);
  const double held = closed(sites_per_unit) - open * sites_per_unit;
  surface.crystal = {composition.chloride * held, composition.bromide * held, composition.iodide * held};
  return surface;
}

double open_share(const Surface& surface) {
  if (surface.sites_per_unit == 0) return 0;
  const double missing = closed(surface.sites_per_unit) - surface.crystal.total();
  return std::clamp(missing / surface.sites_per_unit, 0.0, 1.0);
}

double vacancy_share(const Surface& surface) {
  return open_share(surface) * empty_share(std::array{surface.ligand_activity}) * surface.exposure;
}

double vacancy_density(const Surface& surface) {
  return vacancy_share(surface) * surface.sites_per_area;
}

double trap_density(const Surface& surface) {
  const double share = vacancy_share(surface) + surface.disturbed;
  return 2 * share * share * surface.sites_per_area;
}

double defect_density(const Surface& surface) {
  return (vacancy_share(surface) + surface.disturbed) * surface.sites_per_area;
}

double defects_of_traps(double traps, double sites_per_area) {
  return std::sqrt(0.5 * traps * sites_per_area);
}

void release(Surface& surface, double Halides::*kind, double n) {
  surface.crystal.*kind -= n;
  surface.released.*kind += surface.units * n;
  surface.around.*kind += surface.units * n;
}

void offer(Surface& surface, double Halides::*kind, double n) {
  surface.offered.*kind += n;
  surface.around.*kind += n;
}

double take(Surface& surface, double Halides::*kind, double n) {
  const double there = surface.around.*kind / surface.units;
  const double taken = std::clamp(n, 0.0, there);
  release(surface, kind, -taken);
  surface.around.*kind = std::max(0.0, surface.around.*kind);  // no trace of rounding
  return taken;
}

double dissolve(Surface& surface, double share) {
  const double sites = surface.sites_per_unit, held = surface.crystal.total();
  if (sites == 0) return 0;
  // (held - 2 m)/(1 - m) halides a lead when m PbX2 are gone; half of the crystal gains this many
  const double wanted = std::min({share * sites, open_share(surface) * sites, held - 2});
  if (!(wanted > 0)) return 0;
  const double gone = wanted / (held + wanted - 2);
  const Halides before = surface.crystal;
  for (double Halides::*kind : {&Halides::chloride, &Halides::bromide, &Halides::iodide}) {
    const double lost = 2 * gone * (before.*kind / held);
    release(surface, kind, lost);
    surface.crystal.*kind /= 1 - gone;
  }
  surface.units *= 1 - gone;
  return wanted / sites;
}

materials::Composition with_halides(materials::Composition composition, const Halides& halides) {
  composition.chloride = halides.chloride / halides.total();
  composition.bromide = halides.bromide / halides.total();
  composition.iodide = halides.iodide / halides.total();
  return composition;
}

}  // namespace nacre::synthesis
