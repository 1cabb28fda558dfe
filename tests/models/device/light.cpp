#include "models/device/light.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "engine/units/constants.hpp"

using namespace nacre;
using device::Emitter;
using device::Light;

namespace {

constexpr double q = units::constants::elementary_charge;
/// A photon of 555 nm; light of that line has 683 lm/W (the CIE 1931 observer peaks there, V = 1).
const double green = units::constants::planck * units::constants::speed_of_light / 555e-9;

Light one(const Emitter& emitter, double emitting, double current, double bias) {
  return device::light(std::vector{emitting}, std::vector<std::optional<Emitter>>{emitter}, current, bias);
}

}  // namespace

TEST_CASE("a monochromatic line at 555 nm: luminance and efficiencies in closed form", "[light]") {
  const Emitter emitter{1, 0.2, green, 683};
  const Light l = one(emitter, 80, 100, 4);  // A/m2, A/m2, V
  CHECK(l.photons == Approx(80 / q * 0.2));
  CHECK(l.exitance == Approx(80 * 0.2 * green / q));
  CHECK(l.luminance == Approx(683 * 80 * 0.2 * green / q / std::numbers::pi));
  CHECK(l.luminance == Approx(7771).epsilon(1e-3));  // 16 A/m2 of photons of 2.234 eV
  CHECK(l.quantum_efficiency == Approx(0.16));
  CHECK(l.current_efficiency == Approx(l.luminance / 100));
  CHECK(l.power_efficiency == Approx(std::numbers::pi * l.luminance / (100 * 4)));
}

TEST_CASE("the external efficiency is bounded by outcoupling times yield, and reaches it when all recombine",
          "[light]") {
  const Emitter emitter{0.9, 0.25, green, 683};
  for (double share : {0.0, 0.3, 1.0}) CHECK(one(emitter, share * 50, 50, 3).quantum_efficiency <= 0.25 * 0.9 + 1e-15);
  CHECK(one(emitter, 50, 50, 3).quantum_efficiency == Approx(0.225));
}

TEST_CASE("photons that are absorbed and made again are a geometric series", "[light]") {
  // Of every photon a share leaves, a share is absorbed by crystals that make the yield of it anew, the rest is lost.
  for (const double yield : {0.3, 0.9, 1.0})
    for (const double again : {0.0, 0.2, 0.75}) {
      double left = 0, inside = 80 / q * yield;
      for (int pass = 0; pass < 400; ++pass) left += 0.2 * inside, inside *= again * yield;
      Emitter emitter{yield, 0.2, green, 683};
      emitter.reabsorbed = again;
      CHECK(one(emitter, 80, 100, 4).photons == Approx(left).epsilon(1e-12));
    }
  // Nothing is lost: all photons leave in the end.
  Emitter all{1, 0.2, green, 683};
  all.reabsorbed = 0.8;
  CHECK(one(all, 80, 80, 4).quantum_efficiency == Approx(1));
  // Of what is absorbed again charges leave a quarter.
  const Light charged =
      device::light(std::vector{80.}, std::vector<std::optional<Emitter>>{all}, 80, 4, std::vector{0.25});
  CHECK(charged.quantum_efficiency == Approx(0.2 / (1 - 0.8 * 0.25)));
}

TEST_CASE("what recombines leaves as light, stays inside, is absorbed again or lost: followed photon by photon",
          "[light]") {
  for (const double yield : {0.3, 0.9, 1.0})
    for (const double again : {0.0, 0.2, 0.75})
      for (const double uncharged : {1.0, 0.4}) {  // share of the excitons that charges leave
        const double formed = 100, emitting = uncharged * formed;
        double left = 0, kept = 0, lost_again = 0, inside = emitting * yield;
        for (int pass = 0; pass < 400; ++pass) {
          left += 0.2 * inside, kept += (1 - again - 0.2) * inside, lost_again += again * (1 - yield) * inside;
          inside *= again * yield;
        }
        Emitter emitter{yield, 0.2, green, 683};
        emitter.reabsorbed = again;
        // 7 A/m2 more recombine in a layer that does not emit
        const device::PhotonBalance found = device::photon_balance(formed + 7, std::vector{emitting, 7.0},
                                                                   std::vector<std::optional<Emitter>>{emitter, {}});
        CHECK(found.left == Approx(left).epsilon(1e-12));
        CHECK(found.kept == Approx(kept).epsilon(1e-12));
        CHECK(found.reabsorbed == Approx(lost_again).epsilon(1e-12).margin(1e-12));
        CHECK(found.lost == Approx(formed - emitting * yield + 7).epsilon(1e-12));
        CHECK(found.left + found.kept + found.reabsorbed + found.lost == Approx(formed + 7).epsilon(1e-12));
        CHECK(found.left == Approx(one(emitter, emitting, 100, 4).photons * q).epsilon(1e-12));
      }
}

