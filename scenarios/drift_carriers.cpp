#include "scenarios/drift_carriers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/units/constants.hpp"
#include "models/device/current_voltage.hpp"

namespace nacre::scenarios {
namespace {

constexpr double charge = units::constants::elementary_charge;
constexpr double step = 0.1, farthest = 20;  // [V]
constexpr double fewest = 1e-6;              // vacancies of a monolayer over their mean: fewer move nothing either

/// Integral of a profile of a layer from a to b: between its nodes linear, on sites even over the pitch of each.
class Integral {
 public:
  Integral(const std::vector<double>& x, std::size_t first, std::size_t last, double thickness, bool sites)
      : x_(x), first_(first), last_(last), pitch_(thickness / static_cast<double>(last - first + 1)), sites_(sites) {}

  double left() const { return x_[first_] - (sites_ ? pitch_ / 2 : 0); }
  double right() const { return x_[last_] + (sites_ ? pitch_ / 2 : 0); }

  double of(const std::vector<double>& y, double a, double b) const { return sites_ ? even(y, a, b) : linear(y, a, b); }

 private:
  double even(const std::vector<double>& y, double a, double b) const {
    double sum = 0;
    for (std::size_t i = first_; i <= last_; ++i)
      sum += y[i] * std::max(0.0, std::min(b, x_[i] + pitch_ / 2) - std::max(a, x_[i] - pitch_ / 2));
    return sum;
  }

  double linear(const std::vector<double>& y, double a, double b) const {
    double sum = 0;
    for (std::size_t i = first_; i < last_; ++i) {
      const double low = std::max(a, x_[i]), high = std::min(b, x_[i + 1]);
      if (!(high > low)) continue;
      const auto at = [&](double z) { return y[i] + (y[i + 1] - y[i]) * (z - x_[i]) / (x_[i + 1] - x_[i]); };
      sum += (high - low) * (at(low) + at(high)) / 2;
    }
    return sum;
  }

