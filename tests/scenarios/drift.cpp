#include <cmath>

#include "scenarios/ageing_stage.hpp"
#include "scenarios/drift_layer.hpp"
#include "scenarios/drift_stage.hpp"
#include "tests/scenarios/running.hpp"

using namespace nacre;
using scenarios::Stage;

namespace {

using support::run, support::value;

/// Values of the stage under test.
std::vector<double> values(const scenarios::Result& result, const std::string& name) {
  return support::values_of(result, Stage::drift, name);
}

/// Crystals of a mixed halide, without a protocol.
std::string crystals(const std::string& composition = "CsPb(I0.67Br0.33)3") {
  return "schema = 1\n[material]\ncomposition = \"" + composition + R"("
[sizes]
source = "given"
mean = "11.4 nm"
standard_deviation = "1.7 nm"
[confinement]
)";
}

/// Held at 5 V for three minutes.
std::string held() {
  return crystals() + R"([drift]
vacancies = "6e25 1/m3"
[[drift.step]]
voltage = "5 V"
dwell = "180 s"
points = 6
)";
}

std::string with_device() {
  return held() + R"([device]
bias = "5 V"
bias_step = "0.5 V"
nodes = 80
[[device.layer]]
material = "PEDOT-PSS"
[[device.layer]]
material = "poly-TPD"
thickness = "40 nm"
[[device.layer]]
material = "CsPbIBr-dots"
thickness = "30 nm"
emission = "confinement"
gap = "confinement"
states = "crystals"
statistics = "blakemore"
[[device.layer]]
material = "TPBi"
thickness = "40 nm"
[[device.layer]]
material = "LiF"
[[device.layer]]
material = "Al"
[[device.interface]]
first = "poly-TPD"
second = "CsPbIBr-dots"
transfer_electron = "hopping"
transfer_hole = "hopping"
velocity_electron = "100 m/s"
velocity_hole = "100 m/s"
cross_recombination = "4e-28 m4/s"
)";
}

}  // namespace

TEST_CASE("A drift starts where the crystals emit and goes to the red", "[drift]") {
  const scenarios::Result result = run(held());
  REQUIRE(result.failures.empty());
  CHECK(values(result, "time") == std::vector<double>{0, 30, 60, 90, 120, 150, 180});
  CHECK(value(result, "drift_shift") > 3e-9);
  CHECK(value(result, "drift_peak") == Approx(value(result, "drift_peak_start") + value(result, "drift_shift")));
  // carriers fill the reddest domains first: a little to the blue of the undriven peak, which is that of the crystals
  CHECK(std::abs(value(result, "drift_peak_start") - value(result, "pl_peak")) < 8e-9);
  CHECK(value(result, "drift_iodide") == Approx(0.67).epsilon(1e-12));
  const std::vector<double> free = values(result, "free_energy");
  CHECK(std::is_sorted(free.rbegin(), free.rend()));
  const std::vector<double> domains = values(result, "domains"), width = values(result, "composition_width");
  double sum = 0;
  for (std::size_t i = 0; i < width.size(); ++i) sum += domains[i] * width[i];
  CHECK(sum == Approx(1).epsilon(1e-12));
}

namespace {

/// Between the peaks of two runs of a protocol, farthest over its course [m].
double farthest(const std::string& steps, const std::vector<scenarios::Override>& a,
                const std::vector<scenarios::Override>& b) {
  const std::string text = crystals() + "[drift]\nvacancies = \"6e25 1/m3\"\n[[drift.step]]\n" + steps;
  const std::vector<double> one = values(run(text, a), "peak"), other = values(run(text, b), "peak");
  REQUIRE(one.size() == other.size());
  double most = 0;
  for (std::size_t i = 0; i < one.size(); ++i) most = std::max(most, std::abs(one[i] - other[i]));
  return most;
}

void no_peak_depends_on_grid_classes_or_time_step(const std::string& steps) {
  const std::vector<scenarios::Override> coarse{{"drift.cells", "60"}, {"drift.classes", "3"}};
  CAPTURE(steps);
  CHECK(farthest(steps, coarse, {{"drift.cells", "120"}, {"drift.classes", "3"}}) < 0.3e-9);
  CHECK(farthest(steps, coarse, {{"drift.cells", "60"}, {"drift.classes", "9"}}) < 0.5e-9);
  CHECK(farthest(steps, {}, {{"drift.tolerance", "1e-4"}}) < 0.3e-9);
  CHECK(farthest(steps, {}, coarse) > 0);  // and they are other numbers
}

}  // namespace

