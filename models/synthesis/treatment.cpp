#include "models/synthesis/treatment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

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

/// What is left after a share goes each time: exact for whole numbers of times, linear in between.
double kept(double share, double times) {
  const double whole = std::floor(times);
  return std::pow(1 - share, whole) * (1 - share * (times - whole));
}

/// What the steps of one treatment have used.
struct Spent {
  double dose = 0;
  double surplus = 0;  ///< of salt, ions a lead
  double counted = 0;  ///< of it, whose sites are disturbed already
};

/// One step on its way: what it acts on, and what did not go as its law has it.
struct Step {
  Surface& surface;
  const Treatment& treatment;
  Spent& spent;  ///< by the steps of the same treatment before
  std::size_t number = 0;
  std::vector<Notice>* notices = nullptr;

  double dose() const { return treatment.dose; }
  void note(Notice::Cause cause, double wanted, double used) const {
    if (notices) notices->push_back({number, cause, wanted, used});
  }
  /// Takes halide from the surroundings and says so when there is less than a law asks for.
  double take_up(double Halides::*kind, double wanted) const {
    const double taken = take(surface, kind, wanted);
    if (taken < wanted * (1 - 1e-9)) note(Notice::Cause::halide_short, wanted, taken);
    return taken;
  }
};

/// What is around the crystals goes with the liquid.
void carry_off(Surface& surface) {
  surface.around = {};
}

void apply(const Step&, const NoTreatment&) {}

/// Ions of the salt per lead and dose.
double ions_per_dose(const Salt& salt, const Surface& surface) {
  return salt.equivalence == 0 && surface.cation_per_lead > 0 ? surface.cation_per_lead : 1;
}

/// Surplus that disturbs sites, ions per lead of all steps: what there is, or as much as has data.
double surplus_used(const Salt& salt, const Step& step, double surplus) {
  if (!(surplus > salt.most)) return surplus;
  const double used = step.treatment.extrapolate ? surplus : salt.most;
  step.note(Notice::Cause::surplus, surplus, used);
  return used;
}

/// Share of the sites that a surplus leaves undisturbed.
double undisturbed(const Salt& salt, double surplus) {
  return 1 - held_share(std::array{salt.surplus * surplus}, 0);
}

/// A salt with an equivalence of its own counts from the first of its steps; one that titrates counts what is open, in
/// which the steps before it show already.
void apply(const Step& step, const Salt& salt) {
  Surface& surface = step.surface;
  const double one = equivalence(salt, surface), ions = ions_per_dose(salt, surface);
  const double before = salt.equivalence > 0 ? step.spent.dose : 0, now = before + step.dose();
  offer(surface, &Halides::bromide, step.dose() * ions);
  const auto filled = [&](double dose) {
    return one > 0 ? salt.strength * titrated_share(salt.binding, dose / one) : 0;
  };
  const double full = filled(before), fills = full < 1 ? (filled(now) - full) / (1 - full) : 0;
  step.take_up(&Halides::bromide, fills * open_sites(surface));
  if (surface.sites_per_unit == 0) return;
  const double more = std::max(0.0, now - one) - std::max(0.0, before - one);
  step.spent.surplus += more * ions;
  const double counted = surplus_used(salt, step, step.spent.surplus);
  surface.disturbed = 1 - (1 - surface.disturbed) * undisturbed(salt, counted) / undisturbed(salt, step.spent.counted);
  step.spent.counted = counted;
}

void apply(const Step& step, const AcidCleaning& acid) {
  Surface& surface = step.surface;
  const auto goes = [&](double share) { return 1 - kept(share, step.dose()); };
  surface.incomplete -= dissolve(surface, goes(acid.layers_removed) * surface.incomplete);
  const double wanted = goes(acid.healed) * open_sites(surface);
  offer(surface, &Halides::bromide, std::isfinite(acid.bromide) ? acid.bromide * step.dose() : wanted);
  step.take_up(&Halides::bromide, wanted);
  surface.ligand_activity *= kept(acid.ligands_removed, step.dose());
}

void apply(const Step& step, const LigandExchange& ligand) {
  step.surface.ligand_activity =
      step.surface.ligand_activity * kept(ligand.displaced, step.dose()) + ligand.activity * step.dose();
}

