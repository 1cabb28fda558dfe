#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace nacre::instruments {

/// A time-correlated photon counter.
struct PhotonCounter {
  double response = 0;     ///< full width at half maximum of its Gaussian response [s]
  double window = 0;       ///< that the channels span [s]
  int channels = 1000;     ///< of equal width
  double peak_counts = 0;  ///< counts in the highest channel; 0: no counting noise, highest channel 1
  double background = 0;   ///< counts in every channel, in the unit of the highest one [1]
  std::uint64_t seed = 1;  ///< of the counting noise
};

/// What it records: channels from the pulse on, which comes `delay` after the first one starts.
struct Histogram {
  double width = 0;          ///< of a channel [s]
  double delay = 0;          ///< [s]
  std::vector<double> time;  ///< middle of each channel, 0 at the pulse [s]
  std::vector<double> counts;
  std::vector<double> response;  ///< share of the response in each channel from the first one on; sum 1
};

/// Integral of a sampled decay from 0 to each of some ascending times, exponential between samples, which start at time
/// 0. Beyond the last sample the decay is taken as 0.
std::vector<double> cumulative(std::span<const double> time, std::span<const double> decay,
                               std::span<const double> until);

/// Shares of a Gaussian response of a full width [s] in channels of a width [s], from four widths of it before its
/// centre to four behind; one channel for no width.
std::vector<double> response_shares(double full_width, double channel);

/// sum_k response[k] signal[i - k]: as long as the signal and the response together, so that no area is lost, or the
/// first `most` of it.
std::vector<double> convolved(std::span<const double> signal, std::span<const double> response,
                              std::size_t most = std::numeric_limits<std::size_t>::max());

/// Counts a decay: integrated over every channel, convolved with the response, scaled to the peak counts, with counting
/// noise. Where it still shines when the window ends it is cut off, as by a counter.
Histogram count(const PhotonCounter& counter, std::span<const double> time, std::span<const double> decay);

}  // namespace nacre::instruments
