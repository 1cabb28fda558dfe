#include "scenarios/inference/measured.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "engine/io/input_leaf.hpp"
#include "engine/units/constants.hpp"
#include "engine/units/quantity.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios::inference {
namespace {

namespace fs = std::filesystem;
using io::InputError;

/// The factor from a unit to another of the same dimension. Throws io::InputError.
double factor_between(const std::string& from, const std::string& to, const io::Position& where,
                      const std::string& in) {
  try {
    const units::Unit a = units::parse_unit(from), b = units::parse_unit(to);
    if (a.dimension == b.dimension && a.offset == 0) return a.factor / b.factor;
    throw InputError(where, in, "\"" + from + "\" (" + units::describe(a.dimension) + ")",
                     units::describe(b.dimension) + " such as " + to);
  } catch (const std::invalid_argument& error) {
    throw InputError(where, in, "\"" + from + "\"", std::string("a unit (") + error.what() + ")");
  }
}

/// Of a wavelength [m], in eV.
double photon_energy(double wavelength) {
  namespace constant = units::constants;
  return constant::planck * constant::speed_of_light / wavelength / constant::electron_volt;
}

/// Reads one [[target]].
class TargetReader {
 public:
  TargetReader(const io::Inputs& inputs, const io::Document& document, int index, Model& model)
      : inputs_(inputs),
        document_(document),
        index_(static_cast<std::size_t>(index)),
        prefix_("target." + std::to_string(index) + "."),
        model_(model) {}

  std::vector<Datapoint> read() {
    std::vector<Datapoint> points = of_any();
    for (Datapoint& point : points) {
      if (point.where.file.empty()) point.where = where(given("id") ? "id" : "output");
      if (model_.cases().size() > 1) point.which_case = model_.cases()[which_].name;
      point.identity = std::to_string(which_) + "/" + point.identity;
    }
    return points;
  }

 private:
  std::vector<Datapoint> of_any() {
    weight_ = inputs_.number(prefix_ + "weight");
    const bool by_id = given("id"), by_file = given("file");
    if (by_id && (given("value") || by_file || given("output")))
      fail("id", "an id beside value, file or output", "an id alone, or an output with what was measured");
    if (by_id) return of_paper();
    if (!given("output")) fail("output", "nothing", "an `output`, or the `id` of a target");
    which_ = case_of(text("case"), model_.cases(), where("output"), prefix_ + "case");
    name_ = given("name") ? text("name") : text("output");
    if (by_file == given("value"))
      fail("value", by_file ? "both a value and a file" : "neither a value nor a file", "one of them");
    if (!by_file) return of_value();
    const CsvTable table(file_path());
    if (!given("name")) name_ = fs::path(text("file")).stem().string();
    return inputs_.count(prefix_ + "input") > 0 ? of_lines(table) : of_curve(table);
  }

  std::string text(const std::string& key) const { return inputs_.text(prefix_ + key); }
  bool given(const std::string& key) const { return inputs_.given(prefix_ + key); }
  io::Position where(const std::string& key) const { return inputs_.where(prefix_ + key); }
  [[noreturn]] void fail(const std::string& key, const std::string& read, const std::string& expected) const {
    throw InputError(where(key), prefix_ + key, read, expected);
  }

  double sound_sigma(double sigma, const std::string& key) const {
    if (!(sigma > 0) || !std::isfinite(sigma)) fail(key, "a standard deviation that is not above 0", "one above 0");
    return sigma;
  }

  /// Of scenarios/targets, whole or an entry of it.
  std::vector<Datapoint> of_paper() {
    const std::string id = text("id"), plain = id.substr(0, id.find('[')), paper = id.substr(0, id.find('.'));
    const fs::path path = fs::path(shared_folder("targets")) / (paper + ".toml");
    std::error_code error;
    if (!fs::exists(path, error)) fail("id", "\"" + id + "\", of a paper without targets", "PAPER.QUANTITY");
    std::vector<std::string> ids;
    for (const Target& target : load_targets(path.string())) {
      if (target.id == plain) return of_target(target, id);
      ids.push_back(target.id);
    }
    const std::string near = io::nearest(plain, ids);
    fail("id", "\"" + id + "\"", near.empty() ? "a target of " + path.string() : "perhaps \"" + near + "\"");
  }

