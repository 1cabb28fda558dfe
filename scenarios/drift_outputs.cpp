#include "scenarios/drift_outputs.hpp"

#include <limits>
#include <utility>

#include "scenarios/append.hpp"
#include "scenarios/drift_readings.hpp"

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;
using confinement::EmissionSeen;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

OutputRow row(std::string name, std::string unit, std::vector<std::string> axes, std::string meaning,
              std::function<Values(const DriftResult&)> get) {
  return {std::move(name),
          Stage::drift,
          std::move(unit),
          std::move(axes),
          std::move(meaning),
          [get = std::move(get)](const Result& r) { return r.drift ? get(*r.drift) : Values{}; },
          {}};
}

OutputRow over_time(std::string name, std::string unit, std::string meaning, Values DriftResult::*list) {
  return row(std::move(name), std::move(unit), {"time"}, std::move(meaning),
             [list](const DriftResult& d) { return d.*list; });
}

OutputRow seen(std::string name, std::string unit, std::string meaning, double EmissionSeen::*member) {
  return row(std::move(name), std::move(unit), {"time"}, std::move(meaning), [member](const DriftResult& d) {
    Values values;
    for (const EmissionSeen& one : d.seen) values.push_back(one.*member);
    return values;
  });
}

std::vector<OutputRow> course_rows() {
  return {
      over_time("time", "s", "since the protocol began; the first point has carriers, and no time has passed",
                &DriftResult::time),
      over_time("voltage", "V", "bias at that time", &DriftResult::voltage),
      over_time("current_density", "mA/cm2", "current density, of the law or of the device", &DriftResult::current),
      over_time("occupancy", "1", "carriers of a domain where they gather", &DriftResult::occupancy),
      seen("peak", "nm", "wavelength of the emission's maximum (per wavelength)", &EmissionSeen::peak),
      row("shift", "nm", {"time"}, "of this peak against the first point",
          [](const DriftResult& d) {
            Values values;
            for (const EmissionSeen& one : d.seen) values.push_back(one.peak - d.seen.front().peak);
            return values;
          }),
      row("shift_of_composition", "nm", {"time"}, "the same, had the carriers stayed those of the first point",
          [](const DriftResult& d) {
            Values values;
            for (const double peak : d.peak_alike) values.push_back(peak - d.peak_alike.front());
            return values;
          }),
      seen("fwhm", "nm", "its full width at half maximum", &EmissionSeen::fwhm),
      seen("chromaticity_x", "1", "its CIE 1931 chromaticity x", &EmissionSeen::x),
      seen("chromaticity_y", "1", "its CIE 1931 chromaticity y", &EmissionSeen::y),
      seen("efficacy", "lm/W", "luminous efficacy of the radiation", &EmissionSeen::luminous_efficacy),
      over_time("iodide", "1", "mean iodide fraction of the layer", &DriftResult::iodide),
      over_time("rich_share", "1", "share of the domains richer in iodide than drift.rich_above", &DriftResult::rich),
      over_time("free_energy", "1",
                "free energy of a domain in kT: mixing, order and carriers at their occupancy; NaN without an ensemble",
                &DriftResult::free_energy),
  };
}

std::vector<OutputRow> picture_rows() {
  return {
      row("wavelength", "nm", {"wavelength"}, "of the spectra", [](const DriftResult& d) { return d.wavelength; }),
      row("emission", "nm-1", {"time", "wavelength"}, "photons per wavelength, unit area",
          [](const DriftResult& d) { return d.spectra; }),
      row("composition", "1", {"composition"}, "iodide fraction of a domain",
          [](const DriftResult& d) { return d.composition; }),
      row("composition_width", "1", {"composition"}, "of its cell, in iodide fraction; they sum to 1",
          [](const DriftResult& d) { return d.composition_width; }),
      row("domains", "1", {"time", "composition"}, "share of the domains per iodide fraction",
          [](const DriftResult& d) { return d.domains; }),
      row("depth", "1", {"depth"}, "number of a depth of the layer, from the anode's side",
          [](const DriftResult& d) {
            Values values;
            for (std::size_t i = 0; i < d.depths; ++i) values.push_back(static_cast<double>(i));
            return values;
          }),
      row("iodide_at_depth", "1", {"time", "depth"}, "mean iodide fraction of a depth",
          [](const DriftResult& d) { return d.at_depth; }),
      row("vacancies_at_depth", "m-3", {"time", "depth"},
          "halide vacancies of a depth, which its rate goes with; where the device has mobile ones, as they lie there",
          [](const DriftResult& d) { return d.vacancies_at_depth; }),
  };
}

