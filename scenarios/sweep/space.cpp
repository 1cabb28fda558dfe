#include "scenarios/sweep/space.hpp"

#include <algorithm>
#include <set>

#include "engine/math/sampling.hpp"

namespace nacre::scenarios::sweep {
namespace {

using io::InputError;

constexpr std::uint64_t most_points = std::uint64_t{1} << 32;

}  // namespace

Space::Space(const io::Inputs& inputs, const io::Document& document) {
  const int count = inputs.count("axis");
  if (count == 0) throw InputError({document.name(), 0, 0}, "axis", "no [[axis]]", "at least one parameter to vary");
  for (int i = 0; i < count; ++i) axes_.emplace_back(inputs, document, i);
  require_distinct_keys();
  read_sampling(inputs);
  for (std::size_t i = 0; i < axes_.size(); ++i) place(i);
  for (const Block& block : blocks_) {
    if (block.size > most_points / size_) {
      throw InputError({document.name(), 0, 0}, "axis", "more than 2^32 points", "a smaller grid, or [sampling]");
    }
    size_ *= block.size;
  }
}

void Space::require_distinct_keys() const {
  std::set<std::string> seen;
  for (const Axis& axis : axes_) {
    for (const std::string& key : axis.keys()) {
      if (!seen.insert(key).second)
        throw InputError(axis.where(), key, "a key that is varied twice", "one axis for it");
    }
  }
}

void Space::read_sampling(const io::Inputs& inputs) {
  const auto sampled = std::count_if(axes_.begin(), axes_.end(), [](const Axis& axis) { return axis.is_sampled(); });
  const bool asked = inputs.has_table("sampling");
  if (asked && sampled == 0) {
    throw InputError(inputs.where("sampling"), "sampling", "nothing to sample", "a range without a count");
  }
  if (!asked && sampled > 0) {
    const auto axis = std::find_if(axes_.begin(), axes_.end(), [](const Axis& a) { return a.is_sampled(); });
    throw InputError(axis->where(), axis->key(), "a range without a count", "`count`, or a table [sampling]");
  }
  if (!asked) return;
  sobol_ = inputs.text("sampling.method") == "sobol";
  samples_ = static_cast<std::uint64_t>(inputs.number("sampling.points"));
  seed_ = static_cast<std::uint64_t>(inputs.number("sampling.seed"));
  if (sobol_ && sampled > math::sobol_dimensions) {
    throw InputError(inputs.where("sampling"), "sampling.method", std::to_string(sampled) + " sampled axes",
                     "at most " + std::to_string(math::sobol_dimensions) + ", or method \"latin-hypercube\"");
  }
}

/// Puts an axis into the block that it advances with, or into one of its own.
void Space::place(std::size_t index) {
  const Axis& axis = axes_[index];
  if (axis.is_sampled() && !axis.group().empty()) {
    throw InputError(axis.where(), axis.key(), "a sampled range that is zipped", "a `count`, or no `zip`");
  }
  const auto together = std::find_if(blocks_.begin(), blocks_.end(), [&](const Block& block) {
    return axis.is_sampled() ? block.sampled : !block.name.empty() && block.name == axis.group();
  });
  const std::uint64_t size = axis.is_sampled() ? samples_ : axis.size();
  if (together == blocks_.end()) {
    blocks_.push_back({axis.group(), axis.is_sampled(), {index}, size});
    return;
  }
  if (together->size != size) {
    throw InputError(axis.where(), axis.key(), std::to_string(size) + " values",
                     std::to_string(together->size) + ", as the other axes zipped as \"" + axis.group() + "\"");
  }
  together->axes.push_back(index);
}

std::vector<std::uint64_t> Space::along(std::size_t axis) const {
  std::vector<std::uint64_t> ids;
  std::uint64_t stride = 1;
  for (std::size_t b = blocks_.size(); b-- > 0; stride *= blocks_[b].size) {
    const Block& block = blocks_[b];
    if (std::find(block.axes.begin(), block.axes.end(), axis) == block.axes.end()) continue;
    for (std::uint64_t i = 0; i < block.size; ++i) ids.push_back(i * stride);
    break;
  }
  return ids;
}

std::vector<double> Space::coordinates(std::uint64_t id) const {
  std::vector<double> all(axes_.size());
  for (std::size_t b = blocks_.size(); b-- > 0;) {
    const Block& block = blocks_[b];
    const std::uint64_t index = id % block.size;
    id /= block.size;
    for (std::size_t d = 0; d < block.axes.size(); ++d) {
      const Axis& axis = axes_[block.axes[d]];
      const int dimension = static_cast<int>(d);
      if (!block.sampled)
        all[block.axes[d]] = axis.coordinate(index);
      else if (sobol_)
        all[block.axes[d]] = axis.sample(math::sobol(index, dimension, seed_));
      else
        all[block.axes[d]] = axis.sample(math::latin_hypercube(index, samples_, dimension, seed_));
    }
  }
  return all;
}

}  // namespace nacre::scenarios::sweep
