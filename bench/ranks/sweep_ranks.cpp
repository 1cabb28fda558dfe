// One sweep by the ranks of an MPI job with one worker each, for bench/sweep.cpp: prints the seconds of its loop, shards
// written. usage: mpirun -n N nacre_bench_ranks OUTPUT equal|mixed
#include <chrono>
#include <cstdio>
#include <string_view>

#include "bench/sweep_work.hpp"
#include "engine/parallel/ranks.hpp"
#include "scenarios/sweep/run.hpp"

using namespace nacre;
using namespace nacre::scenarios::sweep;

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const parallel::Ranks ranks;
  const bool mixed = std::string_view(arguments[2]) == "mixed";
  const std::string folder = parts_of(arguments[1]);
  const Layout layout{{{"x", {"1", ""}, "", 1}, {"y", {"1", ""}, "", 1}, {"z", {"1", ""}, "", 1}}, {}, 1};
  const PlanFile plan{{"0123456789abcdef", "bench", bench::speedup_points}, "", "", "", "", ""};
  if (ranks.rank() == 0) open_parts(folder, plan, Accept::same);
  ranks.barrier();
  Holdings holdings;
  holdings.done.resize(bench::speedup_points);
  Recorder recorder(folder, plan.identity, layout, 1);
  Tally tally;
  const Loop loop = [&](std::size_t points, const parallel::Body& body, const parallel::Stop& stop) {
    ranks.for_each(1, points, body, stop);
  };
  const Compute compute = [&](std::size_t, Record& record) { bench::work(record, bench::turns_of(record.id, mixed)); };
  ranks.barrier();
  const auto start = std::chrono::steady_clock::now();
  run_points(loop, {}, holdings, layout.width(), compute, {}, recorder, tally);
  ranks.barrier();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (ranks.rank() == 0) std::printf("%.6f\n", seconds);
}
