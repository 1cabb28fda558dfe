#pragma once
#include <limits>

#include "engine/fvm/physics.hpp"

namespace nacre::device {

/// What a source holds: the voltage at its own terminals, or the current through them.
enum class Source { voltage, current };

/// A source and its value.
struct Supply {
  Source source = Source::voltage;
  double value = 0;  ///< [V], or per area of the device [A/m2]
};

/// What is between a source and a device: a resistance in series, and beside the device a shunt and a capacitance. Per
/// area: a resistance in ohm times the area of the pixel.
struct Circuit {
  double series = 0;                                       ///< [ohm m2]
  double shunt = std::numeric_limits<double>::infinity();  ///< [ohm m2]
  double capacitance = 0;                                  ///< [F/m2]

  bool operator==(const Circuit&) const = default;
  /// Whether the voltage of the device is the source's own.
  bool is_ideal() const { return series == 0; }
  /// Whether the voltage V of the device follows from the charges and currents at its terminal, under this drive.
  bool evolves(const Supply& drive) const { return drive.source == Source::current || !is_ideal(); }

  /// What the terminal's equation holds besides the device's own current: the charge on the capacitance, and the
  /// current through the shunt less what the source gives (or V less the source's, where nothing is between them).
  template <class T>
  fvm::Lumped<T> lumped(const Supply& drive, const T& voltage) const {
    if (!evolves(drive)) return {T(0), voltage - drive.value};
    const T given = drive.source == Source::current ? T(drive.value) : (drive.value - voltage) / series;
    return {capacitance * voltage, voltage / shunt - given};
  }

  /// The current that the source gives, where V follows from it [A/m2].
  double current(const Supply& drive, double voltage) const {
    return drive.source == Source::current ? drive.value : (drive.value - voltage) / series;
  }
};

}  // namespace nacre::device
