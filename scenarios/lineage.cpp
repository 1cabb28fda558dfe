#include "scenarios/lineage.hpp"

#include <algorithm>

#include "engine/units/quantity.hpp"
#include "scenarios/drift_plan.hpp"
#include "scenarios/fitted_input.hpp"

namespace nacre::scenarios {
namespace {

void record_fit(FittedNumber& number, const std::vector<std::string>& records) {
  number.entries = records;
  for (const std::string& record : records) {
    const std::string id = target_of(record);
    if (std::find(number.fitted_to.begin(), number.fitted_to.end(), id) == number.fitted_to.end())
      number.fitted_to.push_back(id);
  }
}

FittedNumber number_of(const UsedDatum& used) {
  const Datum& datum = used.datum;
  const units::Unit unit = units::parse_unit(datum.unit);
  FittedNumber number;
  number.name = number.what = datum.file + "." + datum.name;
  number.value = (datum.value - unit.offset) / unit.factor;
  number.unit = datum.unit;
  if (datum.sigma) number.standard_error = *datum.sigma / unit.factor;
  record_fit(number, datum.fitted_to);
  number.stage = used.stage;
  return number;
}

Stage stage_of_input(const std::string& input) {
  const std::string table = input.substr(0, input.find('.'));
  for (const Stage stage : all_stages) {
    if (table == name_of(stage)) return stage;
  }
  return Stage::material;
}

FittedNumber number_of(const Case& source, const FittedInput& input) {
  FittedNumber number;
  number.name = source.paper + ": " + input.key;
  number.what = source.paper + ": " + input.input + " = " + std::to_string(input.value) + " " + input.unit;
  number.value = input.value;
  number.unit = input.unit;
  number.standard_error = input.sigma;
  record_fit(number, input.fitted_to);
  number.stage = stage_of_input(input.input);
  return number;
}

bool traps_of_surface(const Plan& plan) {
  return plan.photophysics && plan.photophysics->trap_source == TrapSource::surface;
}

/// Whether what enters at a stage has a part in an output of another.
bool feeds(Stage from, Stage to, const Plan& plan) {
  const bool grown = plan.size_source == SizeSource::synthesis;
  switch (to) {
    case Stage::material:
      return from == Stage::material;
    case Stage::synthesis:
      return from == Stage::material || from == Stage::synthesis;
    case Stage::sizes:
      return from == Stage::sizes || (grown && feeds(from, Stage::synthesis, plan));
    case Stage::instruments:
      return from == Stage::instruments || feeds(from, Stage::photophysics, plan);
    case Stage::surface:  // a microscope's part of the spread is told from crystal by data of the confinement stage
      return from == Stage::surface || from == Stage::confinement || feeds(from, Stage::synthesis, plan) ||
             feeds(from, Stage::sizes, plan);
    case Stage::photophysics:
      return from == Stage::photophysics || feeds(from, Stage::confinement, plan) ||
             (traps_of_surface(plan) && feeds(from, Stage::surface, plan));
    case Stage::film:
      return from == Stage::film || feeds(from, Stage::photophysics, plan) || feeds(from, Stage::surface, plan);
    case Stage::confinement:
      return from == Stage::material || from == Stage::confinement || feeds(from, Stage::sizes, plan);
    case Stage::device:
      return from == Stage::device || (plan.device && plan.device->takes_film() && feeds(from, Stage::film, plan)) ||
             (plan.device && plan.device->takes_crystals() && feeds(from, Stage::confinement, plan));
    case Stage::ageing: {
      const bool film = plan.ageing && plan.ageing->of_film, device = plan.ageing && plan.ageing->by_device;
      return from == Stage::ageing || (film && feeds(from, Stage::film, plan)) ||
             (device && feeds(from, Stage::device, plan)) ||
             (plan.ageing && plan.ageing->with_drift && feeds(from, Stage::drift, plan));
    }
    case Stage::drift:
      break;
  }
  const bool driven = plan.drift && plan.drift->carriers == CarrierSource::device;
  return from == Stage::drift || feeds(from, Stage::confinement, plan) ||
         (driven && feeds(from, Stage::device, plan)) ||
         (plan.drift && plan.drift->vacancies_of_film && feeds(from, Stage::surface, plan));
}

}  // namespace

std::vector<FittedNumber> fitted_numbers(const Case& source, const Variant& variant, const Plan& plan) {
  std::vector<FittedNumber> numbers;
  for (const UsedDatum& used : plan.used) {
    if (used.datum.basis == Basis::fitted) numbers.push_back(number_of(used));
  }
  for (const FittedInput& input : source.fitted) {
    if (is_in_use(input, variant)) numbers.push_back(number_of(source, input));
  }
  return numbers;
}

std::vector<FittedNumber> ancestors(const OutputRow& output, const Plan& plan,
                                    const std::vector<FittedNumber>& numbers) {
  std::vector<FittedNumber> found;
  for (const FittedNumber& number : numbers) {
    if (feeds(number.stage, output.stage, plan)) found.push_back(number);
  }
  return found;
}

bool is_given_by_hand(const OutputRow& output, const Plan& plan) {
  const bool moment = output.name == "size_mean" || output.name == "size_sd" || output.name == "skewness";
  if (output.stage == Stage::sizes && moment) return plan.size_source == SizeSource::given;
  if (output.name == "plqy") return plan.photophysics && plan.photophysics->trap_source == TrapSource::plqy;
  return output.name == "iodide_fraction" && plan.composition_given;
}

std::string target_of(const std::string& record) {
  return record.substr(0, record.find('['));
}

bool any_fitted_to(const std::vector<FittedNumber>& numbers, const std::set<std::string>& target_ids) {
  return std::any_of(numbers.begin(), numbers.end(), [&](const FittedNumber& number) {
    return std::any_of(number.fitted_to.begin(), number.fitted_to.end(),
                       [&](const std::string& id) { return target_ids.contains(id); });
  });
}

}  // namespace nacre::scenarios
