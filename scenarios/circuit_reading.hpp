#pragma once
#include <cstddef>
#include <limits>

#include "scenarios/device_stage.hpp"

namespace nacre::scenarios {

/// What the equivalent circuit says at a bias; NaN where it says nothing. Resistances in ohm m2, capacitances in F/m2.
struct CircuitReading {
  static constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  double series = nan;
  double recombination = nan;              ///< of the arcs that are not the ions', together
  double recombination_capacitance = nan;  ///< their mean time over it
  double ions_in_recombination = nan;      ///< Arc::of_ions of these arcs, as resistances weigh them [1]
  double ionic = nan;                      ///< of the largest arc whose time the motion of ions sets
  double ionic_capacitance = nan;          ///< of that arc; where it is slower than the spectrum, this alone
  double ionic_frequency = nan;            ///< [Hz]
};

/// Of a result with circuits, at a bias by its number. An arc is the ions' where their motion has most of its time
/// (Arc::of_ions), or where it is too slow to tell in a device that has ions. The recombination resistance is told only
/// where the arcs of carriers reach as far as carriers alone do at the lowest frequency, the ions held still: at 0 V
/// theirs is slower than any spectrum, and what is left are layers that let charges through.
CircuitReading read_circuit(const DeviceResult& result, std::size_t bias);

}  // namespace nacre::scenarios