void apply(const Step& step, const Antisolvent& solvent) {
  Surface& surface = step.surface;
  const double total = surface.crystal.total();
  const double bromide_share = surface.crystal.bromide / total;
  const double drawn = surface.crystal.iodide * (1 - materials::iodide_kept(solvent.iodide, step.dose()));
  const double wanted = solvent.open_per_iodide * drawn / total * surface.sites_per_unit;
  const double opened = std::min({wanted, drawn, closed_sites(surface)});
  // the rest of what the solvent draws leaves only where bromide takes its place
  release(surface, &Halides::iodide, opened + step.take_up(&Halides::bromide, drawn - opened));
  const double stripped = solvent.stripping * step.dose() * bromide_share * surface.sites_per_unit;
  release(surface, &Halides::bromide, std::min({stripped, closed_sites(surface), surface.crystal.bromide}));
  carry_off(surface);
}

/// What an overlayer coordinates is held; sites that are opened beside it are bare.
void apply(const Step& step, const Rinse& rinse) {
  Surface& surface = step.surface;
  const double open = open_sites(surface), exposed = open * surface.exposure;
  const double opened = std::min(exposed * (std::pow(1 + rinse.opened, step.dose()) - 1), closed_sites(surface));
  release_all(surface, opened);
  if (opened > 0) surface.exposure = (exposed + opened) / (open + opened);
  carry_off(surface);
}

void apply(const Step& step, const Overlayer& layer) {
  step.surface.exposure *= std::pow(1 + layer.activity * step.dose(), -layer.groups);
}

void apply(const Step& step, const HalideExchange& exchange) {
  Surface& surface = step.surface;
  offer(surface, &Halides::iodide, step.dose());
  step.take_up(&Halides::iodide, exchange.healed * open_sites(surface));
  const double held = surface.crystal.bromide + surface.crystal.iodide;
  if (held == 0) return;  // chloride is not exchanged
  const double iodide = surface.crystal.iodide + surface.around.iodide / surface.units;
  const double bromide = surface.crystal.bromide + surface.around.bromide / surface.units;
  // y crystals' iodide: y (bromide - held + y) = selectivity (held - y) (iodide - y), of one sign change in between
  const auto unbalance = [&](double y) {
    return y * (bromide - held + y) - exchange.selectivity * (held - y) * (iodide - y);
  };
  const double lowest = std::max(0.0, held - bromide), highest = std::min(held, iodide);
  const double gained = math::brent_root(unbalance, lowest, highest).x - surface.crystal.iodide;
  const auto [in, out] =
      gained > 0 ? std::pair{&Halides::iodide, &Halides::bromide} : std::pair{&Halides::bromide, &Halides::iodide};
  release(surface, out, take(surface, in, std::abs(gained)));
}

Surface after_step(Surface surface, const Treatment& treatment, Spent& spent, std::size_t number,
                   std::vector<Notice>* notices) {
  if (treatment.dose == 0) return surface;
  offer(surface, &Halides::bromide, treatment.bromide);
  const Step step{surface, treatment, spent, number, notices};
  std::visit([&](const auto& law) { apply(step, law); }, treatment.law);
  spent.dose += treatment.dose;
  return surface;
}

}  // namespace

double equivalence(const Salt& salt, const Surface& surface) {
  if (salt.equivalence > 0) return salt.equivalence;
  return salt.strength * open_sites(surface) / ions_per_dose(salt, surface);
}

Surface treated(Surface surface, const Treatment& treatment) {
  Spent spent;
  return after_step(std::move(surface), treatment, spent, 0, nullptr);
}

Surface treated(Surface surface, const std::vector<Treatment>& treatments, std::vector<Notice>* notices) {
  std::map<std::string, Spent> by_name;
  for (std::size_t i = 0; i < treatments.size(); ++i) {
    Spent alone;
    Spent& spent = treatments[i].name.empty() ? alone : by_name[treatments[i].name];
    surface = after_step(std::move(surface), treatments[i], spent, i, notices);
  }
  return surface;
}

}  // namespace nacre::synthesis