TEST_CASE("No peak of a staircase depends on grid, classes of sizes or time step", "[drift]") {
  const std::string levels = "increment = \"0.2 V\"\ndwell = \"20 s\"\n";
  no_peak_depends_on_grid_classes_or_time_step("from = \"3.6 V\"\nvoltage = \"6 V\"\n" + levels);
  no_peak_depends_on_grid_classes_or_time_step("from = \"6 V\"\nvoltage = \"3.6 V\"\n" + levels);
}

TEST_CASE("No peak of a hold and of a rest depends on grid, classes of sizes or time step", "[drift]") {
  no_peak_depends_on_grid_classes_or_time_step(
      "voltage = \"5 V\"\ndwell = \"180 s\"\npoints = 6\n[[drift.step]]\ndwell = \"30 min\"\npoints = 30\n");
}

TEST_CASE("No peak of pulses, at a current or under light depends on grid, classes or time step", "[drift]") {
  no_peak_depends_on_grid_classes_or_time_step("voltage = \"6 V\"\ndwell = \"1 s\"\nrest = \"9 s\"\ncycles = 20\n");
  no_peak_depends_on_grid_classes_or_time_step("current = \"250 mA/cm2\"\ndwell = \"300 s\"\npoints = 6\n");
  no_peak_depends_on_grid_classes_or_time_step("light = \"100 mW/cm2\"\ndwell = \"480 s\"\npoints = 6\n");
}

TEST_CASE("No peak depends on the number of size classes, however broad the sizes are", "[drift]") {
  struct Film {
    const char *mean, *spread, *vacancies, *bias;
  };
  const auto peak = [](const Film& film, const char* classes) {
    std::vector<scenarios::Override> set{{"sizes.mean", film.mean},
                                         {"sizes.standard_deviation", film.spread},
                                         {"drift.step.0.points", "1"},
                                         {"drift.vacancies", film.vacancies},
                                         {"drift.step.0.voltage", film.bias}};
    if (classes) set.push_back({"drift.classes", classes});
    return value(run(held(), set), "drift_peak");
  };
  const char *few = "\"6e25 1/m3\"", *many = "\"3e26 1/m3\"";
  // three, where energies are close, or where they were fitted
  for (const Film& film : {Film{"\"11.4 nm\"", "\"0.8 nm\"", few, "\"5 V\""},
                           {"\"11.4 nm\"", "\"0.8 nm\"", many, "\"4.6 V\""},
                           {"\"11.4 nm\"", "\"1.7 nm\"", few, "\"5 V\""}})
    CHECK(std::abs(peak(film, "3") - peak(film, "9")) < 0.5e-9);
  // as many as are taken of themselves: 9, and 27 of the small ones; the most change nothing any more
  for (const auto& [mean, spread, vacancies] : {std::tuple{"\"11.4 nm\"", "\"1.7 nm\"", many},
                                                {"\"11.4 nm\"", "\"2.3 nm\"", few},
                                                {"\"11.4 nm\"", "\"3 nm\"", many},
                                                {"\"6 nm\"", "\"0.42 nm\"", many},
                                                {"\"4.5 nm\"", "\"0.675 nm\"", few}}) {
    const Film film{mean, spread, vacancies, "\"4.6 V\""};
    CAPTURE(mean, spread, vacancies);
    CHECK(std::abs(peak(film, nullptr) - peak(film, "60")) < 0.3e-9);
    CHECK(std::abs(peak(film, "45") - peak(film, "60")) < 0.1e-9);
  }
}

TEST_CASE("Films poor in iodide have the cells and steps that they need", "[drift]") {
  for (const char* film : {"CsPb(I0.2Br0.8)3", "CsPb(I0.4Br0.6)3"}) {
    const std::string text =
        support::replaced(held(), "CsPb(I0.67Br0.33)3", film) + "[[drift.step]]\ndwell = \"200 s\"\npoints = 5\n";
    const scenarios::Result result = run(text);
    REQUIRE(result.failures.empty());
    CHECK(result.drift->warnings.empty());
    const int cells = result.plan.drift->cells;
    CHECK(cells > 120);
    const std::vector<double> one = values(result, "peak"),
                              other = values(run(text, {{"drift.cells", std::to_string(2 * cells)}}), "peak"),
                              slower = values(run(text, {{"drift.tolerance", "1e-3"}}), "peak");
    for (std::size_t i = 0; i < one.size(); ++i) {
      CHECK(std::abs(one[i] - other[i]) < 0.3e-9);
      CHECK(std::abs(one[i] - slower[i]) < 0.3e-9);
    }
    const scenarios::Result coarse = run(text, {{"drift.cells", "60"}});
    REQUIRE(coarse.drift->warnings.size() == 1);
    support::require_parts(coarse.drift->warnings[0].text, {"60 cells", "nm off", std::to_string(cells)});
  }
  const scenarios::Result small =
      run(held(), {{"sizes.mean", "\"5 nm\""}, {"sizes.standard_deviation", "\"0.75 nm\""}, {"drift.classes", "3"}});
  REQUIRE(small.drift->warnings.size() == 1);
  support::require_parts(small.drift->warnings[0].text, {"3 classes of sizes", "27 keep peaks within 0.5 nm"});
}

