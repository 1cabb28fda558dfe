#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "engine/fvm/mesh.hpp"
#include "engine/fvm/newton.hpp"
#include "models/device/charged_yield.hpp"
#include "models/device/drift_diffusion.hpp"
#include "models/device/operating_point.hpp"

namespace nacre::device {

/// A stack on a mesh or on its sites: physics, finite volumes and what is read off a state. Stays where it is (the
/// parts point at each other).
template <std::size_t Vacancies>
class OnMesh {
 public:
  using Physics = DriftDiffusion<Vacancies>;
  using State = fvm::State<Physics::unknowns>;
  using Contents = std::vector<double>;

  OnMesh(const Stack& stack, const MeshOptions& options)
      : physics_(stack), mesh_(device_mesh(stack, options)), system_(physics_, mesh_) {
    system_.listen_to(options.interrupted);
    for (const fvm::Confined& where : system_.confined()) {
      double content = 0;
      for_parts([&](std::size_t node, std::size_t region, double volume) {
        if (node >= where.first && node <= where.last)
          content += physics_.terms(region).ions[where.unknown - vacancy].density * volume;
      });
      contents_.push_back(content);
    }
  }
  OnMesh(const OnMesh&) = delete;
  OnMesh& operator=(const OnMesh&) = delete;

  /// Holds the voltage of the device itself.
  void set_bias(double volts) { physics_.bias = volts, physics_.driven = false; }
  /// Leaves it to the circuit around the device: it is State::global then, in kT/q.
  void set_drive(const Supply& drive) { physics_.drive = drive, physics_.driven = true; }
  /// Voltage of the device [V].
  double bias(const State& u) const { return physics_.driven ? physics_.thermal_voltage * u.global : physics_.bias; }
  const Physics& physics() const { return physics_; }
  const fvm::Mesh& mesh() const { return mesh_; }
  const fvm::System<Physics>& system() const { return system_; }
  /// Of System::confined(): mobile ions, blocked [1/m2].
  const Contents& contents() const { return contents_; }

  /// Where Newton starts at zero bias: levels flat, a linear potential, vacancies spread evenly.
  State start() const;
  /// Currents and recombination of a state.
  OperatingPoint read(const State& u) const;
  /// Current that a meter reads in a transient of constant bias, displacement included: the mean of the particle
  /// currents weighted by the inverse capacitance of their cells (the displacement currents' weighted sum is the change
  /// of the voltage) [A/m2].
  double terminal_current(const State& u) const;
  /// Of the layers in series, as insulators [F/m2]: times the slope of the bias it is what a ramp adds to that current.
  double capacitance() const;
  Profile profile(const State& u) const;

 private:
  /// visit(node, region, volume) for what nodes own of layers, from left to right.
  template <class Visit>
  void for_parts(Visit visit) const {
    for (const fvm::Site& site : mesh_.sites) visit(site.node, site.region, site.volume);
    for (std::size_t c = 0; mesh_.sites.empty() && c < mesh_.cells(); ++c)
      if (!mesh_.is_interface(c))
        for (std::size_t node : {c, c + 1}) visit(node, mesh_.region[c], mesh_.width[c] / 2);
  }
  /// Electric field at a site, between its neighbours [V/m].
  double field_at_site(const State& u, std::size_t node) const;
  void add_place(const State& u, std::size_t node, std::size_t region, double field, Profile& p) const;
  /// Electric field at a node of a cell, from the cells of the same layer on either side [V/m].
  double field(const State& u, std::size_t cell, std::size_t node) const;
  /// Electron and hole (and ionic) current through a cell, towards the left [A/m2].
  std::array<double, 3> currents(const State& u, std::size_t cell) const;