  std::vector<Datapoint> of_target(const Target& target, const std::string& id) {
    if (target.from.empty()) fail("id", "\"" + id + "\", which awaits " + target.awaits, "a target that is computed");
    const bool ratio = target.kind == TargetKind::ratio;
    if (target.kind == TargetKind::order || (ratio && id == target.id))
      fail("id", "\"" + id + "\", of which only " + (ratio ? "ratios" : "the order") + " count",
           ratio ? "an entry of it: \"" + id + "[0]\"" : "a target with numbers");
    which_ = case_of(text("case"), model_.cases(), where("id"), prefix_ + "case");
    std::vector<Datapoint> all;
    for (std::size_t i = 0; i < target.from.size(); ++i) {
      const std::string entry = target.id + "[" + std::to_string(i) + "]";
      if (id != target.id && id != entry) continue;
      const auto* list = std::get_if<std::vector<double>>(&target.value);
      all.push_back(of_entry(target, target.from[i], list ? (*list)[i] : std::get<double>(target.value)));
      all.back().target = id;
      all.back().name = all.back().identity = target.entries() > 1 ? entry : target.id;
    }
    if (all.empty()) fail("id", "\"" + id + "\"", "an entry from 0 to " + std::to_string(target.from.size() - 1));
    return all;
  }

  Datapoint of_entry(const Target& target, const Expression& expression, double measured) {
    Datapoint point = computed(expression);
    const std::string unit = target.plain_unit();
    // "fraction of initial PL" is no unit, but a plain number all the same.
    const double factor = point.unit == "1" ? 1 : factor_between(unit, point.unit, where("id"), prefix_ + "id");
    point.value = measured * factor;
    point.sigma = *target.band * factor * (target.kind == TargetKind::ratio ? std::abs(measured) : 1);
    if (given("sigma")) point.sigma = sound_sigma(read("sigma", point.unit), "sigma");
    return point;
  }

  Datapoint computed(const Expression& expression, const Settings& settings = {}) {
    Datapoint point;
    point.place = model_.add(expression, which_, where("output"), prefix_ + "output", settings);
    point.unit = model_.unit(point.place);
    point.weight = weight_;
    point.is_weighted = given("weight");
    return point;
  }

  double read(const std::string& key, const std::string& unit) const {
    return form_of_unit(unit).read(prefix_ + key, *document_.find(prefix_ + key));
  }

  std::vector<Datapoint> of_value() {
    Datapoint point = computed(parse_expression(text("output"), where("output"), prefix_ + "output"));
    point.name = point.target = name_;
    point.value = read("value", point.unit);
    point.identity = name_ + "=" + fmt::format("{:.17g}", point.value);
    if (given("sigma")) point.sigma = sound_sigma(read("sigma", point.unit), "sigma");
    return {point};
  }

  std::string file_path() const {
    const fs::path file = text("file");
    const fs::path beside = file.is_absolute() ? file : fs::path(document_.name()).parent_path() / file;
    std::error_code error;
    if (fs::exists(beside, error)) return beside.string();
    try {
      return model_.library().path(file.string());
    } catch (const InputError&) {
      fail("file", "\"" + file.string() + "\", which is not there", "a file relative to this one, or in the data");
    }
  }

  std::string required(const std::string& key) const {
    if (!given(key)) fail("file", "a file without `" + key + "`", "the column by its name");
    return text(key);
  }

  /// A number of a column that must be above zero.
  double above_zero(double number, const io::Position& line, const std::string& key) const {
    if (!(number > 0))
      throw InputError(line, text(key), fmt::format("{:g}", number), prefix_ + key + " with numbers above 0");
    return number;
  }

