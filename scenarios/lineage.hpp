#pragma once
#include <set>
#include <string>
#include <vector>

#include "scenarios/case.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/plan.hpp"

namespace nacre::scenarios {

/// A fitted number that a variant uses: a datum of a file, or an input that the case records as fitted.
struct FittedNumber {
  std::string name;  ///< "kinetics/insoluble.interfacial_energy", "ren2024: variant.m.material.composition"
  std::string what;  ///< equal for one constant that stands in several variants
  double value = 0;  ///< [unit]
  std::string unit;
  std::optional<double> standard_error;  ///< [unit]
  std::vector<std::string> fitted_to;    ///< target ids or reference tables
  std::vector<std::string> entries;      ///< the same, with the entry where a list was used in part: "ye2022.plqy[0]"
  Stage stage = Stage::material;
};

/// The fitted numbers that a variant rests on: data of its plan, and records of the case that nothing was laid over.
std::vector<FittedNumber> fitted_numbers(const Case& source, const Variant& variant, const Plan& plan);

/// What an output of a plan is computed from, of these numbers.
std::vector<FittedNumber> ancestors(const OutputRow& output, const Plan& plan,
                                    const std::vector<FittedNumber>& numbers);

/// Whether an output only repeats what was given by hand: the moments of given sizes, the composition where no
/// treatment changes it.
bool is_given_by_hand(const OutputRow& output, const Plan& plan);

/// The id of a target in a record of a fit, "ye2022.plqy" of "ye2022.plqy[0]".
std::string target_of(const std::string& record);

/// Whether any of the numbers was fitted to one of the targets (and not to a table of the literature).
bool any_fitted_to(const std::vector<FittedNumber>& numbers, const std::set<std::string>& target_ids);

}  // namespace nacre::scenarios