TEST_CASE("A peak in the dark after any drive is that of shorter steps", "[drift]") {
  for (const char* film : {"CsPb(I0.1Br0.9)3", "CsPb(I0.05Br0.95)3"})
    for (const char* drive : {"voltage = \"7 V\"\ndwell = \"60 s\"\n", "voltage = \"6 V\"\ndwell = \"300 s\"\n"}) {
      const std::string text = crystals(film) + "[drift]\nvacancies = \"6e25 1/m3\"\ncells = 120\nclasses = 3\n" +
                               "[[drift.step]]\n" + drive + "[[drift.step]]\ndwell = \"30 s\"\npoints = 10\n";
      const std::vector<double> one = values(run(text), "peak"),
                                other = values(run(text, {{"drift.tolerance", "2e-4"}}), "peak");
      REQUIRE(one.size() == 12);
      CAPTURE(film, drive);
      for (std::size_t i = 0; i < one.size(); ++i) CHECK(std::abs(one[i] - other[i]) < 0.3e-9);
    }
}

TEST_CASE("Iodide that runs out is named before it has, and what came before is kept", "[drift]") {
  const auto stopped = [](const std::string& text, const std::vector<scenarios::Override>& set) {
    const scenarios::Result result = run(text, set);
    REQUIRE(result.failures.size() == 1);
    support::require_parts(result.failures[0].message,
                           {"cannot be conserved on", "cells of composition", "take more cells"});
    for (const double peak : values(result, "peak")) CHECK(std::isfinite(peak));
    CHECK(result.drift->steps + result.drift->rejected < 3000);
    return values(result, "time").size();
  };
  const std::string lit = crystals() +
                          "[drift]\nvacancies = \"6e25 1/m3\"\n[[drift.step]]\nlight = \"100 mW/cm2\"\n"
                          "dwell = \"3600 s\"\npoints = 20\n";
  CHECK(stopped(lit, {{"material.composition", "\"CsPb(I0.005Br0.995)3\""}, {"drift.cells", "120"}}) > 1);
  stopped(lit, {{"material.composition", "\"CsPb(I0.01Br0.99)3\""},
                {"drift.cells", "120"},
                {"drift.step.0.dwell", "\"1e5 s\""}});
}

TEST_CASE("The shuttle and the ensemble come to their balance together, however long it is watched", "[drift]") {
  const auto iodide = [](const char* cells, const char* points) {
    const scenarios::Result result = run(held(), {{"material.composition", "\"CsPb(I0.02Br0.98)3\""},
                                                  {"drift.segregation", "\"both\""},
                                                  {"drift.step.0.voltage", "\"8 V\""},
                                                  {"drift.step.0.dwell", "\"1e5 s\""},
                                                  {"drift.step.0.points", points},
                                                  {"drift.classes", "3"},
                                                  {"drift.cells", cells}});
    CAPTURE(cells, points);
    REQUIRE(result.failures.empty());
    CHECK(result.drift->steps + result.drift->rejected < 200);
    CHECK(std::abs(value(result, "drift_iodide") - 0.02) < 1e-12);
    return result.drift->at_depth[2 * result.drift->time.size() - 2];
  };
  const double balance = iodide("120", "1");
  CHECK(balance < 0.015);  // there is one, and the shuttle takes iodide to it
  CHECK(iodide("60", "1") == Approx(balance).epsilon(0.01));
  CHECK(iodide("400", "1") == Approx(balance).epsilon(0.01));
  CHECK(iodide("120", "20") == Approx(balance).epsilon(1e-6));
}

TEST_CASE("Where nothing moves between cells, no composition is refused", "[drift]") {
  for (const char* film : {"CsPb(I0.0001Br0.9999)3", "CsPb(I0.001Br0.999)3", "CsPb(I0.9999Br0.0001)3"})
    for (const char* segregation : {"\"off\"", "\"shuttle\""})
      for (const char* cells : {"10", "120"}) {
        const scenarios::Result result = run(support::replaced(held(), "CsPb(I0.67Br0.33)3", film),
                                             {{"drift.segregation", segregation}, {"drift.cells", cells}});
        CAPTURE(film, segregation, cells);
        REQUIRE(result.failures.empty());
        CHECK(value(result, "drift_peak_start") == Approx(value(result, "pl_peak")).epsilon(2e-3));
        CHECK(std::abs(value(result, "drift_shift")) < (segregation == std::string("\"off\"") ? 1e-15 : 1e-9));
      }
}

