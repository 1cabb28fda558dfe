#pragma once
#include <vector>

#include "models/instruments/photon_counting.hpp"

namespace nacre::instruments {

/// How the lifetimes of a fit become one number.
enum class Averaging {
  amplitude,  ///< sum A tau/sum A: integral over start
  intensity   ///< sum A tau^2/sum A tau: mean time of emission
};

/// A decay as a sum of exponentials A_j exp(-t/tau_j).
struct MultiExponential {
  bool converged = false;
  std::vector<double> amplitude;       ///< at t = 0, sum 1
  std::vector<double> lifetime;        ///< ascending [s]
  std::vector<double> lifetime_error;  ///< standard error [s]
  double reduced_chi_square = 0;       ///< counting noise as the error of each channel; meaningless without noise
  double amplitude_average_error = 0;  ///< standard error of average(), counting noise carried through the fit [s]
  double intensity_average_error = 0;  ///< the same of the other average [s]
  double average(Averaging averaging) const;        ///< [s]
  double average_error(Averaging averaging) const;  ///< 0 without counting noise [s]
};

/// Fits `components` (1 to 4) exponentials, convolved with the response, and a constant background to a histogram, with
/// the greatest likelihood for Poisson's counts (by reweighting; weights of the counts themselves would be biased by
/// 1/count, Baker and Cousins 1984). None of the amplitudes, nor the background, is negative. The fit searches for
/// lifetimes alone, amplitudes and background follow from them (variable projection, Golub and Pereyra 1973). A
/// component that only a negative amplitude would bring closer has amplitude 0, and a lifetime without meaning.
MultiExponential fit_decay(const Histogram& histogram, int components, double peak_counts);

}  // namespace nacre::instruments
