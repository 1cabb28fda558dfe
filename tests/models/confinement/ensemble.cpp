#include "models/confinement/ensemble.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "models/confinement/exciton.hpp"
#include "tests/models/confinement/samples.hpp"

using namespace nacre::confinement;
using samples::bands, samples::electron_volt, samples::nanometre;

TEST_CASE("Taking out the unresolved spread leaves the mean and the rest of the variance", "[ensemble]") {
  const auto sizes = samples::normal_sizes(4 * nanometre, 0.5 * nanometre);
  const Moments given = moments(sizes.edge, sizes.number);
  const Moments left = moments(resolved_edges(sizes.edge, sizes.number, 0.3 * nanometre), sizes.number);
  CHECK(left.mean == Approx(given.mean).epsilon(1e-14));
  CHECK(left.standard_deviation ==
        Approx(std::sqrt(std::pow(given.standard_deviation, 2) - std::pow(0.3 * nanometre, 2))).epsilon(1e-12));
  const Moments none = moments(resolved_edges(sizes.edge, sizes.number, nanometre), sizes.number);
  CHECK(none.standard_deviation < 1e-12 * nanometre);
  CHECK(resolved_edges(sizes.edge, sizes.number, 0) == sizes.edge);
}

TEST_CASE("Two classes: weights by hand", "[ensemble]") {
  const std::vector<double> edge{1, 2}, number{3, 1}, energy{5, 4};  // the larger crystal lies lower
  const auto plain = emission_weights(Weighting::number, edge, number, energy);
  CHECK(plain[0] == Approx(0.75));
  const auto volume = emission_weights(Weighting::volume, edge, number, energy);
  CHECK(volume[0] == Approx(3.0 / 11));
  const auto funnel = emission_weights(Weighting::funnelling, edge, number, energy, 3);
  CHECK(funnel[0] == Approx(3.0 / 11 * std::pow(0.75, 3)));  // a small one stays when its neighbour is small too
  CHECK(funnel[0] + funnel[1] == Approx(1).epsilon(1e-14));
  CHECK(emission_weights(Weighting::funnelling, edge, number, energy, 0)[0] == Approx(volume[0]));
}

TEST_CASE("Funnelling conserves excitons and only ever lowers their energy", "[ensemble]") {
  const auto sizes = samples::normal_sizes(4, 0.7, 57);
  std::vector<double> energy;
  for (const double edge : sizes.edge) energy.push_back(1 / edge);
  double before = 1e9;
  for (int hops = 0; hops < 6; ++hops) {
    const auto share = emission_weights(Weighting::funnelling, sizes.edge, sizes.number, energy, hops);
    CHECK(std::accumulate(share.begin(), share.end(), 0.0) == Approx(1).epsilon(1e-13));
    const double mean = std::inner_product(share.begin(), share.end(), energy.begin(), 0.0);
    CHECK(mean < before);
    before = mean;
  }
}

TEST_CASE("The continuum has Elliott's height in the bulk and the 1p pair's place in a small dot", "[ensemble]") {
  const double ry = rydberg(bands());
  const SizingCurve curve(bands(), Shape::sphere, nanometre, 400 * nanometre, 200);
  const StokesLaw none;
  const Transitions bulk = transitions(curve, none, ry, 1, 390 * nanometre);
  CHECK(bulk.continuum_strength * 2 * ry / bulk.strength == Approx(1).epsilon(0.01));
  CHECK(bulk.continuum - bulk.absorption == Approx(ry).epsilon(0.01));
  const Transitions dot = transitions(curve, none, ry, 1.5, 1.2 * nanometre);
  CHECK(dot.emission == Approx(curve.energy(1.8 * nanometre)).epsilon(1e-15));
  CHECK(dot.absorption == dot.emission);
  CHECK(dot.continuum - dot.absorption - ry == Approx(1.0457 * curve.confinement(1.8 * nanometre)).epsilon(1e-12));
}