  Physics physics_;
  fvm::Mesh mesh_;
  fvm::System<Physics> system_;
  Contents contents_{};
};

template <std::size_t Vacancies>
typename OnMesh<Vacancies>::State OnMesh<Vacancies>::start() const {
  State u(mesh_.nodes());
  for (std::size_t i = 0; i < mesh_.nodes(); ++i) {
    const double share = mesh_.x[i] / mesh_.x.back();
    u.value[i][potential] = physics_.left_level + (physics_.right_level - physics_.left_level) * share;
    for (std::size_t s = 0; s < Vacancies; ++s) {
      // Either neighbour may have them; a species has one charge.
      const IonTerms &before = physics_.terms(mesh_.region[i > 0 ? i - 1 : 0]).ions[s],
                     &behind = physics_.terms(mesh_.region[std::min(i, mesh_.cells() - 1)]).ions[s];
      if (system_.row(i, vacancy + s) != fvm::Row::absent)
        u.value[i][vacancy + s] = (before.density > 0 ? before : behind).charge * u.value[i][potential];
    }
  }
  for (const fvm::Site& site : mesh_.sites)
    for (std::size_t k = 0; k < Vacancies; ++k)
      if (system_.row(site.node, vacancy + k) != fvm::Row::absent)
        u.value[site.node][vacancy + k] = physics_.terms(site.region).ions[k].charge * u.value[site.node][potential];
  return u;
}

template <std::size_t Vacancies>
std::array<double, 3> OnMesh<Vacancies>::currents(const State& u, std::size_t cell) const {
  constexpr double q = units::constants::elementary_charge;
  const auto f = system_.flux(u, cell);
  std::array<double, 3> j{q * f[electron], -q * f[hole], 0};
  for (std::size_t s = 0; s < Vacancies; ++s)
    j[2] -= q * physics_.terms(mesh_.region[cell]).ions[s].charge * f[vacancy + s];
  return j;
}

template <std::size_t Vacancies>
OperatingPoint OnMesh<Vacancies>::read(const State& u) const {
  constexpr double q = units::constants::elementary_charge;
  OperatingPoint point;
  point.bias = bias(u);
  const auto left = currents(u, 0), right = currents(u, mesh_.cells() - 1);
  point.current = right[0] + right[1] + right[2];
  point.current_left = left[0] + left[1] + left[2];
  point.supplied = point.current + point.bias / physics_.circuit.shunt;
  point.applied = point.bias + physics_.circuit.series * point.supplied;
  point.lowest_face = point.highest_face = point.current;
  point.emitting.assign(physics_.layers.size(), 0);
  point.charges.assign(physics_.layers.size(), 0);
  point.yield.assign(physics_.layers.size(), 0);
  std::vector<double> formed(physics_.layers.size(), 0), room(physics_.layers.size(), 0);
  for (std::size_t c = 0; c < mesh_.cells(); ++c) {
    const auto j = currents(u, c);
    const double total = j[0] + j[1] + j[2];
    point.lowest_face = std::min(point.lowest_face, total);
    point.highest_face = std::max(point.highest_face, total);
    if (!mesh_.is_interface(c)) continue;
    if (physics_.hops) {
      point.interfaces += q * physics_.paired(mesh_.region[c], system_.flux(u, c));
    } else if (c > 0 && mesh_.is_interface(c - 1)) {
      const LayerTerms& l = physics_.terms(mesh_.region[c]);
      point.interfaces += q * physics_.recombination(u.value[c], physics_.densities(u.value[c], l), l).sum();
    }
  }
  for_parts([&](std::size_t node, std::size_t region, double volume) {
    const LayerTerms& l = physics_.terms(region);
    const auto held = physics_.densities(u.value[node], l);
    const auto lost = physics_.recombination(u.value[node], held, l);
    const double pairs = q * lost.radiative * volume;
    point.radiative += pairs, formed[region] += pairs, room[region] += volume;
    if (const Excitons& x = l.excitons; x.crystals > 0) {
      const double charges = (held[electron] + held[hole]) / x.crystals;
      const double yield = charged_yield(x, charges, excitons_on_crystal(x, lost.radiative));
      point.emitting[region] += pairs * yield;
      point.charges[region] += pairs * charges;
      point.yield[region] += yield * volume;
    } else {
      point.emitting[region] += pairs;
      point.yield[region] += volume;
    }
    point.traps += q * lost.traps * volume;
    point.auger += q * lost.auger * volume;
    for (std::size_t s = 0; s < Vacancies; ++s)
      (s == 0 ? point.vacancies : point.cation_vacancies) += held[vacancy + s] * volume;
  });
  for (std::size_t layer = 0; layer < formed.size(); ++layer) {
    if (formed[layer] > 0) point.charges[layer] /= formed[layer];
    point.yield[layer] /= room[layer];
  }
  point.leaked_holes = left[1];
  point.leaked_electrons = right[0];
  return point;
}

template <std::size_t Vacancies>
double OnMesh<Vacancies>::terminal_current(const State& u) const {
  double sum = 0, elastance = 0;
  for (std::size_t c = 0; c < mesh_.cells(); ++c) {
    const double weight = physics_.elastance(mesh_.region[c], mesh_.width[c]);
    if (weight == 0) continue;
    const auto j = currents(u, c);
    sum += weight * (j[0] + j[1] + j[2]), elastance += weight;
  }
  for (const auto& [contact, cell] :
       {std::pair{&physics_.left, std::size_t{0}}, {&physics_.right, mesh_.cells() - 1}}) {
    if (contact->rise == 0) continue;
    const auto j = currents(u, cell);
    sum += contact->elastance() * (j[0] + j[1] + j[2]), elastance += contact->elastance();
  }
  return sum / elastance;
}

template <std::size_t Vacancies>
double OnMesh<Vacancies>::capacitance() const {
  double elastance = physics_.left.elastance() + physics_.right.elastance();
  for (std::size_t c = 0; c < mesh_.cells(); ++c) elastance += physics_.elastance(mesh_.region[c], mesh_.width[c]);
  return 1 / (elastance * physics_.thermal_voltage);
}

template <std::size_t Vacancies>
double OnMesh<Vacancies>::field(const State& u, std::size_t cell, std::size_t node) const {
  const std::size_t next = node > cell ? cell + 1 : cell - 1;  // wraps below zero: no such cell
  const bool inside = next < mesh_.cells() && mesh_.region[next] == mesh_.region[cell];
  const std::size_t first = inside ? std::min(cell, next) : cell, last = inside ? std::max(cell, next) : cell;
  const double fall = u.value[first][potential] - u.value[last + 1][potential];
  return fall * physics_.thermal_voltage / (mesh_.x[last + 1] - mesh_.x[first]);
}

template <std::size_t Vacancies>
double OnMesh<Vacancies>::field_at_site(const State& u, std::size_t node) const {
  const double fall = u.value[node - 1][potential] - u.value[node + 1][potential];
  return fall * physics_.thermal_voltage / (mesh_.x[node + 1] - mesh_.x[node - 1]);
}

template <std::size_t Vacancies>
void OnMesh<Vacancies>::add_place(const State& u, std::size_t node, std::size_t region, double field,
                                  Profile& p) const {
  const auto& v = u.value[node];
  const auto held = physics_.densities(v, physics_.layers[region]);
  const auto lost = physics_.recombination(v, held, physics_.layers[region]);
  p.x.push_back(mesh_.x[node]);
  p.layer.push_back(region);
  p.potential.push_back(v[potential] * physics_.thermal_voltage);
  p.electron_level.push_back(v[electron] * physics_.thermal_voltage);
  p.hole_level.push_back(v[hole] * physics_.thermal_voltage);
  p.electrons.push_back(held[electron]);
  p.holes.push_back(held[hole]);
  std::array<double, 2> ions{};
  for (std::size_t s = 0; s < Vacancies; ++s) ions[s] = held[vacancy + s];
  p.vacancies.push_back(ions[0]), p.cation_vacancies.push_back(ions[1]);
  p.field.push_back(field);
  p.radiative.push_back(lost.radiative);
  p.traps.push_back(lost.traps);
  p.trapped_charge.push_back(physics_.trapped(v, held, physics_.layers[region]).charge);
}

template <std::size_t Vacancies>
Profile OnMesh<Vacancies>::profile(const State& u) const {
  Profile p;
  const std::size_t places = mesh_.sites.empty() ? mesh_.nodes() + physics_.layers.size() : mesh_.sites.size();
  p.layer.reserve(places);
  for (auto* values : {&p.x, &p.potential, &p.electron_level, &p.hole_level, &p.electrons, &p.holes, &p.vacancies,
                       &p.cation_vacancies, &p.field, &p.radiative, &p.traps, &p.trapped_charge})
    values->reserve(places);
  for (const fvm::Site& site : mesh_.sites) add_place(u, site.node, site.region, field_at_site(u, site.node), p);
  for (std::size_t c = 0; mesh_.sites.empty() && c < mesh_.cells(); ++c) {
    if (mesh_.is_interface(c)) continue;
    for (std::size_t node : {c, c + 1}) {
      if (node == c && c > 0 && mesh_.region[c] == mesh_.region[c - 1])
        continue;  // an interface appears twice, once a layer
      add_place(u, node, mesh_.region[c], field(u, c, node), p);
    }
  }
  return p;
}

}  // namespace nacre::device