  /// Measured numbers of a file, with sigmas, in the unit of the output.
  void measure(const CsvTable& table, std::vector<Datapoint>& points) const {
    const std::vector<double> values = table.column(required("column"));
    std::vector<double> sigmas, weights;
    if (given("sigma_column")) sigmas = table.column(text("sigma_column"));
    if (given("weight_column")) weights = table.column(text("weight_column"));
    const bool spectral = inputs_.flag(prefix_ + "photon_energy");
    for (std::size_t i = 0; i < points.size(); ++i) {
      Datapoint& point = points[i];
      const std::string unit = given("unit") ? text("unit") : point.unit;
      const double factor = factor_between(unit, point.unit, where("unit"), prefix_ + "unit");
      point.name = name_ + ":" + std::to_string(table.line_number(i));
      point.target = name_;
      point.where = {table.path(), table.line_number(i), 0};
      point.identity =
          text("output") + "=" + table.path() + ":" + std::to_string(point.where.line) + "." + text("column");
      point.value = values[i] * factor;
      if (!sigmas.empty()) point.sigma = above_zero(sigmas[i] * factor, point.where, "sigma_column");
      if (!weights.empty()) point.weight *= above_zero(weights[i], point.where, "weight_column");
      point.is_weighted = point.is_weighted || !weights.empty();
      if (given("sigma") && !spectral) point.sigma = sound_sigma(read("sigma", point.unit), "sigma");
      if (spectral) as_photon_energy(point);
    }
  }

  void as_photon_energy(Datapoint& point) const {
    const double factor = factor_between(point.unit, "m", where("photon_energy"), prefix_ + "photon_energy");
    if (!(point.value > 0)) fail("file", "a wavelength that is not above 0", "wavelengths");
    const double energy = photon_energy(point.value * factor);
    point.sigma *= energy / point.value;
    point.value = energy;
    point.unit = "eV";
    point.wavelength = factor;
    if (given("sigma")) point.sigma = sound_sigma(read("sigma", "eV"), "sigma");
  }

  /// One run of the case a line.
  std::vector<Datapoint> of_lines(const CsvTable& table) {
    const Expression expression = parse_expression(text("output"), where("output"), prefix_ + "output");
    std::vector<Settings> settings(table.lines());
    for (int i = 0; i < inputs_.count(prefix_ + "input"); ++i) {
      const std::string input = "input." + std::to_string(i) + ".";
      const std::string unit = text(input + "unit");
      const NumberForm form = form_of_unit(unit);
      const std::vector<double> values = table.column(text(input + "column"));
      const std::string key = text(input + "key");
      const Parameter known =
          parameter_of(key, model_.cases(), model_.library(), where(input + "key"), prefix_ + input + "key");
      if (known.is_datum()) fail(input + "key", "a datum", "a key of the case");
      if (key.starts_with("variant."))
        fail(input + "key", "a key of one variant", "it without: `output` says of which");
      require_not_varied(key, expression, input + "key");
      factor_between(form.unit(), known.form.unit(), where(input + "unit"), prefix_ + input + "unit");
      for (std::size_t line = 0; line < values.size(); ++line)
        settings[line].emplace_back(key, form.entry(values[line], where(input + "key")));
    }
    std::vector<Datapoint> points;
    for (const Settings& line : settings) points.push_back(computed(expression, line));
    measure(table, points);
    return points;
  }

  /// What every line sets cannot be a parameter as well.
  void require_not_varied(const std::string& input, const Expression& expression, const std::string& key) const {
    for (const Reference& reference : expression.references()) {
      for (const Variant& variant : model_.cases()[which_].source.variants) {
        if (variant.name != reference.variant) continue;
        for (const Parameter& p : model_.parameters()) {
          if (p.sets(input, which_, variant))
            fail(key, "\"" + input + "\", which the parameter " + p.name + " varies", "one or the other");
        }
      }
    }
  }

