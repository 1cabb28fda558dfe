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

/// Through a place of the same layer, at one level.
Passage open_to(const Band& band) {
  constexpr double few = 1e20;  // [1/m3]
  return {.filling_a = {}, .filling_b = {}, .scarce = std::log(few) - (band.log_states + band.band)};
}

/// Over the higher of the two band edges, with the states of the layer that has fewer. `rise`: of the potential from a
/// to b, as this carrier's x sees it.
Passage over_the_step(Transfer transfer, double velocity, const Band& a, const Band& b, double rise) {
  if (transfer == Transfer::continuous) return open_to(a);
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

double supply(const Contact& contact, const Band& band, double temperature) {
  return supply_velocity(contact.layer, std::exp(band.log_states), temperature);
}

/// `velocity` at the contact itself, and what its layer lets through.
Passage through_contact(const Contact& contact, double velocity, const Band& band, double temperature) {
  return recombination_at(1 / (1 / velocity + 1 / supply(contact, band, temperature)), band);
}

Crossing contact_cell(const Contact& contact, const LayerTerms& layer, double temperature) {
  Crossing c;
  c.displacement = layer.displacement / nominal_thickness;
  c.electron = through_contact(contact, contact.velocity_electron, band_of(layer, Charge::negative), temperature);
  c.hole = through_contact(contact, contact.velocity_hole, band_of(layer, Charge::positive), temperature);
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
  // Each carrier's other cell lies in the layer that the carrier amid is of.
  if (electrons_of_right) {
    first.electron = electron_over(left, dipole), second.electron = open_to(band_of(right, Charge::negative));
    first.hole = open_to(band_of(left, Charge::positive)), second.hole = hole_over(from, 0);
  } else {
    first.electron = open_to(band_of(left, Charge::negative)), second.electron = electron_over(from, 0);
    first.hole = hole_over(left, -dipole), second.hole = open_to(band_of(right, Charge::positive));
  }
  second.amid = electrons_of_right ? meeting(interface, right, from) : meeting(interface, from, right);
  return {first, second};
}

// ---- between sites

/// Velocity with which levels amid a junction come together [m/s]: far above that of recombination, k n, so that they
/// agree to a hundredth of kT, and so small that what rounding leaves of two levels of 100 kT is less than 1e-8 A/m2.
constexpr double tie = 1;

Passage closed() {
  return {.law = Passage::Law::closed, .filling_a = {}, .filling_b = {}};
}

/// From a metal to the first site, half a pitch away: with the layer's mobility, so that injection is that of theory.
/// velocity: through a layer on the metal.
Passage from_contact(double diffusion, double half_pitch, const Band& band, double velocity, bool left) {
  const double exchange = diffusion / half_pitch;
  return {.law = Passage::Law::drift,
          .exchange = exchange,
          .offset_a = band.log_states + band.band,
          .offset_b = band.log_states + band.band,
          .band_a = band.band,
          .band_b = band.band,
          .filling_a = band.filling,
          .filling_b = band.filling,
          .before_a = left ? exchange / velocity : 0,
          .before_b = left ? 0 : exchange / velocity};
}

Crossing contact_of_sites(const Contact& contact, const LayerTerms& layer, double temperature, bool left) {
  Crossing c;
  const double half = layer.pitch / 2;
  const Band electrons = band_of(layer, Charge::negative), holes = band_of(layer, Charge::positive);
  c.displacement = layer.displacement / half, c.elastance = 1 / c.displacement;
  c.electron = from_contact(layer.diffusion_electron, half, electrons, supply(contact, electrons, temperature), left);
  c.hole = from_contact(layer.diffusion_hole, half, holes, supply(contact, holes, temperature), left);
  return c;
}

/// With the states of the layer that has fewer.
Passage hop_over(double velocity, const Band& a, const Band& b) {
  const double log_states = std::min(a.log_states, b.log_states);
  return {.law = Passage::Law::site_hop,
          .exchange = velocity,
          .offset_a = log_states + a.band,
          .offset_b = log_states + b.band,
          .band_a = a.band,
          .band_b = b.band,
          .filling_a = a.filling,
          .filling_b = b.filling};
}

/// That of the interface, or of the layer whose hops take longer.
double hop_velocity(Transfer transfer, double given, double diffusion_a, double diffusion_b, const LayerTerms& a,
                    const LayerTerms& b) {
  return transfer == Transfer::continuous ? std::min(diffusion_a / a.pitch, diffusion_b / b.pitch) : given;
}

/// Over the whole way between two sites.
Crossing junction_of_sites(const Interface& interface, const LayerTerms& a, const LayerTerms& b, double voltage) {
  Crossing c;
  c.elastance = a.pitch / 2 / a.displacement + b.pitch / 2 / b.displacement;
  c.displacement = 1 / c.elastance;
  c.dipole = interface.dipole / voltage;
  c.electron = hop_over(hop_velocity(interface.transfer_electron, interface.velocity_electron, a.diffusion_electron,
                                     b.diffusion_electron, a, b),
                        band_of(a, Charge::negative), band_of(b, Charge::negative));
  c.hole =
      hop_over(hop_velocity(interface.transfer_hole, interface.velocity_hole, a.diffusion_hole, b.diffusion_hole, a, b),
               band_of(a, Charge::positive), band_of(b, Charge::positive));
  return c;
}

/// Whether a junction of sites has a place amid where pairs meet.
bool meets_pairs(const Stack& stack, std::size_t interface) {
  return stack.carriers == Carriers::both && interface < stack.interfaces.size() &&
         stack.interfaces[interface].cross_recombination > 0;
}

/// The place amid belongs to the layer that the carrier with the smaller step comes from; that carrier goes through it
/// and hops on. The other one, coming from the far side, recombines with it there and goes no further.
std::pair<Crossing, Crossing> pairing_junction(const Interface& interface, const LayerTerms& left,
                                               const LayerTerms& right, double voltage) {
  const bool electrons_of_right = right.band_electron + left.band_hole >= left.band_electron + right.band_hole;
  const bool holes_cross =
      std::abs(left.band_hole - right.band_hole) <= std::abs(left.band_electron - right.band_electron);
  // Holes come from the side that the electrons are not on.
  const bool amid_at_left = holes_cross == electrons_of_right;
  Crossing way = junction_of_sites(interface, left, right, voltage), nothing;
  nothing.displacement = (amid_at_left ? left : right).displacement / nominal_thickness;
  const LayerTerms& beside = amid_at_left ? left : right;
  nothing.electron = holes_cross ? closed() : open_to(band_of(beside, Charge::negative));
  nothing.hole = holes_cross ? open_to(band_of(beside, Charge::positive)) : closed();
  (holes_cross ? way.electron : way.hole) = closed();
  LayerTerms amid = beside;
  const LayerTerms& far = amid_at_left ? right : left;
  if (holes_cross)
    amid.log_electrons = far.log_electrons, amid.band_electron = far.band_electron, amid.electrons = far.electrons;
  else
    amid.log_holes = far.log_holes, amid.band_hole = far.band_hole, amid.holes = far.holes;
  amid.ideal = amid.electrons.dilute() && amid.holes.dilute();
  amid.ions = {}, amid.fixed_charge = 0, amid.trap_charge = 0, amid.excitons = {};
  amid.tie = tie, amid.tied_to_holes = holes_cross;
  way.pairing = {.coefficient = interface.cross_recombination,
                 .of_electrons = holes_cross,
                 .to_the_left = amid_at_left,
                 .log_electrons = amid.log_electrons,
                 .log_holes = amid.log_holes,
                 .band_electron = amid.band_electron,
                 .band_hole = amid.band_hole,
                 .electrons = amid.electrons,
                 .holes = amid.holes};
  auto pair = amid_at_left ? std::pair{nothing, way} : std::pair{way, nothing};
  pair.second.amid = std::move(amid);
  return pair;
}

std::vector<Crossing> crossings_of_sites(const Stack& stack, const std::vector<LayerTerms>& layers, double voltage) {
  std::vector<Crossing> result{contact_of_sites(stack.left_contact, layers.front(), stack.temperature, true)};
  for (std::size_t i = 0; i + 1 < layers.size(); ++i) {
    const Interface interface = i < stack.interfaces.size() ? stack.interfaces[i] : Interface{};
    if (meets_pairs(stack, i)) {
      auto [first, second] = pairing_junction(interface, layers[i], layers[i + 1], voltage);
      result.push_back(std::move(first)), result.push_back(std::move(second));
    } else {
      result.push_back(junction_of_sites(interface, layers[i], layers[i + 1], voltage));
    }
  }
  result.push_back(contact_of_sites(stack.right_contact, layers.back(), stack.temperature, false));
  return result;
}

}  // namespace

