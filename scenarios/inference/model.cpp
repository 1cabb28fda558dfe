#include "scenarios/inference/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/units/quantity.hpp"
#include "scenarios/drift_plan.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/pipeline.hpp"

namespace nacre::scenarios::inference {
namespace {

using io::InputError;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t stages = all_stages.size();
constexpr double vanishing = 1e-3;  // of the maximum of a curve

std::size_t index_of(Stage stage) {
  return static_cast<std::size_t>(std::find(all_stages.begin(), all_stages.end(), stage) - all_stages.begin());
}

double factor_of(const std::string& unit) {
  return units::parse_unit(unit).factor;
}

const OutputRow& curve_row(const std::string& name, const io::Position& where, const std::string& in) {
  std::vector<std::string> known;
  for (const OutputRow& row : outputs()) {
    if (row.axes.size() != 1 || row.is_axis()) continue;
    if (row.name == name) return row;
    known.push_back(row.name);
  }
  const std::string near = io::nearest(name, known);
  throw InputError(where, in, "\"" + name + "\"",
                   near.empty() ? "a quantity over one axis of `nacre outputs`" : "perhaps \"" + near + "\"");
}

const OutputRow& over_row(const OutputRow& curve, const std::string& name, const io::Position& where,
                          const std::string& in) {
  const std::string wanted = name.empty() ? curve.axes.front() : name;
  for (const OutputRow& row : outputs()) {
    if (row.stage == curve.stage && row.axes == curve.axes && row.name == wanted && &row != &curve) return row;
  }
  throw InputError(where, in, "\"" + wanted + "\"",
                   "what " + curve.name + " lies over: \"" + curve.axes.front() + "\"");
}

std::string of_variant(const std::string& name) {
  return name.empty() ? "" : name + ": ";
}

std::string reason_of(const Result& result, const Plan& plan, const std::string& output) {
  const std::string variant = of_variant(plan.variant);
  if (result.failures.empty()) return variant + output + " has no finite value";
  const Failure& first = result.failures.front();
  return variant + std::string(name_of(first.stage)) + ": " + first.message;
}

}  // namespace

bool is_run(const Plan& plan, Stage stage) {
  switch (stage) {
    case Stage::material:
      return plan.has_material;
    case Stage::synthesis:
      return plan.synthesis.has_value();
    case Stage::sizes:
      return plan.synthesis || plan.given_sizes;
    case Stage::surface:
      return plan.surface.has_value();
    case Stage::confinement:
      return plan.optics.has_value();
    case Stage::photophysics:
      return plan.photophysics.has_value();
    case Stage::film:
      return plan.film.has_value();
    case Stage::instruments:
      return plan.instruments.has_value();
    case Stage::device:
      return plan.device.has_value();
    case Stage::drift:
      return plan.drift != nullptr;
    case Stage::ageing:
      break;
  }
  return plan.ageing.has_value();
}

void prune(Plan& plan, const std::vector<bool>& needed) {
  const auto any_from = [&](Stage first) {
    for (std::size_t s = index_of(first); s < stages; ++s)
      if (needed[s]) return true;
    return false;
  };
  const bool ageing = needed[index_of(Stage::ageing)] && plan.ageing;
  const bool drift = needed[index_of(Stage::drift)] || (ageing && plan.ageing->with_drift);
  const bool instruments = needed[index_of(Stage::instruments)];
  const bool device =
      needed[index_of(Stage::device)] || (ageing && plan.ageing->by_device) || (drift && plan.drift && plan.drift->carriers == CarrierSource::device);
  const bool film = device || ageing || needed[index_of(Stage::film)] || (drift && plan.drift && plan.drift->vacancies_of_film);
  if (!ageing) plan.ageing.reset();
  if (!drift) plan.drift.reset();
  if (!device) plan.device.reset();
  if (!instruments) plan.instruments.reset();
  if (!film) plan.film.reset();
  if (!film && !instruments && !needed[index_of(Stage::photophysics)]) plan.photophysics.reset();
  if (!any_from(Stage::surface)) plan.optics.reset();
  // With sizes given by hand the flask only says how the surface was born.
  if (plan.size_source == SizeSource::given && !needed[index_of(Stage::synthesis)]) plan.synthesis.reset();
  for (const bool one : needed) plan.fingerprint += one ? '1' : '0';
}

Model::Model(std::vector<NamedCase> cases, std::vector<Parameter> parameters, const DataLibrary& library)
    : cases_(std::move(cases)),
      parameters_(std::move(parameters)),
      library_(library),
      eye_(ModelData(library).colour_table()) {}

std::size_t Model::scene_of(const std::string& variant, std::size_t which_case, const io::Position& where,
                            const std::string& in, const Settings& settings) {
  const Case& source = cases_[which_case].source;
  std::vector<std::string> names;
  for (const Variant& candidate : source.variants) {
    names.push_back(candidate.name);
    if (candidate.name != variant) continue;
    Scene scene{which_case, candidate, {}, std::vector<bool>(stages, false)};
    std::string text = std::to_string(which_case) + "/" + variant;
    for (const auto& [key, entry] : settings) scene.variant.document.set(key, entry);
    if (!settings.empty()) text += canonical_text(scene.variant.document);
    const auto [known, is_new] = scene_by_text_.emplace(text, scenes_.size());
    if (is_new) scenes_.push_back(std::move(scene));
    return known->second;
  }
  const std::string near = io::nearest(variant, names);
  const bool none = names.size() == 1 && names.front().empty();
  throw InputError(where, in, "variant \"" + variant + "\", which " + source.path + " does not have",
                   none           ? "no variant: the case has none"
                   : near.empty() ? "VARIANT.OUTPUT with one of its variants"
                                  : "perhaps \"" + near + "\"");
}

std::size_t Model::ask(std::size_t index, Asked asked, const io::Position& where, const std::string& in) {
  Scene& scene = scenes_[index];
  if (!is_run(load_plan(scene.variant, library_), asked.row->stage)) {
    throw InputError(
        where, in, "\"" + asked.row->name + "\", of a stage that the case does not run",
        "an output of a stage that it runs, or a table [" + std::string(name_of(asked.row->stage)) + "] in the case");
  }
  scene.needed[index_of(asked.row->stage)] = true;
  asked.factor = factor_of(asked.row->unit);
  const std::size_t place = asked.place;
  scene.asked.push_back(std::move(asked));
  return place;
}

std::size_t Model::add(const Expression& expression, std::size_t which_case, const io::Position& where,
                       const std::string& in, const Settings& settings) {
  const OutputRow& row = *find_scalar(expression.first.output);
  const std::size_t place = width_++;
  units_.push_back(row.unit);
  const std::size_t first = scene_of(expression.first.variant, which_case, where, in, settings);
  ask(first, {&row, nullptr, {}, place, 1, 1}, where, in);
  if (!expression.minus) return place;
  const OutputRow& other = *find_scalar(expression.minus->output);
  if (other.unit != row.unit)
    throw InputError(where, in, "a difference of " + row.unit + " and " + other.unit, "outputs of one unit");
  const std::size_t second = scene_of(expression.minus->variant, which_case, where, in, settings);
  // A place of its own, which nobody is told.
  const std::size_t part = width_++;
  units_.push_back(row.unit);
  ask(second, {&other, nullptr, {}, part, 1, 1}, where, in);
  differences_.push_back({place, place, part});
  return place;
}

std::size_t Model::add(const CurveAt& curve, const std::string& variant, std::size_t which_case,
                       const io::Position& where, const std::string& in) {
  const OutputRow& row = curve_row(curve.output, where, in);
  const std::size_t place = width_;
  width_ += curve.places.size();
  units_.insert(units_.end(), curve.places.size(), row.unit);
  const std::size_t scene = scene_of(variant, which_case, where, in, {});
  return ask(scene, {&row, &over_row(row, curve.over, where, in), curve, place, curve.places.size(), 1}, where, in);
}

std::string Model::axis_unit(const CurveAt& curve, const io::Position& where, const std::string& in) const {
  return over_row(curve_row(curve.output, where, in), curve.over, where, in).unit;
}

Variant Model::variant_at(const Scene& scene, const std::vector<double>& parameters) const {
  Variant variant = scene.variant;
  for (std::size_t k = 0; k < parameters_.size(); ++k) parameters_[k].apply(parameters[k], scene.which_case, variant);
  return variant;
}

void Model::run(std::size_t index, const std::vector<double>& parameters, std::vector<double>& all,
                std::string& reason) const {
  const Scene& scene = scenes_[index];
  try {
    Plan plan = load_plan(variant_at(scene, parameters), library_);
    prune(plan, scene.needed);
    const Result result = Pipeline(eye_).run(plan);
    for (const Asked& asked : scene.asked) {
      double* values = &all[asked.place];
      if (asked.over)
        sample(asked, result, values);
      else
        *values = scalar(*asked.row, result) / asked.factor;
      for (std::size_t i = 0; i < asked.width; ++i) {
        if (std::isfinite(values[i])) continue;
        values[i] = nan;
        if (reason.empty() && asked.over) reason = off_axis(asked, i, result, plan.variant);
        if (reason.empty()) reason = reason_of(result, plan, asked.row->name);
      }
    }
  } catch (const std::exception& error) {
    if (reason.empty()) reason = error.what();
  }
}

/// Linear between the points of the curve, both walked upwards. Beyond an end where the curve has all but vanished it
/// is 0, as a spectrum is outside its band; elsewhere, and where no place is on the axis at all, NaN.
void Model::sample(const Asked& asked, const Result& result, double* values) {
  std::fill(values, values + asked.width, nan);
  std::vector<double> x = asked.over->values(result), y = asked.row->values(result);
  if (x.size() < 2 || x.size() != y.size()) return;
  if (x.front() > x.back()) std::reverse(x.begin(), x.end()), std::reverse(y.begin(), y.end());
  const auto is_on = [&](double place) { return place >= x.front() && place <= x.back(); };
  if (std::none_of(asked.curve.places.begin(), asked.curve.places.end(), is_on)) return;
  const double vanished = vanishing * *std::max_element(y.begin(), y.end());
  for (std::size_t i = 0; i < asked.width; ++i) {
    const double wanted = asked.curve.places[i];
    if (!is_on(wanted)) {
      if (std::abs(wanted < x.front() ? y.front() : y.back()) <= vanished) values[i] = 0;
      continue;
    }
    const auto upper = std::max<std::ptrdiff_t>(1, std::lower_bound(x.begin(), x.end(), wanted) - x.begin());
    const auto right = static_cast<std::size_t>(upper);
    const double share = (wanted - x[right - 1]) / (x[right] - x[right - 1]);
    values[i] = (y[right - 1] + share * (y[right] - y[right - 1])) / asked.factor;
  }
}

std::string Model::off_axis(const Asked& asked, std::size_t i, const Result& result, const std::string& variant) {
  const std::vector<double> x = asked.over->values(result);
  if (x.size() < 2) return "";
  const double unit = factor_of(asked.over->unit), a = x.front() / unit, b = x.back() / unit;
  const double place = asked.curve.places[i] / unit;
  if (place >= std::min(a, b) && place <= std::max(a, b)) return "";
  return fmt::format("{}: {:.6g} {} lies beyond {}{}, which is computed from {:.6g} to {:.6g}",
                     i < asked.curve.labels.size() ? asked.curve.labels[i] : "a curve", place, asked.over->unit,
                     of_variant(variant), asked.row->name, std::min(a, b), std::max(a, b));
}

std::string Model::off_axis(const std::vector<double>& parameters) const {
  for (const Scene& scene : scenes_) {
    if (std::none_of(scene.asked.begin(), scene.asked.end(), [](const Asked& a) { return a.over; })) continue;
    try {
      Plan plan = load_plan(variant_at(scene, parameters), library_);
      prune(plan, scene.needed);
      const Result result = Pipeline(eye_).run(plan);
      for (const Asked& asked : scene.asked) {
        if (!asked.over) continue;
        std::vector<double> values(asked.width);
        sample(asked, result, values.data());
        for (std::size_t i = 0; i < asked.width; ++i) {
          std::string text = std::isfinite(values[i]) ? "" : off_axis(asked, i, result, plan.variant);
          if (!text.empty()) return text;
        }
      }
    } catch (const std::exception&) {
      continue;  // a start that cannot be computed is no business of an axis
    }
  }
  return "";
}

void Model::finish(std::vector<double>& values) const {
  for (const Difference& difference : differences_)
    values[difference.place] = values[difference.first] - values[difference.minus];
}

Outcome Model::at(const std::vector<double>& parameters) const {
  Outcome outcome{std::vector<double>(width_, nan), ""};
  for (std::size_t scene = 0; scene < scenes_.size(); ++scene) run(scene, parameters, outcome.values, outcome.reason);
  finish(outcome.values);
  return outcome;
}

std::string Model::identity() const {
  std::string text;
  for (const Scene& scene : scenes_) {
    text += scene.variant.name + "\n" + canonical_text(scene.variant.document);
    for (const Asked& asked : scene.asked) {
      text += asked.row->name;
      for (const double place : asked.curve.places) text += fmt::format(" {:.17g}", place);
      text += "\n";
    }
    for (const UsedDatum& used : load_plan(scene.variant, library_).used) {
      char value[40];
      std::snprintf(value, sizeof value, " %.17g\n", used.datum.value);
      text += used.datum.file + "." + used.datum.name + value;
    }
  }
  return text;
}

std::vector<std::string> Model::files() const {
  std::vector<std::string> all;
  for (const NamedCase& one : cases_) {
    all.push_back(one.source.path);
    for (const FitRecord& record : one.source.fits) all.push_back(record.path);
  }
  std::vector<double> start;
  for (const Parameter& p : parameters_) start.push_back(p.start);
  for (const UsedDatum& datum : used(start)) all.push_back(datum.datum.where.file);
  return all;
}

void Model::require_loadable(const std::vector<double>& parameters) const {
  for (const Scene& scene : scenes_) load_plan(variant_at(scene, parameters), library_);
}

std::vector<UsedDatum> Model::used(const std::vector<double>& parameters) const {
  std::vector<UsedDatum> all;
  for (const Scene& scene : scenes_) {
    for (const UsedDatum& used : load_plan(variant_at(scene, parameters), library_).used) {
      const auto same = [&](const UsedDatum& other) {
        return other.datum.file == used.datum.file && other.datum.name == used.datum.name;
      };
      if (std::none_of(all.begin(), all.end(), same)) all.push_back(used);
    }
  }
  return all;
}

}  // namespace nacre::scenarios::inference
