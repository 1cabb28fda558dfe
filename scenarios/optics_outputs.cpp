#include "scenarios/optics_outputs.hpp"

#include <limits>
#include <utility>

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;
using confinement::Optics;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

OutputRow spectrum(std::string name, std::string unit, std::string axis, std::string meaning,
                   std::vector<double> Optics::*member) {
  return {std::move(name),    Stage::confinement,
          std::move(unit),    {std::move(axis)},
          std::move(meaning), [member](const Result& r) { return r.optics ? (*r.optics).*member : Values{}; }};
}

/// What is read off the spectra; a stage that failed leaves 0 where it did not get to, and none of these is 0 in
/// earnest then.
OutputRow optical(std::string name, std::string unit, std::string meaning, double Optics::*member,
                  std::string follows = "") {
  return {std::move(name),
          Stage::confinement,
          std::move(unit),
          {},
          std::move(meaning),
          [member](const Result& r) {
            if (!r.optics) return Values{nan};
            const double value = (*r.optics).*member;
            return Values{!r.optics->complete && value == 0 ? nan : value};
          },
          std::move(follows)};
}

}  // namespace

std::vector<OutputRow> spectrum_outputs() {
  return {
      spectrum("photon_energy", "eV", "photon_energy", "photon energy", &Optics::photon_energy),
      spectrum("wavelength", "nm", "photon_energy", "wavelength of the same points", &Optics::wavelength),
      spectrum("absorption", "1", "photon_energy", "absorption coefficient, largest value 1", &Optics::absorption),
      spectrum("photoluminescence", "eV-1", "photon_energy", "photons per energy, unit area",
               &Optics::photoluminescence),
      spectrum("photoluminescence_wavelength", "nm-1", "photon_energy", "photons per wavelength, unit area",
               &Optics::photoluminescence_wavelength),
      spectrum("curve_size", "nm", "curve_size", "edges of the sizing curve", &Optics::curve_size),
      spectrum("curve_energy", "eV", "curve_size", "emission energy of a crystal of that edge", &Optics::curve_energy),
      spectrum("curve_binding", "meV", "curve_size", "binding energy of its exciton", &Optics::curve_binding),
  };
}

std::vector<OutputRow> optics_outputs() {
  return {
      optical("pl_peak", "nm", "wavelength of the photoluminescence's maximum (per wavelength)", &Optics::pl_peak),
      optical("pl_peak_energy", "eV", "photon energy of its maximum (per energy)", &Optics::pl_peak_energy, "pl_peak"),
      optical("pl_fwhm", "nm", "full width at half maximum of the photoluminescence", &Optics::pl_fwhm),
      optical("abs_peak", "nm", "wavelength of the first excitonic maximum or shoulder of the absorption",
              &Optics::abs_peak),
      optical("stokes_shift", "meV", "from the absorption peak to the photoluminescence peak, in energy",
              &Optics::stokes),
      optical("tauc_gap", "eV", "gap that a Tauc plot of the absorption reads", &Optics::tauc_gap),
      optical("exciton_binding", "meV", "binding energy of the exciton in a crystal of the mean edge",
              &Optics::exciton_binding),
      optical("cie_x", "1", "CIE 1931 chromaticity x of the photoluminescence", &Optics::cie_x, "pl_peak"),
      optical("cie_y", "1", "CIE 1931 chromaticity y of the photoluminescence", &Optics::cie_y, "pl_peak"),
      optical("luminous_efficacy", "lm/W", "of the photoluminescence's radiation", &Optics::luminous_efficacy),
      optical("line_width", "meV", "full width at half maximum of one crystal's line", &Optics::line_width),
      optical("optical_sd", "nm", "standard deviation of the edges without the part that is measurement",
              &Optics::optical_sd),
      optical("unbound_share", "1", "share of crystals too small to bind a state, left out of the spectra",
              &Optics::unbound_share),
  };
}

}  // namespace nacre::scenarios