TEST_CASE("An interruption ends a drift between two steps", "[drift]") {
  for (const char* segregation : {"\"ensemble\"", "\"shuttle\"", "\"both\""}) {
    const std::vector<scenarios::Override> set{{"drift.segregation", segregation}};
    int asked = 0;
    const scenarios::Plan plan = support::plans_of(held(), set).front();
    scenarios::Pipeline counting(scenarios::ModelData(support::library()).colour_table(),
                                 [&asked] { return ++asked < 0; });
    REQUIRE(counting.run(plan).failures.empty());
    const int all = asked;
    CHECK(all > 6 + run(held(), set).drift->steps);  // at every step, and at every point that is kept
    scenarios::Pipeline stopping(scenarios::ModelData(support::library()).colour_table(),
                                 [&asked, all] { return ++asked > all - 3; });
    asked = 0;
    const scenarios::Result part = stopping.run(plan);
    REQUIRE(part.failures.size() == 1);
    support::require_parts(part.failures[0].message, {"after 150 s it was interrupted"});
    CHECK(values(part, "time").back() == 150);
  }
}

TEST_CASE("Times and speed are those of composition, not of filling", "[drift]") {
  const std::string text =
      crystals() +
      "[drift]\nvacancies = \"5e23 1/m3\"\n[[drift.step]]\ncurrent = \"1e-9 mA/cm2\"\ndwell = \"1 s\"\n"
      "[[drift.step]]\nvoltage = \"6 V\"\ndwell = \"100 s\"\npoints = 5\n";
  const scenarios::Result filled = run(text);
  REQUIRE(filled.failures.empty());
  CHECK(value(filled, "drift_shift") < -4e-9);  // filling, to the blue
  CHECK(std::abs(value(filled, "drift_shift_of_composition")) < 1e-9);
  CHECK(std::isnan(value(filled, "drift_onset_time")));
  CHECK(std::isnan(value(filled, "drift_time_5nm")));
  const scenarios::Result moved = run(text, {{"drift.vacancies", "\"6e26 1/m3\""}});
  const double time = value(moved, "drift_time_5nm");
  const std::vector<double> at = values(moved, "time"), shift = values(moved, "shift_of_composition");
  for (std::size_t i = 0; i < at.size(); ++i) CHECK((shift[i] < 5e-9) == (at[i] < time));
  CHECK(value(moved, "drift_onset_time") < time);
}

TEST_CASE("One halide does not drift, whatever drives it", "[drift]") {
  for (const char* segregation : {"\"ensemble\"", "\"shuttle\"", "\"both\""}) {
    const std::string text = support::replaced(held(), "CsPb(I0.67Br0.33)3", "CsPbI3");
    const scenarios::Result result = run(text, {{"drift.segregation", segregation}});
    REQUIRE(result.failures.empty());
    CHECK(std::abs(value(result, "drift_shift")) < 1e-15);
  }
}

TEST_CASE("Every driving force keeps the iodide, and off keeps everything", "[drift]") {
  for (const char* segregation : {"\"ensemble\"", "\"shuttle\"", "\"both\"", "\"off\""}) {
    const scenarios::Result result = run(held(), {{"drift.segregation", segregation}});
    REQUIRE(result.failures.empty());
    CHECK(std::abs(value(result, "drift_iodide") - 0.67) < 1e-11);
    const bool moved = std::abs(value(result, "drift_shift")) > 1e-12;
    CHECK(moved == (std::string(segregation) != "\"off\""));
  }
}

TEST_CASE("Three times the vacancies drift three times as fast; warmth drives them too", "[drift]") {
  const double slow = value(run(held(), {{"drift.step.0.dwell", "\"3 min\""}}), "drift_time_5nm");
  const double fast = value(run(held(), {{"drift.vacancies", "\"1.8e26 1/m3\""}, {"drift.step.0.dwell", "\"1 min\""}}),
                            "drift_time_5nm");
  CHECK(slow == Approx(3 * fast).epsilon(1e-9));
  CHECK(value(run(held(), {{"drift.temperature", "\"320 K\""}}), "drift_rate") >
        1.5 * value(run(held()), "drift_rate"));
}

TEST_CASE("In the dark it recovers", "[drift]") {
  const scenarios::Result result = run(held() + "[[drift.step]]\ndwell = \"2 h\"\npoints = 2\n");
  REQUIRE(result.failures.empty());
  const std::vector<double> peaks = values(result, "peak");
  CHECK(peaks[6] > value(result, "pl_peak") + 3e-9);
  CHECK(std::abs(peaks.back() - value(result, "pl_peak")) < 0.5e-9);
}

