#include "scenarios/inference/uncertainty.hpp"

#include <cmath>

#include "scenarios/reproduce.hpp"
#include "tests/scenarios/inference/fit_file.hpp"
#include "tests/scenarios/json_text.hpp"

using namespace nacre;
using namespace nacre::scenarios::inference;
using support::Folder;

namespace {

NamedCase alloys(const Folder& folder, const std::string& head = "") {
  return {"case", scenarios::load_case(folder.write("case.toml", head + support::alloys_case()))};
}

UncertaintyOutcome sampled(const NamedCase& source, const std::vector<std::string>& outputs, std::uint64_t samples,
                           int workers = 1) {
  Progress progress;
  return uncertainty(source, outputs, samples, 1, support::library(), {{parallel::Backend::threads, workers}, {}},
                     progress);
}

double sigma_of(const std::string& datum) {
  const scenarios::Datum d = datum_of(datum, support::library(), {}, "");
  return *d.sigma / 1.602176634e-19;
}

}  // namespace

TEST_CASE("Sigmas of data come out as those of a linear law", "[uncertainty]") {
  const Folder folder;
  const UncertaintyOutcome outcome = sampled(alloys(folder), {"a2.band_gap"}, 512);
  REQUIRE(outcome.spreads.size() == 1);
  // E = (E_I + E_Br)/2 - b/4, each with its own sigma; what temperature adds has none that matters here.
  double square = 0;
  for (const auto& [datum, weight] : {std::pair("materials/CsPbI3.band_gap", 0.5),
                                      {"materials/CsPbBr3.band_gap", 0.5},
                                      {"alloys/iodide-bromide.bowing", 0.25}})
    square += std::pow(weight * sigma_of(datum), 2);
  CHECK(outcome.spreads[0].sigma == Approx(std::sqrt(square)).epsilon(0.08));
  CHECK(outcome.spreads[0].low95 < outcome.spreads[0].low68);
  CHECK(outcome.spreads[0].high68 < outcome.spreads[0].high95);
  CHECK(outcome.failed == 0);
  REQUIRE_FALSE(outcome.spreads[0].causes.empty());
}

TEST_CASE("The same seed gives the same samples, however many workers there are", "[uncertainty]") {
  const Folder folder;
  const NamedCase source = alloys(folder);
  CHECK(uncertainty_json(sampled(source, {}, 32, 1)) == uncertainty_json(sampled(source, {}, 32, 3)));
}

TEST_CASE("Numbers that were fitted together are sampled together", "[uncertainty]") {
  UncertainNumbers pair;
  pair.numbers = {{"a", {"a"}, "1", 5, 1, scenarios::Basis::fitted, false},
                  {"b", {"b"}, "1", 1, 0.5, scenarios::Basis::fitted, true}};
  pair.correlation = {{1, -0.9}, {-0.9, 1}};
  double mean = 0, square = 0, product = 0, log_mean = 0, log_square = 0;
  const int count = 4096;
  for (int i = 0; i < count; ++i) {
    const std::vector<double> values = sample(pair, static_cast<std::uint64_t>(i), count, 3);
    CHECK(values[1] > 0);
    const double x = values[0] - 5, y = std::log(values[1]);
    mean += x / count, square += x * x / count, log_mean += y / count, log_square += y * y / count,
        product += x * y / count;
  }
  CHECK(mean == Approx(0).margin(0.01));
  CHECK(square == Approx(1).epsilon(0.02));
  CHECK(log_mean == Approx(0).margin(0.01));
  CHECK(std::sqrt(log_square) == Approx(std::log(1.5)).epsilon(0.02));
  CHECK(product / std::sqrt(square * log_square) == Approx(-0.9).margin(0.01));
}

