#include "scenarios/synthesis_outputs.hpp"

#include <limits>
#include <utility>

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;
using synthesis::History;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

OutputRow material_scalar(std::string name, std::string unit, std::string meaning, double (*get)(const Plan&)) {
  return {std::move(name),    Stage::material,
          std::move(unit),    {},
          std::move(meaning), [get](const Result& r) { return Values{r.plan.has_material ? get(r.plan) : nan}; }};
}

OutputRow over_time(std::string name, std::string unit, std::string meaning, std::vector<double> History::*member) {
  return {std::move(name),    Stage::synthesis,
          std::move(unit),    {"time"},
          std::move(meaning), [member](const Result& r) { return r.history ? (*r.history).*member : Values{}; }};
}

/// A moment of the crystals counted; NaN while there are none to speak of.
OutputRow moment(std::string name, std::string unit, std::string meaning, std::vector<double> History::*member) {
  return {std::move(name), Stage::synthesis, std::move(unit), {"time"}, std::move(meaning), [member](const Result& r) {
            Values values = r.history ? (*r.history).*member : Values{};
            for (std::size_t i = 0; i < values.size(); ++i) {
              if (!(r.history->yield[i] >= least_yield)) values[i] = nan;
            }
            return values;
          }};
}

/// The last value of a quantity over time; NaN without a finished synthesis.
double at_end(const Result& r, std::vector<double> History::*member) {
  const bool finished = r.history && r.history->complete && !((*r.history).*member).empty();
  return finished ? ((*r.history).*member).back() : nan;
}

OutputRow size_scalar(std::string name, std::string unit, std::string meaning, double (*get)(const Result&)) {
  return {std::move(name),    Stage::sizes,
          std::move(unit),    {},
          std::move(meaning), [get](const Result& r) { return Values{get(r)}; }};
}

Values flat_density(const Result& r) {
  Values flat;
  if (r.history) {
    for (const Values& row : r.history->density) flat.insert(flat.end(), row.begin(), row.end());
  }
  return flat;
}

Values classes(const Result& r, std::vector<double> History::*member) {
  return r.history && !r.history->density.empty() ? (*r.history).*member : Values{};
}

}  // namespace

std::vector<OutputRow> material_outputs() {
  return {
      material_scalar("iodide_fraction", "1",
                      "iodide share of the halides within the crystals, after all treatments: it sets the gap",
                      [](const Plan& p) { return p.treated.composition.iodide; }),
      material_scalar("lattice_constant", "nm", "edge of the pseudo-cubic cell by Vegard's law, after all treatments",
                      [](const Plan& p) { return p.treated.bulk.lattice_constant; }),
      material_scalar("band_gap", "eV",
                      "gap of the bulk at the temperature of the spectra, without an offset of the sample",
                      [](const Plan& p) { return materials::gap(p.treated, p.temperature); }),
  };
}

std::vector<OutputRow> synthesis_outputs() {
  return {
      over_time("time", "s", "time since the injection", &History::time),
      over_time("temperature", "K", "temperature of the pot", &History::temperature),
      over_time("supersaturation", "1", "monomer over its solubility", &History::supersaturation),
      over_time("nucleation_rate", "m-3 s-1", "net flux of crystals through the smallest counted size",
                &History::nucleation_rate),
      over_time("number", "m-3", "crystals counted per volume", &History::number),
      over_time("yield", "1", "share of all formula units that is in counted crystals", &History::yield),
      moment("mean_edge", "nm",
             "mean edge of the crystals counted; NaN while they hold less than 1e-9 of all formula units",
             &History::mean_edge),
      moment("sd_edge", "nm", "standard deviation of their edges", &History::sd_edge),
      moment("skewness", "1", "skewness of their edges", &History::skewness),
      {"edge",
       Stage::synthesis,
       "nm",
       {"edge"},
       "edge of each size class, before cleaning",
       [](const Result& r) { return classes(r, &History::edge); }},
      {"width",
       Stage::synthesis,
       "nm",
       {"edge"},
       "width of each size class",
       [](const Result& r) { return classes(r, &History::width); }},
      {"density",
       Stage::synthesis,
       "m-3 nm-1",
       {"time", "edge"},
       "crystals and clusters per volume and edge",
       flat_density},
  };
}

std::vector<OutputRow> size_outputs() {
  return {
      {"edge",
       Stage::sizes,
       "nm",
       {"edge"},
       "edges that the spectra are computed from, after cleaning",
       [](const Result& r) { return r.sizes.sizes.edge; }},
      {"weight",
       Stage::sizes,
       "1",
       {"edge"},
       "share of the crystals",
       [](const Result& r) { return r.sizes.sizes.weight; }},
      size_scalar("size_mean", "nm", "mean of these edges", [](const Result& r) { return r.sizes.mean; }),
      size_scalar("size_sd", "nm", "standard deviation of these edges",
                  [](const Result& r) { return r.sizes.standard_deviation; }),
      size_scalar("skewness", "1", "skewness of these edges", [](const Result& r) { return r.sizes.skewness; }),
      size_scalar("number", "m-3", "crystals counted per volume at the end of the synthesis",
                  [](const Result& r) { return at_end(r, &History::number); }),
      size_scalar("yield", "1", "share of all formula units in counted crystals at the end of the synthesis",
                  [](const Result& r) { return at_end(r, &History::yield); }),
  };
}

}  // namespace nacre::scenarios
