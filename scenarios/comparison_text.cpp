#include "scenarios/comparison_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "scenarios/words.hpp"

namespace nacre::scenarios {
namespace {

constexpr std::size_t widths[] = {22, 21, 20, 21, 7, 9};  // quantity, measured, a priori, calibrated, band, gauge

/// Cells in columns; one that is too long pushes the next, but not those behind it that have room.
std::string row(const std::string& quantity, const std::string& measured, const std::string& a_priori,
                const std::string& calibrated, const std::string& band, const std::string& gauge,
                const std::string& verdict) {
  const std::string* cells[] = {&quantity, &measured, &a_priori, &calibrated, &band, &gauge};
  std::string text;
  std::size_t end = 0;
  for (std::size_t i = 0; i < std::size(widths); ++i) text = padded(text + *cells[i], end += widths[i]);
  return text + verdict + "\n";
}

/// The same; where it would be too wide, the quantity has a line of its own.
std::string row_within(std::size_t widest, const std::string& quantity, const ComparisonCells& cells,
                       const std::string& verdict) {
  const std::string whole =
      row(quantity, cells.measured, cells.a_priori, cells.calibrated, cells.band, cells.gauge, verdict);
  if (whole.size() <= widest + 1) return whole;
  return quantity + "\n" + row("", cells.measured, cells.a_priori, cells.calibrated, cells.band, cells.gauge, verdict);
}

/// Unit behind the name of a quantity; none for a pure number or one that names itself.
std::string unit_of(const ComparisonCells& cells) {
  const bool bare = cells.unit == "1" || cells.unit.starts_with("CIE") || cells.unit.starts_with("I/") ||
                    cells.unit.starts_with("fraction");
  return bare ? "" : ", " + cells.unit;
}

/// Behind the verdict: whether a fit used it, or how many entries of it.
std::string fitted_words(const Comparison& comparison) {
  if (!comparison.used_in_fit) return "";
  const std::size_t all = comparison.target.entries(), left = comparison.not_fitted.size();
  if (left == 0) return ", fitted";
  return ", " + std::to_string(all - left) + "/" + std::to_string(all) + " fitted";
}

std::string table_of(const Reproduction& reproduction, const PaperRun& run) {
  std::string text = run.source.paper + "  " + run.source.title + "\n";
  text += row("quantity", "measured", "a priori", "calibrated", "band", "", "verdict");
  for (const Comparison& comparison : reproduction.comparisons) {
    if (comparison.target.paper != run.source.paper || comparison.verdict == Verdict::missing) continue;
    const ComparisonCells cells = cells_of(comparison);
    const std::string star = comparison.target.stands_for.empty() ? "" : "*";
    text += row_within(120, cells.quantity + star + unit_of(cells), cells, cells.verdict + fitted_words(comparison));
  }
  return text;
}

std::string counts_of(const Reproduction& reproduction, const PaperRun& run) {
  const Tally t = tally(reproduction.comparisons, run.source.paper);
  const FittedCount count = count_fitted(run);
  std::string text = headline(t) + "; missing: " + std::to_string(t.missing) +
                     ". Constants fitted to this paper: " + std::to_string(count.own);
  if (count.taken_over > 0) text += ", to others: " + std::to_string(count.taken_over);
  if (t.free_entries > 0) text += "; " + free_entries_text(t);
  return wrapped(text + ".", 118, "  ") + "\n";
}

/// What comes out when nothing is given by hand in between: the errors of all stages together.
std::string chains_of(const Reproduction& reproduction) {
  std::string text;
  for (const Comparison& comparison : reproduction.comparisons) {
    if (comparison.target.chain.empty()) continue;
    const ComparisonCells cells = cells_of(comparison);
    const std::string verdict = comparison.chain ? std::string(name_of(comparison.chain_verdict)) : "not computed";
    text += padded(comparison.target.id + unit_of(cells), 39) + padded(cells.measured, 27) + padded(cells.chain, 27) +
            verdict + "\n";
  }
  if (text.empty()) return "";
  return "The whole chain, from the flask to the spectrum (nothing given in between; not counted)\n" +
         padded("quantity", 39) + padded("measured", 27) + padded("chain", 27) + "verdict\n" + text + "\n";
}

constexpr double much = 0.2;  // of the samples: a row says that so many are left out

/// Share of the samples that an interval leaves out: that could not be computed, or do not reach what is asked for.
double left_out(const Comparison& comparison, std::uint64_t samples) {
  return 1 - static_cast<double>(comparison.sampled) / static_cast<double>(samples);
}

/// How far the numbers that were judged can be off. It changes no verdict.
std::string uncertainties_of(const Reproduction& reproduction) {
  std::string text;
  double most = 0;
  for (const Comparison& comparison : reproduction.comparisons) {
    const UncertaintyCells uncertain = uncertainty_cells(comparison);
    if (uncertain.computed.empty()) continue;
    const ComparisonCells cells = cells_of(comparison);
    text += padded(comparison.target.id + unit_of(cells), 39) + padded(cells.measured, 24) +
            padded(uncertain.computed, 40) + padded(uncertain.distance, 6) + cells.verdict + fitted_words(comparison);
    const double out = left_out(comparison, reproduction.samples);
    text += out > much ? fmt::format("; {:.0f} % of the samples left out\n", 100 * out) : "\n";
    if (out <= much) most = std::max(most, out);
  }
  if (text.empty()) return "";
  return "Uncertainty: data with a sigma and fitted constants, " + std::to_string(reproduction.samples) +
         " samples; in brackets 16 to 84 %, given what the paper's own constants were fitted to\n" +
         padded("quantity", 39) + padded("measured", 24) + padded("computed", 40) + padded("sigmas", 6) + " verdict\n" +
         text +
         "sigmas: the entry (or ratio) that differs most, over the side of its interval and the band in quadrature. "
         "Verdicts use the band alone.\n" +
         fmt::format(
             "Samples that could not be computed, or do not reach what is asked for, are left out: up to {:.0f} %, "
             "more where it is said.\n\n",
             100 * most);
}

/// "0.118267 +- 0.0005 J/m2".
std::string value_of(const FittedNumber& number) {
  std::string text = fmt::format("{:.6g}", number.value);
  if (number.standard_error && *number.standard_error > 0) text += fmt::format(" +- {:.2g}", *number.standard_error);
  return text + (number.unit == "1" ? "" : " " + number.unit);
}

/// Every fitted constant in use, with what it was fitted to.
std::string constants_of(const Reproduction& reproduction) {
  std::string text;
  for (const FittedNumber& number : reproduction.parameters)
    text +=
        wrapped("  " + number.name + " = " + value_of(number) + ": " + joined(number.entries), 118, "      ") + "\n";
  return text.empty() ? "" : "\nFitted constants in use, and what each was fitted to\n" + text;
}

std::string misses_of(const Reproduction& reproduction) {
  std::string text;
  for (const Comparison& comparison : reproduction.comparisons) {
    if (comparison.verdict != Verdict::outside) continue;
    std::string why = comparison.target.known_miss.empty() ? "No reason is known." : comparison.target.known_miss;
    const ComparisonCells cells = cells_of(comparison);
    if (!cells.range.empty() && comparison.target.entries() > 1)  // no room for it in the table
      why += " Range of the first entry over what is assumed: " + cells.range + " " + cells.unit + ".";
    text += wrapped("  " + comparison.target.id + ": " + why, 118, "      ") + "\n";
  }
  return text.empty() ? "" : "\nOutside the band, and why\n" + text;
}

/// What is missing, grouped by what it awaits.
std::string missing_of(const Reproduction& reproduction) {
  std::map<std::string, std::string> groups;
  for (const Comparison& comparison : reproduction.comparisons) {
    if (comparison.verdict != Verdict::missing) continue;
    std::string& ids = groups[comparison.why_missing];
    ids += (ids.empty() ? "" : ", ") + comparison.target.id;
  }
  std::string text;
  for (const auto& [why, ids] : groups) text += wrapped("  " + why + ": " + ids, 118, "      ") + "\n";
  return text.empty() ? "" : "\nMissing\n" + text;
}

std::string stand_ins(const Reproduction& reproduction) {
  std::vector<std::string> sentences;
  for (const Comparison& comparison : reproduction.comparisons) {
    const std::string& sentence = comparison.target.stands_for;
    const bool shown = comparison.verdict != Verdict::missing && !sentence.empty();
    if (shown && std::find(sentences.begin(), sentences.end(), sentence) == sentences.end())
      sentences.push_back(sentence);
  }
  std::string text;
  for (const std::string& sentence : sentences) text += wrapped("* " + sentence, 118, "  ") + "\n";
  return text;
}

std::string bounds_of(const Reproduction& reproduction) {
  for (const Comparison& comparison : reproduction.comparisons) {
    if (comparison.bounds && comparison.target.entries() == 1)
      return "(a..b) is the range over what is assumed and not known.\n";
  }
  return "";
}

}  // namespace

std::string reproduction_text(const Reproduction& reproduction) {
  std::string text;
  for (const PaperRun& run : reproduction.runs)
    text += table_of(reproduction, run) + "  " + counts_of(reproduction, run) + "\n";
  text += chains_of(reproduction);
  text += uncertainties_of(reproduction);
  text += stand_ins(reproduction) + bounds_of(reproduction);
  text += "---|--o shows where within the band the entry that differs most lies; \"fitted\": it took part in a fit.\n";
  text += misses_of(reproduction) + missing_of(reproduction) + constants_of(reproduction);
  const Tally all = tally(reproduction.comparisons);
  if (all.free_entries > 0) text += "\n" + free_entries_text(all);
  return text + "\n" + headline(all) + "\n";
}

std::string reproduction_csv(const Reproduction& reproduction) {
  std::string text = "id,paper,unit,kind,measured,a_priori,calibrated,band,used_in_fit,verdict,note\n";
  for (const Comparison& comparison : reproduction.comparisons) {
    const ComparisonCells cells = cells_of(comparison);
    const Target& target = comparison.target;
    for (const std::string& cell :
         {target.id, target.paper, target.unit, std::string(name_of(target.kind)), cells.measured, cells.a_priori,
          cells.calibrated, cells.band, std::string(comparison.used_in_fit ? "true" : "false"), cells.verdict}) {
      text += csv_cell(cell) + ",";
    }
    text += csv_cell(note_of(comparison)) + "\n";
  }
  return text;
}

std::string reproduction_markdown(const Reproduction& reproduction) {
  std::string text =
      "| target | measured | a priori | calibrated | band | unit | verdict | |\n|---|---|---|---|---|---|---|---|\n";
  for (const Comparison& comparison : reproduction.comparisons) {
    const ComparisonCells cells = cells_of(comparison);
    for (const std::string& cell : {comparison.target.id, cells.measured, cells.a_priori, cells.calibrated, cells.band,
                                    comparison.target.unit, cells.verdict, cells.basis}) {
      text += "| " + cell + " ";
    }
    text += "|\n";
  }
  text +=
      "\n" + headline(tally(reproduction.comparisons)) + "\n\n| fitted constant | value | fitted to |\n|---|---|---|\n";
  for (const FittedNumber& number : reproduction.parameters)
    text += "| " + number.name + " | " + value_of(number) + " | " + joined(number.entries) + " |\n";
  return text;
}

}  // namespace nacre::scenarios
