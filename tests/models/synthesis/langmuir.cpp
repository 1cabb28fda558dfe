#include "models/synthesis/langmuir.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace nacre::synthesis;

TEST_CASE("Sites that nothing binds to are empty, and a strong ligand fills them all", "[langmuir]") {
  CHECK(empty_share(std::array{0.0}) == 1);
  CHECK(empty_share(std::array{1.0}) == 0.5);
  CHECK(empty_share(std::array{1e12}) == Approx(1e-12).epsilon(1e-9));
  CHECK(held_share(std::array{1e12}, 0) == Approx(1).epsilon(1e-9));
}

TEST_CASE("Competing species share sites by their activities, and shares sum to one", "[langmuir]") {
  const std::array activities{0.7, 2.1, 4.0};
  CHECK(held_share(activities, 1) / held_share(activities, 0) == Approx(3).epsilon(1e-14));
  const double sum = held_share(activities, 0) + held_share(activities, 1) + held_share(activities, 2);
  CHECK(sum + empty_share(activities) == Approx(1).epsilon(1e-15));
  CHECK(held_share(std::array{0.7, 1e9}, 0) < 1e-9);  // driven out
}

TEST_CASE("A strong binding titrates: the share is the supply, up to all sites", "[langmuir]") {
  for (double supply : {0.0, 0.2, 0.9, 1.1, 5.0})
    CHECK(titrated_share(1e14, supply) == Approx(std::min(1.0, supply)).epsilon(1e-6));
  CHECK(titrated_share(1e14, 1) == Approx(1 - 1e-7).epsilon(1e-9));  // (1 - theta)^2 = theta/binding at equivalence
}

TEST_CASE("A large supply is a reservoir", "[langmuir]") {
  CHECK(titrated_share(1e-9, 1e9) == Approx(0.5).epsilon(1e-8));
  CHECK(titrated_share(3e-9, 1e9) == Approx(held_share(std::array{3.0}, 0)).epsilon(1e-8));
}

TEST_CASE("What is bound and what is left obey mass action", "[langmuir]") {
  for (double binding : {0.01, 1.0, 50.0, 1e4}) {
    for (double supply : {0.1, 0.8, 1.0, 3.0}) {
      const double theta = titrated_share(binding, supply);
      CHECK(theta / (1 - theta) == Approx(binding * (supply - theta)).epsilon(1e-9));
    }
  }
}
