#include "engine/parallel/hand_over.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <thread>

using namespace nacre::parallel;

TEST_CASE("what one thread gives, workers take once, and closing ends them", "[parallel]") {
  HandOver hand_over;
  std::mutex lock;
  std::vector<std::size_t> taken;
  std::vector<std::thread> workers;
  for (int i = 0; i < 3; ++i) {
    workers.emplace_back([&] {
      while (const auto index = hand_over.take()) {
        const std::lock_guard guard(lock);
        taken.push_back(*index);
      }
    });
  }
  for (std::size_t index = 0; index < 500; ++index) {
    hand_over.wait_until_wanted();
    hand_over.give(index);
  }
  hand_over.close();
  for (std::thread& worker : workers) worker.join();
  CHECK(taken.size() == 500);
  CHECK(std::set<std::size_t>(taken.begin(), taken.end()).size() == 500);
  CHECK_FALSE(hand_over.take().has_value());
}

TEST_CASE("who serves others waits for a worker no longer than told", "[parallel]") {
  HandOver hand_over;
  CHECK_FALSE(hand_over.wait_until_wanted(std::chrono::microseconds{50}));
  std::thread worker([&] { CHECK(hand_over.take() == 7U); });
  while (!hand_over.wait_until_wanted(std::chrono::microseconds{50})) continue;
  hand_over.give(7);
  worker.join();
}
