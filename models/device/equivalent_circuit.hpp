#pragma once
#include <complex>
#include <limits>
#include <span>
#include <vector>

namespace nacre::device {

/// A resistance beside a capacitance: R/(1 + i w tau), tau = R C. Both are negative where the current follows late
/// (an inductive loop), tau never is.
struct Arc {
  double resistance = 0;        ///< [ohm m2]
  double time = 0;              ///< tau [s]
  double resistance_sigma = 0;  ///< standard error [ohm m2]
  double time_sigma = 0;        ///< standard error of ln tau [1]
  /// Whether tau lies between the frequencies of the spectrum, give or take a decade; else only R/tau (slow) or R
  /// (fast) is known.
  bool resolved = true;
  /// Share of the ions' motion in tau, -d ln tau/d ln mobility: 1 where they set it, 0 where carriers do or ions follow
  /// at once. NaN: not asked, or not resolved. [1]
  double of_ions = std::numeric_limits<double>::quiet_NaN();

  double capacitance() const { return time / resistance; }  ///< [F/m2]
};

/// Arcs that overlap as the one depressed arc that a Nyquist plot shows of them: the sum R of their resistances, which
/// is its width on the real axis, and tau, the mean of their logarithms as positive resistances weigh them (1/w of the
/// top of an arc that is as depressed on either side). Of no arc, or where the sum is not above zero: NaN.
Arc joined(std::span<const Arc> arcs);

/// A series resistance and arcs one after the other, fast ones first: Voigt's circuit.
struct EquivalentCircuit {
  double series = 0;        ///< [ohm m2]
  double series_sigma = 0;  ///< [ohm m2]
  std::vector<Arc> arcs;
  double misfit = 0;  ///< root mean square of |Z - fit|/|Z| [1]

  std::complex<double> impedance(double frequency) const;  ///< [ohm m2]; frequency [Hz]
};

/// When the fit is content.
struct CircuitFitOptions {
  int most_arcs = 4;
  double noise = 1e-3;  ///< relative misfit below which no further arc is looked for [1]
};

/// Fits a spectrum of impedances [ohm m2] at frequencies [Hz] > 0, at least four, with every point weighed by its
/// modulus. Arcs are put in one by one where they help most and refined together (Levenberg and Marquardt); another one
/// has to lower Bayes' information criterion by 10, and no two may undo each other: the resistances of those that the
/// frequencies tell sum to at most three times the largest |Z|.
EquivalentCircuit fit_circuit(std::span<const double> frequencies, std::span<const std::complex<double>> impedance,
                              const CircuitFitOptions& options = {});

/// Fills in which arcs of a fitted circuit the ions make, from how the impedance that it was fitted to goes with the
/// logarithm of their mobility [ohm m2] (SmallSignalResponse::impedance_by_ions): that slope in the slopes of the
/// circuit's resistances and times, by linear least squares with the weights of the fit.
void tell_ions(std::span<const double> frequencies, std::span<const std::complex<double>> impedance,
               std::span<const std::complex<double>> impedance_by_ions, EquivalentCircuit& circuit);

}  // namespace nacre::device
