#include "scenarios/inference/sensitivity.hpp"

#include <cmath>

#include "tests/scenarios/inference/fit_file.hpp"

using namespace nacre;
using namespace nacre::scenarios::inference;
using support::Folder;

namespace {

SensitivityOutcome asked_of(const std::string& text, const SensitivityAsked& what) {
  const Folder folder;
  const NamedCase source{"case", scenarios::load_case(folder.write("case.toml", text))};
  Progress progress;
  return sensitivity(source, what, support::library(), {{parallel::Backend::serial, 1}, {}}, progress);
}

std::string dots(const std::string& spread = "0 nm") {
  return "schema = 1\n[material]\ncomposition = \"MAPbBr3\"\n[confinement]\ntemperature = \"298.15 K\"\nsizing = "
         "\"MAPbBr3-literature\"\nshape "
         "= \"sphere\"\n[sizes]\nsource = \"given\"\nmean = \"4 nm\"\nstandard_deviation = \"" +
         spread + "\"\n";
}

SensitivityAsked asked(std::vector<std::string> outputs, std::vector<std::string> numbers, std::size_t morris = 0,
                       std::size_t sobol = 0) {
  SensitivityAsked what;
  what.outputs = std::move(outputs);
  what.parameters = std::move(numbers);
  what.trajectories = morris;
  what.base_samples = sobol;
  return what;
}

const std::vector<std::string> gaps{"materials/CsPbI3.band_gap=1.6 eV..1.9 eV",
                                    "materials/CsPbBr3.band_gap=2.2 eV..2.6 eV",
                                    "alloys/iodide-bromide.bowing=0.01 eV..0.4 eV"};

}  // namespace

TEST_CASE("Derivatives of the gap of an alloy are those of its law", "[sensitivity]") {
  const SensitivityOutcome outcome = asked_of(support::alloys_case(), asked({"a0.band_gap"}, gaps));
  const std::vector<Derivative>& local = outcome.outputs.at(0).local;
  CHECK(local[0].slope == Approx(0.2).epsilon(1e-3));
  CHECK(local[1].slope == Approx(0.8).epsilon(1e-3));
  CHECK(local[2].slope == Approx(-0.16).epsilon(1e-3));
  CHECK(local[0].relative == Approx(0.2 * outcome.parameters[0].start / outcome.outputs[0].value).epsilon(1e-3));
}

TEST_CASE("Morris and Sobol give the shares of a linear law", "[sensitivity]") {
  const SensitivityOutcome outcome = asked_of(support::alloys_case(), asked({"a2.band_gap"}, gaps, 6, 512));
  const OutputSensitivity& out = outcome.outputs.at(0);
  const double effects[] = {0.5 * 0.3, 0.5 * 0.4, -0.25 * 0.39};
  double variance = 0;
  for (const double effect : effects) variance += effect * effect / 12;
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(out.morris[k].mean == Approx(effects[k]).epsilon(1e-6));
    CHECK(out.morris[k].spread == Approx(0).margin(1e-9));
    const double share = effects[k] * effects[k] / 12 / variance;
    CHECK(out.sobol.first[k].value == Approx(share).margin(0.01));
    CHECK(out.sobol.total[k].value == Approx(share).margin(0.01));
    CHECK(out.sobol.first[k].low <= share + 0.01);
    CHECK(out.sobol.first[k].high >= share - 0.01);
  }
}

TEST_CASE("The peak's derivatives by dual numbers are those by differences", "[sensitivity]") {
  const std::vector<std::string> numbers{
      "materials/MAPbBr3.band_gap", "materials/MAPbBr3.reduced_mass",       "materials/MAPbBr3.permittivity",
      "materials/MAPbBr3.barrier",  "sizing/MAPbBr3-literature.size_ratio", "sizing/MAPbBr3-literature.gap_offset"};
  for (const auto& [spread, output] :
       {std::pair<std::string, std::string>{"0 nm", "pl_peak"}, {"0.5 nm", "pl_peak"}, {"0.5 nm", "pl_peak_energy"}}) {
    const SensitivityOutcome exact = asked_of(dots(spread), asked({output}, numbers));
    for (std::size_t k = 0; k < numbers.size(); ++k) {
      INFO(output << " " << spread << " " << numbers[k]);
      const Derivative& d = exact.outputs[0].local[k];
      CHECK(d.exact);
      const Parameter& p = exact.parameters[k];
      const double h = (numbers[k].ends_with("gap_offset") ? 0.1 : 0.01) * std::abs(p.start);
      Model model({{"case",
                    [&] {
                      const Folder folder;
                      return scenarios::load_case(folder.write("case.toml", dots(spread)));
                    }()}},
                  {p}, support::library());
      model.add(scenarios::parse_expression(output, {}, ""), 0, {}, "");
      const double slope = (model.at({p.start + h}).values[0] - model.at({p.start - h}).values[0]) / (2 * h);
      CHECK(d.slope == Approx(slope).epsilon(0.01).margin(1e-3 * std::abs(exact.outputs[0].value / p.start)));
    }
    CHECK(exact.evaluations == 1);
  }
}

TEST_CASE("The derivative of a difference of two peaks is that of its parts", "[sensitivity]") {
  const std::string two = dots("0.5 nm") + "[variant.a]\n[variant.b]\nsizes.mean = \"6 nm\"\n";
  const SensitivityOutcome outcome = asked_of(
      two, asked({"a.pl_peak", "b.pl_peak", "b.pl_peak - a.pl_peak"}, {"sizing/MAPbBr3-literature.size_ratio"}));
  const auto slope = [&](std::size_t i) { return outcome.outputs[i].local[0].slope; };
  CHECK(outcome.outputs[2].local[0].exact);
  CHECK(slope(2) == Approx(slope(1) - slope(0)));
  CHECK(outcome.evaluations == 1);
}

TEST_CASE("What acts otherwise than through the bands is left to differences", "[sensitivity]") {
  const SensitivityOutcome outcome =
      asked_of(dots("0.3 nm"), asked({"pl_peak"}, {"sizes.mean", "materials/MAPbBr3.linewidth_static"}));
  CHECK_FALSE(outcome.outputs[0].local[0].exact);
  CHECK_FALSE(outcome.outputs[0].local[1].exact);
  CHECK(outcome.outputs[0].local[0].slope > 0);
}

TEST_CASE("Wrong numbers, ranges and outputs are refused", "[sensitivity][bad]") {
  const auto refused = [](const SensitivityAsked& what, const std::vector<std::string>& parts) {
    support::require_parts(support::complaint([&] { asked_of(support::alloys_case(), what); }), parts);
  };
  refused(asked({"a0.band_gup"}, gaps), {"band_gap"});
  refused(asked({}, gaps), {"--output"});
  refused(asked({"a0.band_gap"}, {"materials/CsPbI3.band_gup"}), {"--by", "band_gap"});
  refused(asked({"a0.band_gap"}, {"materials/CsPbI3.band_gap=1 nm..2 nm"}), {"a length"});
  refused(asked({"a0.band_gap"}, {"materials/CsPbI3.band_gap=2 eV..3 eV"}), {"holds the number"});
  refused(asked({"a0.band_gap"}, {"materials/CsPbI3.band_gap=2 eV"}), {"FROM..TO"});
}