TEST_CASE("A staircase, pulses and a current", "[drift]") {
  const auto levels = [](const std::string& steps) {
    std::vector<double> voltages;
    const std::string text = crystals() + "[drift]\nvacancies = \"6e25 1/m3\"\n" + steps;
    for (const scenarios::ProtocolHold& hold : scenarios::holds_of(support::plans_of(text).front().drift->protocol))
      voltages.push_back(hold.voltage);
    return voltages;
  };
  const std::vector<double> up = levels(
      "[[drift.step]]\nfrom = \"3.6 V\"\nvoltage = \"4.2 V\"\nincrement = \"0.2 V\"\ndwell = \"1 s\"\n"
      "[[drift.step]]\nvoltage = \"3.9 V\"\nincrement = \"0.2 V\"\ndwell = \"1 s\"\n");
  REQUIRE(up.size() == 6);
  for (const auto& [i, v] : {std::pair{0, 3.6}, {1, 3.8}, {2, 4.0}, {3, 4.2}, {4, 4.0}, {5, 3.9}})
    CHECK(up[static_cast<std::size_t>(i)] == Approx(v));
  CHECK(levels("[[drift.step]]\nvoltage = \"5 V\"\ndwell = \"1 s\"\nrest = \"2 s\"\ncycles = 3\n") ==
        std::vector<double>{5, 0, 5, 0, 5, 0});

  const scenarios::Result result = run(
      crystals() + "[drift]\nvacancies = \"6e25 1/m3\"\n[[drift.step]]\ncurrent = \"76 mA/cm2\"\ndwell = \"10 s\"\n");
  CHECK(values(result, "voltage")[1] == Approx(6.58));  // 4.58 V + sqrt(76/19)
}

TEST_CASE("Light takes iodide after a while, sooner with more vacancies", "[drift]") {
  const auto lit = [](const char* vacancies) {
    return run(crystals() + "[drift]\nvacancies = \"" + vacancies +
               " 1/m3\"\n[[drift.step]]\nlight = \"100 mW/cm2\"\ndwell = \"480 s\"\npoints = 48\n");
  };
  const scenarios::Result many = lit("6e25"), few = lit("2e25");
  CHECK(value(many, "drift_shift") < -2e-9);
  CHECK(value(few, "drift_shift") > value(many, "drift_shift"));
  CHECK(value(few, "drift_onset_time") > value(many, "drift_onset_time"));
}

TEST_CASE("Light takes no more iodide than there is, and none where nothing could take its place", "[drift]") {
  const std::string lit =
      crystals() +
      "[drift]\nvacancies = \"6e25 1/m3\"\n[[drift.step]]\nlight = \"100 mW/cm2\"\ndwell = \"3600 s\"\n"
      "points = 4\n";
  const auto left = [&](const char* composition, const char* segregation) {
    const scenarios::Result result = run(support::replaced(lit, "CsPb(I0.67Br0.33)3", composition),
                                         {{"drift.segregation", segregation}, {"drift.cells", "120"}});
    REQUIRE(result.failures.empty());
    return value(result, "drift_iodide");
  };
  for (const char* segregation : {"\"ensemble\"", "\"shuttle\"", "\"both\""}) {
    CHECK(left("CsPbI3", segregation) == Approx(1).epsilon(1e-12));
    CHECK(left("CsPbBr3", segregation) == 0);
    // the same share of whatever there is
    const double half = left("CsPb(I0.5Br0.5)3", segregation) / 0.5;
    CHECK(half < 0.9);
    CHECK(left("CsPb(I0.1Br0.9)3", segregation) / 0.1 == Approx(half).epsilon(1e-6));
  }
}

TEST_CASE("What composition does is told apart from what filling does", "[drift]") {
  const scenarios::Result rested = run(held() + "[[drift.step]]\ndwell = \"2 h\"\npoints = 2\n");
  CHECK(value(rested, "drift_shift") > 3e-9);  // the first point had carriers, which fill the lowest states
  CHECK(std::abs(value(rested, "drift_shift_of_composition")) < 0.1e-9);
  const scenarios::Result driven = run(held());
  CHECK(value(driven, "drift_shift_of_composition") == Approx(value(driven, "drift_shift")).epsilon(1e-9));
}

TEST_CASE("Both driving forces without a current are the ensemble", "[drift]") {
  const std::vector<scenarios::Override> idle{{"drift.current", "\"0 mA/cm2\""}, {"drift.depths", "2"}};
  std::vector<scenarios::Override> both = idle;
  both.push_back({"drift.segregation", "\"both\""});
  CHECK(value(run(held(), both), "drift_shift") == Approx(value(run(held(), idle), "drift_shift")).epsilon(0.01));
}

