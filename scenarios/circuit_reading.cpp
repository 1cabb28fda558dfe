#include "scenarios/circuit_reading.hpp"

#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

namespace nacre::scenarios {
namespace {

/// Slower than the spectrum: of such an arc R/tau alone is known.
bool is_beyond(const device::Arc& arc, double lowest) {
  return !arc.resolved && 2 * std::numbers::pi * arc.time * lowest > 1;
}

/// Of ions that move, or too slow to tell, in a device that has any.
bool is_of_ions(const device::Arc& arc, const DeviceResult& d) {
  if (d.impedance.impedance_by_ions.empty()) return false;
  return arc.resolved ? arc.of_ions > 0.5 : is_beyond(arc, d.frequencies.front());
}

/// The ions' part of the times of arcs, as their resistances weigh them; NaN without ions.
double ions_in(const std::vector<device::Arc>& arcs) {
  double ions = 0, weight = 0;
  for (const device::Arc& arc : arcs)
    if (arc.resolved) ions += std::abs(arc.resistance) * arc.of_ions, weight += std::abs(arc.resistance);
  return ions / weight;
}

/// What carriers alone leave at the lowest frequency, the ions held still, has to be in the arcs: else theirs is
/// slower.
bool is_whole(const device::Arc& arc, double series, const DeviceResult& d, std::size_t bias) {
  constexpr double enough = 0.1;  // ions that follow at once help carriers, too; an arc beyond is larger by decades
  return d.impedance.slowest_without_ions.empty() ||
         arc.resistance + series > enough * std::abs(d.impedance.slowest_without_ions[bias]);
}

}  // namespace

CircuitReading read_circuit(const DeviceResult& d, std::size_t bias) {
  const device::EquivalentCircuit& circuit = d.circuits[bias];
  CircuitReading r;
  r.series = circuit.series;
  std::vector<device::Arc> electronic;
  std::optional<device::Arc> ionic;
  bool beyond = false;
  for (const device::Arc& arc : circuit.arcs) {
    if (!is_of_ions(arc, d)) {
      electronic.push_back(arc), beyond |= is_beyond(arc, d.frequencies.front());
    } else if (!ionic || arc.resolved > ionic->resolved ||
               (arc.resolved == ionic->resolved && std::abs(arc.resistance) > std::abs(ionic->resistance))) {
      ionic = arc;
    }
  }
  if (ionic) r.ionic_capacitance = ionic->capacitance();
  if (ionic && ionic->resolved)
    r.ionic = ionic->resistance, r.ionic_frequency = 1 / (2 * std::numbers::pi * ionic->time);
  const device::Arc whole = device::joined(electronic);
  if (beyond || !is_whole(whole, circuit.series, d, bias)) return r;
  r.recombination = whole.resistance, r.recombination_capacitance = whole.capacitance();
  r.ions_in_recombination = ions_in(electronic);
  return r;
}

}  // namespace nacre::scenarios
