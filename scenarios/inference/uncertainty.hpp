#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/fit_record.hpp"
#include "scenarios/inference/runner.hpp"

namespace nacre::scenarios::inference {

/// A number that is not known exactly, as it is sampled.
struct UncertainNumber {
  std::string name;               ///< "kinetics/insoluble.interfacial_energy", or the key of a fitted input
  std::vector<std::string> keys;  ///< what takes its value: the datum, or the key in every variant that uses it
  std::string unit;
  double value = 0;  ///< [unit]
  double sigma = 0;  ///< [unit]
  Basis basis = Basis::assumed;
  /// A positive number with a sigma of more than 0.3 of it: its logarithm is normal, with the value as median.
  bool logarithmic = false;
  std::vector<std::string> fitted_to = {};  ///< targets, or names of tables; of fitted numbers
};

/// Uncertain numbers with what is known of their correlation: those that were fitted together.
struct UncertainNumbers {
  std::vector<UncertainNumber> numbers;
  std::vector<std::vector<double>> correlation;
};

/// Samples of uncertain numbers, quasi-random: point `index` of `count`, one value each [their units].
std::vector<double> sample(const UncertainNumbers& uncertain, std::uint64_t index, std::uint64_t count,
                           std::uint64_t seed);

/// All data with a sigma that a model's scenes rest on, and fitted inputs with one. Numbers that stand in a record with
/// the value that is in use are correlated as it says. Data without a sigma are taken as exact.
UncertainNumbers uncertain_numbers(const std::vector<NamedCase>& cases, const DataLibrary& library,
                                   const std::vector<FitRecord>& records);

/// The same as parameters of a model; values in their units.
std::vector<Parameter> parameters_of(const UncertainNumbers& uncertain, const std::vector<NamedCase>& cases,
                                     const DataLibrary& library);

/// Records of the fits that nacre ships.
std::vector<FitRecord> shipped_records();

/// How far one output can be off.
struct Spread {
  std::string name, unit;
  double value = 0;              ///< with all numbers as they are [unit]
  double mean = 0, sigma = 0;    ///< over the samples [unit]
  double low68 = 0, high68 = 0;  ///< 16 % and 84 % [unit]
  double low95 = 0, high95 = 0;  ///< 2.5 % and 97.5 % [unit]
  std::size_t samples = 0;       ///< that could be computed
  /// Numbers with the largest share of the variance, by their squared rank correlation: index and share [1].
  std::vector<std::pair<std::size_t, double>> causes;
};

/// The spread of values of an output over samples, where rows[i] belongs to samples[i]; empty rows failed.
Spread spread_of(std::size_t place, const std::vector<std::vector<double>>& rows,
                 const std::vector<std::vector<double>>& samples);

/// What `nacre uncertainty` computes.
struct UncertaintyOutcome {
  UncertainNumbers uncertain;
  std::vector<Spread> spreads;
  std::size_t samples = 0, failed = 0;
  std::vector<std::pair<std::string, int>> reasons;
  bool stopped = false;
};

/// Every scalar output of every variant of a case, or those named ("ln.pl_peak"). Throws io::InputError for an output
/// that is not there.
UncertaintyOutcome uncertainty(const NamedCase& source, const std::vector<std::string>& wanted, std::uint64_t samples,
                               std::uint64_t seed, const DataLibrary& library, const Running& running,
                               Progress& progress);

/// As a table, and as one JSON document.
std::string uncertainty_text(const UncertaintyOutcome& outcome);
std::string uncertainty_json(const UncertaintyOutcome& outcome);

}  // namespace nacre::scenarios::inference
