// Kernels of the finite volumes against their floors. A node of order M with one border costs about 14 M^3/3 + 4 M^2 operations to
// factorise (one LU, one product, one back-substitution of M + 1 columns); at 16 a cycle and 3 GHz that is 8 ns for M = 4.
#include "engine/math/block_tridiagonal.hpp"

#include <benchmark/benchmark.h>

#include "engine/math/bernoulli.hpp"

namespace {

template <int M, int G>
void fill(nacre::math::BlockTridiagonal<M, G>& matrix) {
  matrix.set_zero();
  for (std::size_t i = 0; i < matrix.nodes(); ++i)
    for (std::size_t r = 0; r < M; ++r) {
      auto& node = matrix.node(i);
      for (std::size_t c = 0; c < M; ++c)
        node.lower[r][c] = node.upper[r][c] = -0.1, node.diagonal[r][c] = r == c ? 4 : 0.3;
      for (std::size_t g = 0; g < G; ++g) node.column[r][g] = node.foot[g][r] = 0.1;
    }
  for (std::size_t g = 0; g < G; ++g) matrix.corner()[g][g] = 10;
}

template <int M, int G>
void factorise_and_solve(benchmark::State& state) {
  const auto nodes = static_cast<std::size_t>(state.range(0));
  nacre::math::BlockTridiagonal<M, G> source(nodes), matrix(nodes);
  std::vector<std::array<double, M>> x(nodes);
  std::array<double, G> s{};
  fill(source);
  for (auto _ : state) {
    matrix = source;
    matrix.scale_rows();
    if (!matrix.factorise()) state.SkipWithError("singular");
    for (auto& block : x) block.fill(1);
    matrix.solve(x, s);
    benchmark::DoNotOptimize(x.data());
  }
  state.counters["nodes_per_s"] =
      benchmark::Counter(static_cast<double>(nodes), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(factorise_and_solve<3, 0>)->Name("math/block_tridiagonal/3")->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);
BENCHMARK(factorise_and_solve<4, 0>)->Name("math/block_tridiagonal/4")->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);
BENCHMARK(factorise_and_solve<4, 1>)->Name("math/block_tridiagonal/4+1")->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);

/// The floor of the Bernoulli function beyond its series: one expm1 and one division.
template <bool WithSlope>
void bernoulli(benchmark::State& state) {
  double x = -40;
  for (auto _ : state) {
    if constexpr (WithSlope) benchmark::DoNotOptimize(nacre::math::bernoulli_with_slope(x));
    else benchmark::DoNotOptimize(x / std::expm1(x));
    x = x > 40 ? -40 : x + 0.0101;
  }
}
BENCHMARK(bernoulli<false>)->Name("math/bernoulli/floor");
BENCHMARK(bernoulli<true>)->Name("math/bernoulli/with_slope");

}  // namespace
