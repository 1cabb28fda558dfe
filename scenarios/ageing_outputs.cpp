#include "scenarios/ageing_outputs.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "engine/units/constants.hpp"
#include "models/device/ageing.hpp"
#include "scenarios/ageing_stage.hpp"

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

OutputRow over_time(std::string name, std::string unit, std::string meaning, Values AgeingResult::*list) {
  return {std::move(name),    Stage::ageing,
          std::move(unit),    {"time"},
          std::move(meaning), [list](const Result& r) { return r.ageing ? (*r.ageing).*list : Values{}; }};
}

OutputRow number(std::string name, std::string unit, std::string meaning,
                 std::function<double(const AgeingResult&)> get) {
  return {
      std::move(name), Stage::ageing, std::move(unit), {}, std::move(meaning), [get = std::move(get)](const Result& r) {
        return Values{r.ageing && !r.ageing->time.empty() ? get(*r.ageing) : nan};
      }};
}

/// Of a course that ends before.
OutputRow within_the_course(OutputRow row) {
  return may_be_unreached(std::move(row), [](const Result& r) { return r.ageing && r.ageing->complete; });
}

/// T50 with the current, the share that recombines and the yield law of the fresh device throughout.
double at_constant_rates(const AgeingResult& a) {
  const double rate =
      a.damage * a.recombination.front() / (units::constants::elementary_charge * a.zone);  // [1/(m3 s)]
  return device::dose_to_fade(a.loss, 0.5) * a.vacancies / a.loss / rate;
}

/// The rate of the exponential that has the same half-life.
double decay_rate(const AgeingResult& a) {
  return std::isnan(a.t50) ? nan : std::log(2.0) / a.t50;
}

}  // namespace

std::vector<OutputRow> ageing_outputs() {
  return {
      over_time("time", "h", "since the start", &AgeingResult::time),
      over_time("light", "1", "luminance over that at the start", &AgeingResult::light),
      over_time("luminance", "cd/m2", "luminance; NaN without a device", &AgeingResult::luminance),
      over_time("vacancies", "m-3", "halide vacancies of the layer", &AgeingResult::density),
      over_time("loss_ratio", "1", "non-radiative over radiative rate of an exciton that the vacancies make",
                &AgeingResult::losses),
      over_time("current_density", "mA/cm2", "current density", &AgeingResult::current),
      over_time("voltage", "V", "bias; NaN without a device", &AgeingResult::voltage),
      over_time("recombination", "mA/cm2", "recombination of every kind, as a current", &AgeingResult::recombination),
      over_time("dark_recombination", "mA/cm2", "that makes no photon", &AgeingResult::dark),
      over_time("peak", "nm", "wavelength of the emission's maximum, where it drifts; else NaN", &AgeingResult::peak),
      within_the_course(number("t95", "min", "time at which 95 % of the luminance are left; NaN: not reached",
                               [](const AgeingResult& a) { return a.t95; })),
      within_the_course(number("t50", "min", "time at which half of the luminance is left; NaN: not reached",
                               [](const AgeingResult& a) { return a.t50; })),
      within_the_course(
          number("ageing_rate", "1/s", "mean relative fall of the luminance down to a half, ln 2/t50", decay_rate)),
      number("ageing_t50_constant", "min",
             "t50 if recombination stayed what it is at the start and crystals lost excitons to vacancies alone: "
             "ageing_dose vacancies zone q/(loss damage recombination)",
             at_constant_rates),
      number("ageing_dose", "1", "dose to half the light from the yield at the start alone",
             [](const AgeingResult& a) { return device::dose_to_fade(a.loss, 0.5); }),
      number("ageing_loss", "1", "loss ratio of the crystals at the start, 1/yield - 1",
             [](const AgeingResult& a) { return a.loss; }),
      number("ageing_vacancies", "m-3", "halide vacancies at the start",
             [](const AgeingResult& a) { return a.vacancies; }),
      number("ageing_recombination", "mA/cm2", "recombination of every kind at the start, as a current",
             [](const AgeingResult& a) { return a.recombination.front(); }),
      number("ageing_dark_share", "1", "share of it that makes no photon, at the start",
             [](const AgeingResult& a) { return a.dark.front() / a.recombination.front(); }),
      number("ageing_damage", "1", "vacancies made by an event, with the ligands' barrier",
             [](const AgeingResult& a) { return a.damage; }),
      number("ageing_voltage_rise", "V",
             "rise of the bias from the start to the end of the course; NaN without a device",
             [](const AgeingResult& a) { return a.voltage.back() - a.voltage.front(); }),
  };
}

}  // namespace nacre::scenarios
