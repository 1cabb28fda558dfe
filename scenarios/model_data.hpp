#pragma once
#include <string>
#include <vector>

#include "engine/io/input_table.hpp"
#include "models/confinement/colour.hpp"
#include "models/confinement/emitter.hpp"
#include "models/materials/material.hpp"
#include "models/synthesis/recipe.hpp"
#include "models/synthesis/treatment.hpp"
#include "scenarios/data.hpp"
#include "scenarios/validity.hpp"

namespace nacre::scenarios {

struct ExchangeData;

/// How a microscope's sizes become optical ones.
struct Sizing {
  double size_ratio = 1;         ///< electronic size/edge [1]
  double gap_offset = 0;         ///< of the sample against the material's gap [J]
  double unresolved_spread = 0;  ///< part of the standard deviation of sizes that is measurement [m]
  std::string shape;             ///< of the crystals that it has data of: "sphere", "cube" or "any"
};

/// How fast a film ages.
struct Ageing {
  double air = 0;    ///< growth of the loss ratio in air [1/s]
  double light = 0;  ///< the same by non-radiative events under light [1/s]
};

/// A treatment as its data file describes it.
struct TreatmentData {
  synthesis::Law law;
  std::string dose;          ///< what it counts
  double lowest_dose = 0;    ///< of the data behind it [1]
  double highest_dose = 0;   ///< [1]
  bool of_the_bulk = false;  ///< it changes the composition of the crystals
  Validity holds_for;        ///< compositions before the treatment that have data
};

/// Where a name of a datum was read: for messages.
struct Asked {
  std::string name;
  io::Position where;
  std::string key;
};

/// Turns data files into the structs of the models and keeps a record of every datum that it handed out. All members
/// throw io::InputError: a name that is not there, a datum that is missing or has the wrong dimension.
class ModelData {
 public:
  explicit ModelData(const DataLibrary& library) : library_(library) {}

  /// `alloys` names the data of iodide with bromide, then those of bromide with chloride.
  materials::Material material(const materials::Composition& composition,
                               const std::pair<std::string, std::string>& alloys, const Asked& asked);
  synthesis::Solvent solvent(const Asked& asked);
  /// The ligand's gate; a decay length that the case gives is an assumption in place of the ligand's.
  synthesis::Gate gate(const Asked& asked, const io::Value& decay_length = {});
  synthesis::Kinetics kinetics(const Asked& asked);
  Sizing sizing(const Asked& asked);
  synthesis::SurfaceChemistry surface(const Asked& asked);
  TreatmentData treatment(const Asked& asked);
  Ageing ageing(const Asked& asked);
  confinement::Emitter emitter(const Asked& asked);
  /// The compositions that a data file of a kind holds for.
  Validity holds_for(const std::string& kind, const Asked& asked) const;
  ExchangeData exchange(const Asked& asked);
  /// A layer of a device; whoever uses a datum of it records it.
  DataFile layer(const Asked& asked) const { return library_.load("layers", asked.name, asked.where, asked.key); }
  /// Keeps a datum as handed out to a stage, once.
  void record(const Datum& datum, Stage stage);
  /// The CIE 1931 2-degree observer.
  confinement::ColourTable colour_table() const;

  /// Everything handed out so far, each datum once a stage.
  const std::vector<UsedDatum>& used() const { return used_; }

 private:
  class Reader;
  const DataLibrary& library_;
  std::vector<UsedDatum> used_;
};

}  // namespace nacre::scenarios