TEST_CASE("The record that a case names correlates its numbers", "[uncertainty]") {
  const Folder folder;
  const std::string record =
      "schema = 1\nprogram = \"x\"\nmisfit = 0\nfitted_to = [\"a.b\"]\ncorrelation = [[1.0, RHO], [RHO, 1.0]]\n"
      "[[parameter]]\nname = \"i\"\nkeys = [\"materials/CsPbI3.band_gap\"]\nunit = \"eV\"\nvalue = 1.75\nsigma = 0.05\n"
      "[[parameter]]\nname = \"br\"\nkeys = [\"materials/CsPbBr3.band_gap\"]\nunit = \"eV\"\nvalue = 2.4\nsigma = "
      "0.05\n";
  std::vector<double> sigmas;
  for (const std::string rho : {"0.99", "-0.99"}) {
    std::string text = record;
    for (std::size_t at = text.find("RHO"); at != std::string::npos; at = text.find("RHO")) text.replace(at, 3, rho);
    folder.write("record.toml", text);
    sigmas.push_back(sampled(alloys(folder, "fits = [\"record.toml\"]\n"), {"a2.band_gap"}, 256).spreads[0].sigma);
  }
  CHECK(sigmas[0] > 2 * sigmas[1]);
  CHECK(sigmas[0] == Approx(0.05).epsilon(0.15));
}

TEST_CASE("An output that is not there is refused", "[uncertainty][bad]") {
  const Folder folder;
  const NamedCase source = alloys(folder);
  support::require_parts(support::complaint([&] { sampled(source, {"a2.band_gup"}, 8); }), {"--output", "band_gap"});
  const std::string path = folder.write("case.toml", support::alloys_case());
  CHECK(support::nacre("uncertainty " + path + " --output a9.band_gap").code == 2);
}

TEST_CASE("A constant that another case uses unchanged is sampled with those that it was fitted with",
          "[uncertainty]") {
  const UncertainNumbers all = uncertain_numbers({{"li2022", scenarios::load_case(support::case_path("li2022"))}},
                                                 support::library(), shipped_records());
  const auto place = [&](const std::string& end) {
    for (std::size_t i = 0; i < all.numbers.size(); ++i)
      if (all.numbers[i].name.ends_with(end)) return i;
    FAIL("no number " << end);
    return std::size_t{0};
  };
  const std::size_t recombination = place("interface.0.cross_recombination"), share = place("langevin");
  CHECK(all.correlation[recombination][share] == Approx(0.8).margin(0.05));
  CHECK(all.correlation[recombination][place("led_liq.device.layer.4.trap_density")] == 0);
}

TEST_CASE("reproduce --uncertainty changes no verdict and no computed number", "[uncertainty]") {
  const scenarios::Reproduction plain = scenarios::reproduce({"li2022"}, support::library());
  scenarios::Sampling sampling;
  sampling.samples = 16;
  sampling.workers = {parallel::Backend::serial, 1};
  const scenarios::Reproduction with = scenarios::reproduce({"li2022"}, support::library(), sampling);
  REQUIRE(plain.comparisons.size() == with.comparisons.size());
  int uncertain = 0;
  for (std::size_t i = 0; i < plain.comparisons.size(); ++i) {
    const scenarios::Comparison& one = with.comparisons[i];
    INFO(one.target.id);
    CHECK(one.verdict == plain.comparisons[i].verdict);
    CHECK(one.calibrated == plain.comparisons[i].calibrated);
    CHECK_FALSE(plain.comparisons[i].interval);
    const bool number = one.verdict != scenarios::Verdict::missing && one.target.kind != scenarios::TargetKind::order;
    CHECK(one.interval.has_value() == number);
    if (number) CHECK(one.interval->size() == one.target.entries());
    const bool ratio = one.target.kind == scenarios::TargetKind::ratio;
    CHECK(one.ratios.size() == (number && ratio ? one.target.entries() - 1 : 0));
    uncertain += one.interval && one.interval->front().second > one.interval->front().first;
  }
  CHECK(uncertain > 0);
}