TEST_CASE("light of layers adds, and a layer without an emitter is dark", "[light]") {
  const Emitter a{1, 0.2, green, 683}, b{0.5, 0.1, 2 * green, 10};
  const std::vector<std::optional<Emitter>> emitters{a, std::nullopt, b};
  const Light l = device::light(std::vector{10., 20., 30.}, emitters, 60, 5);
  CHECK(l.photons == Approx(one(a, 10, 60, 5).photons + one(b, 30, 60, 5).photons));
  CHECK(l.luminance == Approx(one(a, 10, 60, 5).luminance + one(b, 30, 60, 5).luminance));
  CHECK(l.quantum_efficiency == Approx((10 * 0.2 + 30 * 0.05) / 60));
}

TEST_CASE("without a forward current there is no efficiency", "[light]") {
  const Light l = one({1, 0.2, green, 683}, 0, 0, 0);
  CHECK(std::isnan(l.quantum_efficiency));
  CHECK(std::isnan(l.power_efficiency));
  CHECK(l.luminance == 0);
}

TEST_CASE("turn-on: exact on an exponential, not reached is not a number", "[light]") {
  std::vector<double> bias, luminance;
  for (int k = 0; k <= 20; ++k) bias.push_back(0.2 * k), luminance.push_back(1e-6 * std::exp(5 * bias.back()));
  CHECK(device::bias_at(bias, luminance, 1) == Approx(std::log(1e6) / 5).epsilon(1e-12));
  CHECK(std::isnan(device::bias_at(bias, luminance, 1e9)));
  CHECK(std::isnan(device::bias_at(bias, luminance, 1e-9)));
}

TEST_CASE("roll-off: the largest efficiency that a detector sees, and where half of it is left", "[light]") {
  // Efficiency 1/(1 + J/J0) with a dark point of 0.9 before: half of the largest at a known current.
  const double j0 = 300;
  std::vector<Light> lights{{.photons = 0,
                             .exitance = 0,
                             .luminance = 1e-3,
                             .quantum_efficiency = 0.9,
                             .current_efficiency = 0,
                             .power_efficiency = 0}};
  std::vector<double> currents{1e-3};
  for (int k = 0; k <= 4000; ++k) {
    const double j = std::pow(10, k / 1000.0);
    Light l;
    l.quantum_efficiency = 0.2 / (1 + j / j0), l.luminance = 50 * j * l.quantum_efficiency;
    lights.push_back(l), currents.push_back(j);
  }
  const device::RollOff fall = device::roll_off(lights, currents);
  CHECK(fall.largest == Approx(0.2 / (1 + 1 / j0)));
  CHECK(fall.current == Approx(1));
  CHECK(fall.half_current == Approx(2 * (j0 + 1) - j0).epsilon(1e-4));
  CHECK(fall.half_luminance == Approx(50 * fall.half_current * fall.largest / 2).epsilon(1e-3));
  CHECK(std::isnan(device::roll_off(lights, currents, 1e9).largest));
}

TEST_CASE("a mixed spectrum holds as many photons as leave", "[light]") {
  const std::vector<std::vector<double>> spectra{{0, 1, 0}, {0, 0.25, 0.5}};
  const auto mixed = device::mixed_spectrum(std::vector{2., 4.}, spectra);
  CHECK(mixed == std::vector<double>{0, 3, 2});
}
