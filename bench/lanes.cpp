// Elementary functions of four lanes against the standard library's, one lane after another: the time is of four values.
#include "engine/math/lanes.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>

namespace {

using nacre::math::Lanes;

/// Arguments as fluxes and densities have them, and all of them positive for logarithms.
constexpr std::array<double, 4> exponents{-31.7, -0.004, 0.7, 12.3}, positive{1e-9, 0.3, 1.004, 4e8};

template <class Function>
void in_lanes(benchmark::State& state, const std::array<double, 4>& of, Function function) {
  Lanes x = nacre::math::filled<Lanes>([&](std::size_t k) { return of[k]; });
  for (auto _ : state) {
    benchmark::DoNotOptimize(x.each);
    Lanes y = function(x);
    benchmark::DoNotOptimize(y.each);
  }
}

template <class Function>
void one_by_one(benchmark::State& state, std::array<double, 4> of, Function function) {
  for (auto _ : state)
    for (double& x : of) {
      benchmark::DoNotOptimize(x);
      double y = function(x);
      benchmark::DoNotOptimize(y);
    }
}

void exp_lanes(benchmark::State& state) {
  in_lanes(state, exponents, [](const Lanes& x) { return exp(x); });
}
void exp_floor(benchmark::State& state) {
  one_by_one(state, exponents, [](double x) { return std::exp(x); });
}
void expm1_lanes(benchmark::State& state) {
  in_lanes(state, exponents, [](const Lanes& x) { return expm1(x); });
}
void expm1_floor(benchmark::State& state) {
  one_by_one(state, exponents, [](double x) { return std::expm1(x); });
}
void log_lanes(benchmark::State& state) {
  in_lanes(state, positive, [](const Lanes& x) { return log(x); });
}
void log_floor(benchmark::State& state) {
  one_by_one(state, positive, [](double x) { return std::log(x); });
}
BENCHMARK(exp_lanes)->Name("math/lanes/exp");
BENCHMARK(exp_floor)->Name("math/lanes/exp/one_by_one");
BENCHMARK(expm1_lanes)->Name("math/lanes/expm1");
BENCHMARK(expm1_floor)->Name("math/lanes/expm1/one_by_one");
BENCHMARK(log_lanes)->Name("math/lanes/log");
BENCHMARK(log_floor)->Name("math/lanes/log/one_by_one");

}  // namespace
