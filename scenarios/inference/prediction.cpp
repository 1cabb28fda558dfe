#include "scenarios/inference/prediction.hpp"

#include "engine/units/quantity.hpp"
#include "scenarios/inference/uncertainty.hpp"

namespace nacre::scenarios::inference {
namespace {

/// Entries of a comparison and where the model has them.
struct Asked {
  Comparison* comparison;
  std::vector<std::size_t> places;
};

/// From the unit of an output to that of a target: what cannot be converted is a plain number.
double factor_of(const std::string& unit, const Target& target) {
  if (unit == "1") return 1;
  return units::parse_unit(unit).factor / units::parse_unit(target.plain_unit()).factor;
}

/// The case as one of the columns has it.
NamedCase column_of(const PaperRun& run, bool calibrated) {
  NamedCase named{run.source.paper, run.source};
  if (calibrated) return named;
  named.source.variants = run.source.a_priori;
  named.source.fits.clear();
  return named;
}

std::uint64_t sample_column(const NamedCase& named, std::vector<Comparison*> wanted, std::uint64_t samples,
                            std::uint64_t seed, const DataLibrary& library, const Running& running) {
  if (wanted.empty()) return 0;
  const std::vector<NamedCase> cases{named};
  const UncertainNumbers uncertain = uncertain_numbers(cases, library, shipped_records());
  Model model(cases, parameters_of(uncertain, cases, library), library);
  model.allow_gaps();
  std::vector<Asked> asked;
  for (Comparison* comparison : wanted) {
    Asked& one = asked.emplace_back(Asked{comparison, {}});
    for (const Expression& expression : comparison->target.from)
      one.places.push_back(model.add(expression, 0, comparison->target.where, comparison->target.id));
  }
  std::vector<std::vector<double>> points;
  for (std::uint64_t i = 0; i < samples; ++i) points.push_back(sample(uncertain, i, samples, seed));
  Journal journal;
  Progress progress;
  Runner runner(model, running, journal, progress);
  const std::vector<std::vector<double>> rows = runner.rows_at(points);
  for (Asked& one : asked) {
    std::vector<double> sigmas;
    for (const std::size_t place : one.places)
      sigmas.push_back(spread_of(place, rows, points).sigma * factor_of(model.unit(place), one.comparison->target));
    one.comparison->sigma = std::move(sigmas);
  }
  return progress.failed;
}

}  // namespace

std::uint64_t add_uncertainty(const PaperRun& run, std::vector<Comparison>& comparisons, std::uint64_t samples,
                              std::uint64_t seed, const DataLibrary& library, const Running& running) {
  std::uint64_t failed = 0;
  for (const bool calibrated : {true, false}) {
    std::vector<Comparison*> wanted;
    for (Comparison& comparison : comparisons) {
      const bool ours = comparison.target.paper == run.source.paper && comparison.verdict != Verdict::missing &&
                        comparison.target.kind != TargetKind::order;
      if (ours && comparison.calibrated.has_value() == calibrated) wanted.push_back(&comparison);
    }
    failed += sample_column(column_of(run, calibrated), wanted, samples, seed, library, running);
  }
  return failed;
}

}  // namespace nacre::scenarios::inference
