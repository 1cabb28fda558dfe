#include "models/synthesis/treatment.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

using namespace nacre;
using namespace nacre::synthesis;

namespace {

constexpr double cell = 0.6e-9;
const materials::Composition mixed = materials::parse_formula("CsPb(I0.7Br0.2Cl0.1)3");

Surface sample(double open = 0.2, const materials::Composition& composition = mixed) {
  return born({1, 0, 4}, {.cation_per_lead = 0.8, .incomplete = 0.1, .open_share = open}, composition, 1.2, cell);
}

double after(const Law& law, double dose, const Surface& surface = sample()) {
  return vacancy_share(treated(surface, {law, dose}));
}

/// What crystals hold and have released together.
Halides all(const Surface& s) {
  return {s.units * s.crystal.chloride + s.released.chloride, s.units * s.crystal.bromide + s.released.bromide,
          s.units * s.crystal.iodide + s.released.iodide};
}

constexpr std::array kinds{&Halides::chloride, &Halides::bromide, &Halides::iodide};

const Antisolvent washing{{0.4, 5}, 0.1, 0.05};
const std::vector<Treatment> every_kind{{HalideExchange{0.5, 0.4}, 20},
                                        {Salt{0, 0.6, 1e6, 0.02}, 0.2},
                                        {Salt{0.1, 0.35, 1e6, 0.2}, 0.01},
                                        {AcidCleaning{0.5, 0.5, 0.2, 0.03}, 1},
                                        {LigandExchange{5, 0.8}, 1},
                                        {washing, 0.35},
                                        {Rinse{0.3}, 1},
                                        {Overlayer{2, 2}, 1},
                                        {NoTreatment{}, 1}};

}  // namespace

TEST_CASE("Halide is conserved through every treatment, kind by kind", "[treatment]") {
  Surface surface = sample();
  const Halides before = all(surface);
  for (const Treatment& treatment : every_kind) {
    surface = treated(surface, treatment);
    CHECK(all(surface).chloride == Approx(before.chloride).epsilon(1e-15));
    CHECK(all(surface).bromide == Approx(before.bromide).epsilon(1e-14));
    CHECK(all(surface).iodide == Approx(before.iodide).epsilon(1e-14));
  }
}

TEST_CASE("Crystals take no more halide than treatments and they themselves brought", "[treatment]") {
  for (const char* formula : {"CsPbI3", "CsPbBr3", "CsPbCl3", "CsPb(I0.7Br0.2Cl0.1)3"})
    for (const double open : {0.01, 0.2, 0.8}) {
      const Surface start = sample(open, materials::parse_formula(formula));
      std::vector<Treatment> steps;
      for (const Treatment& treatment : every_kind) {
        steps.push_back(treatment);
        for (const Surface& surface : {treated(start, treatment), treated(start, steps)})
          for (double Halides::*kind : kinds) {
            CHECK(surface.around.*kind >= 0);
            CHECK(surface.crystal.*kind >= 0);
            CHECK(surface.units * surface.crystal.*kind <= start.crystal.*kind + surface.offered.*kind + 1e-12);
          }
      }
    }
}

TEST_CASE("Without bromide around, washing opens an iodide's surface and leaves it an iodide", "[treatment]") {
  const Surface start = sample(0.2, materials::parse_formula("CsPbI3"));
  std::vector<Notice> notices;
  const Surface washed = treated(start, {{washing, 0.55}}, &notices);
  CHECK(washed.crystal.bromide == 0);
  CHECK(washed.released.iodide > 0);
  CHECK(open_share(washed) > open_share(start));
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].cause == Notice::Cause::halide_short);
  CHECK(notices[0].used == 0);
  notices.clear();
  const Surface fed = treated(start, {{washing, 0.55, 0.25}}, &notices);  // a quarter of a bromide a unit
  CHECK(fed.crystal.bromide == Approx(0.25).epsilon(1e-12));
  CHECK(notices.size() == 1);
  notices.clear();
  CHECK(treated(start, {{washing, 0.55, 10}}, &notices).crystal.bromide > 1);
  CHECK(notices.empty());
}

