// Ageing against its closed forms: constant rates, a constant supply of excitons, a light that falls by itself.
#include "models/device/ageing.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace nacre::device;

namespace {

constexpr AgeingLaw law{2e-9, 3e24};
constexpr double excitons = 5e26;  // [1/(m3 s)]

/// Excitons at a constant rate, of which the crystals lose kappa/(1 + kappa), kappa in proportion to the vacancies.
auto crystals(double loss) {
  return [loss](double growth) {
    const double kappa = loss * std::exp(growth);
    return Aged{excitons * kappa / (1 + kappa), 1 / (1 + kappa)};
  };
}

double until(double loss, double left) {
  return std::log(((1 + loss) / left - 1) / loss);
}

}  // namespace

TEST_CASE("events at a constant rate make vacancies that grow evenly in time", "[ageing]") {
  const AgeingCourse course(
      law,
      [](double) {
        return Aged{excitons, 1};
      },
      3, 20);
  for (std::size_t i = 0; i < course.growth().size(); ++i) {
    const double made = law.vacancies * std::expm1(course.growth()[i]), t = made / (law.damage * excitons);
    CHECK(course.time()[i] == Approx(t).epsilon(1e-9).margin(1e-9));
    // c/c_0 = 1 + r t, and its integral over time
    const double r = law.damage * excitons / law.vacancies;
    CHECK(course.stretched()[i] == Approx(t + r * t * t / 2).epsilon(1e-8).margin(1e-9));
  }
  CHECK(course.growth_after(course.time_at(1.234)) == Approx(1.234).epsilon(1e-10));
  CHECK(course.growth_after(1e300) == 3);
  CHECK(course.growth_after(0) == 0);
}

TEST_CASE("a constant rate of excitons loses half and a twentieth of the light when the closed form says", "[ageing]") {
  for (const double loss : {0.001, 0.05, 0.28, 1.0, 7.0}) {
    const AgeingCourse course(law, crystals(loss), until(loss, 0.4), 60);
    const double fresh = crystals(loss)(0).light, rate = law.damage * excitons * loss / law.vacancies;
    for (const double left : {0.95, 0.5}) {
      const double u = course.growth_at([&](double v, double) { return crystals(loss)(v).light; }, left * fresh);
      INFO("loss " << loss << ", left " << left);
      CHECK(course.time_at(u) == Approx(dose_to_fade(loss, left) / rate).epsilon(1e-8));
    }
    // k = k_r + 2 k_0 at T50
    const double half = course.growth_at([&](double v, double) { return crystals(loss)(v).light; }, fresh / 2);
    CHECK(loss * std::exp(half) == Approx(1 + 2 * loss).epsilon(1e-12));
    CHECK(dose_to_fade(loss, 0.5) == Approx(std::log((1 + 2 * loss) / loss) + 1 + loss).epsilon(1e-14));
  }
}

TEST_CASE("the quadrature converges with the eighth order in the panels", "[ageing]") {
  const double loss = 0.28, exact = dose_to_fade(loss, 0.1) * law.vacancies / (law.damage * excitons * loss);
  const auto error = [&](int panels) {
    return std::abs(AgeingCourse(law, crystals(loss), until(loss, 0.1), panels).time().back() / exact - 1);
  };
  CHECK(error(1) < 1e-2);
  CHECK(std::log2(error(1) / error(2)) > 7);
}

TEST_CASE("a light that a second process dims with the vacancies is found at its value", "[ageing]") {
  const AgeingCourse course(
      law,
      [](double) {
        return Aged{excitons, 1};
      },
      3, 20);
  const double r = law.damage * excitons / law.vacancies, s = 0.3 / r;  // a rate of its own, for first vacancies
  const auto light = [&](double, double stretched) { return std::exp(-stretched / s); };
  const double t = course.time_at(course.growth_at(light, 0.5));
  CHECK(t + r * t * t / 2 == Approx(s * std::log(2.)).epsilon(1e-8));
}

TEST_CASE("without events, or without a fall of the light, there is no lifetime", "[ageing]") {
  const AgeingCourse none(
      law,
      [](double) {
        return Aged{0, 1};
      },
      1, 4);
  CHECK(std::isinf(none.time().back()));
  CHECK(std::isnan(none.growth_at([](double, double) { return 1.; }, 0.5)));
  CHECK(none.growth_after(1e9) == 0);
}
