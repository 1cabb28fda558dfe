// Kernels of the finite volumes against their floors. A node of order M costs about 8 M^3 operations to factorise (an
// inverse and a solution by Gauss and Jordan, one product) and 6 M^2 to solve; at 8 a cycle (no fused operations, so
// that bits agree) and 3 GHz that is 21 ns and 4 ns for M = 4.
#include "engine/math/bordered_chain.hpp"

#include <benchmark/benchmark.h>

#include "engine/math/bernoulli.hpp"

namespace {

template <int M>
void fill(nacre::math::BorderedChain<M>& bordered) {
  auto& chain = bordered.chain();
  for (std::size_t i = 0; i < chain.nodes(); ++i)
    for (std::size_t r = 0; r < M; ++r) {
      for (std::size_t c = 0; c < M; ++c) {
        chain.node(i).own[r][c] = r == c ? 2 : 0.3;
        if (i + 1 < chain.nodes()) chain.cell(i).step[r][c] = r == c ? -1 : -0.1;
      }
      for (std::size_t g = 0; g < bordered.globals(); ++g) bordered.column(g)[i][r] = bordered.foot(g)[i][r] = 0.1;
    }
  bordered.corner().setConstant(10);
}

void count(benchmark::State& state, std::size_t nodes) {
  state.counters["nodes_per_s"] =
      benchmark::Counter(static_cast<double>(nodes), benchmark::Counter::kIsIterationInvariantRate);
}

template <int M, int G>
void factorise(benchmark::State& state) {
  const auto nodes = static_cast<std::size_t>(state.range(0));
  nacre::math::BorderedChain<M> bordered(nodes, G);
  fill(bordered);
  for (auto _ : state)
    if (!bordered.factorise()) state.SkipWithError("singular");
  count(state, nodes);
}
BENCHMARK(factorise<3, 0>)->Name("math/block_chain/factorise/3")->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);
BENCHMARK(factorise<4, 0>)->Name("math/block_chain/factorise/4")->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);
BENCHMARK(factorise<4, 1>)->Name("math/block_chain/factorise/4+1")->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);
BENCHMARK(factorise<5, 0>)->Name("math/block_chain/factorise/5")->Arg(300)->Unit(benchmark::kMicrosecond);

template <int M>
void solve(benchmark::State& state) {
  const auto nodes = static_cast<std::size_t>(state.range(0));
  nacre::math::BorderedChain<M> bordered(nodes, 0);
  std::vector<std::array<double, M>> x(nodes);
  fill(bordered);
  if (!bordered.factorise()) state.SkipWithError("singular");
  for (auto _ : state) {
    for (auto& block : x) block.fill(1);
    bordered.chain().solve(x);
    benchmark::DoNotOptimize(x.data());
  }
  count(state, nodes);
}
BENCHMARK(solve<3>)->Name("math/block_chain/solve/3")->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);
BENCHMARK(solve<4>)->Name("math/block_chain/solve/4")->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);

/// The floor of the Bernoulli function beyond its series: one expm1 and one division.
template <bool WithSlope>
void bernoulli(benchmark::State& state) {
  double x = -40;
  for (auto _ : state) {
    if constexpr (WithSlope)
      benchmark::DoNotOptimize(nacre::math::bernoulli_with_slope(x));
    else
      benchmark::DoNotOptimize(x / std::expm1(x));
    x = x > 40 ? -40 : x + 0.0101;
  }
}
BENCHMARK(bernoulli<false>)->Name("math/bernoulli/floor");
BENCHMARK(bernoulli<true>)->Name("math/bernoulli/with_slope");

}  // namespace
