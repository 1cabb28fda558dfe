#pragma once
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "models/materials/washing.hpp"
#include "models/synthesis/surface.hpp"

namespace nacre::synthesis {

/// Leaves everything as it is.
struct NoTreatment {};

/// A salt AX whose halide fills open sites and whose surplus disturbs others: NH4Br, KBr, NaBr, LiBr. The dose is the
/// salt's ratio to a precursor.
struct Salt {
  double equivalence = 0;  ///< dose that fills all it can; 0: as much as sites are open, dose in units of AX [1]
  double strength = 1;     ///< share of the open sites that it can fill [1]
  double binding = 1e6;    ///< of its halide to a site, in units of the equivalence; large: it titrates [1]
  double surplus = 0;      ///< binding constant of a surplus to the sites that it disturbs, per ion a lead [1]
  double most = std::numeric_limits<double>::infinity();  ///< surplus that has data, ions a lead [1]
};

/// Hydrobromic acid: dissolves unfinished layers, takes ligands with it, and fills open sites with its bromide. The
/// dose counts cleanings.
struct AcidCleaning {
  double layers_removed = 0;   ///< share of the open sites under unfinished layers that go [1]
  double ligands_removed = 0;  ///< share of the ligands' activity that goes [1]
  double healed = 0;           ///< share of the open sites that are left which the acid's bromide fills [1]
  double bromide = std::numeric_limits<double>::infinity();  ///< that it offers, per formula unit [1]
};

/// A new ligand that competes with what it does not displace. The dose is its amount over that of the data.
struct LigandExchange {
  double activity = 0;   ///< binding constant times concentration [1]
  double displaced = 0;  ///< share of the old ligands' activity that goes [1]
};

/// Washing with an antisolvent. The dose is its relative polarity. It takes iodide, for which bromide comes in as far
/// as some is around; what is around the crystals then goes with it.
struct Antisolvent {
  materials::WashingLaw iodide;  ///< what it takes of the iodide where bromide is around
  double open_per_iodide = 0;    ///< sites left open where iodide was lost, per site and share of halide lost [1]
  double stripping = 0;          ///< share of sites that loses bromide with its ligand, per dose and bromide share [1]
};

/// Rinsing a film with a solvent: it opens this many sites for each one that is open and exposed; an overlayer before
/// it holds what it coordinates. The dose counts rinses.
struct Rinse {
  double opened = 0;  ///< [1]
};

/// An overlayer whose groups (P=O) coordinate exposed lead. A vacancy stays exposed when none of the groups that reach
/// it binds: (1 + activity)^-groups. The dose multiplies the activity.
struct Overlayer {
  double activity = 0;  ///< of one group [1]
  double groups = 1;    ///< of one molecule [1]
};

/// Exchange of the whole crystal's halide for iodide. The dose is iodide offered, per formula unit.
struct HalideExchange {
  double selectivity = 1;  ///< (I/Br in the crystal)/(I/Br around it) [1]
  double healed = 0;       ///< share of the open sites that the surplus of halide fills [1]
};

using Law =
    std::variant<NoTreatment, Salt, AcidCleaning, LigandExchange, Antisolvent, Rinse, Overlayer, HalideExchange>;

/// One step of a recipe after the synthesis.
struct Treatment {
  Law law;
  double dose = 1;     ///< not negative; what it counts depends on the law; 0: nothing is done, no medium comes [1]
  double bromide = 0;  ///< that is brought with it, per formula unit: in a washing medium [1]
  bool extrapolate = false;  ///< take a surplus of salt beyond its data as it stands
  /// Steps of one name are one treatment in parts, which do what one step of all their doses does; polarities of
  /// antisolvents alone do not add up. Empty: a step alone.
  std::string name = {};
};

/// Something that did not go as a treatment's law has it.
struct Notice {
  enum class Cause {
    halide_short,    ///< the law asks for more halide than is around, per formula unit
    surplus,         ///< more surplus of salt, of all steps of its name, than there are data for, ions a lead
    chloride_stays,  ///< an exchange leaves chloride where it is; halides of the crystal, and those exchanged, per unit
  };
  std::size_t treatment = 0;  ///< number of the step
  Cause cause = Cause::halide_short;
  double wanted = 0, used = 0;  ///< [1]
};

/// The surface after a treatment; halide is conserved between crystals and surroundings.
Surface treated(Surface surface, const Treatment& treatment);
/// The same of steps; what did not go as their laws have it is added to `notices`.
Surface treated(Surface surface, const std::vector<Treatment>& treatments, std::vector<Notice>* notices = nullptr);

/// Dose at which a salt has filled all it can [1].
double equivalence(const Salt& salt, const Surface& surface);

}  // namespace nacre::synthesis
