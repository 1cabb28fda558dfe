#include "scenarios/model_data.hpp"

#include <algorithm>

#include "scenarios/csv.hpp"

namespace nacre::scenarios {

/// One data file; every datum read from it is recorded.
class ModelData::Reader {
 public:
  Reader(ModelData& owner, const std::string& kind, const Asked& asked, Stage stage)
      : owner_(owner), file_(owner.library_.load(kind, asked.name, asked.where, asked.key)), stage_(stage) {}

  double number(const std::string& name, const std::string& unit) {
    const Datum& datum = file_.at(name, unit);
    owner_.record(datum, stage_);
    return datum.value;
  }

  double positive(const std::string& name, const std::string& unit) {
    const double value = number(name, unit);
    if (value > 0) return value;
    throw io::InputError(file_.at(name, unit).where, name, "a value that is not above 0", "one above 0");
  }

  /// A number that the case gives in place of the file's: nothing supports it but the wish to know what it would make.
  double assumed(const std::string& name, const io::Value& value) {
    const Datum datum{
        name, "case",         value.number, value.row->unit,
        {},   Basis::assumed, "estimate",   "Given by the case in place of " + file_.kind + "/" + file_.name + ".",
        {},   value.where};
    owner_.used_.push_back({datum, stage_});
    return value.number;
  }

  const DataFile& file() const { return file_; }

 private:
  ModelData& owner_;
  DataFile file_;
  Stage stage_;
};

void ModelData::record(const Datum& datum, Stage stage) {
  const auto same = [&](const UsedDatum& used) {
    return used.stage == stage && used.datum.file == datum.file && used.datum.name == datum.name;
  };
  if (std::none_of(used_.begin(), used_.end(), same)) used_.push_back({datum, stage});
}

materials::Material ModelData::material(const materials::Composition& composition, const std::string& alloy,
                                        const Asked& asked) {
  materials::EndMembers members;
  for (const std::string& name : materials::required_end_members(composition)) {
    Reader reader(*this, "materials", {name, asked.where, asked.key}, Stage::material);
    materials::EndMember& member = members[name];
    for (const materials::PropertyRow& row : materials::property_rows()) {
      member.*row.member = reader.number(std::string(row.key), std::string(row.unit));
    }
    const std::string& shape = reader.file().text("shape");
    if (shape != "cube" && shape != "sphere") {
      throw io::InputError({reader.file().path, 0, 0}, "shape", "\"" + shape + "\"", "\"cube\" | \"sphere\"");
    }
    member.shape = shape == "cube" ? materials::Shape::cube : materials::Shape::sphere;
  }
  materials::Alloy law;
  if (composition.iodide > 0 && composition.bromide > 0) {
    Reader reader(*this, "alloys", {alloy, asked.where, "material.alloy"}, Stage::material);
    law.bowing = reader.number("bowing", "eV");
  }
  return materials::mix(composition, members, law);
}

materials::WashingLaw ModelData::washing(const Asked& asked) {
  Reader reader(*this, "washing", asked, Stage::material);
  return {reader.positive("half_polarity", "1"), reader.positive("steepness", "1")};
}

synthesis::Solvent ModelData::solvent(const Asked& asked) {
  Reader reader(*this, "solvents", asked, Stage::synthesis);
  synthesis::Solvent solvent;
  solvent.viscosity_298 = reader.positive("viscosity_298", "Pa s");
  solvent.viscosity_series = {reader.number("viscosity_a", "1"), reader.number("viscosity_b", "1"),
                              reader.number("viscosity_c", "1"), reader.number("viscosity_d", "1")};
  return solvent;
}

synthesis::Gate ModelData::gate(const Asked& asked, const io::Value& decay_length) {
  Reader reader(*this, "ligands", asked, Stage::synthesis);
  synthesis::Gate gate;
  gate.onset = reader.number("gate_onset", "nm");
  gate.decay_length =
      decay_length.given ? reader.assumed("gate_decay_length", decay_length) : reader.number("gate_decay_length", "nm");
  gate.closing_time = reader.number("gate_closing_time", "s");
  gate.residual = reader.number("gate_residual", "1");
  return gate;
}

synthesis::Kinetics ModelData::kinetics(const Asked& asked) {
  Reader reader(*this, "kinetics", asked, Stage::synthesis);
  synthesis::Kinetics kinetics;
  kinetics.interfacial_energy = reader.positive("interfacial_energy", "J/m2");
  kinetics.log_solubility_298 = reader.number("log_solubility_298", "1");
  kinetics.solution_enthalpy = reader.number("solution_enthalpy", "J/mol");
  kinetics.log_attachment_298 = reader.number("log_attachment_298", "1");
  kinetics.attachment_energy = reader.number("attachment_energy", "J/mol");
  kinetics.monomer_radius = reader.positive("monomer_radius", "nm");
  return kinetics;
}

Sizing ModelData::sizing(const Asked& asked) {
  Reader reader(*this, "sizing", asked, Stage::confinement);
  return {reader.positive("size_ratio", "1"), reader.number("gap_offset", "eV"),
          reader.number("unresolved_spread", "nm")};
}

confinement::ColourTable ModelData::colour_table() const {
  const Csv csv = read_csv(library_.path("cie/cie1931_2deg_5nm.csv"), {"wavelength_nm", "x_bar", "y_bar", "z_bar"});
  confinement::ColourTable table{csv.columns[0], csv.columns[1], csv.columns[2], csv.columns[3]};
  for (double& wavelength : table.wavelength) wavelength *= 1e-9;
  const bool ascends = std::adjacent_find(table.wavelength.begin(), table.wavelength.end(), std::greater_equal<>()) ==
                       table.wavelength.end();
  if (table.wavelength.size() < 4 || !ascends) {
    throw io::InputError({csv.path, 0, 0}, "wavelength_nm", "no ascending table", "at least 4 ascending wavelengths");
  }
  return table;
}

}  // namespace nacre::scenarios