bool has_cells(const Interface& interface) {
  return !(interface == Interface{});
}

bool has_cell(const Contact& contact) {
  return std::isfinite(contact.velocity_electron) || std::isfinite(contact.velocity_hole) || contact.layer.is_there();
}

std::vector<std::size_t> interface_cells(const Stack& stack) {
  std::vector<std::size_t> cells(stack.layers.size() + 1, 0);
  if (stack.transport == Transport::sites) {
    for (std::size_t i = 0; i <= stack.layers.size(); ++i)
      cells[i] = i > 0 && i < stack.layers.size() && meets_pairs(stack, i - 1) ? 2 : 1;
    return cells;
  }
  cells.front() = has_cell(stack.left_contact);
  cells.back() = has_cell(stack.right_contact);
  for (std::size_t i = 0; i < stack.interfaces.size(); ++i)
    if (has_cells(stack.interfaces[i])) cells[i + 1] = 2;
  return cells;
}

std::vector<Crossing> crossings(const Stack& stack, const std::vector<LayerTerms>& layers) {
  const double voltage = units::constants::boltzmann * stack.temperature / units::constants::elementary_charge;
  if (stack.transport == Transport::sites) return crossings_of_sites(stack, layers, voltage);
  std::vector<Crossing> result;
  if (has_cell(stack.left_contact))
    result.push_back(contact_cell(stack.left_contact, layers.front(), stack.temperature));
  for (std::size_t i = 0; i < stack.interfaces.size(); ++i)
    if (has_cells(stack.interfaces[i])) {
      auto [first, second] = interface_pair(stack.interfaces[i], layers[i], layers[i + 1], voltage);
      result.push_back(std::move(first)), result.push_back(std::move(second));
    }
  if (has_cell(stack.right_contact))
    result.push_back(contact_cell(stack.right_contact, layers.back(), stack.temperature));
  return result;
}

}  // namespace nacre::device
