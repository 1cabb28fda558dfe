// The whole comparison with the five papers as far as it goes: cases read, both columns run, targets judged.
#include "scenarios/reproduce.hpp"

#include <benchmark/benchmark.h>

namespace {

void five_papers(benchmark::State& state) {
  const nacre::scenarios::DataLibrary library(nacre::scenarios::data_folders(""));
  std::size_t targets = 0;
  for (auto _ : state) targets = nacre::scenarios::reproduce({}, library).comparisons.size();
  state.counters["targets"] = static_cast<double>(targets);
}

}  // namespace

BENCHMARK(five_papers)->Name("reproduce/five_papers")->Unit(benchmark::kMillisecond);
