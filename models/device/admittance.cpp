#include "models/device/admittance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>
#include <optional>

#include "models/device/at_rest.hpp"

namespace nacre::device {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Of a device within its circuit.
std::complex<double> behind(const Circuit& circuit, std::complex<double> own, double angular_frequency) {
  const std::complex<double> beside(1 / circuit.shunt, angular_frequency * circuit.capacitance);
  return 1. / (circuit.series + 1. / (own + beside));
}

/// Between two biases in steps of at most a tenth of a volt, without the first.
std::vector<double> on_the_way(double from, double to) {
  std::vector<double> way;
  const int count = std::max(1, static_cast<int>(std::ceil(std::abs(to - from) / 0.1 - 1e-9)));
  for (int k = 1; k < count; ++k) way.push_back(from + (to - from) * k / count);
  way.push_back(to);
  return way;
}

/// The same states at rest, with ions that go so many times as fast through them.
Stack with_ions(Stack stack, double times) {
  for (Layer& layer : stack.layers) layer.vacancies.mobility *= times, layer.cation_vacancies.mobility *= times;
  return stack;
}

/// The linear response of a device about its states.
template <std::size_t Species>
class Response {
 public:
  Response(const Stack& stack, const MeshOptions& options)
      : circuit_(stack.circuit), device_(stack, options), signal_(device_.system()) {}

  /// About a state at rest, of this device or of one that differs in mobilities of ions alone.
  void about(const OnMesh<Species>& at, const typename OnMesh<Species>::State& state) {
    if (at.physics().driven) {
      device_.set_drive(at.physics().drive);
    } else {
      device_.set_bias(at.physics().bias);
    }
    signal_.about(state);
  }
  /// With the circuit around it [S/m2]; NaN where the equations are singular.
  std::complex<double> admittance(double angular) const {
    const auto own = signal_.admittance(angular);
    return own ? behind(circuit_, *own / device_.physics().thermal_voltage, angular) : std::complex<double>(nan, nan);
  }
  OnMesh<Species>& device() { return device_; }

 private:
  Circuit circuit_;
  OnMesh<Species> device_;
  fvm::SmallSignal<DriftDiffusion<Species>> signal_;
};

template <std::size_t Species>
SmallSignalResponse response(const Stack& stack, std::span<const double> biases, std::span<const double> frequencies,
                             const MeshOptions& options, Besides besides) {
  Response<Species> signal(stack, options);
  constexpr double step = 1e-3;  // of the logarithm of the mobility: the impedance is a line to 0.05 % of its slope
  std::optional<Response<Species>> faster, still;
  if (DriftDiffusion<Species>::ions > 0 && besides == Besides::part_of_ions) {
    faster.emplace(with_ions(stack, std::exp(step)), options);
    still.emplace(with_ions(stack, 1e-20), options);
  }
  OnMesh<Species>& device = signal.device();
  AtRest<Species> at_rest(device);
  SmallSignalResponse result;
  std::vector<double> way{0};
  std::vector<std::size_t> asked;
  for (const double bias : biases) {
    if (bias != way.back())
      for (const double between : on_the_way(way.back(), bias)) way.push_back(between);
    asked.push_back(way.size() - 1);
  }
  const auto outcome = at_rest.along(way, [&](std::size_t i, const auto& state) {
    if (result.biases.size() == asked.size() || asked[result.biases.size()] != i) return;
    result.biases.push_back(way[i]);
    signal.about(device, state);
    if (faster) {
      faster->about(device, state), still->about(device, state);
      const double lowest = *std::min_element(frequencies.begin(), frequencies.end());
      result.slowest_without_ions.push_back(1. / still->admittance(2 * std::numbers::pi * lowest));
    }
    for (const double frequency : frequencies) {
      if (device.system().is_interrupted()) return;
      const double angular = 2 * std::numbers::pi * frequency;
      result.admittance.push_back(signal.admittance(angular));
      if (faster)
        result.impedance_by_ions.push_back((1. / faster->admittance(angular) - 1. / result.admittance.back()) / step);
    }
  });
  result.complete = outcome.complete && result.admittance.size() == asked.size() * frequencies.size();
  if (outcome.complete && !result.complete)
    result.message = fmt::format("at {:.6g} V it was interrupted", result.biases.back());
  if (!outcome.complete) result.message = end_of(outcome, device.mesh(), stack, DriftDiffusion<Species>::unknowns);
  return result;
}

}  // namespace

SmallSignalResponse small_signal(const Stack& stack, std::span<const double> biases,
                                 std::span<const double> frequencies, const MeshOptions& options, Besides besides) {
  if (const std::string problem = problem_of(stack, options); !problem.empty()) return {{}, {}, {}, {}, false, problem};
  switch (species_in_time(stack)) {
    case 1:
      return response<1>(stack, biases, frequencies, options, besides);
    case 2:
      return response<2>(stack, biases, frequencies, options, besides);
    case 3:
      return response<3>(stack, biases, frequencies, options, besides);
    case 5:
      return response<5>(stack, biases, frequencies, options, besides);
    default:
      return response<0>(stack, biases, frequencies, options, besides);
  }
}

}  // namespace nacre::device
