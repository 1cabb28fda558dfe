#pragma once
#include <cmath>
#include <cstdint>

#include "scenarios/sweep/record.hpp"

namespace nacre::bench {

/// A point that does `turns` steps of an iteration that no compiler can shorten.
inline void work(scenarios::sweep::Record& record, long turns) {
  double x = 0.3 + 1e-9 * static_cast<double>(record.id);
  for (long i = 0; i < turns; ++i) x = std::sin(x) + 0.5;
  for (std::size_t i = 0; i < record.values.size(); ++i) record.values[i] = x + static_cast<double>(i);
  record.status = scenarios::sweep::Status::ok;
}

/// Points of about a millisecond, all alike or one in ten ten times as dear.
inline constexpr std::uint64_t speedup_points = 600;
inline long turns_of(std::uint64_t id, bool mixed) {
  return mixed ? (id * 7919 % 10 == 0 ? 500000 : 50000) : 100000;
}

}  // namespace nacre::bench
