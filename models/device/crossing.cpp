#include "models/device/crossing.hpp"

#include <algorithm>
#include <cmath>

#include "engine/units/constants.hpp"

namespace nacre::device {
namespace {

/// Thickness of the dielectric between the two sides [m]: a field of 1e9 V/m drops 1e-9 V there.
constexpr double nominal_thickness = 1e-18;

enum class Charge { negative, positive };

/// What a carrier sees of a layer.
struct Band {
  double band, log_states;
  Filling filling;
};

Band band_of(const LayerTerms& l, Charge charge) {
  return charge == Charge::negative ? Band{l.band_electron, l.log_electrons - l.band_electron, l.electrons}
                                    : Band{l.band_hole, l.log_holes - l.band_hole, l.holes};
}

/// Over the higher of the two band edges, with the states of the layer that has fewer. `rise`: of the potential from a
/// to b, as this carrier's x sees it.
Passage over_the_step(Transfer transfer, double velocity, const Band& a, const Band& b, double rise) {
  if (transfer == Transfer::continuous) return {};
  return {.law = transfer == Transfer::hopping ? Passage::Law::hopping : Passage::Law::thermionic,
          .exchange = velocity * std::exp(std::min(a.log_states, b.log_states)),
          .offset_a = std::min(a.band, b.band + rise),
          .offset_b = std::min(a.band - rise, b.band),
          .band_a = a.band,
          .band_b = b.band,
          .filling_a = a.filling,
          .filling_b = b.filling};
}

Passage recombination_at(double velocity, const Band& band) {
  if (!std::isfinite(velocity)) return {};
  return {.law = Passage::Law::surface,
          .exchange = velocity,
          .offset_a = band.log_states + band.band,
          .offset_b = band.log_states + band.band,
          .band_a = band.band,
          .band_b = band.band,
          .filling_a = band.filling,
          .filling_b = band.filling};
}

Crossing contact_cell(const Contact& contact, const LayerTerms& layer) {
  Crossing c;
  c.displacement = layer.displacement / nominal_thickness;
  c.electron = recombination_at(contact.velocity_electron, band_of(layer, Charge::negative));
  c.hole = recombination_at(contact.velocity_hole, band_of(layer, Charge::positive));
  return c;
}

/// Electrons of one layer and holes of another at one place.
LayerTerms meeting(const Interface& interface, const LayerTerms& of_electrons, const LayerTerms& of_holes) {
  LayerTerms t{};
  t.log_electrons = of_electrons.log_electrons, t.log_holes = of_holes.log_holes;
  t.band_electron = of_electrons.band_electron, t.band_hole = of_holes.band_hole;
  t.electrons = of_electrons.electrons, t.holes = of_holes.holes;
  t.ideal = t.electrons.dilute() && t.holes.dilute();
  t.intrinsic_squared = std::exp(t.log_electrons + t.log_holes);
  t.radiative = interface.cross_recombination;
  t.fixed_charge = interface.sheet_charge;
  return t;
}

/// A layer as it is seen from a potential that is higher by `rise`.
LayerTerms lifted(LayerTerms t, double rise) {
  t.log_electrons -= rise, t.band_electron -= rise;
  t.log_holes += rise, t.band_hole += rise;
  return t;
}

/// The dipole lies in the first cell. Amid the cells are electrons of the side whose gap with the other side's holes is
/// the smaller one; each carrier crosses in the cell where it changes layers.
std::pair<Crossing, Crossing> interface_pair(const Interface& interface, const LayerTerms& left,
                                             const LayerTerms& right, double voltage) {
  const double dipole = interface.dipole / voltage;
  const LayerTerms from = lifted(left, dipole);  // what of the left layer is amid
  const bool electrons_of_right = right.band_electron + left.band_hole >= left.band_electron + right.band_hole;
  Crossing first, second;
  first.displacement = left.displacement / nominal_thickness, first.dipole = dipole;
  second.displacement = right.displacement / nominal_thickness;
  const auto electron_over = [&](const LayerTerms& a, double rise) {
    return over_the_step(interface.transfer_electron, interface.velocity_electron, band_of(a, Charge::negative),
                         band_of(right, Charge::negative), rise);
  };
  const auto hole_over = [&](const LayerTerms& a, double rise) {
    return over_the_step(interface.transfer_hole, interface.velocity_hole, band_of(a, Charge::positive),
                         band_of(right, Charge::positive), rise);
  };
  if (electrons_of_right)
    first.electron = electron_over(left, dipole), second.hole = hole_over(from, 0);
  else
    second.electron = electron_over(from, 0), first.hole = hole_over(left, -dipole);
  second.amid = electrons_of_right ? meeting(interface, right, from) : meeting(interface, from, right);
  return {first, second};
}

}  // namespace

bool has_cells(const Interface& interface) {
  return !(interface == Interface{});
}

bool has_cell(const Contact& contact) {
  return std::isfinite(contact.velocity_electron) || std::isfinite(contact.velocity_hole);
}

std::vector<std::size_t> interface_cells(const Stack& stack) {
  std::vector<std::size_t> cells(stack.layers.size() + 1, 0);
  cells.front() = has_cell(stack.left_contact);
  cells.back() = has_cell(stack.right_contact);
  for (std::size_t i = 0; i < stack.interfaces.size(); ++i)
    if (has_cells(stack.interfaces[i])) cells[i + 1] = 2;
  return cells;
}

std::vector<Crossing> crossings(const Stack& stack, const std::vector<LayerTerms>& layers) {
  const double voltage = units::constants::boltzmann * stack.temperature / units::constants::elementary_charge;
  std::vector<Crossing> result;
  if (has_cell(stack.left_contact)) result.push_back(contact_cell(stack.left_contact, layers.front()));
  for (std::size_t i = 0; i < stack.interfaces.size(); ++i)
    if (has_cells(stack.interfaces[i])) {
      auto [first, second] = interface_pair(stack.interfaces[i], layers[i], layers[i + 1], voltage);
      result.push_back(std::move(first)), result.push_back(std::move(second));
    }
  if (has_cell(stack.right_contact)) result.push_back(contact_cell(stack.right_contact, layers.back()));
  return result;
}

}  // namespace nacre::device
