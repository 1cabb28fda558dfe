#include "scenarios/drift_record.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace nacre::scenarios {
namespace {

/// Share of the layer's domains in a cell of composition, all sizes and depths together.
double share_in(const DriftCrystals& crystals, std::size_t cell) {
  const device::Ensemble& ensemble = crystals.ensemble();
  double share = 0;
  for (std::size_t d = 0; d < ensemble.depths(); ++d)
    for (std::size_t s = 0; s < ensemble.classes(); ++s)
      share += crystals.layer().shares()[d] * ensemble.share(d, s, cell);
  return share;
}

/// Which of ascending centres lies nearest.
std::size_t nearest(const std::vector<double>& centres, double x) {
  const auto above = static_cast<std::size_t>(std::lower_bound(centres.begin(), centres.end(), x) - centres.begin());
  const bool lower = above > 0 && (above == centres.size() || x - centres[above - 1] < centres[above] - x);
  return lower ? above - 1 : above;
}

}  // namespace

void DriftRecord::keep_axes(const DriftCrystals& crystals, const DriftLight& light) {
  out_.wavelength = light.wavelength();
  for (std::size_t i = 0; i < crystals.ensemble().cells(); ++i) {
    out_.composition.push_back(crystals.ensemble().composition(i));
    out_.composition_width.push_back(crystals.ensemble().width(i));
  }
}

void DriftRecord::keep(double time, const LayerCarriers& now, DriftCrystals& crystals, DriftLight& light) {
  out_.time.push_back(time);
  out_.voltage.push_back(now.voltage);
  out_.current.push_back(now.current);
  out_.occupancy.push_back(*std::max_element(now.gathered.begin(), now.gathered.end()));
  const std::vector<double> photons = light.spectrum(crystals, now);
  out_.seen.push_back(light.seen(photons));
  out_.spectra.insert(out_.spectra.end(), photons.begin(), photons.end());
  out_.peak_alike.push_back(peak_under_first(now, crystals, light));
  if (crystals.have_ensemble())
    keep_domains(crystals);
  else
    keep_monolayers(crystals);
  for (std::size_t d = 0; d < crystals.layer().depths(); ++d)
    out_.vacancies_at_depth.push_back(out_.vacancies * crystals.layer().mean_at(d, now.vacancies));
}

/// Where these compositions emit under the carriers of the first point.
double DriftRecord::peak_under_first(const LayerCarriers& now, DriftCrystals& crystals, DriftLight& light) {
  if (out_.peak_alike.empty()) first_ = now, first_drive_ = crystals.drive();
  crystals.occupy(first_drive_);
  const double peak = light.seen(light.spectrum(crystals, first_)).peak;
  crystals.occupy(crystals.drive());
  return peak;
}

void DriftRecord::keep_domains(const DriftCrystals& crystals) {
  const device::Ensemble& ensemble = crystals.ensemble();
  out_.iodide.push_back(ensemble.iodide());
  out_.rich.push_back(ensemble.richer_than(rich_));
  out_.free_energy.push_back(ensemble.free_energy());
  for (std::size_t i = 0; i < ensemble.cells(); ++i) out_.domains.push_back(share_in(crystals, i) / ensemble.width(i));
  for (std::size_t d = 0; d < ensemble.depths(); ++d) out_.at_depth.push_back(ensemble.iodide(d));
}

/// The shuttle knows one composition a monolayer: the distribution has a cell for each.
void DriftRecord::keep_monolayers(const DriftCrystals& crystals) {
  const std::vector<double>& x = crystals.monolayers();
  double mean = 0, rich = 0;
  for (const double one : x) mean += one, rich += one > rich_ ? 1 : 0;
  out_.iodide.push_back(mean / static_cast<double>(x.size()));
  out_.rich.push_back(rich / static_cast<double>(x.size()));
  out_.free_energy.push_back(std::numeric_limits<double>::quiet_NaN());
  const std::size_t first = out_.domains.size();
  out_.domains.resize(first + out_.composition.size(), 0);
  for (const double one : x) {
    const std::size_t cell = nearest(out_.composition, one);
    out_.domains[first + cell] += 1 / (out_.composition_width[cell] * static_cast<double>(x.size()));
  }
  out_.at_depth.insert(out_.at_depth.end(), x.begin(), x.end());
}

}  // namespace nacre::scenarios