TEST_CASE("Potassium bromide gives no more bromide than it has", "[treatment]") {
  const Salt salt{0.1, 1, 1e8, 0.2};
  const Surface start = sample(0.9);
  std::vector<Notice> notices;
  const Surface after_salt = treated(start, {{salt, 0.1}}, &notices);
  CHECK(after_salt.crystal.bromide - start.crystal.bromide == Approx(0.1).epsilon(1e-9));
  CHECK(after_salt.around.bromide < 1e-12);
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].wanted > 0.1);
}

TEST_CASE("Unfinished layers go as lead halide: what acid takes is given off, not made", "[treatment]") {
  const Surface before = sample(0.2, materials::parse_formula("CsPbI3"));
  const Surface cleaned = treated(before, {AcidCleaning{1, 0, 0, 0}, 1});
  CHECK(cleaned.units < 1);
  CHECK(cleaned.released.iodide == Approx(2 * (1 - cleaned.units)).epsilon(1e-12));
  CHECK(open_share(cleaned) == Approx(0.2).epsilon(1e-12));
  CHECK(cleaned.released.bromide == 0);
}

TEST_CASE("What is washed off is there for no later step", "[treatment]") {
  const Surface exchanged = treated(sample(0.2, materials::parse_formula("CsPbBr3")), {HalideExchange{0.5, 0}, 20});
  CHECK(exchanged.around.bromide > 1);
  const Surface washed = treated(exchanged, {washing, 0.3});
  CHECK(washed.around.total() == 0);
  CHECK(treated(washed, {washing, 0.55}).crystal.bromide <= washed.crystal.bromide);
}

TEST_CASE("Sites open by as much halide as crystals lose in a washing", "[treatment]") {
  const Surface before = sample();
  const Surface washed = treated(before, {washing, 0.35});
  const double lost = washed.released.total() - before.released.total();
  CHECK(lost > 0);
  CHECK((open_share(washed) - open_share(before)) * before.sites_per_unit == Approx(lost).epsilon(1e-12));
}

TEST_CASE("A dose of nothing changes nothing", "[treatment]") {
  for (const Law& law : {Law(Salt{0, 1, 1e6, 1}), Law(washing), Law(Rinse{0.3}), Law(Overlayer{2, 2}),
                         Law(HalideExchange{0.5, 0.4}), Law(LigandExchange{5, 0.8}), Law(AcidCleaning{1, 1, 1, 1})})
    CHECK(after(law, 0) == Approx(vacancy_share(sample())).epsilon(1e-13));
}

TEST_CASE("A step of dose 0 leaves what is around the crystals, and brings no medium", "[treatment]") {
  const Surface exchanged = treated(sample(0.2, materials::parse_formula("CsPbBr3")), {HalideExchange{0.5, 0}, 20});
  REQUIRE(exchanged.around.bromide > 1);
  for (const Law& law : {Law(washing), Law(Rinse{0.3}), Law(NoTreatment{})}) {
    const Surface same = treated(exchanged, {law, 0, 3});
    CHECK(same.around.bromide == exchanged.around.bromide);
    CHECK(same.around.iodide == exchanged.around.iodide);
    CHECK(same.offered.bromide == exchanged.offered.bromide);
  }
}

