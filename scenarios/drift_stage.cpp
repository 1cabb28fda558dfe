#include "scenarios/drift_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/units/constants.hpp"
#include "scenarios/drift_crystals.hpp"
#include "scenarios/drift_light.hpp"
#include "scenarios/drift_record.hpp"
#include "scenarios/drift_warnings.hpp"

namespace nacre::scenarios {
namespace {

constexpr double noticed = 0.01 * units::constants::electron_volt;  // change of a gap that acts back on the device

/// What the valence band takes of a change of the gap: that of the carriers which gain by it, or half.
double share_of_holes(Driver driver) {
  if (driver == Driver::majority) return 0.5;
  return driver == Driver::holes ? 1 : 0;
}

/// One protocol on one layer.
class Course {
 public:
  Course(const Drifting& input, const confinement::ColourTable& eye, const std::function<bool()>& interrupted)
      : in_(input), eye_(eye), interrupted_(interrupted), holds_(holds_of(in_.plan.protocol)) {}

  DriftResult run() {
    if (prepare() && start()) follow();
    return std::move(out_);
  }

 private:
  bool fail(std::string message) {
    out_.complete = false;
    out_.message = std::move(message);
    return false;
  }

  bool fail_interrupted() { return fail(fmt::format("after {:.6g} s it was interrupted", time_)); }

  bool prepare() {
    if (!prepare_crystals() || !prepare_carriers()) return false;
    out_.warnings = drift_warnings(in_, *crystals_, holds_);
    light_.emplace(in_, *crystals_, carriers_->at_voltage(0), eye_);
    record_.keep_axes(*crystals_, *light_);
    return true;
  }

  bool prepare_crystals() {
    std::vector<device::SizeClass> classes = classes_of(in_);
    const std::string problem = problem_of(in_, classes);
    if (!problem.empty()) return fail(problem);
    crystals_.emplace(in_, std::move(classes));
    const ExchangeRates& rates = crystals_->rates();
    out_.exchange_rate = crystals_->have_ensemble() ? rates.domains : rates.monolayers;
    out_.vacancies = in_.vacancies;
    out_.monolayers = crystals_->layer().monolayers();
    out_.depths = crystals_->layer().depths();
    return true;
  }

  /// Carriers for every level of the protocol.
  bool prepare_carriers() {
    double lowest = 0, highest = 0, current = 0;
    for (const ProtocolHold& hold : holds_) {
      lowest = std::min(lowest, hold.voltage), highest = std::max(highest, hold.voltage);
      current = std::max(current, hold.current);
    }
    const std::size_t monolayers = crystals_->layer().monolayers();
    if (in_.device) {
      carriers_.emplace(*in_.device, monolayers, in_.pitch(), lowest, highest, current);
      return carriers_->problem().empty() || fail("carriers of the layer: " + carriers_->problem());
    }
    if (current > 0 && !(in_.plan.by_law.current > 0)) return fail("a current is held, and drift.current is 0");
    carriers_.emplace(in_.plan.by_law, monolayers, in_.pitch());
    return true;
  }

  /// Carriers on the first level, before any time has passed.
  bool start() {
    const LayerCarriers now = carriers_of(holds_.front());
    if (!load(now)) return false;
    crystals_->occupy(crystals_->drive());
    keep(now);
    as_made_ = in_.device;
    first_gap_ = light_->gap(*crystals_, now);
    return true;
  }

  void follow() {
    for (const ProtocolHold& hold : holds_) {
      const int parts = std::max(1, hold.points);
      for (int part = 0; part < parts; ++part) {
        if (is_interrupted() || !act_back()) return;
        const LayerCarriers now = carriers_of(hold);
        if (!load(now) || !pass(hold.duration / parts, hold.light)) return;
        if (hold.points > 0) keep(now);
      }
    }
  }

  bool is_interrupted() { return interrupted_ && interrupted_() && !fail_interrupted(); }

  LayerCarriers carriers_of(const ProtocolHold& hold) const {
    LayerCarriers now = hold.current > 0 ? carriers_->at_current(hold.current) : carriers_->at_voltage(hold.voltage);
    if (hold.light > 0)
      for (double& gathered : now.gathered) gathered += in_.plan.data.carriers_per_light * hold.light;
    return now;
  }

  bool load(const LayerCarriers& now) {
    const std::string problem = crystals_->load(now);
    return problem.empty() || fail(problem);
  }

  void keep(const LayerCarriers& now) { record_.keep(time_, now, *crystals_, *light_); }

  bool pass(double duration, double light) {
    const std::optional<double> taken = taken_by(light, duration);
    if (!taken)
      return fail(
          fmt::format("after {:.6g} s of {:g} mW/cm2 light would have taken all iodide, and more (light_loss {:g})",
                      duration, light / 10, in_.plan.data.photo.most));
    const device::Exchanged done = crystals_->pass(duration, *taken, interrupted_);
    out_.steps += done.steps, out_.rejected += done.rejected;
    out_.euler += done.euler, out_.iterations += done.iterations;
    if (!done.complete) return done.interrupted ? fail_interrupted() : fail(done.message);
    time_ += duration;
    return true;
  }

  /// Share that light takes of the iodide there still is; none where it would take all that was made, and more. A
  /// single halide has no other that could take the place of what is lost.
  std::optional<double> taken_by(double light, double duration) {
    const double before = in_.plan.data.photo.lost(dose_);
    dose_ += in_.vacancies * light * duration;
    const double lost = in_.plan.data.photo.lost(dose_);
    if (!(lost < 1)) return std::nullopt;
    return in_.is_mixed() ? (lost - before) / (1 - before) : 0;
  }

  /// Narrows the gap of the device's layer by what the emitting one has narrowed since the start, on the side of the
  /// carriers that gain by it.
  bool act_back() {
    if (!in_.plan.back_action) return true;
    const double change = light_->gap(*crystals_, carriers_->at_voltage(out_.voltage.back())) - first_gap_;
    if (std::abs(change - acted_) < noticed) return true;
    acted_ = change;
    device::Layer& layer = in_.device->stack.layers[in_.device->layer];
    const double of_holes = share_of_holes(in_.device->driver);
    layer.conduction_band = as_made_->crystals().conduction_band - (1 - of_holes) * change;
    layer.valence_band = as_made_->crystals().valence_band + of_holes * change;
    return prepare_carriers();
  }

  Drifting in_;
  const confinement::ColourTable& eye_;
  const std::function<bool()>& interrupted_;
  std::vector<ProtocolHold> holds_;
  DriftResult out_;
  DriftRecord record_{out_, in_.plan.rich};
  std::optional<DriftCrystals> crystals_;
  std::optional<CarrierSourceTable> carriers_;
  std::optional<DriftLight> light_;
  double time_ = 0, dose_ = 0;  // [s], of light as PhotoLoss counts it
  std::optional<CarrierDevice> as_made_;
  double first_gap_ = 0, acted_ = 0;  // of the light, and its change that the device has seen [J]
};

}  // namespace

DriftResult run_drift(const Drifting& input, const confinement::ColourTable& eye,
                      const std::function<bool()>& interrupted) {
  return Course(input, eye, interrupted).run();
}

}  // namespace nacre::scenarios