TEST_CASE("In the cold next to nothing is exchanged, and the run ends", "[drift]") {
  for (const char* temperature : {"\"100 K\"", "\"150 K\"", "\"200 K\""}) {
    const scenarios::Result cold = run(held(), {{"drift.temperature", temperature}});
    REQUIRE(cold.failures.empty());
    CHECK(cold.drift->steps < 500);
    CHECK(std::abs(value(cold, "drift_iodide") - 0.67) < 1e-12);
  }
}

TEST_CASE("Carriers may come from the device", "[drift][slow]") {
  std::vector<scenarios::Override> set{
      {"drift.carriers", "\"device\""}, {"drift.driven_by", "\"majority\""}, {"drift.ions", "\"layer\""}};
  const scenarios::Result result = run(with_device(), set);
  REQUIRE(result.failures.empty());
  CHECK(value(result, "drift_occupancy") > 0.5);
  CHECK(value(result, "drift_shift") > 3e-9);
  // and the current is that of the device
  CHECK(values(result, "current_density").back() == Approx(value(result, "current_at_bias")).epsilon(0.02));
  // The gap narrows, and the charge that gathers hardly notices: the capacitance of the transport layer sets it.
  set.push_back({"drift.back_action", "true"});
  const scenarios::Result acted = run(with_device(), set);
  REQUIRE(acted.failures.empty());
  CHECK(value(acted, "drift_occupancy") != value(result, "drift_occupancy"));
  CHECK(value(acted, "drift_occupancy") == Approx(value(result, "drift_occupancy")).epsilon(0.01));
  const scenarios::Result both = run(with_device(), {set[0], set[1], set[2], {"drift.segregation", "\"both\""}});
  REQUIRE(both.failures.empty());
  CHECK(std::abs(value(both, "drift_iodide") - 0.67) < 1e-11);
}

TEST_CASE("Either kind of a device's carriers may gather where iodide is rich", "[drift]") {
  const auto driven_by = [](const char* kind) {
    return run(with_device(), {{"drift.carriers", "\"device\""},
                               {"drift.ions", "\"layer\""},
                               {"drift.driven_by", std::string("\"") + kind + "\""}});
  };
  const scenarios::Result more = driven_by("majority"), electrons = driven_by("electrons"), holes = driven_by("holes");
  REQUIRE(more.failures.empty());
  REQUIRE(electrons.failures.empty());
  REQUIRE(holes.failures.empty());
  const double of_electrons = value(electrons, "drift_occupancy"), of_holes = value(holes, "drift_occupancy");
  CHECK(value(more, "drift_occupancy") == Approx(std::max(of_electrons, of_holes)).epsilon(1e-9));
  CHECK(std::abs(of_electrons - of_holes) > 0.01);
  CHECK((value(electrons, "drift_shift_of_composition") > value(holes, "drift_shift_of_composition")) ==
        (of_electrons > of_holes));
}

TEST_CASE("Vacancies set the rate where they are, and their profile is kept", "[drift]") {
  const std::string mobile = support::replaced(
      with_device(), "statistics = \"blakemore\"\n",
      "statistics = \"blakemore\"\nvacancy_density = \"1e24 1/m3\"\nvacancy_mobility = \"1e-14 m2/(V s)\"\n");
  const std::vector<scenarios::Override> two{
      {"drift.carriers", "\"device\""}, {"drift.depths", "2"}, {"drift.ions", "\"layer\""}};
  const scenarios::Result result = run(mobile, two), even = run(with_device(), two);
  REQUIRE(result.failures.empty());
  REQUIRE(even.failures.empty());
  const std::vector<double> profile = values(result, "vacancies_at_depth");
  REQUIRE(profile.size() == 2 * values(result, "time").size());
  // 30 nm are two monolayers: halves. The positive vacancies lie on the side that the field drives them to
  for (std::size_t i = 0; i < profile.size(); i += 2) {
    CHECK((profile[i] + profile[i + 1]) / 2 == Approx(6e25).epsilon(1e-9));
    CHECK(std::abs(profile[i] / profile[i + 1] - 1) > 0.1);
  }
  for (const double density : values(even, "vacancies_at_depth")) CHECK(density == Approx(6e25));
  CHECK(std::abs(value(result, "drift_iodide") - 0.67) < 1e-12);
}

