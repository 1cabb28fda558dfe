#include "models/device/admittance.hpp"

#include <fmt/format.h>

#include <numbers>

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

template <std::size_t Vacancies>
SmallSignalResponse response(const Stack& stack, std::span<const double> biases, std::span<const double> frequencies,
                             const MeshOptions& options) {
  OnMesh<Vacancies> device(stack, options);
  AtRest<Vacancies> at_rest(device);
  fvm::SmallSignal<DriftDiffusion<Vacancies>> signal(device.system());
  SmallSignalResponse result;
  std::vector<double> way{0};
  std::vector<std::size_t> asked;
  for (const double bias : biases) {
    if (bias != way.back())
      for (const double between : on_the_way(way.back(), bias)) way.push_back(between);
    asked.push_back(way.size() - 1);
  }
  const double voltage = device.physics().thermal_voltage;
  const auto outcome = at_rest.along(way, [&](std::size_t i, const auto& state) {
    if (result.biases.size() == asked.size() || asked[result.biases.size()] != i) return;
    result.biases.push_back(way[i]);
    signal.about(state);
    for (const double frequency : frequencies) {
      if (device.system().is_interrupted()) return;
      const double angular = 2 * std::numbers::pi * frequency;
      const auto own = signal.admittance(angular);
      result.admittance.push_back(own ? behind(stack.circuit, *own / voltage, angular)
                                      : std::complex<double>(nan, nan));
    }
  });
  result.complete = outcome.complete && result.admittance.size() == asked.size() * frequencies.size();
  if (outcome.complete && !result.complete)
    result.message = fmt::format("at {:.6g} V it was interrupted", result.biases.back());
  if (!outcome.complete) result.message = end_of(outcome, device.mesh(), stack, DriftDiffusion<Vacancies>::unknowns);
  return result;
}

}  // namespace

SmallSignalResponse small_signal(const Stack& stack, std::span<const double> biases,
                                 std::span<const double> frequencies, const MeshOptions& options) {
  if (const std::string problem = problem_of(stack, options); !problem.empty())
    return {.biases = {}, .admittance = {}, .complete = false, .message = problem};
  if (mobile_species(stack) == 2) return response<2>(stack, biases, frequencies, options);
  if (mobile_species(stack) == 1) return response<1>(stack, biases, frequencies, options);
  return response<0>(stack, biases, frequencies, options);
}

}  // namespace nacre::device