  std::vector<Datapoint> of_curve(const CsvTable& table) {
    const std::string output = text("output");
    const std::size_t dot = output.rfind('.');
    CurveAt curve{dot == std::string::npos ? output : output.substr(dot + 1), text("over"),
                  table.column(required("over_column"))};
    const bool shape_alone = inputs_.flag(prefix_ + "to_peak");
    const std::string variant = dot == std::string::npos ? "" : output.substr(0, dot);
    const std::string axis_unit = model_.axis_unit(curve, where("output"), prefix_ + "output");
    const std::string unit = given("over_unit") ? text("over_unit") : axis_unit;
    const double factor = factor_between(unit, axis_unit, where("over_unit"), prefix_ + "over_unit") *
                          units::parse_unit(axis_unit).factor;
    for (double& place : curve.places) place *= factor;
    for (std::size_t i = 0; i < curve.places.size(); ++i)
      curve.labels.push_back(table.path() + ":" + std::to_string(table.line_number(i)));
    const std::size_t first = model_.add(curve, variant, which_, where("output"), prefix_ + "output");
    std::vector<Datapoint> points(curve.places.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      points[i].place = first + i;
      points[i].unit = shape_alone ? "1" : model_.unit(first + i);
      points[i].weight = weight_;
      points[i].is_weighted = given("weight");
    }
    measure(table, points);
    if (shape_alone) relate_to_peak(points);
    return points;
  }

  /// Measured numbers as shares of their largest one. That scale is as noisy as the number; it is a unit and no more,
  /// for the factor on the computed curve is fitted.
  void relate_to_peak(std::vector<Datapoint>& points) const {
    double largest = 0;
    for (const Datapoint& point : points) largest = std::max(largest, point.value);
    if (!(largest > 0)) fail("to_peak", "a curve without a peak above 0", "measured numbers above 0");
    for (Datapoint& point : points) {
      point.value /= largest;
      if (given("sigma_column") && !given("sigma")) point.sigma /= largest;
      point.curve = index_;
    }
  }

  const io::Inputs& inputs_;
  const io::Document& document_;
  std::size_t index_;
  std::string prefix_;
  Model& model_;
  std::size_t which_ = 0;
  std::string name_;
  double weight_ = 1;
};

}  // namespace

double Datapoint::computed(const std::vector<double>& row) const {
  return wavelength > 0 ? photon_energy(row[place] * wavelength) : row[place];
}

namespace {

/// A number that counts twice would have an error too small.
void require_new(const std::vector<Datapoint>& points, const std::vector<Datapoint>& before) {
  for (const Datapoint& point : points) {
    for (const Datapoint& other : before) {
      if (point.identity == other.identity)
        throw InputError(point.where, "target", point.name + " twice",
                         "each measured number once (equal ones that were measured twice under names of their own)");
    }
  }
}

/// Squares of nanometres and of electron volts have no sum.
void require_one_unit(const std::vector<Datapoint>& all) {
  for (const Datapoint& point : all) {
    if (point.unit == all.front().unit || (point.is_weighted && all.front().is_weighted)) continue;
    throw InputError(point.where, "target",
                     point.name + " in " + point.unit + " beside " + all.front().name + " in " + all.front().unit +
                         ", without sigmas",
                     "sigmas, or a weight for each: else the units would say what counts more");
  }
}

}  // namespace

std::vector<Datapoint> read_targets(const io::Inputs& inputs, const io::Document& document, Model& model) {
  std::vector<Datapoint> all;
  for (int i = 0; i < inputs.count("target"); ++i) {
    std::vector<Datapoint> points = TargetReader(inputs, document, i, model).read();
    require_new(points, all);
    all.insert(all.end(), points.begin(), points.end());
  }
  if (all.empty())
    throw InputError({document.name(), 0, 0}, "target", "no [[target]]", "what the numbers are fitted to");
  const auto without = std::find_if(all.begin(), all.end(), [](const Datapoint& p) { return p.sigma == 0; });
  const bool any = std::any_of(all.begin(), all.end(), [](const Datapoint& p) { return p.sigma > 0; });
  if (any && without != all.end())
    throw InputError({document.name(), 0, 0}, "target", "no sigma for " + without->name,
                     "a sigma for every target, or for none");
  if (!any) require_one_unit(all);
  return all;
}

std::size_t add_output(Model& model, const std::string& text, const std::string& which_case, const io::Position& where,
                       const std::string& in) {
  const std::size_t colon = text.find(": ");
  const std::string named = colon == std::string::npos ? which_case : text.substr(0, colon);
  const Expression expression = parse_expression(colon == std::string::npos ? text : text.substr(colon + 2), where, in);
  return model.add(expression, case_of(named, model.cases(), where, in), where, in);
}

}  // namespace nacre::scenarios::inference
