#pragma once
#include <array>
#include <map>
#include <optional>
#include <vector>

#include "scenarios/outputs.hpp"
#include "scenarios/store.hpp"

namespace nacre::scenarios {

/// What of a plan's numerics is made finer, one after the other: the device's steps in time (a hundredth of their
/// tolerance), its mesh (cells of half the size), and all that is not the device (half the tolerance of the
/// synthesis and twice its unknowns; of a drift twice the cells, three times the classes of sizes, a hundredth of the
/// tolerance).
enum class Finer { time, mesh, rest };
inline constexpr std::array all_finer{Finer::time, Finer::mesh, Finer::rest};

/// Whether a plan has such numerics.
bool can_refine(const Plan& plan, Finer what);

/// The plan with these finer, and without profiles, which no estimate needs.
Plan refined(Plan plan, Finer what);

/// Gathers what finer and finer runs of a plan say about every scalar and about the device's curves over bias, current,
/// frequency and time.
class Refinement {
 public:
  explicit Refinement(const Result& asked) { keep({}, asked); }

  /// The next run; `what` was made finer since the last.
  void add(Finer what, const Result& finer) { keep(what, finer); }

  /// Numbers of the device, and of its ageing, converge with second order in its mesh and are extrapolated; what the
  /// rest moves is added to the error of that. A curve is left out where nothing moves it beyond rounding, and so is a
  /// scalar of a device whose mesh was not refined: sites have none.
  ErrorsOfVariant errors() const;

 private:
  using Values = std::map<const OutputRow*, std::vector<double>>;
  struct Run {
    std::optional<Finer> what;  // none: as asked for
    Values values;
  };
  void keep(std::optional<Finer> what, const Result& result);
  bool moves(const OutputRow& row, std::size_t place) const;
  NumericalError error_of(const OutputRow& row, std::size_t place) const;

  std::vector<Run> runs_;
};

}  // namespace nacre::scenarios
