// Kernels of the finite volumes against their floors. A node of order M costs about 22 M^3/3 operations to factorise
// (two products with M columns, one LU, its substitution) and 6 M^2 to solve; at 16 a cycle and 3 GHz that is 12 ns for
// M = 4.
#include "engine/math/block_chain.hpp"

#include <benchmark/benchmark.h>

#include "engine/math/bernoulli.hpp"

namespace {

template <int M, int G>
void fill(nacre::math::BlockChain<M, G>& chain) {
  for (std::size_t i = 0; i < chain.nodes(); ++i)
    for (std::size_t r = 0; r < M; ++r) {
      auto& node = chain.node(i);
      for (std::size_t c = 0; c < M; ++c)
        chain.cell(i).step[r][c] = r == c ? -1 : -0.1, node.own[r][c] = r == c ? 2 : 0.3;
      for (std::size_t g = 0; g < G; ++g) node.column[r][g] = node.foot[g][r] = 0.1;
    }
  for (std::size_t g = 0; g < G; ++g) chain.corner()[g][g] = 10;
}

template <int M, int G>
void factorise_and_solve(benchmark::State& state) {
  const auto nodes = static_cast<std::size_t>(state.range(0));
  nacre::math::BlockChain<M, G> source(nodes), chain(nodes);
  std::vector<std::array<double, M>> x(nodes);
  std::array<double, G> s{};
  fill(source);
  for (auto _ : state) {
    chain = source;
    if (!chain.factorise()) state.SkipWithError("singular");
    for (auto& block : x) block.fill(1);
    chain.solve(x, s);
    benchmark::DoNotOptimize(x.data());
  }
  state.counters["nodes_per_s"] =
      benchmark::Counter(static_cast<double>(nodes), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(factorise_and_solve<3, 0>)->Name("math/block_chain/3")->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);
BENCHMARK(factorise_and_solve<4, 0>)->Name("math/block_chain/4")->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);
BENCHMARK(factorise_and_solve<4, 1>)->Name("math/block_chain/4+1")->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);

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