TEST_CASE("On sites a monolayer has the carriers of its site, however few there are", "[drift]") {
  const std::string text = with_device() + "[[device.profile]]\nbias = \"5 V\"\n";
  for (const char* thickness : {"\"10 nm\"", "\"30 nm\"", "\"65 nm\""}) {
    const scenarios::Result result = run(text, {{"drift.carriers", "\"device\""},
                                                {"drift.driven_by", "\"electrons\""},
                                                {"drift.ions", "\"layer\""},
                                                {"device.transport", "\"sites\""},
                                                {"device.layer.2.thickness", thickness}});
    CAPTURE(thickness);
    REQUIRE(result.failures.empty());
    const std::vector<double> electrons = support::values_of(result, Stage::device, "electrons"),
                              layer = support::values_of(result, Stage::device, "layer");
    double most = 0;
    for (std::size_t i = 0; i < layer.size(); ++i)
      if (layer[i] == 1) most = std::max(most, electrons[i]);  // the second layer that is computed
    CHECK(value(result, "drift_occupancy") == Approx(most * std::pow(12.9e-9, 3)).epsilon(1e-3));
    bool thin = false;
    for (const scenarios::Warning& warning : result.drift->warnings)
      thin = thin || warning.text.find("thinner (10 nm) than its crystals (11.4 nm)") != std::string::npos;
    CHECK(thin == (std::string(thickness) == "\"10 nm\""));
  }
}

TEST_CASE("The vacancies that halides are exchanged through screen the field of the device's layer", "[drift]") {
  const auto occupancy = [](const std::string& device, const char* ions, const char* exchange) {
    const scenarios::Result result = run(device, {{"drift.carriers", "\"device\""},
                                                  {"drift.driven_by", "\"electrons\""},
                                                  {"drift.ions", ions},
                                                  {"drift.vacancies", exchange}});
    REQUIRE(result.failures.empty());
    return value(result, "drift_occupancy");
  };
  const char *layer = "\"layer\"", *exchange = "\"exchange\"", *some = "\"1e23 1/m3\"";
  // the same device, whether the layer says so or the exchange does; at rest no mobility matters
  for (const char* mobility : {"1e-14", "1e-16"}) {
    const std::string mobile =
        support::replaced(with_device(), "statistics = \"blakemore\"\n",
                          std::string("statistics = \"blakemore\"\nvacancy_density = \"1e23 1/m3\"\n") +
                              "vacancy_mobility = \"" + mobility + " m2/(V s)\"\n");
    CHECK(occupancy(with_device(), exchange, some) == Approx(occupancy(mobile, layer, some)).epsilon(1e-6));
    // and what the layer has does not add to it
    CHECK(occupancy(mobile, exchange, some) == Approx(occupancy(mobile, layer, some)).epsilon(1e-6));
  }
  const double none = occupancy(with_device(), layer, some);
  CHECK(occupancy(with_device(), exchange, "\"0 1/m3\"") == Approx(none).epsilon(1e-9));
  CHECK(occupancy(with_device(), exchange, some) > 1.1 * none);
}

TEST_CASE("An ageing whose device has other ions than that of its drift says so", "[drift][ageing]") {
  const auto told = [](const char* ions) {
    const scenarios::Result result =
        run(with_device() +
                "[ageing]\ncarriers = \"device\"\nvoltage = \"5 V\"\nyield = 0.5\nvacancies = \"1e23 1/m3\"\n"
                "damage = 1e-6\n",
            {{"drift.carriers", "\"device\""}, {"drift.ions", ions}, {"drift.vacancies", "\"1e23 1/m3\""}});
    REQUIRE(result.ageing);
    bool said = false;
    for (const scenarios::Warning& warning : result.warnings)
      said = said || warning.text.find("one bias carries two currents") != std::string::npos;
    return said;
  };
  CHECK(told("\"exchange\""));
  CHECK_FALSE(told("\"layer\""));
}

