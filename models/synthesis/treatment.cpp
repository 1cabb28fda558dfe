#include "models/synthesis/treatment.hpp"

#include <algorithm>
#include <cmath>

#include "engine/math/roots.hpp"
#include "models/synthesis/langmuir.hpp"

namespace nacre::synthesis {
namespace {

/// Open sites per formula unit [1].
double open_sites(const Surface& surface) {
  return open_share(surface) * surface.sites_per_unit;
}

/// Sites that can still be opened, per formula unit [1].
double closed_sites(const Surface& surface) {
  return surface.sites_per_unit - open_sites(surface);
}

/// Moves halide in the proportions that the crystals hold.
void release_all(Surface& surface, double n) {
  const Halides shares = surface.crystal;
  const double total = shares.total();
  for (double Halides::*kind : {&Halides::chloride, &Halides::bromide, &Halides::iodide})
    release(surface, kind, n * (shares.*kind / total));
}

void apply(Surface&, const NoTreatment&, double) {}

void apply(Surface& surface, const Salt& salt, double dose) {
  const double one = equivalence(salt, surface);
  const double doses = one > 0 ? dose / one : 0;
  release(surface, &Halides::bromide, -salt.strength * titrated_share(salt.binding, doses) * open_sites(surface));
  // Of few open sites any dose is a large surplus; more sites than there are cannot be disturbed.
  surface.disturbed = std::min(1.0, surface.disturbed + salt.surplus * std::max(0.0, doses - 1));
}

void apply(Surface& surface, const AcidCleaning& acid, double) {
  const double gone = std::min(acid.layers_removed * surface.incomplete, open_share(surface));
  release_all(surface, -gone * surface.sites_per_unit);
  surface.incomplete -= gone;
  release(surface, &Halides::bromide, -acid.healed * open_sites(surface));
  surface.ligand_activity *= 1 - acid.ligands_removed;
}

void apply(Surface& surface, const LigandExchange& ligand, double dose) {
  surface.ligand_activity = surface.ligand_activity * (1 - ligand.displaced) + ligand.activity * dose;
}

void apply(Surface& surface, const Antisolvent& solvent, double dose) {
  const double total = surface.crystal.total();
  const double bromide_share = surface.crystal.bromide / total;
  const double lost = surface.crystal.iodide * (1 - materials::iodide_kept(solvent.iodide, dose));
  const double wanted = solvent.open_per_iodide * lost / total * surface.sites_per_unit;
  const double opened = std::min({wanted, lost, closed_sites(surface)});
  release(surface, &Halides::iodide, lost);
  release(surface, &Halides::bromide, opened - lost);
  const double stripped = solvent.stripping * dose * bromide_share * surface.sites_per_unit;
  release(surface, &Halides::bromide, std::min({stripped, closed_sites(surface), surface.crystal.bromide}));
}

void apply(Surface& surface, const Rinse& rinse, double dose) {
  const double open = open_sites(surface);
  release_all(surface, std::min(open * (std::pow(1 + rinse.opened, dose) - 1), closed_sites(surface)));
}

void apply(Surface& surface, const Overlayer& layer, double dose) {
  surface.exposure *= std::pow(1 + layer.activity * dose, -layer.groups);
}

void apply(Surface& surface, const HalideExchange& exchange, double dose) {
  if (dose == 0) return;
  release(surface, &Halides::iodide, -std::min(exchange.healed * open_sites(surface), dose));
  const double held = surface.crystal.bromide + surface.crystal.iodide;
  const double iodide = surface.crystal.iodide + dose, bromide = surface.crystal.bromide;
  // y crystals' iodide: y (bromide - held + y) = selectivity (held - y) (iodide - y), of one sign change in between
  const auto unbalance = [&](double y) {
    return y * (bromide - held + y) - exchange.selectivity * (held - y) * (iodide - y);
  };
  const double lowest = std::max(0.0, held - bromide), highest = std::min(held, iodide);
  const math::Root root = math::brent_root(unbalance, lowest, highest);
  const double gained = root.x - surface.crystal.iodide;
  release(surface, &Halides::iodide, -gained);
  release(surface, &Halides::bromide, gained);
}

}  // namespace

double equivalence(const Salt& salt, const Surface& surface) {
  if (salt.equivalence > 0) return salt.equivalence;
  const double per_dose = surface.cation_per_lead > 0 ? surface.cation_per_lead : 1;
  return salt.strength * open_sites(surface) / per_dose;
}

Surface treated(Surface surface, const Treatment& treatment) {
  std::visit([&](const auto& law) { apply(surface, law, treatment.dose); }, treatment.law);
  return surface;
}

Surface treated(Surface surface, const std::vector<Treatment>& treatments) {
  for (const Treatment& treatment : treatments) surface = treated(std::move(surface), treatment);
  return surface;
}

}  // namespace nacre::synthesis