TEST_CASE("A salt in several steps does what it does at once", "[treatment]") {
  const auto compare = [](const Salt& salt, double open, double dose, double most_difference) {
    const Treatment whole{salt, dose, 0, false, "salt"}, part{salt, dose / 4, 0, false, "salt"};
    std::vector<Notice> once_notices, often_notices;
    const Surface start = sample(open);
    const Surface once = treated(start, std::vector{whole}, &once_notices);
    const Surface often = treated(start, std::vector{part, part, part, part}, &often_notices);
    CHECK(open_share(often) == Approx(open_share(once)).margin(most_difference));
    CHECK(often.disturbed == Approx(once.disturbed).margin(most_difference));
    CHECK(once_notices.empty() == often_notices.empty());
    if (once_notices.empty() || often_notices.empty()) return;
    CHECK(often_notices.back().wanted == Approx(once_notices.back().wanted).epsilon(1e-3));
    CHECK(often_notices.back().used == once_notices.back().used);
  };
  for (const double dose : {0.04, 0.1, 0.2, 0.8}) {
    compare({0.1, 0.35, 1e6, 0.2}, 0.05, dose, 1e-12);       // its own equivalence
    compare({0.1, 0.35, 1e6, 0.2, 0.1}, 0.05, dose, 1e-12);  // and held to its data
  }
  for (const double dose : {0.2, 0.45, 1.5, 3.0}) compare({0, 1, 1e8, 0.3, 0.25}, 0.2, dose, 1e-4);  // titrates
}

TEST_CASE("A salt that titrates is best at its equivalence", "[treatment]") {
  const Salt salt{0, 1, 1e8, 0.05};
  const double best = equivalence(salt, sample());
  CHECK(best == Approx(0.3 * 1.2 / 0.8).epsilon(1e-12));  // open sites per lead over AX per lead
  const auto traps = [&](double dose) { return trap_density(treated(sample(), {salt, dose})); };
  for (double share : {0.2, 0.5, 0.8, 0.95}) {
    CHECK(traps(share * best) > traps((share + 0.04) * best));
    CHECK(traps((2 - share) * best) > traps((2 - share - 0.04) * best));
  }
  CHECK(after(salt, best / 2) == Approx(vacancy_share(sample()) / 2).epsilon(1e-4));
  CHECK(after(salt, best) < 1e-3 * vacancy_share(sample()));
}

TEST_CASE("No surplus of salt disturbs more sites than there are", "[treatment]") {
  const Salt salt{0, 0.6, 1e6, 0.02};
  const Surface nearly_closed = sample(1e-6);
  CHECK(treated(nearly_closed, {salt, 1e6}).disturbed < 1);
  CHECK(trap_density(treated(nearly_closed, {salt, 1e6})) <= 2.5 * nearly_closed.sites_per_area);
  // the fewer sites are open the more is left over, and no more than the dose
  const double much = treated(sample(1e-9), {salt, 1}).disturbed;
  CHECK(treated(nearly_closed, {salt, 1}).disturbed == Approx(much).epsilon(1e-5));
  CHECK(much == Approx(0.02 * 0.8 / (1 + 0.02 * 0.8)).epsilon(0.2));
}

TEST_CASE("A surplus of salt is held to its data unless told otherwise", "[treatment]") {
  const Salt salt{0, 1, 1e6, 0.3, 0.25};
  std::vector<Notice> notices;
  const Surface held = treated(sample(0.01), {{salt, 1.5}}, &notices);
  CHECK(held.disturbed == Approx(0.3 * 0.25 / (1 + 0.3 * 0.25)).epsilon(1e-9));
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].cause == Notice::Cause::surplus);
  CHECK(notices[0].used == 0.25);
  const Surface told = treated(sample(0.01), {{salt, 1.5, 0, true}}, &notices);
  CHECK(told.disturbed > held.disturbed);
  CHECK(notices[1].used == notices[1].wanted);
}

TEST_CASE("A rinse takes nothing from under an overlayer, and bares what it opens beside it", "[treatment]") {
  const Treatment layer{Overlayer{2, 2}, 1}, rinse{Rinse{0.5}, 1};
  const Surface covered = treated(sample(), layer), after_both = treated(covered, rinse);
  CHECK(vacancy_share(after_both) == Approx(1.5 * vacancy_share(covered)).epsilon(1e-12));
  CHECK(open_share(after_both) - open_share(covered) == Approx(0.5 * open_share(covered) / 9).epsilon(1e-12));
  CHECK(open_share(treated(treated(sample(), rinse), layer)) > open_share(after_both));
}

