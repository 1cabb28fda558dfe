#pragma once
#include <array>
#include <vector>

namespace nacre::synthesis {

/// A bath that the pot stands in: its temperature relaxes to the bath's, T(t) = T_bath + (T_0 - T_bath)
/// exp(-t/time_constant).
struct Bath {
  double temperature = 298.15;  ///< of the bath [K]
  double time_constant = 0;     ///< of the pot's approach to it; 0 means at once [s]
  double duration = 0;          ///< [s]
};

/// How a solvent's viscosity depends on temperature: ln(eta/eta_298) = a + b/t + c/t^2 + d/t^3, t = T/298.15 K.
struct Solvent {
  double viscosity_298 = 0;                  ///< [Pa s]
  std::array<double, 4> viscosity_series{};  ///< a, b, c, d [1]
};

/// The kinetic constants of one material in one ligand system; both Arrhenius laws refer to 298.15 K.
struct Kinetics {
  double interfacial_energy = 0;   ///< crystal to solution [J/m2]
  double log_solubility_298 = 0;   ///< ln of the monomer's solubility in mol/m3 at 298.15 K [1]
  double solution_enthalpy = 0;    ///< [J/mol]
  double log_attachment_298 = 0;   ///< ln of the surface attachment velocity in m/s at 298.15 K [1]
  double attachment_energy = 0;    ///< [J/mol]
  double monomer_radius = 0.5e-9;  ///< hydrodynamic [m]
};

/// Ligands on the facets slow attachment and detachment alike (detailed balance stays):
/// g = exp(-(L - onset)^+/decay_length) x [residual + (1 - residual) exp(-t/closing_time)].
struct Gate {
  double onset = 1e-9;      ///< edge from which the facets are covered [m]
  double decay_length = 0;  ///< 0: no facet gate [m]
  double closing_time = 0;  ///< 0: the gate never closes [s]
  double residual = 1e-4;   ///< what is left of attachment once closed [1]
};

/// Rate constants of the two-step mechanism A -> B, A + B -> 2 B (Watzky & Finke, J. Am. Chem. Soc. 119, 10382 (1997)).
struct FinkeWatzky {
  double nucleation = 0;  ///< k_1 [1/s]
  double growth = 0;      ///< k_2 [m3/(mol s)]
};

/// All that happens in the flask.
struct Recipe {
  double formula_volume = 0;     ///< of one formula unit in the crystal [m3]
  double supply_total = 0;       ///< all precursor, as formula units in the pot [mol/m3]
  double supply_time = 0;        ///< mixing of an injection, or precursor conversion: P = c_0 exp(-t/supply_time) [s]
  double start_temperature = 0;  ///< of the pot, right after the injection [K]
  std::vector<Bath> baths;       ///< in order; their durations add up to the synthesis
  double halide_excess =
      1;  ///< free halide relative to the recipe that the solubility was fitted to; c_s ~ excess^-3 [1]
  double layer_removed = 0;     ///< cleaning afterwards takes this much off every edge [m]
  double counted_from = 1e-9;   ///< smallest edge that a microscope counts as a nanocrystal [m]
  double largest_edge = 16e-9;  ///< of the size grid [m]
  Solvent solvent;
  Kinetics kinetics;
  Gate gate;
  FinkeWatzky finke_watzky;  ///< only for that comparison mode
};

}  // namespace nacre::synthesis
