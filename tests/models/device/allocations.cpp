// What a step of time takes from the heap: nothing. Counts every allocation of this executable.
// Sanitizers have a heap of their own, which this must not replace: under them there is nothing here.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

#include "models/device/at_rest.hpp"
#include "tests/support/full_led.hpp"

namespace {

std::atomic<long> allocations = 0;

void* counted(std::size_t size, std::size_t alignment) {
  ++allocations;
  void* memory = nullptr;
  if (posix_memalign(&memory, std::max(alignment, sizeof(void*)), std::max<std::size_t>(size, 1)) != 0)
    throw std::bad_alloc();
  return memory;
}

}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
  return counted(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

namespace {

using namespace nacre;

/// Allocations of many steps of time after a step of the source, and how many steps those were.
template <std::size_t Vacancies>
std::pair<long, int> of_steps(device::Stack stack, const device::Circuit& circuit, double tolerance) {
  stack.circuit = circuit;
  device::OnMesh<Vacancies> on_mesh(stack, {.nodes = 60});
  device::AtRest<Vacancies> at_rest(on_mesh);
  REQUIRE(at_rest.along(device::way_to(2), [](std::size_t, const auto&) {}).complete);
  fvm::Transient<device::DriftDiffusion<Vacancies>> transient(on_mesh.system(), device::controls_for(tolerance),
                                                              !circuit.is_ideal());
  if (circuit.is_ideal())
    on_mesh.set_bias(3);
  else
    on_mesh.set_drive({device::Source::voltage, 3});
  REQUIRE(transient.start(at_rest.state()));
  const long before = allocations;
  const auto status = transient.advance(0, 1, [](double) {});
  const long after = allocations;
  REQUIRE(status == fvm::TransientStatus::done);
  return {after - before, transient.effort().steps};
}

}  // namespace

TEST_CASE("a step of time takes nothing from the heap") {
  const long before = allocations;
  ::operator delete(::operator new(8));
  const long after = allocations;
  REQUIRE(after == before + 1);  // the count is at work
  const double tolerance = GENERATE(1e-2, 1e-4);
  for (const device::Circuit& circuit : {device::Circuit{}, device::Circuit{.series = 1e-4, .shunt = 1}}) {
    CAPTURE(circuit.series, tolerance);
    for (const auto& [taken, steps] : {of_steps<1>(support::reference_led(true), circuit, tolerance),
                                       of_steps<0>(support::reference_led(false), circuit, tolerance)}) {
      CHECK(taken == 0);
      CHECK(steps > 20);
    }
  }
  CHECK(of_steps<1>(support::full_led(), {}, 1e-2).first == 0);
}

#endif
