#include "scenarios/reproduce.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/io/input_table.hpp"
#include "scenarios/inference/prediction.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/pipeline.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios {
namespace {

namespace fs = std::filesystem;

Column load_column(const Case& source, const std::vector<Variant>& variants, const DataLibrary& library) {
  Column column;
  for (const Variant& variant : variants) {
    Result result;
    result.plan = load_plan(variant, library);
    column.fitted.push_back(fitted_numbers(source, variant, result.plan));
    column.results.push_back(std::move(result));
  }
  return column;
}

PaperRun load_paper(const std::string& paper, const DataLibrary& library) {
  PaperRun run;
  run.source = load_case((fs::path(shared_folder("cases")) / (paper + ".toml")).string());
  run.source.paper = paper;
  run.targets = load_targets((fs::path(shared_folder("targets")) / (paper + ".toml")).string());
  run.calibrated = load_column(run.source, run.source.variants, library);
  run.a_priori = load_column(run.source, run.source.a_priori, library);
  return run;
}

/// Whether it came to the end.
bool compute(Column& column, Pipeline& pipeline, const parallel::Stop& stop) {
  for (Result& result : column.results) {
    if (stop && stop()) return false;
    result = pipeline.run(result.plan);
  }
  return true;
}

void note_failures(const PaperRun& run, std::vector<std::string>& failures) {
  for (const Column* column : {&run.calibrated, &run.a_priori}) {
    for (const Result& result : column->results) {
      for (const Failure& failure : result.failures) {
        std::string text = run.source.paper + ": " + result.plan.variant + ": " + std::string(name_of(failure.stage)) +
                           ": " + failure.message;
        if (std::find(failures.begin(), failures.end(), text) == failures.end()) failures.push_back(std::move(text));
      }
    }
  }
}

std::set<std::string> ids_of(const std::vector<PaperRun>& runs) {
  std::set<std::string> ids;
  for (const PaperRun& run : runs) {
    for (const Target& target : run.targets) {
      if (!ids.insert(target.id).second)
        throw io::InputError(target.where, "target.id", "\"" + target.id + "\" a second time", "each id once");
    }
  }
  return ids;
}

std::vector<std::string> selected(const std::vector<std::string>& papers, const std::vector<std::string>& known) {
  for (const std::string& paper : papers) {
    if (std::find(known.begin(), known.end(), paper) != known.end()) continue;
    const std::string near = io::nearest(paper, known);
    throw io::InputError({"reproduce", 0, 0}, "", "\"" + paper + "\", a paper without targets",
                         near.empty() ? "one of " + joined(known) : "perhaps \"" + near + "\"");
  }
  return papers.empty() ? known : papers;
}

void collect_parameters(const PaperRun& run, std::vector<FittedNumber>& parameters) {
  for (const std::vector<FittedNumber>& numbers : run.calibrated.fitted) {
    for (const FittedNumber& number : numbers) {
      const bool known = std::any_of(parameters.begin(), parameters.end(),
                                     [&](const FittedNumber& p) { return p.name == number.name; });
      if (!known) parameters.push_back(number);
    }
  }
}

}  // namespace

std::vector<std::string> known_papers() {
  static const std::vector<std::string> first{"peng2022", "yang2020", "ren2024", "ye2022", "li2022"};
  std::vector<std::string> papers;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(shared_folder("targets"), error)) {
    if (entry.path().extension() == ".toml") papers.push_back(entry.path().stem().string());
  }
  const auto place = [](const std::string& paper) {
    return std::find(first.begin(), first.end(), paper) - first.begin();
  };
  std::sort(papers.begin(), papers.end(), [&](const std::string& a, const std::string& b) {
    return place(a) != place(b) ? place(a) < place(b) : a < b;
  });
  return papers;
}

