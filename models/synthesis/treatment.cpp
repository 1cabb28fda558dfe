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

/// What the steps of one treatment have used and done.
struct Spent {
  double dose = 0;
  double surplus = 0;   ///< of salt, ions a lead
  double counted = 0;   ///< of it, whose sites are disturbed already
  double filled = 0;    ///< share of the sites that were open before it
  double activity = 0;  ///< of the ligands that an exchange of ligands brought and that are still there
  double left = 1;      ///< share that its last step left of the ligands of others
};

/// One step on its way: what it acts on, and what did not go as its law has it.
struct Step {
  Surface& surface;
  const Treatment& treatment;
  Spent& spent;  ///< by the steps of the same treatment before
  std::size_t number = 0;
  std::vector<Notice>* notices = nullptr;

  double dose() const { return treatment.dose; }
  double before() const { return spent.dose; }
  double now() const { return spent.dose + treatment.dose; }
  /// Of what the steps before left, the part that this one leaves where a share goes with each unit of the dose of all:
  /// steps in parts leave what one does.
  double leaves(double share) const {
    const double earlier = kept(share, before());
    return earlier > 0 ? kept(share, now()) / earlier : 0;
  }
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

/// Halide that it takes until `share` of the sites that were open before the first step of a treatment are filled.
double lacking(const Step& step, double share) {
  const double left = 1 - step.spent.filled;
  return left > 0 ? std::max(0.0, share - step.spent.filled) / left * open_sites(step.surface) : 0;
}

/// Fills them, as far as there is halide: what one step lacked a later one makes up for. Returns the share of what was
/// open.
double fill(const Step& step, double Halides::*kind, double share) {
  const double open = open_sites(step.surface);
  if (!(open > 0)) return 0;
  const double taken = step.take_up(kind, lacking(step, share)) / open;
  step.spent.filled += (1 - step.spent.filled) * taken;
  return taken;
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
  if (salt.equivalence > 0)
    fill(step, &Halides::bromide, filled(now));
  else
    step.take_up(&Halides::bromide, filled(now) * open_sites(surface));
  if (surface.sites_per_unit == 0) return;
  const double more = std::max(0.0, now - one) - std::max(0.0, before - one);
  step.spent.surplus += more * ions;
  const double counted = surplus_used(salt, step, step.spent.surplus);
  surface.disturbed = 1 - (1 - surface.disturbed) * undisturbed(salt, counted) / undisturbed(salt, step.spent.counted);
  step.spent.counted = counted;
}

void apply(const Step& step, const AcidCleaning& acid) {
  Surface& surface = step.surface;
  surface.incomplete -= dissolve(surface, (1 - step.leaves(acid.layers_removed)) * surface.incomplete);
  const double share = 1 - kept(acid.healed, step.now());
  offer(surface, &Halides::bromide, std::isfinite(acid.bromide) ? acid.bromide * step.dose() : lacking(step, share));
  surface.incomplete *= 1 - fill(step, &Halides::bromide, share);  // under unfinished layers as elsewhere
  surface.ligand_activity *= step.leaves(acid.ligands_removed);
}

/// What the same exchange brought in its steps before is no old ligand.
void apply(const Step& step, const LigandExchange& ligand) {
  double& activity = step.surface.ligand_activity;
  const double old = std::max(0.0, activity - step.spent.activity);
  step.spent.activity += ligand.activity * step.dose();
  activity = old * step.leaves(ligand.displaced) + step.spent.activity;
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

/// Parts of a layer are one layer: their molecules compete for the same sites.
void apply(const Step& step, const Overlayer& layer) {
  const double more = (1 + layer.activity * step.now()) / (1 + layer.activity * step.before());
  step.surface.exposure *= std::pow(more, -layer.groups);
}

void apply(const Step& step, const HalideExchange& exchange) {
  Surface& surface = step.surface;
  offer(surface, &Halides::iodide, step.dose());
  fill(step, &Halides::iodide, exchange.healed);
  const double held = surface.crystal.bromide + surface.crystal.iodide;
  if (surface.crystal.chloride > 0)
    step.note(Notice::Cause::chloride_stays, surface.crystal.total(), held);  // it is not exchanged
  if (held == 0) return;
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

/// Share of the ligands from before a step that it leaves, by its law.
double ligands_left(const Step& step) {
  if (const auto* acid = std::get_if<AcidCleaning>(&step.treatment.law)) return step.leaves(acid->ligands_removed);
  if (const auto* ligand = std::get_if<LigandExchange>(&step.treatment.law)) return step.leaves(ligand->displaced);
  return 1;
}

Surface after_step(Surface surface, const Treatment& treatment, Spent& spent, std::size_t number,
                   std::vector<Notice>* notices) {
  spent.left = 1;
  if (treatment.dose == 0) return surface;
  offer(surface, &Halides::bromide, treatment.bromide);
  const Step step{surface, treatment, spent, number, notices};
  spent.left = ligands_left(step);
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
    for (auto& [name, other] : by_name)
      if (&other != &spent) other.activity *= spent.left;
  }
  return surface;
}

}  // namespace nacre::synthesis