TEST_CASE("Vacancies heal by no more iodide than is offered", "[treatment]") {
  const Surface before = sample(0.5);
  const Surface after_little = treated(before, {HalideExchange{0.5, 0.4}, 1e-9});
  CHECK(open_share(after_little) == Approx(open_share(before)).epsilon(1e-6));
}

TEST_CASE("A salt with an equivalence of its own fills the share that it can", "[treatment]") {
  const Surface few = sample(0.05);  // the salt holds more than it can fill
  CHECK(after(Salt{0.1, 0.35, 1e8, 0}, 0.1, few) == Approx(0.65 * vacancy_share(few)).epsilon(1e-4));
  CHECK(after(Salt{0.1, 0.35, 1e8, 0}, 0.05, few) == Approx((1 - 0.175) * vacancy_share(few)).epsilon(1e-4));
}

TEST_CASE("Acid takes unfinished layers, and ligands with them", "[treatment]") {
  CHECK(open_share(treated(sample(), {AcidCleaning{1, 0, 0}, 1})) == Approx(0.2).epsilon(1e-12));
  CHECK(open_share(treated(sample(), {AcidCleaning{1, 0, 0.25}, 1})) == Approx(0.15).epsilon(1e-12));
  CHECK(open_share(treated(sample(), {AcidCleaning{0.4, 0, 0}, 1})) == Approx(0.26).epsilon(1e-12));
  const Surface twice = treated(sample(), {{AcidCleaning{0.5, 0, 0}, 1}, {AcidCleaning{0.5, 0, 0}, 1}});
  CHECK(open_share(twice) == Approx(0.225).epsilon(1e-12));
  CHECK(after(AcidCleaning{0, 1, 0}, 1) == Approx(open_share(sample())).epsilon(1e-12));  // bare
}

TEST_CASE("Exchanged ligands compete with what is left of the old ones", "[treatment]") {
  const double open = open_share(sample());
  CHECK(after(LigandExchange{0, 0.5}, 1) == Approx(open / 3).epsilon(1e-12));
  CHECK(after(LigandExchange{7, 1}, 1) == Approx(open / 8).epsilon(1e-12));
  CHECK(after(LigandExchange{1e9, 1}, 1) < 1e-8);
}

TEST_CASE("More polar antisolvents leave more vacancies", "[treatment]") {
  for (double polarity = 0; polarity < 0.6; polarity += 0.05)
    CHECK(after(washing, polarity + 0.05) > after(washing, polarity));
}

TEST_CASE("Without iodide an antisolvent strips in proportion to its polarity", "[treatment]") {
  const Surface bromide = sample(0.2, materials::parse_formula("CsPbBr3"));
  const double start = vacancy_share(bromide);
  CHECK(after(washing, 0.4, bromide) - start == Approx(2 * (after(washing, 0.2, bromide) - start)).epsilon(1e-10));
}

TEST_CASE("Washing the bulk is the law of washing", "[treatment]") {
  const Surface bulk = born({1, 0, 4}, {}, mixed, 0, cell);
  const Surface washed = treated(bulk, {washing, 0.35, 10});
  const materials::Composition expected = materials::wash(mixed, washing.iodide, 0.35);
  CHECK(with_halides(mixed, washed.crystal).iodide == Approx(expected.iodide).epsilon(1e-14));
  CHECK(with_halides(mixed, washed.crystal).bromide == Approx(expected.bromide).epsilon(1e-14));
}

TEST_CASE("Rinsing multiplies open sites until none is left to open", "[treatment]") {
  CHECK(after(Rinse{0.5}, 1) == Approx(1.5 * vacancy_share(sample())).epsilon(1e-12));
  CHECK(after(Rinse{0.5}, 2) == Approx(2.25 * vacancy_share(sample())).epsilon(1e-12));
  CHECK(open_share(treated(sample(), {Rinse{0.5}, 20})) == Approx(1).epsilon(1e-12));
}

