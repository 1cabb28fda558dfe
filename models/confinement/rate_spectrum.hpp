#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace nacre::confinement {

/// A sum of exponentials, sum_j a_j exp(-k_j t), gathered on an even grid of ln k: each is spread over four points,
/// which keeps the sum to 1e-6 of its largest amplitude at all times, however many there are. The integrals over time
/// do not go through the grid and are exact.
class RateSpectrum {
 public:
  /// Rates from `slowest` to `fastest` > 0 [1/s]. With a `time_step` > 0, that of ln t between the times of at_even(),
  /// the grid of rates is laid so that rates and times share one grid of ln(k t).
  RateSpectrum(double slowest, double fastest, double time_step = 0);

  /// Adds an exponential; its rate must lie in the range.
  void add(double rate, double amplitude);

  /// The sum at a time >= 0.
  double at(double time) const;
  /// The same at ascending times: one pass, without what has died away.
  std::vector<double> at(std::span<const double> times) const;
  /// The same at `count` times from `first` > 0 on, time_step apart in ln t: exp(-k t) is read from one table.
  std::vector<double> at_even(double first, std::size_t count) const;
  /// The slope of at(), negated.
  double fall(double time) const;

  double start() const { return start_; }        ///< at t = 0
  double integral() const { return integral_; }  ///< over all times [s]
  double moment() const { return moment_; }      ///< of t over all times [s2]

 private:
  double first_, step_;
  std::size_t per_rate_ = 1, per_time_ = 0;  // steps of the grid of ln(k t) in one of ln k, of ln t
  std::vector<double> amplitude_, rate_;
  double start_ = 0, integral_ = 0, moment_ = 0;
};

}  // namespace nacre::confinement
