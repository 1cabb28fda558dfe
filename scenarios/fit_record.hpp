#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/io/document.hpp"
#include "scenarios/datum.hpp"

namespace nacre::scenarios {

struct Variant;
struct FittedInput;

/// One number that a fit came out with.
struct RecordedParameter {
  std::string name;
  std::vector<std::string> keys;  ///< data ("kinetics/insoluble.interfacial_energy") or keys of a case
  std::string which_case;         ///< the only case whose keys are meant; empty: all
  std::string text;               ///< of a key that holds a text, with {x} and {1-x}
  std::string unit;
  double value = 0;             ///< [unit]
  std::optional<double> sigma;  ///< standard error [unit]
  io::Position where;
};

/// One measured number that took part.
struct RecordedTarget {
  std::string name, unit;
  double measured = 0, computed = 0;
  std::optional<double> sigma;
};

/// What `nacre fit` wrote: which numbers, how well known, fitted to what.
struct FitRecord {
  std::string path, title, program, seed;
  double misfit = 0;
  std::vector<std::string> fitted_to;  ///< ids of targets, or names of tables
  std::vector<RecordedParameter> parameters;
  std::vector<std::vector<double>> correlation;  ///< of the parameters, in their order; empty when unknown
  std::vector<RecordedTarget> targets;
};

/// Reads a record. Throws io::InputError with file, line and key.
FitRecord read_fit_record(const std::string& path);

/// That no two records of one case set a datum or key to different numbers: the later one would win in silence. Throws
/// io::InputError with the place of the second.
void require_agreement(const std::vector<FitRecord>& records, const std::string& case_name);

/// Lays what a fit came out with over a variant of the case called `case_name`: keys of the case, and data.
void lay_over(const FitRecord& record, const std::string& case_name, Variant& variant);

/// The keys of a case that a record sets, as records of the case.
std::vector<FittedInput> fitted_inputs(const FitRecord& record, const std::string& case_name);

/// A text with {x} and {1-x} filled in.
std::string fill_in(std::string text, double x);

}  // namespace nacre::scenarios