TEST_CASE("A drift that cannot be computed says why", "[drift]") {
  const auto wrong = [](const std::string& from, const std::string& to) {
    return support::complaint([&] { support::plans_of(support::replaced(held(), from, to)); });
  };
  support::require_parts(wrong("dwell = \"180 s\"\n", "dwell = \"0 s\"\n"),
                         {"case.toml:", "takes no time", "dwell above 0 s"});
  support::require_parts(wrong("voltage = \"5 V\"\n", "voltage = \"5 V\"\ncurrent = \"1 mA/cm2\"\n"),
                         {"a current beside a voltage"});
  support::require_parts(wrong("points = 6\n", "from = \"3 V\"\n"), {"a staircase without an increment"});
  support::require_parts(wrong("points = 6\n", "cycles = 6\n"), {"cycles without a rest"});
  support::require_parts(wrong("vacancies = \"6e25 1/m3\"\n", ""), {"come from no stage", "[surface]"});
  support::require_parts(wrong("vacancies = \"6e25 1/m3\"\n", "vacancies = \"6e25 1/m3\"\ncarriers = \"device\"\n"),
                         {"without a layer of these crystals"});
  support::require_parts(wrong("vacancies = \"6e25 1/m3\"\n", "vacancies = \"6e25 1/m3\"\nback_action = true\n"),
                         {"gives no carriers"});
  support::require_parts(wrong("vacancies = \"6e25 1/m3\"\n", "vacancies = \"6e25 1/m3\"\ndriven_by = \"holes\"\n"),
                         {"drift.driven_by", "a choice about a device", "drift.carriers"});
  support::require_parts(wrong("vacancies = \"6e25 1/m3\"\n", "vacancies = \"6e25 1/m3\"\nions = \"exchange\"\n"),
                         {"drift.ions", "a choice about a device", "drift.carriers"});
  for (const char* law : {"onset = \"3 V\"\n", "susceptibility = \"1 1/V\"\n", "current = \"1 mA/cm2\"\n"})
    support::require_parts(support::complaint([&] {
                             support::plans_of(support::replaced(
                                 with_device(), "[drift]\n", std::string("[drift]\ncarriers = \"device\"\n") + law));
                           }),
                           {"drift.", "a law of the carriers beside those of the device", "one of the two"});
  support::require_parts(wrong("CsPb(I0.67Br0.33)3", "CsPb(Br0.5Cl0.5)3"), {"chloride"});
  support::require_parts(
      support::complaint([] { support::plans_of(crystals() + "[drift]\nvacancies = \"6e25 1/m3\"\n"); }),
      {"a protocol without a step"});
  const scenarios::Result short_pulses = run(
      support::replaced(held(), "dwell = \"180 s\"\npoints = 6\n", "dwell = \"1 us\"\nrest = \"1 us\"\ncycles = 3\n"),
      {{"drift.depths", "50"}});
  REQUIRE(short_pulses.drift->warnings.size() == 2);
  support::require_parts(short_pulses.drift->warnings[0].text, {"50 depths", "monolayers"});
  support::require_parts(short_pulses.drift->warnings[1].text, {"at rest at every moment", "1e-06 s"});
  const scenarios::Result cold = run(held(), {{"confinement.temperature", "\"77 K\""}});
  REQUIRE(cold.drift->warnings.size() == 1);
  support::require_parts(cold.drift->warnings[0].text,
                         {"298.15 K (drift.temperature)", "77 K (confinement.temperature)"});
  // what only the crystals tell is a failure of the run
  const scenarios::Result full = run(held(), {{"drift.step.0.voltage", "\"20 V\""}});
  REQUIRE(full.failures.size() == 1);
  support::require_parts(full.failures[0].message, {"carriers a domain at 20 V", "fewer than 8"});
  support::require_parts(support::complaint([&] {
                           run(held(), {{"drift.vacancies", "\"1e29 1/m3\""}});
                         }),
                         {"drift.vacancies", "at most 1e+28"});
  const scenarios::Result poor =
      run(held(), {{"material.composition", "\"CsPb(I0.001Br0.999)3\""}, {"drift.cells", "60"}});
  REQUIRE(poor.failures.size() == 1);
  support::require_parts(poor.failures[0].message, {"cannot be conserved", "take more cells"});
}

TEST_CASE("Depths of a layer share its monolayers", "[drift]") {
  const scenarios::DriftLayer one(30e-9, 10e-9, 1), each(30e-9, 10e-9, 0), two(30e-9, 10e-9, 2);
  const std::vector<double> values{6, 2, 1};
  CHECK(one.sum_at(0, values) == Approx(9));
  CHECK(one.transport(1).empty());
  REQUIRE(each.depths() == 3);
  CHECK(each.mean_at(1, values) == Approx(2));
  REQUIRE(two.depths() == 2);
  CHECK(two.shares()[1] == Approx(2. / 3));
  CHECK(two.mean_at(0, values) == Approx(6));
  CHECK(two.mean_at(1, values) == Approx(1.5));
  CHECK(two.transport(3)[0] == Approx(1 / 1.5));  // a third of the layer a monolayer, one and a half of them apart
  // where the rest has no vacancies nothing passes; four times as many everywhere: four times as fast
  CHECK(two.transport(3, {1, 1, 1})[0] == Approx(two.transport(3)[0]).epsilon(1e-14));
  CHECK(two.transport(3, {4, 4, 4})[0] == Approx(4 * two.transport(3)[0]).epsilon(1e-14));
  CHECK(two.transport(3, {1, 0, 0})[0] == 0);
  CHECK(scenarios::DriftLayer(3e-9, 10e-9, 5).monolayers() == 1);
}
