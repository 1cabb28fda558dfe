// What a sweep costs beside its points, and what a second worker brings.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "bench/sweep_work.hpp"
#include "scenarios/sweep/merge.hpp"
#include "scenarios/sweep/run.hpp"

namespace {

using namespace nacre;
using namespace nacre::scenarios::sweep;

/// A folder of its own, removed at the end.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / "nacre-bench-sweep") {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string output() const { return (path_ / "x.h5").string(); }

 private:
  std::filesystem::path path_;
};

Layout layout_of(int scalars, std::size_t curve) {
  Layout layout{{{"x", {"1", ""}, "", 1}}, {}, 1};
  for (int i = 0; i < scalars; ++i) layout.columns.push_back({"y" + std::to_string(i), {"1", ""}, "", 1});
  if (curve == 0) return layout;
  layout.axes.push_back({"t", {"s", ""}, std::vector<double>(curve)});
  for (std::size_t i = 0; i < curve; ++i) layout.axes.back().values[i] = static_cast<double>(i);
  layout.columns.push_back({"c", {"1", ""}, "t", curve});
  return layout;
}

void run(const std::string& output, std::uint64_t points, const Layout& layout, parallel::Workers workers,
         const Compute& compute) {
  const PlanFile plan{{"0123456789abcdef", "bench", points}, "", "", "", "", ""};
  open_parts(parts_of(output), plan, Accept::same);
  const Holdings holdings = take_stock(parts_of(output), plan.identity, Accept::same);
  Recorder recorder(parts_of(output), plan.identity, layout, static_cast<std::size_t>(workers.count));
  Tally tally;
  run_points(loop_of(workers), {}, holdings, layout.width(), compute, {}, recorder, tally);
}

parallel::Workers workers_of(const benchmark::State& state) {
  return {static_cast<parallel::Backend>(state.range(0)), static_cast<int>(state.range(1))};
}

void name(benchmark::State& state) {
  state.SetLabel(parallel::name_of(workers_of(state).backend) + " " + std::to_string(state.range(1)));
}

/// Hand out, record and write points that cost nothing: the time a point is overhead.
void sweep_overhead(benchmark::State& state) {
  constexpr std::uint64_t points = 100000;
  const Layout layout = layout_of(3, 0);
  for (auto _ : state) {
    const Folder folder;
    run(folder.output(), points, layout, workers_of(state), [](std::size_t, Record& record) { bench::work(record, 1); });
  }
  name(state);
  state.counters["a_point"] =
      benchmark::Counter(points, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(sweep_overhead)
    ->ArgsProduct({{0}, {1}})
    ->ArgsProduct({{1, 2, 3}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// Points of about a millisecond, all alike or (third argument) one in ten ten times as dear.
void sweep_speedup(benchmark::State& state) {
  constexpr std::uint64_t points = bench::speedup_points;
  const bool mixed = state.range(2) != 0;
  const Layout layout = layout_of(3, 0);
  for (auto _ : state) {
    const Folder folder;
    run(folder.output(), points, layout, workers_of(state), [mixed](std::size_t, Record& record) {
      bench::work(record, bench::turns_of(record.id, mixed));
    });
  }
  state.SetLabel(parallel::name_of(workers_of(state).backend) + " " + std::to_string(state.range(1)) +
                 (mixed ? " mixed" : " equal"));
}
BENCHMARK(sweep_speedup)->ArgsProduct({{1, 2, 3}, {1, 2}, {0, 1}})->UseRealTime()->Unit(benchmark::kMillisecond);

#ifdef NACRE_BENCH_RANKS
/// The same by MPI ranks of one worker: a program of its own under mpirun, which times the loop and prints the seconds.
/// MPI's own start, half a second, is left out.
void sweep_speedup_ranks(benchmark::State& state) {
  const std::string kind = state.range(1) != 0 ? " mixed" : " equal";
  const std::string ranks = std::to_string(state.range(0));
  ::setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 0);
  ::setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 0);
  for (auto _ : state) {
    const Folder folder;
    const std::string command = "mpirun -n " + ranks + " " NACRE_BENCH_RANKS " " + folder.output() + kind;
    std::FILE* output = ::popen(command.c_str(), "r");
    std::array<char, 64> text{};
    const bool read = output != nullptr && std::fgets(text.data(), text.size(), output) != nullptr;
    if (output == nullptr || ::pclose(output) != 0 || !read) return state.SkipWithError("mpirun failed");
    state.SetIterationTime(std::atof(text.data()));
  }
  state.SetLabel("mpi " + ranks + kind);
}
BENCHMARK(sweep_speedup_ranks)->ArgsProduct({{1, 2}, {0, 1}})->UseManualTime()->Unit(benchmark::kMillisecond);
#endif

/// 10 000 points with 20 scalars and a curve of 200 points, in shards of 64, into one file.
void sweep_merge(benchmark::State& state) {
  const Folder folder;
  const Layout layout = layout_of(20, 200);
  const PlanFile plan{{"0123456789abcdef", "bench", 10000}, "", "", "", "", ""};
  open_parts(parts_of(folder.output()), plan, Accept::same);
  Recorder recorder(parts_of(folder.output()), plan.identity, layout, 1, {0, 64, 1 << 24});
  for (std::uint64_t id = 0; id < 10000; ++id) {
    Record record{id, Status::ok, std::vector<double>(layout.width()), ""};
    bench::work(record, 1);
    recorder.add(0, std::move(record), 1);
  }
  recorder.save();
  for (auto _ : state) merge(folder.output(), false);
}
BENCHMARK(sweep_merge)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