TEST_CASE("Two groups cover as often as one layer upon another", "[treatment]") {
  const double once = after(Overlayer{2, 1}, 1);
  CHECK(once == Approx(vacancy_share(sample()) / 3).epsilon(1e-12));
  CHECK(after(Overlayer{2, 2}, 1) == Approx(once / 3).epsilon(1e-12));
}

TEST_CASE("Halide exchange ends where crystal and surroundings agree", "[treatment]") {
  const Surface bulk = born({1, 0, 4}, {}, materials::parse_formula("CsPbBr3"), 0, cell);
  const Surface alike = treated(bulk, {HalideExchange{1, 0}, 27});
  CHECK(alike.crystal.iodide / alike.crystal.total() == Approx(0.9).epsilon(1e-12));  // 27 of 30 halides
  const Surface some = treated(bulk, {HalideExchange{0.457, 0}, 27});
  const double iodide_left = 27 - some.crystal.iodide, bromide_out = some.released.bromide;
  CHECK(some.crystal.iodide / some.crystal.bromide == Approx(0.457 * iodide_left / bromide_out).epsilon(1e-9));
  CHECK(some.crystal.total() == Approx(3).epsilon(1e-14));
}

TEST_CASE("Steps of one treatment do what one step of their doses does", "[treatment]") {
  const std::vector<std::pair<Law, double>> laws{
      {Salt{0.1, 0.35, 1e6, 0.2}, 0.15}, {AcidCleaning{0.7, 0.5, 0.2}, 1}, {AcidCleaning{1, 1, 1}, 1},
      {LigandExchange{5, 0.8}, 1},       {LigandExchange{5, 1}, 1},        {Rinse{0.3}, 1},
      {Overlayer{0.74, 1}, 1},           {Overlayer{0.74, 2}, 1},          {HalideExchange{0.46, 0.48}, 27}};
  for (const auto& [law, dose] : laws)
    for (const int parts : {2, 10}) {
      const Surface whole = treated(sample(), {{law, dose, 0, false, "t"}});
      const std::vector<Treatment> steps(static_cast<std::size_t>(parts), {law, dose / parts, 0, false, "t"});
      const Surface in_parts = treated(sample(), steps);
      CHECK(vacancy_share(in_parts) == Approx(vacancy_share(whole)).epsilon(1e-9).margin(1e-12));
      CHECK(open_share(in_parts) == Approx(open_share(whole)).epsilon(1e-9).margin(1e-12));
      CHECK(in_parts.ligand_activity == Approx(whole.ligand_activity).epsilon(1e-12).margin(1e-12));
      CHECK(in_parts.disturbed == Approx(whole.disturbed).epsilon(1e-9).margin(1e-12));
    }
}

TEST_CASE("An exchange of ligands in parts knows what others took of its own between them", "[treatment]") {
  const Treatment half{LigandExchange{4, 1}, 0.5, 0, false, "amine"},
      acid{AcidCleaning{0, 0.5, 0}, 1, 0, false, "acid"};
  // 4 old ones: half goes, 2 new ones come; the acid halves both; the other half of the old ones goes
  CHECK(treated(sample(), {half}).ligand_activity == Approx(4).epsilon(1e-12));
  CHECK(treated(sample(), {half, acid}).ligand_activity == Approx(2).epsilon(1e-12));
  CHECK(treated(sample(), {half, acid, half}).ligand_activity == Approx(1 + 2).epsilon(1e-12));
}

TEST_CASE("An exchange says that chloride stays", "[treatment]") {
  std::vector<Notice> notices;
  const Surface chloride = born({1, 0, 4}, {}, materials::parse_formula("CsPbCl3"), 0, cell);
  const Surface after_it = treated(chloride, {{HalideExchange{0.5, 0}, 27}}, &notices);
  CHECK(after_it.crystal.chloride == chloride.crystal.chloride);
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].cause == Notice::Cause::chloride_stays);
  CHECK(notices[0].used == 0);
}
