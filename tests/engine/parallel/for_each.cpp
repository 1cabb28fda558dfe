#include "engine/parallel/for_each.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <stdexcept>
#include <thread>

using namespace nacre::parallel;

namespace {

/// Those that the thread sanitizer can judge: it does not know how OpenMP and TBB wait for one another.
std::vector<Backend> backends() {
#ifdef __SANITIZE_THREAD__
  return {Backend::serial, Backend::threads};
#else
  return {Backend::serial, Backend::threads, Backend::openmp, Backend::tbb};
#endif
}

}  // namespace

TEST_CASE("every index is called once, and calls of one worker do not overlap", "[parallel]") {
  for (const Backend backend : backends()) {
    for (const int workers : {1, 2, 4, 7}) {
      INFO(name_of(backend) << " with " << workers);
      constexpr std::size_t count = 5000;
      std::vector<int> calls(count);
      std::vector<int> inside(static_cast<std::size_t>(workers));
      std::atomic<int> overlaps{0};
      for_each({backend, workers}, count, [&](std::size_t worker, std::size_t index) {
        if (inside.at(worker)++ != 0) ++overlaps;
        ++calls[index];
        --inside[worker];
      });
      CHECK(overlaps == 0);
      CHECK(std::set<int>(calls.begin(), calls.end()) == std::set<int>{1});
    }
  }
}

TEST_CASE("several workers work at once", "[parallel]") {
  for (const Backend backend : backends()) {
    if (backend == Backend::serial) continue;
    INFO(name_of(backend));
    std::atomic<int> arrived{0};
    std::atomic<bool> met{false};
    // Each call waits until another one is under way, however long the machine takes to start a second thread.
    for_each({backend, 2}, 2, [&](std::size_t, std::size_t) {
      ++arrived;
      for (long turns = 0; arrived < 2 && turns < 200000000; ++turns) std::this_thread::yield();
      if (arrived == 2) met = true;
    });
    CHECK(met);
  }
}

TEST_CASE("a stop ends the handing out and lets calls under way end", "[parallel]") {
  for (const Backend backend : backends()) {
    INFO(name_of(backend));
    std::atomic<int> begun{0}, ended{0};
    const auto body = [&](std::size_t, std::size_t) {
      ++begun;
      ++ended;
    };
    for_each({backend, 3}, 100000, body, [&] { return begun >= 10; });
    CHECK(begun == ended);
    CHECK(begun >= 10);
    CHECK(begun < 14);  // one more a worker may be under way
  }
}

TEST_CASE("an exception of a call reaches the caller and ends the loop", "[parallel]") {
  for (const Backend backend : backends()) {
    INFO(name_of(backend));
    std::atomic<int> calls{0};
    const auto body = [&](std::size_t, std::size_t) {
      ++calls;
      throw std::domain_error("no such point");
    };
    CHECK_THROWS_AS(for_each({backend, 2}, 100000, body), std::domain_error);
    CHECK(calls <= 2);
  }
}

TEST_CASE("loops over nothing, and names", "[parallel]") {
  for (const Backend backend : backends()) {
    for_each({backend, 4}, 0, [](std::size_t, std::size_t) { FAIL("nothing to call"); });
    CHECK(backend_of(name_of(backend)) == backend);
  }
  CHECK(backend_names().size() == 4);
  CHECK_THROWS_WITH(backend_of("opnmp"), Catch::Contains("serial, threads, openmp, tbb"));
  CHECK_THROWS_AS(for_each({Backend::threads, 0}, 1, [](std::size_t, std::size_t) {}), std::invalid_argument);
}
