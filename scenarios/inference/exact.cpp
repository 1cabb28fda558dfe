#include "scenarios/inference/exact.hpp"

#include <cmath>

#include "scenarios/load.hpp"

namespace nacre::scenarios::inference {
namespace {

constexpr double step = 1e-4;  // relative; the bands are smooth in all data, and round-off is 1e-12 of them

bool same_line(const confinement::Line& a, const confinement::Line& b) {
  return a.static_width == b.static_width && a.coupling == b.coupling && a.phonon_energy == b.phonon_energy &&
         a.lorentz_share == b.lorentz_share;
}

/// Whether the emission of two inputs differs through the bands and the size ratio alone.
bool differ_by_bands(const confinement::OpticsInput& a, const confinement::OpticsInput& b) {
  return a.shape == b.shape && a.temperature == b.temperature && same_line(a.line, b.line) &&
         a.weighting == b.weighting && a.hops == b.hops && a.unresolved_spread == b.unresolved_spread;
}

bool same_sizes(const Plan& a, const Plan& b) {
  if (a.size_source != b.size_source) return false;
  if (a.size_source == SizeSource::given) {
    return a.given_sizes && b.given_sizes && a.given_sizes->mean == b.given_sizes->mean &&
           a.given_sizes->standard_deviation == b.given_sizes->standard_deviation;
  }
  return false;  // crystals from the flask depend on more than can be told here
}

}  // namespace

PeakDerivatives::PeakDerivatives(const Variant& variant, const DataLibrary& library, const Result& result,
                                 confinement::PeakOver over)
    : variant_(variant), library_(library), plan_(result.plan) {
  if (!result.optics || !result.optics->complete || !plan_.optics) return;
  slopes_ = confinement::peak_slopes(
      *plan_.optics, result.sizes.sizes.edge, result.sizes.sizes.weight,
      over == confinement::PeakOver::wavelength ? result.optics->pl_peak : result.optics->pl_peak_energy, over);
}

std::optional<Plan> PeakDerivatives::plan_at(const Parameter& parameter, double value) const {
  Variant variant = variant_;
  parameter.apply(value, 0, variant);
  try {
    return load_plan(variant, library_);
  } catch (const std::exception&) {
    return std::nullopt;  // beyond what a key accepts: differences tell
  }
}

std::optional<double> PeakDerivatives::by(const Parameter& parameter) const {
  if (!slopes_) return std::nullopt;
  const double shift = parameter.start != 0 ? step * std::abs(parameter.start) : step * (parameter.to - parameter.from);
  const std::optional<Plan> high = plan_at(parameter, parameter.start + shift),
                            low = plan_at(parameter, parameter.start - shift);
  if (!high || !low || !high->optics || !low->optics) return std::nullopt;
  const confinement::OpticsInput &up = *high->optics, &down = *low->optics;
  const bool confined = parameter.is_datum() && parameter.keys.front().starts_with("sizing/");  // touches no crystal
  if (!differ_by_bands(up, down) || !(confined || same_sizes(*high, *low))) return std::nullopt;
  const confinement::BandSlopes& s = *slopes_;
  return (s.gap * (up.bands.gap - down.bands.gap) + s.reduced_mass * (up.bands.reduced_mass - down.bands.reduced_mass) +
          s.permittivity * (up.bands.permittivity - down.bands.permittivity) +
          s.barrier * (up.bands.barrier - down.bands.barrier) +
          s.outside_mass * (up.bands.outside_mass - down.bands.outside_mass) +
          s.size_ratio * (up.size_ratio - down.size_ratio)) /
         (2 * shift);
}

}  // namespace nacre::scenarios::inference
