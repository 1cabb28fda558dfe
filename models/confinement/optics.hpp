#pragma once
#include <span>
#include <string>
#include <vector>

#include "models/confinement/bands.hpp"
#include "models/confinement/colour.hpp"
#include "models/confinement/ensemble.hpp"
#include "models/confinement/line.hpp"
#include "models/confinement/stokes.hpp"

namespace nacre::confinement {

/// Everything that turns a distribution of sizes into spectra.
struct OpticsInput {
  Bands bands;  ///< at `temperature`; an offset of the gap is already in bands.gap
  Shape shape = Shape::cube;
  double size_ratio = 1;        ///< electronic size/edge [1]
  Slab slab;                    ///< of platelets
  double temperature = 298.15;  ///< of the line [K]
  Line line;
  double absorption_broadening =
      0;  ///< full width at half maximum of one crystal's absorption line [J]; 0: as emission
  StokesLaw stokes;
  Weighting weighting = Weighting::number;
  int hops = 3;                  ///< of an exciton under funnelling
  double unresolved_spread = 0;  ///< part of the sizes' standard deviation that is measurement [m]
};

/// Spectra and what is read off them. Energies in J, lengths in m.
struct Optics {
  bool complete = false;  ///< false: `message` says why; what was computed until then is kept
  std::string message;

  std::vector<double> photon_energy;                 ///< ascending [J]
  std::vector<double> wavelength;                    ///< of the same points, descending [m]
  std::vector<double> absorption;                    ///< absorption coefficient, largest value 1 [1]
  std::vector<double> photoluminescence;             ///< photons per energy, unit area [1/J]
  std::vector<double> photoluminescence_wavelength;  ///< photons per wavelength, unit area, same points [1/m]

  std::vector<double> curve_size;     ///< edges as a microscope sees them [m]
  std::vector<double> curve_energy;   ///< emission energy at these edges [J]
  std::vector<double> curve_binding;  ///< exciton binding energy at these edges [J]

  double pl_peak_energy = 0;          ///< of the spectrum per energy [J]
  double pl_peak = 0;                 ///< wavelength of the maximum per wavelength [m]
  double pl_fwhm = 0;                 ///< full width at half maximum per wavelength [m]
  double abs_peak = 0;                ///< wavelength of the first excitonic maximum (or shoulder) [m]
  double abs_peak_energy = 0;         ///< its photon energy [J]
  double stokes = 0;                  ///< abs_peak_energy - pl_peak_energy [J]
  double tauc_gap = 0;                ///< gap that a Tauc plot of `absorption` reads [J]
  double exciton_binding = 0;         ///< at the mean edge [J]
  double cie_x = 0, cie_y = 0;        ///< CIE 1931 chromaticity of the emission [1]
  double luminous_efficacy = 0;       ///< of the emission [lm/W]
  double line_width = 0;              ///< full width at half maximum of one crystal [J]
  double mean_edge = 0, sd_edge = 0;  ///< of the number distribution as given [m]
  double optical_sd = 0;              ///< standard deviation after the unresolved part is taken out [m]
  double unbound_share = 0;           ///< share of crystals too small to bind a state, left out [1]
};

/// Spectra of an ensemble: `edges` [m] with `weights` (numbers of crystals on any scale), colours from `table`.
/// Tabulates the sizing curve over the sizes that occur, then does as spectra() below.
/// Never throws for physics: crystals too small to bind a state (more than 1 % of them), wrong or non-finite inputs and
/// spectra that nobody can see come back as complete = false with a message.
Optics compute(const OpticsInput& input, std::span<const double> edges, std::span<const double> weights,
               const ColourTable& table);

/// The same with a curve that is there already: `curve` for input.bands and input.shape, over all edges x size_ratio
/// after resolved_edges(); crystals outside it count as unbound. Leaves curve_size and its companions empty.
Optics spectra(const OpticsInput& input, const SizingCurve& curve, std::span<const double> edges,
               std::span<const double> weights, const ColourMatching& eye);

}  // namespace nacre::confinement
