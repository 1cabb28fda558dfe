#pragma once
#include <span>
#include <string>
#include <vector>

#include "engine/io/input_table.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/sweep/record.hpp"

namespace nacre::scenarios::sweep {

/// What a sweep keeps of every result: scalars, and curves on an axis that all points share.
class Kept {
 public:
  /// Reads [keep]. Throws io::InputError with file, line and key: nothing to keep, a name that `nacre outputs` does not
  /// list, twice the same, a curve over something else than its own axis, two axes of one name, ends of the wrong
  /// dimension or order.
  Kept(const io::Inputs& inputs, const io::Document& document);

  /// Adds its columns and shared axes to a layout.
  void describe(Layout& layout) const;
  /// The numbers of a result, in the order of its columns [their units]; NaN for what there is not. Curves are
  /// interpolated linearly. Returns why a number is missing, empty when all are finite.
  std::string extract(const Result& result, std::span<double> values) const;

 private:
  struct Scalar {
    const OutputRow* row;
    double factor;  // SI of the unit
  };
  struct Curve {
    const OutputRow *row, *over;
    double factor, over_factor;
    std::vector<double> axis;  // ascending [unit of over]
    bool zero_outside;
  };
  void read_scalars(const io::Document& document);
  void read_curve(const io::Inputs& inputs, const io::Document& document, int index);
  void require_apart(const Curve& curve, const io::Position& where, const std::string& prefix) const;
  static std::string sample(const Curve& curve, const Result& result, std::span<double> values);

  std::vector<Scalar> scalars_;
  std::vector<Curve> curves_;
};

}  // namespace nacre::scenarios::sweep