  const std::vector<double>& x_;
  std::size_t first_, last_;
  double pitch_;  // of sites [m]
  bool sites_;
};

double driving(Driver driver, double electrons, double holes) {
  if (driver == Driver::electrons) return electrons;
  return driver == Driver::holes ? holes : std::max(electrons, holes);
}

/// Monolayers of one profile; the stack lies cathode first, so they are counted from its far end.
LayerCarriers read(const device::Profile& profile, const CarrierDevice& device, std::size_t monolayers, double pitch) {
  const std::size_t layer = device.layer;
  const auto begin = std::find(profile.layer.begin(), profile.layer.end(), layer);
  const auto end = std::find_if(begin, profile.layer.end(), [&](std::size_t other) { return other != layer; });
  const auto first = static_cast<std::size_t>(begin - profile.layer.begin());
  const auto last = static_cast<std::size_t>(end - profile.layer.begin()) - 1;
  std::vector<double> recombination(profile.radiative);
  for (std::size_t i = 0; i < recombination.size(); ++i) recombination[i] += profile.traps[i];
  const Integral integral(profile.x, first, last, device.stack.layers[layer].thickness,
                          device.stack.transport == device::Transport::sites);
  const double right = integral.right(), width = (right - integral.left()) / static_cast<double>(monolayers);
  LayerCarriers c;
  double light = 0, ions = 0;
  for (std::size_t k = 0; k < monolayers; ++k) {
    const double b = right - width * static_cast<double>(k), a = b - width, volume = pitch * pitch * pitch / width;
    const auto per_crystal = [&](const std::vector<double>& density) { return volume * integral.of(density, a, b); };
    c.electrons.push_back(per_crystal(profile.electrons));
    c.gathered.push_back(driving(device.driver, c.electrons.back(), per_crystal(profile.holes)));
    c.holes.push_back(std::max(0.0, per_crystal(recombination)));
    c.emission.push_back(std::max(0.0, per_crystal(profile.radiative)));
    c.vacancies.push_back(std::max(0.0, per_crystal(profile.vacancies)));
    light += c.emission.back(), ions += c.vacancies.back();
  }
  const auto count = static_cast<double>(monolayers);
  for (double& share : c.emission) share = light > 0 ? share / light : 1 / count;
  for (double& here : c.vacancies) here = ions > 0 ? std::max(fewest, here / ions * count) : 1;
  return c;
}

LayerCarriers mixed(const LayerCarriers& a, const LayerCarriers& b, double part) {
  LayerCarriers c = a;
  const auto mix = [part](double& low, double high) { low += part * (high - low); };
  mix(c.voltage, b.voltage), mix(c.current, b.current);
  for (std::size_t k = 0; k < c.gathered.size(); ++k) {
    mix(c.gathered[k], b.gathered[k]), mix(c.electrons[k], b.electrons[k]);
    mix(c.holes[k], b.holes[k]), mix(c.emission[k], b.emission[k]), mix(c.vacancies[k], b.vacancies[k]);
  }
  return c;
}

/// Points of a device from 0 V to an end, 0 V first.
bool solve(const CarrierDevice& device, double end, std::size_t monolayers, double pitch,
           std::vector<LayerCarriers>& points, std::string& problem) {
  std::vector<double> biases{0};
  const auto count = static_cast<int>(std::ceil(std::abs(end) / step - 1e-9));
  for (int i = 1; i <= count; ++i) biases.push_back(std::copysign(step * i, end));
  std::vector<std::size_t> all(biases.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const device::CurrentVoltage curve = device::current_voltage(device.stack, biases, device.mesh, all);
  for (std::size_t i = 0; i < curve.profiles.size(); ++i) {
    points.push_back(read(curve.profiles[i], device, monolayers, pitch));
    points.back().voltage = curve.points[i].applied;
    points.back().current = curve.points[i].supplied;
  }
  if (!curve.complete) problem = curve.message;
  return curve.complete;
}

}  // namespace

CarrierSourceTable::CarrierSourceTable(const CarrierLaw& law, std::size_t monolayers, double pitch)
    : law_(law), monolayers_(monolayers), pitch_(pitch) {}

CarrierSourceTable::CarrierSourceTable(const CarrierDevice& device, std::size_t monolayers, double pitch, double lowest,
                                       double highest, double most_current)
    : monolayers_(monolayers), pitch_(pitch) {
  if (lowest < 0) {
    if (!solve(device, lowest, monolayers, pitch, table_, problem_)) return;
    std::reverse(table_.begin(), table_.end());
    table_.pop_back();
  }
  const std::size_t below = table_.size();
  for (double end = std::max(highest, step);; end = std::min(farthest, 1.5 * end)) {
    table_.resize(below);
    if (!solve(device, end, monolayers, pitch, table_, problem_)) return;
    if (table_.back().current >= most_current) return;
    if (end >= farthest) break;
  }
  problem_ = fmt::format("the device carries {:.4g} mA/cm2 at {:.4g} V and not the {:.4g} mA/cm2 of the protocol",
                         0.1 * table_.back().current, table_.back().voltage, 0.1 * most_current);
}

/// By the law electrons are alike on all monolayers as far as iodine is concerned, gather on the first one, and
/// recombine with holes that reach e times fewer crystals with every monolayer.
LayerCarriers CarrierSourceTable::at_voltage(double voltage) const {
  if (!table_.empty()) {
    const auto above = std::find_if(table_.begin() + 1, table_.end() - 1,
                                    [&](const LayerCarriers& point) { return point.voltage >= voltage; });
    const LayerCarriers &a = above[-1], &b = *above;
    return mixed(a, b, std::clamp((voltage - a.voltage) / (b.voltage - a.voltage), 0.0, 1.0));
  }
  const double beyond = std::max(0.0, voltage - law_.onset);
  LayerCarriers c;
  c.voltage = voltage;
  c.current = law_.current * beyond * beyond;
  c.gathered.assign(monolayers_, 0);
  c.gathered[0] = law_.susceptibility * beyond;
  c.electrons.assign(monolayers_, c.gathered[0]);
  c.vacancies.assign(monolayers_, 1);
  double all = 0;
  for (std::size_t k = 0; k < monolayers_; ++k) all += std::exp(-static_cast<double>(k));
  for (std::size_t k = 0; k < monolayers_; ++k) {
    c.emission.push_back(std::exp(-static_cast<double>(k)) / all);
    c.holes.push_back(c.emission.back() * c.current / charge * pitch_ * pitch_);
  }
  return c;
}

LayerCarriers CarrierSourceTable::at_current(double current) const {
  if (table_.empty()) return at_voltage(law_.onset + std::sqrt(current / law_.current));
  const auto above = std::find_if(table_.begin() + 1, table_.end() - 1,
                                  [&](const LayerCarriers& point) { return point.current >= current; });
  const LayerCarriers &a = above[-1], &b = *above;
  return mixed(a, b, std::clamp((current - a.current) / (b.current - a.current), 0.0, 1.0));
}

}  // namespace nacre::scenarios
