// Refits the constants that nacre ships as "fitted", so that anybody can check where they come from.
// usage: nacre-calibrate FIT.toml     (tools/calibrate/fits/*.toml)
//
// Gauss-Newton on (computed - measured)/band of the targets named, through the same pipeline as `nacre reproduce`.
// Candidate data stand in a scratch folder that hides the shipped ones. Standard errors take the half-width of each
// band as one standard deviation.
#include <fmt/core.h>

#include <Eigen/Dense>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "engine/io/document.hpp"
#include "engine/units/quantity.hpp"
#include "scenarios/case.hpp"
#include "scenarios/data.hpp"
#include "scenarios/lineage.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/pipeline.hpp"
#include "scenarios/target.hpp"

namespace {

namespace fs = std::filesystem;
using namespace nacre;
using namespace nacre::scenarios;

/// One number to fit: a datum of a data file, or inputs of the case into whose text it is written.
struct Parameter {
  std::string name;
  double value = 0, step = 0;
  std::string file, datum;        // "sizing/MAPbBr3-peng2022", "size_ratio"
  std::vector<std::string> keys;  // of the case
  std::string text;               // of the input, with {x} and {1-x}
};

struct Fit {
  std::string paper;
  std::vector<Parameter> parameters;
  std::vector<Target> targets;
  std::vector<Override> set;  // laid over the case throughout
};

std::string read(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string text_at(const io::Document& document, const std::string& path) {
  const io::Entry* entry = document.find(path);
  return entry ? std::get<std::string>(entry->value) : std::string();
}

double number_at(const io::Document& document, const std::string& path) {
  const auto& value = document.find(path)->value;
  return std::holds_alternative<double>(value) ? std::get<double>(value)
                                               : static_cast<double>(std::get<long long>(value));
}

std::vector<std::string> list_at(const io::Document& document, const std::string& path) {
  std::vector<std::string> list;
  if (const io::Entry* entry = document.find(path))
    for (const io::Entry& item : std::get<io::Array>(entry->value)) list.push_back(std::get<std::string>(item.value));
  return list;
}

/// A target, or the entry of it that "ye2022.plqy[0]" names.
Target entry_of(Target target, const std::string& wanted) {
  const std::size_t bracket = wanted.find('[');
  if (bracket == std::string::npos) return target;
  const std::size_t entry = std::stoul(wanted.substr(bracket + 1));
  const Expression from = target.from.at(entry);
  const double measured = std::get<std::vector<double>>(target.value).at(entry);
  target.from = {from};
  target.value = measured;
  return target;
}

Fit read_fit(const std::string& path) {
  const io::Document document = io::Document::load(path);
  Fit fit{.paper = text_at(document, "paper"), .parameters = {}, .targets = {}, .set = {}};
  for (const std::string& text : list_at(document, "set")) fit.set.push_back(parse_override(text));
  for (const std::string& name : document.children("parameter")) {
    const std::string at = "parameter." + name + ".";
    fit.parameters.push_back({name, number_at(document, at + "start"), number_at(document, at + "step"),
                              text_at(document, at + "file"), text_at(document, at + "datum"),
                              list_at(document, at + "keys"), text_at(document, at + "text")});
  }
  const std::vector<Target> known = load_targets(shared_folder("targets") + "/" + fit.paper + ".toml");
  for (const std::string& wanted : list_at(document, "targets"))
    for (const Target& target : known)
      if (target.id == target_of(wanted)) fit.targets.push_back(entry_of(target, wanted));
  return fit;
}

/// A data file with `value` of one datum replaced.
void write_datum(const fs::path& file, const std::string& datum, double value) {
  std::string text = read(file);
  const std::size_t table = text.find("\n[" + datum + "]");
  const std::size_t line = text.find("\nvalue", table) + 1;
  text.replace(line, text.find('\n', line) - line, fmt::format("value = {:.17g}", value));
  std::ofstream(file) << text;
}

std::string with_value(const std::string& text, double x) {
  const std::string first = std::regex_replace(text, std::regex("\\{x\\}"), fmt::format("{:.10g}", x));
  return std::regex_replace(first, std::regex("\\{1-x\\}"), fmt::format("{:.10g}", 1 - x));
}

class Model {
 public:
  explicit Model(const Fit& fit)
      : fit_(fit), scratch_(fs::temp_directory_path() / fmt::format("nacre-calibrate-{}", ::getpid())) {
    const DataLibrary shipped(data_folders(""));
    for (const Parameter& p : fit.parameters) {
      if (p.file.empty()) continue;
      const fs::path copy = scratch_ / (p.file + ".toml");
      fs::create_directories(copy.parent_path());
      fs::copy_file(shipped.path(p.file + ".toml"), copy, fs::copy_options::overwrite_existing);
    }
    fs::create_directories(scratch_);
  }
  ~Model() { fs::remove_all(scratch_); }
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  /// Values of all entries of all targets, in their units.
  std::vector<double> operator()(const Eigen::VectorXd& x) const {
    std::vector<Override> overrides = fit_.set;
    for (std::size_t i = 0; i < fit_.parameters.size(); ++i) {
      const Parameter& p = fit_.parameters[i];
      const double value = x[static_cast<Eigen::Index>(i)];
      if (!p.file.empty()) write_datum(scratch_ / (p.file + ".toml"), p.datum, value);
      for (const std::string& key : p.keys) overrides.push_back({key, with_value(p.text, value)});
    }
    const Case source = load_case(shared_folder("cases") + "/" + fit_.paper + ".toml", overrides);
    const DataLibrary library(data_folders(scratch_.string()));
    Pipeline pipeline(ModelData(library).colour_table());
    std::map<std::string, Result> results;
    for (const Plan& plan : load_plans(source.variants, library)) results.emplace(plan.variant, pipeline.run(plan));
    std::vector<double> values;
    for (const Target& target : fit_.targets)
      for (const Expression& expression : target.from) values.push_back(value_of(expression, target, results));
    return values;
  }

 private:
  static double value_of(const Expression& expression, const Target& target,
                         const std::map<std::string, Result>& results) {
    const auto scalar_of = [&](const Reference& reference) {
      const OutputRow& row = *find_scalar(reference.output);
      const double si = scalar(row, results.at(reference.variant));
      return row.unit == "1" ? si : units::from_si(si, target.plain_unit());
    };
    return scalar_of(expression.first) - (expression.minus ? scalar_of(*expression.minus) : 0);
  }

  const Fit& fit_;
  fs::path scratch_;
};

struct Residuals {
  Eigen::VectorXd weighted;  // (computed - measured)/band
  std::vector<double> computed;
};

Residuals residuals(const Fit& fit, const Model& model, const Eigen::VectorXd& x) {
  Residuals r{.weighted = {}, .computed = model(x)};
  r.weighted.resize(static_cast<Eigen::Index>(r.computed.size()));
  Eigen::Index i = 0;
  for (const Target& target : fit.targets) {
    const auto* list = std::get_if<std::vector<double>>(&target.value);
    for (std::size_t k = 0; k < target.from.size(); ++k, ++i)
      r.weighted[i] = (r.computed[static_cast<std::size_t>(i)] - (list ? (*list)[k] : std::get<double>(target.value))) /
                      *target.band;
  }
  return r;
}

Eigen::MatrixXd jacobian(const Fit& fit, const Model& model, const Eigen::VectorXd& x) {
  Eigen::MatrixXd j;
  for (Eigen::Index k = 0; k < x.size(); ++k) {
    const double h = fit.parameters[static_cast<std::size_t>(k)].step;
    Eigen::VectorXd up = x, down = x;
    up[k] += h;
    down[k] -= h;
    const Eigen::VectorXd column =
        (residuals(fit, model, up).weighted - residuals(fit, model, down).weighted) / (2 * h);
    if (k == 0) j.resize(column.size(), x.size());
    j.col(k) = column;
  }
  return j;
}

/// Levenberg-Marquardt; a handful of parameters from a start that is already close.
Eigen::VectorXd minimise(const Fit& fit, const Model& model, Eigen::VectorXd x) {
  double damping = 1e-3;
  Residuals best = residuals(fit, model, x);
  for (int iteration = 0; iteration < 40 && damping < 1e8; ++iteration) {
    const Eigen::MatrixXd j = jacobian(fit, model, x);
    Eigen::MatrixXd normal = j.transpose() * j;
    normal.diagonal() *= 1 + damping;
    const Eigen::VectorXd next = x - normal.ldlt().solve(j.transpose() * best.weighted);
    const Residuals trial = residuals(fit, model, next);
    const bool better = trial.weighted.allFinite() && trial.weighted.squaredNorm() < best.weighted.squaredNorm();
    damping *= better ? 0.2 : 5;
    if (!better) continue;
    const bool converged = best.weighted.squaredNorm() - trial.weighted.squaredNorm() < 1e-10;
    x = next;
    best = trial;
    if (converged) break;
  }
  return x;
}

void report(const Fit& fit, const Model& model, const Eigen::VectorXd& x) {
  const Eigen::MatrixXd j = jacobian(fit, model, x);
  const Eigen::MatrixXd covariance = (j.transpose() * j).inverse();
  for (Eigen::Index k = 0; k < x.size(); ++k)
    fmt::print("{:<28} {:>12.6g} +- {:.2g}\n", fit.parameters[static_cast<std::size_t>(k)].name, x[k],
               std::sqrt(covariance(k, k)));
  const Residuals r = residuals(fit, model, x);
  std::size_t i = 0;
  for (const Target& target : fit.targets)
    for (const Expression& expression : target.from) {
      fmt::print("  {:<28} {:<24} {:>9.4g} {}  ({:+.2f} bands)\n", target.id, expression.text, r.computed[i],
                 target.plain_unit(), r.weighted[static_cast<Eigen::Index>(i)]);
      ++i;
    }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) {
    fmt::print(stderr, "usage: nacre-calibrate FIT.toml\n");
    return 2;
  }
  const Fit fit = read_fit(argv[1]);
  const Model model(fit);
  Eigen::VectorXd x(static_cast<Eigen::Index>(fit.parameters.size()));
  for (std::size_t i = 0; i < fit.parameters.size(); ++i) x[static_cast<Eigen::Index>(i)] = fit.parameters[i].value;
  report(fit, model, minimise(fit, model, x));
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "nacre-calibrate: {}\n", error.what());
  return 2;
}
