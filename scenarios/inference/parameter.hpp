#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/io/input_table.hpp"
#include "scenarios/case.hpp"
#include "scenarios/data.hpp"

namespace nacre::scenarios::inference {

/// A case under the name that a file gives it.
struct NamedCase {
  std::string name;
  Case source;
  std::string file = {};  ///< as that file writes it
};

/// What the numbers of a key or datum are: a row to check them by, whose unit they are told in.
struct NumberForm {
  io::InputRow row;
  /// A leaf in the unit of the row. Throws io::InputError: another dimension, out of range, no number.
  double read(const std::string& key, const io::Entry& entry) const;
  /// A number in the unit of the row as a leaf.
  io::Entry entry(double number, const io::Position& where) const;
  /// A number in the unit of the row, in SI.
  double si(double number) const;
  std::string unit() const { return row.unit.empty() ? "1" : row.unit; }
};

/// The same form with its numbers in another unit of the same dimension.
NumberForm converted(const NumberForm& form, const std::string& unit);

/// The form of a unit: a quantity, or a plain number for "1".
NumberForm form_of_unit(const std::string& unit);

/// A number that is varied within bounds: a datum, or keys of cases.
class Parameter {
 public:
  std::string name;
  std::vector<std::string> keys;  ///< "kinetics/insoluble.interfacial_energy", "variant.ln.synthesis.supply_time"
  std::optional<std::size_t> scene_case;  ///< of keys: the case that they are set in; none: all
  std::string text;                       ///< of a key that holds a text, with {x} and {1-x}; else empty
  NumberForm form;                        ///< of its values
  double from = 0, to = 0, start = 0;     ///< [form.unit()]
  bool logarithmic = false;
  std::optional<std::pair<double, double>> prior;  ///< centre and standard deviation [form.unit()]
  io::Position where;

  bool is_datum() const { return keys.front().find('/') != std::string::npos; }
  /// The value at a share of the range [form.unit()], and the share of a value.
  double value(double share) const;
  double share(double value) const;
  /// d value/d share at a share.
  double slope(double share) const;
  /// Whether it sets an input of a variant of a case.
  bool sets(const std::string& input, std::size_t which_case, const Variant& variant) const;
  /// Puts a value into a variant of a case.
  void apply(double value, std::size_t which_case, Variant& variant) const;
};

/// Reads [[parameter]]. Throws io::InputError: a key or datum that no case has, bounds of the wrong dimension or order,
/// a start beyond them, a logarithmic range that is not positive, a prior without a sigma, a name twice, a number that
/// two of them set.
std::vector<Parameter> read_parameters(const io::Inputs& inputs, const io::Document& document,
                                       const std::vector<NamedCase>& cases, const DataLibrary& library);

/// A parameter for a key or datum, with what the cases hold (their records of fits included) as its start and no bounds
/// yet. Throws io::InputError as above.
Parameter parameter_of(const std::string& key, const std::vector<NamedCase>& cases, const DataLibrary& library,
                       const io::Position& where, const std::string& in);

/// The datum "kinetics/insoluble.interfacial_energy". Throws io::InputError, with the nearest name, for one that is not
/// there.
Datum datum_of(const std::string& key, const DataLibrary& library, const io::Position& where, const std::string& in);

/// The same as the cases use it: with what their records of fits say in its place. Throws io::InputError as above, and
/// for a datum that none of them rests on.
Datum datum_in_use(const std::string& key, const std::vector<NamedCase>& cases, const DataLibrary& library,
                   const io::Position& where, const std::string& in);

/// The number of the case that a name means. Throws io::InputError: none of that name, or no name where there are
/// several.
std::size_t case_of(const std::string& name, const std::vector<NamedCase>& cases, const io::Position& where,
                    const std::string& in);

/// Reads [[case]]. Throws io::InputError: none, a name twice, a case that is wrong.
std::vector<NamedCase> read_cases(const io::Inputs& inputs, const io::Document& document);

}  // namespace nacre::scenarios::inference
