#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/confinement/colour.hpp"
#include "scenarios/inference/parameter.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/target.hpp"

namespace nacre::scenarios::inference {

/// A curve at given places of its axis.
struct CurveAt {
  std::string output, over;              ///< names of `nacre outputs`; empty `over`: the axis of the curve
  std::vector<double> places;            ///< on the axis [SI]
  std::vector<std::string> labels = {};  ///< where each place was read: "spectrum.csv:7"
};

/// Keys of a case with what they are set to for one run.
using Settings = std::vector<std::pair<std::string, io::Entry>>;

/// What is computed at one point: all rows of numbers start from here.
struct Outcome {
  std::vector<double>
      values;          ///< one for each number of each quantity, in its unit; NaN for what could not be computed
  std::string reason;  ///< why not; empty when all are finite
};

/// Cases as a function: values of parameters in, numbers of outputs out. Each variant that an output needs is loaded
/// and run as far as the outputs ask. Computing changes nothing: several threads may use one model.
class Model {
 public:
  /// Throws io::InputError as ModelData::colour_table().
  Model(std::vector<NamedCase> cases, std::vector<Parameter> parameters, const DataLibrary& library);

  /// Adds a number to compute and returns its place among the values. Throws io::InputError: a variant that the case
  /// does not have, an output of a stage that the variant does not run.
  std::size_t add(const Expression& expression, std::size_t which_case, const io::Position& where,
                  const std::string& in, const Settings& settings = {});
  /// Adds a curve of a variant: as many values as places, from the one returned on. Throws io::InputError as above, and
  /// for a name that is no curve.
  std::size_t add(const CurveAt& curve, const std::string& variant, std::size_t which_case, const io::Position& where,
                  const std::string& in);

  /// Unit of what a curve lies over. Throws io::InputError for a name that is no curve, or an axis that is not its.
  std::string axis_unit(const CurveAt& curve, const io::Position& where, const std::string& in) const;

  /// From now on a point whose numbers are not all finite counts as computed, with gaps.
  void allow_gaps() { gaps_ = true; }
  bool has_gaps() const { return gaps_; }

  const std::vector<NamedCase>& cases() const { return cases_; }
  const std::vector<Parameter>& parameters() const { return parameters_; }
  const DataLibrary& library() const { return library_; }
  /// How many numbers a point has; a difference has a second place of its own, for what is subtracted.
  std::size_t width() const { return width_; }
  /// Unit of the value at a place.
  const std::string& unit(std::size_t place) const { return units_.at(place); }

  /// How many runs a point takes, and one of them: it writes its part of width() values, and into `reason` why one of
  /// them is NaN. Parameters in their units.
  std::size_t scenes() const { return scenes_.size(); }
  void run(std::size_t scene, const std::vector<double>& parameters, std::vector<double>& values,
           std::string& reason) const;
  /// Subtracts what differences subtract, once all scenes of a point have run.
  void finish(std::vector<double>& values) const;
  /// All scenes of a point, one after the other.
  Outcome at(const std::vector<double>& parameters) const;

  /// The files that the scenes rest on at the starts of the parameters: cases, their records of fits, data.
  std::vector<std::string> files() const;
  /// What is wrong with the places of curves at values of the parameters: which lies beyond what is computed; empty
  /// when all lie on it, or nothing can be computed there.
  std::string off_axis(const std::vector<double>& parameters) const;
  /// Everything that the numbers depend on, but for the program, as text.
  std::string identity() const;
  /// Loads every scene at values of the parameters; throws io::InputError for what is wrong in case or data.
  void require_loadable(const std::vector<double>& parameters) const;
  /// The data that the scenes rest on at values of the parameters, each once.
  std::vector<UsedDatum> used(const std::vector<double>& parameters) const;

 private:
  struct Asked {
    const OutputRow* row = nullptr;
    const OutputRow* over = nullptr;  // of a curve
    CurveAt curve;
    std::size_t place = 0, width = 1;  // in Outcome::values
    double factor = 1;
  };
  struct Scene {
    std::size_t which_case = 0;
    Variant variant;
    std::vector<Asked> asked;
    std::vector<bool> needed;  // by stage
  };
  struct Difference {
    std::size_t place, first, minus;
  };
  std::size_t scene_of(const std::string& variant, std::size_t which_case, const io::Position& where,
                       const std::string& in, const Settings& settings);
  std::size_t ask(std::size_t scene, Asked asked, const io::Position& where, const std::string& in);
  Variant variant_at(const Scene& scene, const std::vector<double>& parameters) const;
  static std::string off_axis(const Asked& asked, std::size_t i, const Result& result, const std::string& variant);
  static void sample(const Asked& asked, const Result& result, double* values);

  std::vector<NamedCase> cases_;
  std::vector<Parameter> parameters_;
  DataLibrary library_;
  confinement::ColourTable eye_;
  std::vector<Scene> scenes_;
  std::map<std::string, std::size_t> scene_by_text_;
  std::vector<Difference> differences_;
  std::vector<std::string> units_;
  std::size_t width_ = 0;
  bool gaps_ = false;
};

/// Whether a plan runs a stage.
bool is_run(const Plan& plan, Stage stage);

/// A plan without the stages that no output asks for; `needed` by stage.
void prune(Plan& plan, const std::vector<bool>& needed);

}  // namespace nacre::scenarios::inference
