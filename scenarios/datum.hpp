#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/io/document.hpp"
#include "scenarios/stage.hpp"

namespace nacre::scenarios {

/// How a number is known.
enum class Basis { measured, fitted, assumed };

/// "measured", "fitted" or "assumed".
std::string_view name_of(Basis basis);

/// One number of a data file with where it comes from.
struct Datum {
  std::string name;             ///< of its table: "band_gap"
  std::string file;             ///< kind and name of its file: "materials/CsPbI3"
  double value = 0;             ///< [SI]
  std::string unit;             ///< as written in the file
  std::optional<double> sigma;  ///< standard uncertainty [SI]; none where it is not known
  Basis basis = Basis::assumed;
  std::string source;  ///< key in sources.bib
  std::string note;
  std::vector<std::string> fitted_to;  ///< ids of targets, or names of reference tables; only of fitted data
  io::Position where;
};

/// One data file: a material, a solvent, a ligand, ...
struct DataFile {
  std::string kind;                                        ///< folder: "materials"
  std::string name;                                        ///< "CsPbI3"
  std::string path;                                        ///< where it was found
  std::vector<std::pair<std::string, std::string>> texts;  ///< "formula", "shape", "description"
  std::vector<Datum> data;                                 ///< in the order of the file

  /// The datum of a name in SI, checked to have the dimension of `unit`. Throws io::InputError when it is absent or has
  /// another dimension.
  const Datum& at(const std::string& datum, const std::string& unit) const;
  bool has(const std::string& datum) const;
  /// A text, or an io::InputError naming the file.
  const std::string& text(const std::string& key) const;
};

/// Reads a data file. Throws io::InputError with file and line: unreadable, an unknown or missing key of a datum, a
/// unit that cannot be read, a basis that is none of the three, a fitted datum that does not say to what.
DataFile read_data_file(const std::string& path, const std::string& kind, const std::string& name);

/// A number that takes the place of a datum's: a candidate of a search, a sample, or what a fit came out as.
struct DatumChange {
  std::string datum;                   ///< kind, file and name: "kinetics/insoluble.interfacial_energy"
  double value = 0;                    ///< [SI]
  std::optional<double> sigma = {};    ///< standard error [SI]; none leaves the datum's
  std::vector<std::string> fitted_to;  ///< empty leaves the basis; else the datum is fitted to these
};

/// Puts changes in the place of the data of a file that they name; those of other files are passed over.
void apply(const std::vector<DatumChange>& changes, DataFile& file);

/// A datum that a run rests on, and the stage that it enters.
struct UsedDatum {
  Datum datum;
  Stage stage = Stage::material;
};

}  // namespace nacre::scenarios
