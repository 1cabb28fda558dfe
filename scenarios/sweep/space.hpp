#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/sweep/axis.hpp"

namespace nacre::scenarios::sweep {

/// All points of a sweep: the grid product of its axes, of its zipped axes as one, and of its samples as one. Points
/// are computed from their id when asked for; nothing grows with their number.
class Space {
 public:
  /// Throws io::InputError: no axis, a key varied twice, zipped axes of different lengths, sampled axes without
  /// [sampling] or the other way round, more points than 2^32.
  Space(const io::Inputs& inputs, const io::Document& document);

  const std::vector<Axis>& axes() const { return axes_; }
  std::uint64_t size() const { return size_; }
  /// The coordinate of every axis at a point. The id counts through the grid, the last axis of the file fastest.
  std::vector<double> coordinates(std::uint64_t id) const;
  /// The points along one axis (and what advances with it) from point 0.
  std::vector<std::uint64_t> along(std::size_t axis) const;

 private:
  /// Axes that advance together.
  struct Block {
    std::string name;  // of zipped ones
    bool sampled = false;
    std::vector<std::size_t> axes;
    std::uint64_t size = 1;
  };
  void place(std::size_t axis);
  void require_distinct_keys() const;
  void read_sampling(const io::Inputs& inputs);

  std::vector<Axis> axes_;
  std::vector<Block> blocks_;
  bool sobol_ = false;
  std::uint64_t samples_ = 0;
  std::uint64_t seed_ = 0;
  std::uint64_t size_ = 1;
};

}  // namespace nacre::scenarios::sweep