Reproduction reproduce(const std::vector<std::string>& papers, const DataLibrary& library, const Sampling& sampling) {
  const std::vector<std::string> known = known_papers();
  const std::vector<std::string> wanted = selected(papers, known);
  std::vector<PaperRun> all;
  for (const std::string& paper : known) all.push_back(load_paper(paper, library));
  const std::set<std::string> ids = ids_of(all);
  const std::set<std::string> records = fit_entries(all);
  Reproduction reproduction;
  Pipeline pipeline(ModelData(library).colour_table(), sampling.stop);
  for (PaperRun& run : all) {
    if (std::find(wanted.begin(), wanted.end(), run.source.paper) == wanted.end()) continue;
    if (!compute(run.calibrated, pipeline, sampling.stop) || !compute(run.a_priori, pipeline, sampling.stop)) break;
    for (Comparison& comparison : compare(run, ids, records)) reproduction.comparisons.push_back(std::move(comparison));
    note_failures(run, reproduction.failures);
    collect_parameters(run, reproduction.parameters);
    reproduction.runs.push_back(std::move(run));
  }
  reproduction.samples = sampling.samples;
  for (const PaperRun& run : reproduction.runs) {
    if (sampling.samples == 0) break;
    inference::add_uncertainty(run, reproduction.comparisons, sampling.samples, sampling.seed, library,
                               {sampling.workers, sampling.stop});
  }
  return reproduction;
}

namespace {

void count_free_entries(const Comparison& comparison, Tally& tally) {
  const auto& computed = comparison.calibrated ? comparison.calibrated : comparison.a_priori;
  if (comparison.verdict == Verdict::missing || !computed) return;
  for (const std::size_t entry : comparison.not_fitted) {
    ++tally.free_entries;
    tally.free_entries_within += is_entry_within(comparison.target, entry, *computed);
  }
}

}  // namespace

Tally tally(const std::vector<Comparison>& comparisons, const std::string& paper) {
  Tally tally;
  for (const Comparison& comparison : comparisons) {
    if (!paper.empty() && comparison.target.paper != paper) continue;
    const int within = comparison.verdict == Verdict::within;
    count_free_entries(comparison, tally);
    if (comparison.verdict == Verdict::missing) {
      ++tally.missing;
    } else if (comparison.used_in_fit) {
      ++tally.fitted;
      tally.fitted_within += within;
    } else {
      ++tally.predicted;
      tally.predicted_within += within;
    }
  }
  return tally;
}

std::string headline(const Tally& t) {
  return "predicted: " + std::to_string(t.predicted_within) + " of " + std::to_string(t.predicted) +
         " within; fitted: " + std::to_string(t.fitted_within) + " of " + std::to_string(t.fitted) + " within";
}

std::string free_entries_text(const Tally& t) {
  if (t.free_entries == 0) return "";
  return "of lists fitted in part, entries that took no part: " + std::to_string(t.free_entries_within) + " of " +
         std::to_string(t.free_entries) + " within";
}

/// Variants that bound a range over an assumption, with those that they are like, and that nothing is judged by: their
/// constants predict nothing.
static std::set<std::string> alternatives_of(const PaperRun& run) {
  std::set<std::string> bounding, judged;
  for (const Target& target : run.targets) {
    const auto add = [](const std::vector<Expression>& expressions, std::set<std::string>& variants) {
      for (const Expression& expression : expressions)
        for (const Reference& reference : expression.references()) variants.insert(reference.variant);
    };
    add(target.between, bounding);
    add(target.from, judged);
    add(target.chain, judged);
  }
  for (const Variant& variant : run.source.variants) {
    if (!bounding.contains(variant.name)) continue;
    for (const Ancestor& ancestor : variant.like) bounding.insert(ancestor.name);
  }
  for (const std::string& variant : judged) bounding.erase(variant);
  return bounding;
}

FittedCount count_fitted(const PaperRun& run) {
  std::set<std::string> own_ids, own, taken_over;
  for (const Target& target : run.targets) own_ids.insert(target.id);
  const std::set<std::string> alternatives = alternatives_of(run);
  for (std::size_t i = 0; i < run.calibrated.fitted.size(); ++i) {
    if (alternatives.contains(run.source.variants[i].name)) continue;
    for (const FittedNumber& number : run.calibrated.fitted[i])
      (any_fitted_to({number}, own_ids) ? own : taken_over).insert(number.what);
  }
  return {static_cast<int>(own.size()), static_cast<int>(taken_over.size())};
}

}  // namespace nacre::scenarios
