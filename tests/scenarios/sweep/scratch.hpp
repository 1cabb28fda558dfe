#pragma once
#include <cmath>
#include <cstring>
#include <limits>

#include "scenarios/sweep/columns.hpp"
#include "scenarios/sweep/merge.hpp"
#include "scenarios/sweep/run.hpp"
#include "tests/engine/io/scratch.hpp"

namespace nacre::scenarios::sweep::test {

/// A sweep of one parameter, a scalar and a curve of three points, whose numbers cost nothing.
struct Toy {
  std::uint64_t points = 1000;
  Layout layout{{{"x", {"1", "parameter"}, "", 1}, {"y", {"nm", "scalar"}, "", 1}, {"c", {"1", "curve"}, "t", 3}},
                {{"t", {"s", "time"}, {1, 2, 3}}},
                1};
  PlanFile plan() const { return {{"0123456789abcdef", "toy 1", points}, "toy", "toy.toml", "text", "c.toml", "case"}; }

  /// Warnings: the first of all points of 40 to 59, the second of every third as well. Point 7 and every hundredth
  /// after it fail, halfway through.
  static void compute(std::size_t, Record& record) {
    const double x = static_cast<double>(record.id);
    const bool fails = record.id % 100 == 7;
    record.status = fails ? Status::failed : Status::ok;
    record.values = {x, std::sin(x), x / 3, x / 7, x / 11};
    if (record.id >= 40 && record.id < 60) record.warnings.push_back("x above 40: held");
    if (record.id >= 40 && record.id % 3 == 0) record.warnings.push_back("y beyond its data: extrapolated");
    if (!fails) return;
    record.values.back() = std::numeric_limits<double>::quiet_NaN();
    record.reason = "the solver gave up at x = " + std::to_string(record.id);
  }

  /// Computes a share of what is missing in the folder of `output`, with small shards.
  void run(const std::string& output, parallel::Workers workers, Share share = {}, const Compute& how = compute,
           const parallel::Stop& stop = {}) const {
    const PlanFile what = plan();
    open_parts(parts_of(output), what, Accept::same);
    const Holdings holdings = take_stock(parts_of(output), what.identity, Accept::same);
    Recorder recorder(parts_of(output), what.identity, layout, static_cast<std::size_t>(workers.count),
                      {0, 64, 1 << 20});
    Tally tally;
    run_points(loop_of(workers), share, holdings, layout.width(), how, stop, recorder, tally);
  }
};

/// Whether two merged files hold the same bits outside /provenance.
inline bool same_bits(const std::string& first, const std::string& second) {
  const io::Hdf5File a = io::Hdf5File::load(first), b = io::Hdf5File::load(second);
  if (a.datasets.size() != b.datasets.size()) return false;
  for (std::size_t i = 0; i < a.datasets.size(); ++i) {
    const io::Hdf5Dataset &x = a.datasets[i], &y = b.datasets[i];
    const bool same =
        x.path == y.path && x.text == y.text && x.shape == y.shape && x.values.size() == y.values.size() &&
        (x.values.empty() || std::memcmp(x.values.data(), y.values.data(), x.values.size() * sizeof(double)) == 0);
    if (!same) return false;
  }
  return a.attributes.at("/") == b.attributes.at("/");
}

}  // namespace nacre::scenarios::sweep::test
