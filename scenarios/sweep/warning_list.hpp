#pragma once
#include <string>
#include <vector>

namespace nacre::scenarios::sweep {

/// The warnings of a file of points, by number: a point holds which of them concern it as the bits of one number, so
/// that a warning costs eight bytes a point, whatever it says.
class WarningList {
 public:
  WarningList() = default;
  /// From lines().
  explicit WarningList(const std::string& lines);

  /// The bits of some warnings; new ones join the list. Beyond fifty, all others share the last bit.
  double bits_of(const std::vector<std::string>& warnings);
  /// The warnings of some bits, sorted. Bits that have no line are left out.
  std::vector<std::string> of(double bits) const;
  /// One a line, that of bit 0 first.
  std::string lines() const;

 private:
  std::vector<std::string> list_;
};

}  // namespace nacre::scenarios::sweep
