#include "scenarios/inference/prediction.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/math/quasi_random.hpp"
#include "engine/units/quantity.hpp"
#include "scenarios/inference/conditional.hpp"
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

/// Values of a place over samples [unit of the target]; NaN: could not be computed.
std::vector<double> values_of(const std::vector<std::vector<double>>& rows, std::size_t place, double factor) {
  std::vector<double> values;
  for (const std::vector<double>& row : rows)
    values.push_back(row.empty() ? std::numeric_limits<double>::quiet_NaN() : row[place] * factor);
  return values;
}

/// Whether any of the numbers was fitted to an entry of a target.
bool fixes(const UncertainNumbers& uncertain, const Target& target, std::size_t entry) {
  const std::string part = target.id + "[" + std::to_string(entry) + "]";
  return std::any_of(uncertain.numbers.begin(), uncertain.numbers.end(), [&](const UncertainNumber& number) {
    return std::any_of(number.fitted_to.begin(), number.fitted_to.end(),
                       [&](const std::string& id) { return id == target.id || id == part; });
  });
}

double measured_of(const Target& target, std::size_t entry) {
  const auto* list = std::get_if<std::vector<double>>(&target.value);
  return list ? (*list)[entry] : std::get<double>(target.value);
}

std::pair<double, double> ends_of(const Interval& interval) {
  return {interval.low, interval.high};
}

/// Samples of one column of a case.
class Samples {
 public:
  Samples(const NamedCase& named, std::uint64_t count, std::uint64_t seed, const DataLibrary& library)
      : uncertain_(uncertain_numbers({named}, library, shipped_records())),
        model_({named}, parameters_of(uncertain_, {named}, library), library),
        count_(count),
        seed_(seed) {
    model_.allow_gaps();
  }

  void ask(Comparison& comparison) {
    Asked& one = asked_.emplace_back(Asked{&comparison, {}});
    for (const Expression& expression : comparison.target.from)
      one.places.push_back(model_.add(expression, 0, comparison.target.where, comparison.target.id));
  }

  /// Returns how many failed.
  std::uint64_t run(const Running& running) {
    std::vector<std::vector<double>> points;
    for (std::uint64_t i = 0; i < count_; ++i) points.push_back(sample(uncertain_, i, count_, seed_));
    Journal journal;
    Progress progress;
    Runner runner(model_, running, journal, progress);
    rows_ = runner.rows_at(points);
    const Conditional given(fitted(), count_);
    for (Asked& one : asked_) answer(one, given);
    return progress.failed;
  }

 private:
  /// What constants of this case were fitted to.
  std::vector<FittedEntry> fitted() const {
    std::vector<FittedEntry> entries;
    auto dimension = static_cast<int>(uncertain_.numbers.size());
    for (const Asked& one : asked_) {
      const Target& target = one.comparison->target;
      const auto& computed = one.comparison->calibrated ? one.comparison->calibrated : one.comparison->a_priori;
      for (std::size_t i = 0; i < one.places.size(); ++i) {
        if (!target.band || !fixes(uncertain_, target, i)) continue;
        FittedEntry entry{of(one, i), (*computed)[i], *target.band, {}, target.plain_unit() == "1"};
        if (target.kind == TargetKind::ratio) entry.sigma *= std::abs(measured_of(target, i));
        for (std::uint64_t k = 0; k < count_; ++k) {
          const double share = math::quasi_random(k, count_, dimension, seed_);
          entry.noise.push_back(math::normal_quantile(std::clamp(share, 1e-9, 1 - 1e-9)));
        }
        ++dimension;
        entries.push_back(std::move(entry));
      }
    }
    return entries;
  }

  std::vector<double> of(const Asked& one, std::size_t entry) const {
    const std::size_t place = one.places[entry];
    return values_of(rows_, place, factor_of(model_.unit(place), one.comparison->target));
  }

  void answer(const Asked& one, const Conditional& given) const {
    one.comparison->interval.emplace();
    one.comparison->sampled = count_;
    const std::vector<double> first = of(one, 0);
    for (std::size_t i = 0; i < one.places.size(); ++i) {
      std::vector<double> values = of(one, i);
      const Interval interval = given.of(values, one.comparison->target.plain_unit() == "1");
      one.comparison->interval->push_back(ends_of(interval));
      one.comparison->sampled = std::min(one.comparison->sampled, interval.samples);
      if (one.comparison->target.kind != TargetKind::ratio || i == 0) continue;
      for (std::size_t k = 0; k < values.size(); ++k) values[k] /= first[k];
      one.comparison->ratios.push_back(ends_of(given.of(values)));
    }
  }

  UncertainNumbers uncertain_;
  Model model_;
  std::uint64_t count_, seed_;
  std::vector<Asked> asked_;
  std::vector<std::vector<double>> rows_;
};

std::uint64_t sample_column(const NamedCase& named, const std::vector<Comparison*>& wanted, std::uint64_t count,
                            std::uint64_t seed, const DataLibrary& library, const Running& running) {
  if (wanted.empty()) return 0;
  Samples samples(named, count, seed, library);
  for (Comparison* comparison : wanted) samples.ask(*comparison);
  return samples.run(running);
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
