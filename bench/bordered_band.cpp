// The linear algebra of an implicit step. Floor of a solve: two sweeps of one dependent multiply-add a row (4 cycles
// each) and three passes over 5 x 8 bytes a row; of a factorisation: one division and four multiply-adds in a chain.
#include "engine/math/bordered_band.hpp"

#include <benchmark/benchmark.h>

namespace {

using Matrix = nacre::math::BorderedBand<2, 2>;

void fill(Matrix& matrix) {
  for (std::size_t i = 0; i < matrix.order(); ++i) {
    const double x = 0.1 * static_cast<double>(i % 7);
    matrix.band(i) = {i < 2 ? 0 : 0.2, i < 1 ? 0 : -1 - x, 4 + x, i + 1 < matrix.order() ? -1.1 : 0,
                      i + 2 < matrix.order() ? 0.1 : 0};
    matrix.column(i) = 0.3 - x;
    matrix.row(i) = 0.2;
  }
  matrix.corner() = 50;
}

void per_row(benchmark::State& state, std::size_t rows) {
  state.counters["per_row"] = benchmark::Counter(
      static_cast<double>(rows), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void factorise(benchmark::State& state) {
  const auto rows = static_cast<std::size_t>(state.range(0));
  Matrix matrix(rows);
  for (auto _ : state) {
    fill(matrix);
    benchmark::DoNotOptimize(matrix.factorise());
  }
  per_row(state, rows);
}

void solve(benchmark::State& state) {
  const auto rows = static_cast<std::size_t>(state.range(0));
  Matrix matrix(rows);
  fill(matrix);
  matrix.factorise();
  std::vector<double> x(rows + 1, 1.0);
  for (auto _ : state) {
    std::fill(x.begin(), x.end(), 1.0);
    matrix.solve(x);
    benchmark::DoNotOptimize(x.data());
  }
  per_row(state, rows);
}

}  // namespace

BENCHMARK(factorise)->Name("bordered_band/fill_and_factorise")->Arg(300)->Arg(3000);
BENCHMARK(solve)->Name("bordered_band/solve")->Arg(300)->Arg(3000);
