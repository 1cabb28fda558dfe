#include "scenarios/drift_crystals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/units/constants.hpp"

namespace nacre::scenarios {
namespace {

double thermal_energy(const Drifting& in) {
  return units::constants::boltzmann * in.plan.data.law.temperature;
}

bool separates(const Drifting& in) {
  return in.plan.segregation != Segregation::off;
}

/// The vacancies times what the temperature makes of their rates at 298.15 K [1/m3].
double activated_vacancies(const Drifting& in) {
  return in.vacancies * device::activated(in.plan.data.activation_energy, in.plan.data.law.temperature);
}

ExchangeRates rates_of(const Drifting& in) {
  const double vacancies = activated_vacancies(in);
  return {separates(in) ? in.plan.data.rate_per_vacancy * vacancies : 0,
          has_shuttle(in.plan.segregation) ? in.plan.data.shuttle_rate_per_vacancy * vacancies : 0};
}

/// With the halide sites of a crystal, three a cell of the lattice.
ExchangeData data_of(const Drifting& in) {
  ExchangeData data = in.plan.data;
  data.shuttle.sites = 3 * std::pow(in.mean_edge / in.lattice_constant, 3);
  return data;
}

}  // namespace

int classes_needed(const Drifting& in) {
  return device::enough_classes(in.energy, in.share, thermal_energy(in));
}

/// The ensemble's carriers see crystals by Boltzmann's factor; of the shuttle's, all of a monolayer emit alike.
std::vector<device::SizeClass> classes_of(const Drifting& in) {
  const int count = in.plan.classes > 0 ? in.plan.classes : std::max(9, classes_needed(in));
  return device::size_classes(
      in.energy, in.share, in.plan.times_classes * count,
      has_ensemble(in.plan.segregation) ? thermal_energy(in) : std::numeric_limits<double>::infinity());
}

std::string problem_of(const Drifting& in, std::span<const device::SizeClass> classes) {
  const bool moves = separates(in) && has_ensemble(in.plan.segregation);
  const std::string problem = device::problem_of(in.plan.data.law, classes, in.iodide, in.plan.cells, moves);
  if (!problem.empty()) return problem;
  const double vacancies = activated_vacancies(in);
  return std::isfinite(vacancies) && vacancies >= 0 ? "" : "the vacancies that halides move through are not known";
}

DriftCrystals::DriftCrystals(const Drifting& in, std::vector<device::SizeClass> classes)
    : by_(in.plan.segregation),
      data_(data_of(in)),
      iodide_(in.iodide),
      tolerance_(in.plan.tolerance),
      classes_(std::move(classes)),
      layer_(in.thickness(), in.pitch(), has_shuttle(by_) ? 0 : in.plan.depths),
      rates_(rates_of(in)),
      ensemble_(data_.law, classes_, iodide_, in.plan.cells, layer_.shares()),
      shuttle_(data_.shuttle, std::vector<double>(layer_.monolayers(), iodide_)),
      model_(data_.shuttle, layer_.monolayers()),
      drive_(layer_.depths()),
      monolayer_drive_(layer_.monolayers()) {}

/// Mixed as one, the layer has the carriers of the monolayer where they gather; otherwise each depth has its own.
double DriftCrystals::occupancy_of(const LayerCarriers& now, std::size_t depth) const {
  const bool mixed = layer_.depths() == 1;
  return mixed ? *std::max_element(now.gathered.begin(), now.gathered.end()) : layer_.mean_at(depth, now.gathered);
}

std::string DriftCrystals::load(const LayerCarriers& now) {
  for (std::size_t d = 0; d < layer_.depths(); ++d)
    drive_[d] = {occupancy_of(now, d), rates_.domains * layer_.mean_at(d, now.vacancies), 0};
  transport_ =
      layer_.transport(rates_.domains * device::interdiffusion(iodide_, data_.law.bromide_mobility), now.vacancies);
  for (std::size_t k = 0; k < layer_.monolayers(); ++k) monolayer_drive_[k] = {now.holes[k], now.electrons[k]};
  const double most = data_.law.most_carriers();
  for (const device::Drive& one : drive_) {
    if (one.occupancy < most * (1 - 1e-6)) continue;
    return fmt::format("{:.4g} carriers a domain at {:.4g} V, of which it holds fewer than {:g}", one.occupancy,
                       now.voltage, most);
  }
  return has_shuttle(by_) ? device::problem_of(data_.shuttle, shuttle_.iodide(), monolayer_drive_) : "";
}

device::Exchanged DriftCrystals::pass(double duration, double taken, const std::function<bool()>& interrupted) {
  return have_ensemble() ? pass_ensemble(duration, taken, interrupted) : pass_shuttle(duration, taken, interrupted);
}

device::Exchanged DriftCrystals::pass_ensemble(double duration, double taken,
                                               const std::function<bool()>& interrupted) {
  device::ExchangeOptions options;
  options.tolerance = tolerance_, options.interrupted = interrupted;
  if (has_shuttle(by_)) options.sources = shuttled();
  for (std::size_t d = 0; d < layer_.depths(); ++d) drive_[d].source = -taken * ensemble_.iodide(d) / duration;
  return ensemble_.advance(duration, drive_, transport_, options);
}

/// What the shuttle brings to every monolayer, which are the depths of the ensemble then.
device::Sources DriftCrystals::shuttled() {
  return [this](std::span<const double> iodide, std::span<double> rate) {
    const device::ShuttleRates& rates = model_.at(iodide, monolayer_drive_, rates_.monolayers, false);
    std::copy(rates.iodide.begin(), rates.iodide.end(), rate.begin());
  };
}

device::Exchanged DriftCrystals::pass_shuttle(double duration, double taken, const std::function<bool()>& interrupted) {
  const device::Shuttled done = shuttle_.advance(duration, monolayer_drive_, rates_.monolayers, 1e-7, interrupted);
  if (done.complete && taken > 0) {
    std::vector<double> x = shuttle_.iodide();
    for (double& one : x) one *= 1 - taken;
    shuttle_ = device::Shuttle(data_.shuttle, std::move(x));
  }
  device::Exchanged out;
  out.complete = done.complete, out.interrupted = done.interrupted, out.message = done.message;
  out.steps = done.steps, out.rejected = done.rejected;
  return out;
}

}  // namespace nacre::scenarios
