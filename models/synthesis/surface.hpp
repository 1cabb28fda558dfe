#pragma once
#include <optional>

#include "models/materials/composition.hpp"

namespace nacre::synthesis {

/// What binds to the surface of a crystal, and how strongly.
struct SurfaceChemistry {
  double sites_per_cell_face = 1;  ///< halide sites on one face of the cell: 1 on an AX face [1]
  double formation_energy = 0;     ///< of an open halide site, against the halide of the reference recipe [J]
  double ligand_activity = 0;      ///< binding constant times concentration of the ligands on open sites [1]
};

/// Halide ions, per formula unit of the crystals where nothing else is said [1].
struct Halides {
  double chloride = 0, bromide = 0, iodide = 0;
  double total() const { return chloride + bromide + iodide; }
};

/// The crystals of a sample seen from their surface: what halide they hold, and what covers the sites where some is
/// missing. Halide goes from the crystals to their surroundings and back: units times crystal plus released is what it
/// was at birth, kind by kind, and what is around the crystals is never below zero, so they take no more than
/// treatments and the crystals themselves brought there.
struct Surface {
  double sites_per_area = 0;   ///< halide sites [1/m2]
  double sites_per_unit = 0;   ///< halide sites on the surface, per formula unit of the crystals [1]
  Halides crystal;             ///< in the crystals
  double units = 1;            ///< formula units that are left of one at birth [1]
  Halides released;            ///< given to the surroundings since birth, a unit at birth; negative: taken from there
  Halides offered;             ///< brought to the surroundings by treatments since birth, a unit at birth
  Halides around;              ///< that the crystals can take now, a unit at birth; washing carries it off
  double cation_per_lead = 0;  ///< AX to PbX2 in the flask; 0: not given, halide is a reservoir [1]
  double incomplete = 0;       ///< share of the sites that lies open under unfinished layers, part of open_share() [1]
  double ligand_activity = 0;  ///< of all ligands [1]
  double exposure = 1;         ///< share of uncovered open sites that an overlayer leaves exposed [1]
  double disturbed = 0;        ///< share of sites that a surplus of salt turned into traps [1]
};

/// How the crystals came into being.
struct Birth {
  double temperature = 298.15;  ///< [K]
  double halide_excess = 1;     ///< free halide relative to the reference recipe [1]
  double cation_per_lead = 0;   ///< AX to PbX2 in the flask; 0: halide is a reservoir [1]
  double incomplete = 0;        ///< share of the sites under unfinished layers [1]
  /// Share of open sites by hand, in place of the one at equilibrium [1].
  std::optional<double> open_share = {};
};

/// The surface of crystals per formula unit, in halide sites: from that of all crystals over their volume [1/m], 6/L
/// for cubes and spheres of one size, and the cell [m].
double sites_per_unit(const SurfaceChemistry& chemistry, double area_per_volume, double cell);

/// Share of halide sites that are open at equilibrium. The sites are filled by free halide with the binding constant
/// halide_excess exp(E_f/kT) at the temperature of birth: from a reservoir, or from what the recipe leaves once the
/// crystals have what they need (a crystal closed by AX holds 3 + sites_per_unit/2 halides a lead, a flask
/// 2 + cation_per_lead).
double open_share_at_birth(const SurfaceChemistry& chemistry, const Birth& birth, double sites_per_unit);

/// Crystals right after their birth; `cell` [m]. sites_per_unit = 0: the bulk, in which only composition has a meaning.
Surface born(const SurfaceChemistry& chemistry, const Birth& birth, const materials::Composition& composition,
             double sites_per_unit, double cell);

/// Share of halide sites without a halide [1].
double open_share(const Surface& surface);

/// Share of halide sites that neither halide nor ligand nor overlayer holds: the vacancies that carriers and ions see.
double vacancy_share(const Surface& surface);

/// Vacancies per area [1/m2].
double vacancy_density(const Surface& surface);

/// Deep traps per area [1/m2]. One missing halide is shallow in lead halides; two on neighbouring sites expose a lead
/// that traps. On a square lattice of sites, vacancies that know nothing of each other make 2 v^2 such pairs a site;
/// sites that a surplus of salt disturbed count as vacancies here. docs/theory/surfaces.md has the evidence.
double trap_density(const Surface& surface);

/// Sites per area that are not as in the bulk where deep traps have this density, trap_density() the other way round:
/// t = 2 d^2/n for n sites per area [1/m2].
double defects_of_traps(double traps, double sites_per_area);

/// Sites per area that are not as in the bulk, vacancies and those that a surplus of salt disturbed [1/m2]. They widen
/// the absorption edge, whether they trap or not.
double defect_density(const Surface& surface);

/// Moves halide of one kind out of the crystals to what is around them, n per formula unit, n >= 0.
void release(Surface& surface, double Halides::*kind, double n);

/// Brings halide of one kind to the surroundings, n per formula unit at birth, n >= 0.
void offer(Surface& surface, double Halides::*kind, double n);

/// Moves halide of one kind from the surroundings into the crystals: n per formula unit, or as much as is there.
/// Returns how much it was.
double take(Surface& surface, double Halides::*kind, double n);

/// Dissolves lead with two halides, in the crystals' proportions, until this share of the sites is open no longer:
/// unfinished layers. At most half of the crystal goes. Returns the share of sites.
double dissolve(Surface& surface, double share);

/// Composition with the halides that the crystals hold.
materials::Composition with_halides(materials::Composition composition, const Halides& halides);

}  // namespace nacre::synthesis
