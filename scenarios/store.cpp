#include "scenarios/store.hpp"

#include <cmath>
#include <cstdint>
#include <cstdio>

#include "engine/io/hdf5.hpp"
#include "engine/io/provenance.hpp"
#include "engine/io/whole_file.hpp"
#include "scenarios/drift_result.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/version.hpp"

namespace nacre::scenarios {
namespace {

std::string overrides_text(const Case& source) {
  std::string text;
  for (const Override& change : source.overrides) text += change.key + " = " + change.value + "\n";
  for (const FitRecord& record : source.fits) {
    for (const RecordedParameter& p : record.parameters) {
      char value[40];
      std::snprintf(value, sizeof value, "%.17g", p.value);
      for (const std::string& key : p.keys)
        text +=
            key + " = " + value + " " + p.unit + " (fitted, " + record.path.substr(record.path.rfind('/') + 1) + ")\n";
    }
  }
  return text;
}

void write_root(io::Hdf5Writer& writer, const Case& source) {
  writer.attribute(
      "/", "description",
      "Result of nacre: a group a variant, in it a group a stage; /provenance may differ between equal runs. "
      "docs/formats.md describes the layout; `nacre show FILE` says in words what is here, and `h5dump -A "
      "FILE` lists every object with its attributes.");
  writer.attribute("/", "program", "nacre");
  writer.attribute("/", "program_version", program_version());
  writer.attribute("/", "git_hash", git_hash());
  writer.attribute("/", "schema_version", std::int64_t{result_schema});
  writer.attribute("/", "title", source.title);
  writer.attribute("/", "paper", source.paper);
  writer.attribute("/", "input", source.text);
  writer.attribute("/", "input_overrides", overrides_text(source));
}

/// The data that a variant rests on, one line each, so that a file says what it was computed with.
std::string data_text(const Plan& plan) {
  std::string text;
  for (const UsedDatum& used : plan.used) {
    char value[40];
    std::snprintf(value, sizeof value, "%.17g", used.datum.value);
    const std::string key = used.datum.file + "." + used.datum.name;
    text += key + " = " + value + " (SI, " + std::string(name_of(used.datum.basis)) + ", " + used.datum.source + ")\n";
  }
  return text;
}

/// What of the variant lies beyond its data, one line each.
std::string warnings_text(const Result& result) {
  std::string text;
  for (const Warning& warning : result.plan.warnings) text += warning.text + "\n";
  for (const Warning& warning : result.warnings) text += warning.text + "\n";
  return text;
}

std::string message_of(const Result& result, Stage stage) {
  for (const Failure& failure : result.failures) {
    if (failure.stage == stage) return failure.message;
  }
  return {};
}

void write_error(io::Hdf5Writer& writer, const std::string& path, const OutputRow& row, const NumericalError& found) {
  writer.attribute(path, "numerical_error", in_unit(row, {found.change}).front());
  if (!std::isfinite(found.extrapolated)) return;
  writer.attribute(path, "extrapolated", in_unit(row, {found.extrapolated}).front());
  writer.attribute(path, "extrapolation_error", in_unit(row, {found.extrapolation_error}).front());
}

/// Beside a curve, over its axes: what it is on infinitely fine meshes, and how sure that is.
void write_errors(io::Hdf5Writer& writer, const std::string& path, const OutputRow& row,
                  const std::vector<NumericalError>& errors) {
  const auto write = [&](const std::string& ending, const std::string& meaning, double NumericalError::*member) {
    std::vector<double> values;
    bool any = false;
    for (const NumericalError& error : errors) values.push_back(error.*member), any = any || !std::isnan(error.*member);
    if (any) writer.dataset(path + ending, {row.unit, meaning}, row.axes, in_unit(row, values));
  };
  write("_extrapolated", row.name + " on infinitely fine meshes (--refine)", &NumericalError::extrapolated);
  write("_error", "estimated error of " + row.name + "_extrapolated", &NumericalError::extrapolation_error);
  write("_time_error", "estimated error of " + row.name + " by the steps in time", &NumericalError::time_error);
}

/// A dataset that is made part by part; nothing where it has no rows.
void write_parts(io::Hdf5Writer& writer, const std::string& path, const OutputRow& row, const Result& result) {
  constexpr std::size_t rows = 64;
  for (std::size_t first = 0;; first += rows) {
    const std::vector<double> values = in_unit(row, row.part(result, first, rows));
    if (values.empty()) {
      writer.close(path);
      return;
    }
    if (first == 0) writer.dataset(path, {row.unit, row.meaning}, row.axes);
    writer.rows(path, first, values);
  }
}

/// A stage's datasets. Those without values (a distribution in a mode that has none) are left out; scalars never are.
void write_stage(io::Hdf5Writer& writer, const Result& result, Stage stage, const ErrorsOfVariant& errors) {
  const std::string group = group_of(result.plan.variant) + "/" + std::string(name_of(stage));
  const std::string message = message_of(result, stage);
  writer.attribute(group, "complete", std::int64_t{message.empty()});
  if (!message.empty()) writer.attribute(group, "message", message);
  for (const OutputRow& row : outputs()) {
    if (row.stage != stage) continue;
    const std::string path = group + "/" + row.name;
    if (row.part) {
      write_parts(writer, path, row, result);
      continue;
    }
    const std::vector<double> values = in_unit(row, row.values(result));
    if (values.empty()) continue;
    const io::Label label{row.unit, row.meaning};
    if (row.is_axis())
      writer.axis(path, label, values);
    else
      writer.dataset(path, label, row.axes, values);
    if (const auto error = errors.scalars.find(row.name); row.is_scalar() && error != errors.scalars.end())
      write_error(writer, path, row, error->second);
    if (const auto error = errors.curves.find(row.name); stage == Stage::device && error != errors.curves.end())
      write_errors(writer, path, row, error->second);
  }
}

/// Where the mobile vacancies of each layer that has some come from, one line each.
std::string vacancy_sources(const Result& result) {
  std::string text;
  const std::vector<device::Layer>& layers = result.device->stack.layers;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const double density = layers[i].vacancies.density;
    const bool of_film = result.plan.device->layers[i].vacancies_of_film;
    if (!(density > 0) && !of_film) continue;
    char number[40];
    std::snprintf(number, sizeof number, "%.6g", density);
    text += layers[i].name + ": " + number + " m-3, ";
    text += of_film ? "of " + group_of(result.plan.variant) + "/film/film_vacancies: " + result.plan.surface->recipe
                    : "given with the layer";
    text += "\n";
  }
  return text;
}

void write_effort(io::Hdf5Writer& writer, const Result& result) {
  const std::string group = "/provenance" + group_of(result.plan.variant);
  if (result.history) {
    const synthesis::Effort& effort = result.history->effort;
    const std::string stage = group + "/synthesis";
    writer.attribute(stage, "steps", std::int64_t{effort.steps});
    writer.attribute(stage, "steps_rejected", std::int64_t{effort.rejected});
    writer.attribute(stage, "unknowns", std::int64_t{effort.unknowns});
    writer.attribute(stage, "mass_drift", effort.mass_drift);
    writer.attribute(stage, "relative_tolerance", result.plan.synthesis->options.relative_tolerance);
    writer.attribute(stage, "processor_seconds", result.synthesis_seconds);
  }
  if (result.optics) {
    const std::string stage = group + "/confinement";
    writer.attribute(stage, "sizing_curve_nodes", static_cast<std::int64_t>(result.optics->curve_size.size()));
    writer.attribute(stage, "photon_energies", static_cast<std::int64_t>(result.optics->photon_energy.size()));
    writer.attribute(stage, "processor_seconds", result.confinement_seconds);
  }
  if (result.photophysics) writer.attribute(group + "/photophysics", "processor_seconds", result.photophysics_seconds);
  if (result.readings) writer.attribute(group + "/instruments", "processor_seconds", result.instruments_seconds);
  if (result.device) {
    const std::string stage = group + "/device";
    writer.attribute(stage, "nodes", static_cast<std::int64_t>(result.device->nodes));
    writer.attribute(stage, "newton_iterations", std::int64_t{result.device->iterations});
    writer.attribute(stage, "bias_halvings", std::int64_t{result.device->halvings});
    writer.attribute(stage, "time_steps", std::int64_t{result.device->in_time.steps});
    writer.attribute(stage, "time_steps_rejected", std::int64_t{result.device->in_time.rejected});
    writer.attribute(stage, "time_steps_not_converged", std::int64_t{result.device->in_time.not_converged});
    writer.attribute(stage, "points", static_cast<std::int64_t>(result.device->points.size()));
    writer.attribute(stage, "processor_seconds", result.device_seconds);
  }
  if (result.drift) {
    const std::string stage = group + "/drift";
    writer.attribute(stage, "time_steps", std::int64_t{result.drift->steps});
    writer.attribute(stage, "time_steps_rejected", std::int64_t{result.drift->rejected});
    writer.attribute(stage, "time_steps_by_euler", std::int64_t{result.drift->euler});
    writer.attribute(stage, "newton_iterations", std::int64_t{result.drift->iterations});
    writer.attribute(stage, "processor_seconds", result.drift_seconds);
  }
  if (result.ageing) writer.attribute(group + "/ageing", "processor_seconds", result.ageing_seconds);
}

void write_result(io::Hdf5Writer& writer, const Result& result, const ErrorsOfVariant& errors) {
  const std::string group = group_of(result.plan.variant);
  writer.attribute(group.empty() ? "/" : group, "resolved_input", result.plan.fingerprint);
  writer.attribute(group.empty() ? "/" : group, "data", data_text(result.plan));
  if (const std::string text = warnings_text(result); !text.empty())
    writer.attribute(group.empty() ? "/" : group, "warnings", text);
  if (result.film && result.plan.surface) writer.attribute(group + "/film", "recipe", result.plan.surface->recipe);
  if (result.device) writer.attribute(group + "/device", "vacancies_from", vacancy_sources(result));
  for (const Stage stage : all_stages) {
    const bool failed = !message_of(result, stage).empty();
    if (has_stage(result, stage) || failed) write_stage(writer, result, stage, errors);
  }
}

}  // namespace

std::string group_of(const std::string& variant) {
  return variant.empty() ? "" : "/" + variant;
}

void store(const std::string& path, const Case& source, const std::vector<Result>& results,
           const NumericalErrors& errors) {
  // What need not be a pipe grows on the disk: a file may be larger than all that a run holds.
  io::Hdf5Writer writer(path, io::is_stream(path) ? io::Hdf5Writer::Home::memory : io::Hdf5Writer::Home::disk);
  write_root(writer, source);
  for (const Result& result : results) {
    const auto found = errors.find(result.plan.variant);
    write_result(writer, result, found == errors.end() ? ErrorsOfVariant{} : found->second);
  }
  std::map<std::string, std::string> facts = io::collect_provenance();
  facts["threads"] = "1";
  facts["case_file"] = source.path;
  io::write_provenance(writer, facts);
  for (const Result& result : results) write_effort(writer, result);
  writer.commit();
}

}  // namespace nacre::scenarios