OutputRow number(std::string name, std::string unit, std::string meaning,
                 std::function<double(const DriftResult&)> get) {
  return {
      std::move(name), Stage::drift, std::move(unit), {}, std::move(meaning), [get = std::move(get)](const Result& r) {
        return Values{r.drift && !r.drift->seen.empty() ? get(*r.drift) : nan};
      }};
}

/// Of the last point, where the protocol came to its end.
OutputRow at_end(std::string name, std::string unit, std::string meaning, double EmissionSeen::*member) {
  return number(std::move(name), std::move(unit), std::move(meaning),
                [member](const DriftResult& d) { return d.complete ? d.seen.back().*member : nan; });
}

/// Of a protocol that ends before.
OutputRow within_the_protocol(OutputRow row) {
  return may_be_unreached(std::move(row), [](const Result& r) { return r.drift && r.drift->complete; });
}

std::vector<OutputRow> scalar_rows() {
  return {
      number("drift_peak_start", "nm", "peak of the emission before any time has passed",
             [](const DriftResult& d) { return d.seen.front().peak; }),
      at_end("drift_peak", "nm", "peak of the emission at the end of the protocol", &EmissionSeen::peak),
      number("drift_shift", "nm", "difference of both",
             [](const DriftResult& d) { return d.complete ? drift_shift(d) : nan; }),
      number("drift_shift_of_composition", "nm",
             "the same under the carriers of the first point: what composition does, without what filling does",
             [](const DriftResult& d) { return d.complete ? composition_shift(d) : nan; }),
      at_end("drift_fwhm", "nm", "full width at half maximum at the end", &EmissionSeen::fwhm),
      at_end("drift_cie_x", "1", "CIE 1931 chromaticity x at the end", &EmissionSeen::x),
      at_end("drift_cie_y", "1", "CIE 1931 chromaticity y at the end", &EmissionSeen::y),
      at_end("drift_efficacy", "lm/W", "luminous efficacy of the radiation at the end",
             &EmissionSeen::luminous_efficacy),
      within_the_protocol(number("drift_onset_voltage", "V",
                                 "first bias at which the peak has moved by more than 1 nm to the red; NaN: none",
                                 [](const DriftResult& d) { return voltage_of_shift(d, 1e-9); })),
      within_the_protocol(
          number("drift_onset_time", "s",
                 "time at which composition has moved the peak by 1 nm to either side, as drift_shift_of_composition "
                 "counts, linear "
                 "between the points that are kept (drift.step.points); NaN: it does not",
                 [](const DriftResult& d) { return time_of_shift(d, 1e-9); })),
      within_the_protocol(number("drift_time_5nm", "s", "the same by 5 nm",
                                 [](const DriftResult& d) { return time_of_shift(d, 5e-9); })),
      within_the_protocol(number(
          "drift_speed", "nm/s",
          "mean from a tenth to nine tenths of the largest shift of composition, to either side: without the time "
          "before "
          "anything moves, and linear between the points that are kept",
          speed_of_drift)),
      number("drift_iodide", "1", "mean iodide fraction of the layer at the end",
             [](const DriftResult& d) { return d.iodide.back(); }),
      number("drift_rich_share", "1", "share of the domains that are rich in iodide at the end",
             [](const DriftResult& d) { return d.rich.back(); }),
      number("drift_occupancy", "1", "carriers of a domain where they gather, at the end",
             [](const DriftResult& d) { return d.occupancy.back(); }),
      number("drift_vacancies", "m-3", "halide vacancies that the exchange goes through",
             [](const DriftResult& d) { return d.vacancies; }),
      number("drift_rate", "1/s", "rate k of the exchange that they make",
             [](const DriftResult& d) { return d.exchange_rate; }),
  };
}

}  // namespace

std::vector<OutputRow> drift_outputs() {
  std::vector<OutputRow> rows = course_rows();
  append(rows, picture_rows());
  append(rows, scalar_rows());
  return rows;
}

}  // namespace nacre::scenarios
