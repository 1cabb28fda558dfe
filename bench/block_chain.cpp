// Kernels of the finite volumes against their floors. A node of order M takes 8 M^3 operations to factorise (an inverse
// and a solution by Gauss and Jordan, 6 M^3; one product, 2 M^3) and 6 M^2 to solve (three products with a vector).
// `operations` counts these; math/peak is what one core can do without fusing products and sums, which this code does not
// do so that bits agree everywhere.
#include "engine/math/bordered_chain.hpp"

#include <benchmark/benchmark.h>

#include <array>

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

void count(benchmark::State& state, std::size_t nodes, std::size_t operations) {
  using benchmark::Counter;
  const double all = static_cast<double>(nodes);
  state.counters["nodes_per_s"] = Counter(all, Counter::kIsIterationInvariantRate);
  state.counters["operations"] = Counter(all * static_cast<double>(operations), Counter::kIsIterationInvariantRate);
}

/// Twelve independent chains in registers of four: enough to keep all units busy over their latencies.
void peak(benchmark::State& state) {
  using nacre::math::Four;
  constexpr int rounds = 1000, chains = 12;
  std::array<Four, chains> x;
  for (int k = 0; k < chains; ++k) x[static_cast<std::size_t>(k)] = Four{} + 1.0 + 0.01 * k;
  Four factor = Four{} + 0.999999, term = Four{} + 1e-6;
  benchmark::DoNotOptimize(factor), benchmark::DoNotOptimize(term);
  for (auto _ : state) {
    for (int round = 0; round < rounds; ++round)
#pragma GCC unroll 12
      for (std::size_t k = 0; k < chains; ++k) x[k] = x[k] * factor + term;
    benchmark::DoNotOptimize(x);
  }
  state.counters["operations"] = benchmark::Counter(8. * rounds * chains, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(peak)->Name("math/peak")->Unit(benchmark::kMicrosecond);

template <int M, int G>
void factorise(benchmark::State& state) {
  const auto nodes = static_cast<std::size_t>(state.range(0));
  nacre::math::BorderedChain<M> bordered(nodes, G);
  fill(bordered);
  for (auto _ : state)
    if (!bordered.factorise()) state.SkipWithError("singular");
  count(state, nodes, 8 * M * M * M);
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
  count(state, nodes, 6 * M * M);
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
