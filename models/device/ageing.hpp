#pragma once
#include <functional>
#include <vector>

namespace nacre::device {

/// What an aged device does, at a growth u = ln(c/c_0) of the density c of its vacancies.
struct Aged {
  double events = 0;  ///< that may damage: recombinations per volume of the layer and time [1/(m3 s)]
  double light = 0;   ///< in any unit
};

/// What damage an event does, and to what.
struct AgeingLaw {
  double damage = 0;     ///< vacancies made by an event [1]
  double vacancies = 0;  ///< c_0, at the start [1/m3]
};

/// The course of an LED whose vacancies are made by its own events and make more of them,
///
///     dc/dt = damage x events(c)
///
/// which is one equation without time in it: with u = ln(c/c_0) the time is the integral of c/(damage x events) over u.
/// It is taken by Gauss-Legendre quadrature (4 points) on even panels of u, so that no step of time limits it.
/// Beside the time runs the integral of c/c_0 over it, the time that anything would have needed whose rate is
/// proportional to the vacancies, had they not grown.
class AgeingCourse {
 public:
  /// Up to the growth `end` > 0, in `panels` parts. `at` must be smooth, its events at least 0; where they vanish
  /// nothing ages and times are infinite.
  AgeingCourse(const AgeingLaw& law, std::function<Aged(double)> at, double end, int panels);

  /// Ends of the panels: growth, time [s] and time in units of the first vacancies [s].
  const std::vector<double>& growth() const { return growth_; }
  const std::vector<double>& time() const { return time_; }
  const std::vector<double>& stretched() const { return stretched_; }

  double time_at(double growth) const;       ///< [s]
  double stretched_at(double growth) const;  ///< [s]
  /// The growth after a time; that of the end when the course is shorter.
  double growth_after(double time) const;
  /// The growth at which a light (of growth and stretched time) first falls to a value; NaN: not before the end.
  double growth_at(const std::function<double(double, double)>& light, double value) const;

 private:
  struct Times {
    double time, stretched;
  };
  Times from_panel(double growth) const;

  AgeingLaw law_;
  std::function<Aged(double)> at_;
  std::vector<double> growth_, time_, stretched_;
};

/// The dose rate x time after which a constant rate of excitons has lost the share 1 - left of the light, when every
/// non-radiative event makes the loss ratio kappa = k_nr/k_r of the crystals grow alike: dkappa/dt = rate kappa/(1 +
/// kappa), so that rate x time = ln(kappa/kappa_0) + kappa - kappa_0, and 1 + kappa = (1 + kappa_0)/left [1].
double dose_to_fade(double loss, double left);

}  // namespace nacre::device
