#include "scenarios/inference/parameter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "engine/io/input_leaf.hpp"
#include "engine/io/key_path.hpp"
#include "engine/units/quantity.hpp"
#include "scenarios/fit_record.hpp"
#include "scenarios/inputs.hpp"
#include "scenarios/load.hpp"

namespace nacre::scenarios::inference {
namespace {

using io::Entry;
using io::Holds;
using io::InputError;
using io::InputRow;

/// The key within a variant, and the variant's name where the key has one.
struct SplitKey {
  std::string variant, input;
};
SplitKey split(const std::string& key) {
  if (!key.starts_with("variant.")) return {"", key};
  const std::size_t dot = key.find('.', 8);
  return {key.substr(8, dot - 8), dot == std::string::npos ? "" : key.substr(dot + 1)};
}

std::string perhaps(const std::string& word, const std::vector<std::string>& known, const std::string& otherwise) {
  const std::string near = io::nearest(word, known);
  return near.empty() ? otherwise : "perhaps \"" + near + "\"";
}

const InputRow& row_of(const std::string& input, const io::Position& where, const std::string& in) {
  const std::string pattern = io::pattern_of(input);
  std::vector<std::string> known;
  for (const InputRow& row : case_inputs()) {
    if (row.key == pattern && row.holds != Holds::boolean && row.holds != Holds::list && row.key != "schema")
      return row;
    known.push_back(row.key);
  }
  throw InputError(where, in, "\"" + input + "\"",
                   perhaps(pattern, known, "a key of `nacre inputs` that holds a number"));
}

/// The first variant that has the table of a key; "no case has it" is an error of the file.
const Variant& variant_with(const std::string& key, const std::vector<NamedCase>& cases, const io::Position& where,
                            const std::string& in) {
  const SplitKey parts = split(key);
  std::vector<std::string> names;
  for (const NamedCase& one : cases) {
    for (const Variant& variant : one.source.variants) {
      names.push_back(variant.name);
      if (!parts.variant.empty() && variant.name != parts.variant) continue;
      if (variant.has_table_of(parts.input)) return variant;
    }
  }
  const bool known = parts.variant.empty() || std::find(names.begin(), names.end(), parts.variant) != names.end();
  if (!known)
    throw InputError(where, in, "variant \"" + parts.variant + "\", which no case has",
                     perhaps(parts.variant, names, "one of their variants"));
  throw InputError(where, in, "\"" + key + "\", of a table that no case has", "a key of a table that a case has");
}

/// What a case holds under a key, given or by default [unit of the row].
double held(const NumberForm& form, const std::string& key, const Variant& variant, const io::Position& where,
            const std::string& in) {
  const std::string input = split(key).input;
  if (const Entry* entry = variant.document.find(input)) return form.read(key, *entry);
  if (form.row.standard) return form.read(key, io::parse_value(*form.row.standard, where));
  throw InputError(where, in, "\"" + key + "\", which the case does not set", "`start`, or a case that sets it");
}

/// Reads one [[parameter]].
class ParameterReader {
 public:
  ParameterReader(const io::Inputs& inputs, const io::Document& document, int index,
                  const std::vector<NamedCase>& cases, const DataLibrary& library)
      : inputs_(inputs),
        document_(document),
        prefix_("parameter." + std::to_string(index) + "."),
        cases_(cases),
        library_(library) {}

  Parameter read() {
    const std::string key = inputs_.text(prefix_ + "key");
    const io::Position where = inputs_.where(prefix_ + "key");
    const std::string text = inputs_.text(prefix_ + "text");
    if (!text.empty()) return with_range(of_text(key, text, where));
    Parameter parameter = parameter_of(key, cases_, library_, where, prefix_ + "key");
    add_keys(parameter);
    return with_range(std::move(parameter));
  }

 private:
  [[noreturn]] void fail(const std::string& key, const std::string& read, const std::string& expected) const {
    throw InputError(inputs_.where(prefix_ + key), prefix_ + key, read, expected);
  }
  bool given(const std::string& key) const { return inputs_.given(prefix_ + key); }
  double number(const Parameter& p, const std::string& key) const {
    return p.form.read(prefix_ + key, *document_.find(prefix_ + key));
  }

  Parameter of_text(const std::string& key, const std::string& text, const io::Position& where) {
    Parameter p;
    p.keys = {key};
    p.text = text;
    p.where = where;
    p.form = form_of_unit("1");
    if (row_of(split(key).input, where, prefix_ + "key").holds != Holds::text)
      fail("text", "a text for a key that holds none", "no `text`");
    if (text.find("{x}") == std::string::npos) fail("text", "\"" + text + "\"", "{x} where the number goes");
    variant_with(key, cases_, where, prefix_ + "key");
    if (!given("start")) fail("start", "nothing", "a start: it cannot be read out of a text");
    add_keys(p);
    return p;
  }

  void add_keys(Parameter& p) {
    if (const Entry* also = document_.find(prefix_ + "also")) {
      for (const Entry& item : std::get<io::Array>(also->value)) {
        const auto* key = std::get_if<std::string>(&item.value);
        if (!key) throw InputError(item.where, prefix_ + "also", "no text", "keys in quotation marks");
        if (p.text.empty()) {
          const Parameter other = parameter_of(*key, cases_, library_, item.where, prefix_ + "also");
          if (other.form.unit() != p.form.unit())
            throw InputError(item.where, prefix_ + "also", "\"" + *key + "\" in " + other.form.unit(),
                             "keys in " + p.form.unit());
        } else {
          row_of(split(*key).input, item.where, prefix_ + "also");
          variant_with(*key, cases_, item.where, prefix_ + "also");
        }
        p.keys.push_back(*key);
      }
    }
    if (given("case"))
      p.scene_case = case_of(inputs_.text(prefix_ + "case"), cases_, inputs_.where(prefix_ + "case"), prefix_ + "case");
  }

  Parameter with_range(Parameter p) {
    p.name = inputs_.text(prefix_ + "name");
    p.where = inputs_.where(prefix_ + "name");
    p.logarithmic = inputs_.text(prefix_ + "scale") == "log";
    inputs_.at(prefix_ + "from");
    inputs_.at(prefix_ + "to");
    p.from = number(p, "from");
    p.to = number(p, "to");
    if (!(p.from < p.to)) fail("from", "bounds that leave nothing between them", "`from` below `to`");
    if (p.logarithmic && !(p.from > 0)) fail("from", "a logarithmic range that is not above zero", "a bound above 0");
    if (given("start")) p.start = number(p, "start");
    if (p.start < p.from || p.start > p.to) {
      const std::string unit = p.form.unit() == "1" ? "" : " " + p.form.unit();
      const std::string at = fmt::format("bounds from {:g} to {:g}{}", p.from, p.to, unit);
      fail(given("start") ? "start" : "from", at + fmt::format(" that exclude the start, {:g}", p.start),
           "bounds around the start");
    }
    read_prior(p);
    return p;
  }

  void read_prior(Parameter& p) {
    if (inputs_.flag(prefix_ + "prior")) {
      if (!p.is_datum()) fail("prior", "true, of a key of a case", "prior_value and prior_sigma, or a datum");
      const Datum datum = datum_in_use(p.keys.front(), cases_, library_, p.where, prefix_ + "key");
      if (!datum.sigma || !(*datum.sigma > 0)) fail("prior", "a datum without sigma", "prior_value and prior_sigma");
      p.prior = {datum.value / p.form.si(1), *datum.sigma / p.form.si(1)};
      for (const char* other : {"prior_value", "prior_sigma"})
        if (given(other)) fail(other, "a second prior", "either prior = true, which takes the datum's, or numbers");
    }
    if (given("prior_value") != given("prior_sigma"))
      fail(given("prior_value") ? "prior_value" : "prior_sigma", "one of prior_value and prior_sigma", "both");
    if (!given("prior_value")) return;
    p.prior = {number(p, "prior_value"), number(p, "prior_sigma")};
    if (!(p.prior->second > 0)) fail("prior_sigma", "a width that is not above 0", "one above 0");
  }

  const io::Inputs& inputs_;
  const io::Document& document_;
  std::string prefix_;
  const std::vector<NamedCase>& cases_;
  const DataLibrary& library_;
};

}  // namespace

double NumberForm::read(const std::string& key, const Entry& entry) const {
  const double si = io::read_leaf(row, key, entry).number;
  const double number = row.holds == Holds::quantity ? units::from_si(si, row.unit) : si;
  if (!std::isfinite(number)) throw InputError(entry.where, key, "a number that is not finite", "a finite one");
  return number;
}

Entry NumberForm::entry(double number, const io::Position& where) const {
  Entry leaf{number, where};
  if (row.holds == Holds::integer) leaf.value = static_cast<long long>(std::llround(number));
  if (row.holds == Holds::quantity) leaf.value = fmt::format("{:.17g} {}", number, row.unit);
  return leaf;
}

double NumberForm::si(double number) const {
  return row.holds == Holds::quantity ? units::to_si(number, row.unit) : number;
}

NumberForm converted(const NumberForm& form, const std::string& unit) {
  NumberForm other = form;
  if (form.row.holds == Holds::quantity) other.row.unit = unit, other.row.range = {};
  return other;
}

NumberForm form_of_unit(const std::string& unit) {
  const bool plain = unit.empty() || unit == "1";
  return {{"", plain ? Holds::number : Holds::quantity, plain ? "1" : unit, {}, {}, std::nullopt, ""}};
}

double Parameter::value(double share) const {
  if (share <= 0) return from;
  if (share >= 1) return to;
  return logarithmic ? from * std::pow(to / from, share) : from + (to - from) * share;
}

double Parameter::share(double value) const {
  const double s = logarithmic ? std::log(value / from) / std::log(to / from) : (value - from) / (to - from);
  return std::clamp(s, 0.0, 1.0);
}

double Parameter::slope(double share) const {
  return logarithmic ? value(share) * std::log(to / from) : to - from;
}

bool Parameter::sets(const std::string& input, std::size_t which_case, const Variant& variant) const {
  if ((scene_case && *scene_case != which_case) || !variant.has_table_of(input)) return false;
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) { return variant.input_of(key) == input; });
}

void Parameter::apply(double value, std::size_t which_case, Variant& variant) const {
  if (scene_case && *scene_case != which_case) return;
  for (const std::string& key : keys) {
    if (key.find('/') != std::string::npos) {
      variant.changes.push_back({key, form.si(value), {}, {}});
      continue;
    }
    const std::string input = variant.input_of(key);
    if (input.empty() || !variant.has_table_of(input)) continue;
    variant.document.set(input, text.empty() ? form.entry(value, where) : Entry{fill_in(text, value), where});
  }
}

Datum datum_of(const std::string& key, const DataLibrary& library, const io::Position& where, const std::string& in) {
  const std::size_t slash = key.find('/'), dot = key.find('.', slash + 1);
  if (dot == std::string::npos)
    throw InputError(where, in, "\"" + key + "\"", "KIND/FILE.NAME, such as kinetics/insoluble.interfacial_energy");
  const DataFile file = library.load(key.substr(0, slash), key.substr(slash + 1, dot - slash - 1), where, in);
  std::vector<std::string> names;
  for (const Datum& datum : file.data) {
    if (datum.name == key.substr(dot + 1)) return datum;
    names.push_back(datum.name);
  }
  throw InputError(where, in, "\"" + key + "\"", perhaps(key.substr(dot + 1), names, "a datum of " + file.path));
}

Datum datum_in_use(const std::string& key, const std::vector<NamedCase>& cases, const DataLibrary& library,
                   const io::Position& where, const std::string& in) {
  datum_of(key, library, where, in);
  for (const NamedCase& one : cases) {
    for (const Variant& variant : one.source.variants) {
      for (const UsedDatum& used : load_plan(variant, library).used)
        if (used.datum.file + "." + used.datum.name == key) return used.datum;
    }
  }
  throw InputError(where, in, "\"" + key + "\", which no case uses", "a datum that a case rests on");
}

Parameter parameter_of(const std::string& key, const std::vector<NamedCase>& cases, const DataLibrary& library,
                       const io::Position& where, const std::string& in) {
  Parameter p;
  p.name = key;
  p.keys = {key};
  p.where = where;
  if (p.is_datum()) {
    const Datum datum = datum_in_use(key, cases, library, where, in);
    p.form = form_of_unit(datum.unit);
    if (units::parse_unit(p.form.unit()).offset != 0)
      throw InputError(where, in, "\"" + key + "\" in " + datum.unit, "a datum in a unit that starts at zero");
    p.start = datum.value / p.form.si(1);
    return p;
  }
  p.form.row = row_of(split(key).input, where, in);
  const Holds holds = p.form.row.holds;
  if (holds == Holds::text || holds == Holds::choice || holds == Holds::setting)
    throw InputError(where, in, "\"" + key + "\", which holds a text",
                     "a key that holds a number, or `text` beside it");
  p.start = held(p.form, key, variant_with(key, cases, where, in), where, in);
  return p;
}

std::size_t case_of(const std::string& name, const std::vector<NamedCase>& cases, const io::Position& where,
                    const std::string& in) {
  if (name.empty() && cases.size() == 1) return 0;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (cases[i].name == name) return i;
    names.push_back(cases[i].name);
  }
  throw InputError(where, in, name.empty() ? "no case" : "\"" + name + "\"",
                   perhaps(name, names, "the name of a [[case]]"));
}

std::vector<NamedCase> read_cases(const io::Inputs& inputs, const io::Document& document) {
  std::vector<NamedCase> cases;
  for (int i = 0; i < inputs.count("case"); ++i) {
    const std::string prefix = "case." + std::to_string(i) + ".";
    const std::filesystem::path file = inputs.text(prefix + "file");
    const std::filesystem::path folder = std::filesystem::path(document.name()).parent_path();
    std::vector<Override> set;
    if (const Entry* list = document.find(prefix + "set")) {
      for (const Entry& item : std::get<io::Array>(list->value)) {
        const auto* text = std::get_if<std::string>(&item.value);
        if (!text) throw InputError(item.where, prefix + "set", "no text", "KEY=VALUE in quotation marks");
        set.push_back(parse_override(*text));
      }
    }
    const std::string path = file.is_absolute() ? file.string() : (folder / file).lexically_normal().string();
    std::string name = inputs.text(prefix + "name");
    if (name.empty()) name = file.stem().string();
    for (const NamedCase& other : cases) {
      if (other.name == name)
        throw InputError(inputs.where(prefix + "file"), prefix + "name", "\"" + name + "\" twice",
                         "a `name` of its own");
    }
    cases.push_back({name, load_case(path, set), file.string()});
  }
  if (cases.empty()) throw InputError({document.name(), 0, 0}, "case", "no [[case]]", "at least one");
  return cases;
}

namespace {

[[noreturn]] void complain_twice(const Parameter& a, const Parameter& b, const std::string& what) {
  throw InputError(b.where, "parameter.key", "\"" + what + "\", which " + a.name + " and " + b.name + " both set",
                   "each number once: the last would win in silence");
}

/// That no two parameters set the same datum, or the same input of the same variant.
void require_apart(const std::vector<Parameter>& parameters, const std::vector<NamedCase>& cases) {
  for (std::size_t b = 1; b < parameters.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      const Parameter &first = parameters[a], &second = parameters[b];
      for (const std::string& key : second.keys) {
        const bool datum = key.find('/') != std::string::npos;
        if (datum && std::find(first.keys.begin(), first.keys.end(), key) != first.keys.end())
          complain_twice(first, second, key);
        for (std::size_t c = 0; !datum && c < cases.size(); ++c) {
          for (const Variant& variant : cases[c].source.variants) {
            const std::string input = variant.input_of(key);
            if (!input.empty() && second.sets(input, c, variant) && first.sets(input, c, variant))
              complain_twice(first, second, variant.name.empty() ? input : "variant." + variant.name + "." + input);
          }
        }
      }
    }
  }
}

}  // namespace

std::vector<Parameter> read_parameters(const io::Inputs& inputs, const io::Document& document,
                                       const std::vector<NamedCase>& cases, const DataLibrary& library) {
  std::vector<Parameter> parameters;
  for (int i = 0; i < inputs.count("parameter"); ++i) {
    parameters.push_back(ParameterReader(inputs, document, i, cases, library).read());
    for (std::size_t k = 0; k + 1 < parameters.size(); ++k) {
      if (parameters[k].name == parameters.back().name)
        throw InputError(parameters.back().where, "parameter.name", "\"" + parameters[k].name + "\" twice",
                         "each name once");
    }
  }
  if (parameters.empty())
    throw InputError({document.name(), 0, 0}, "parameter", "no [[parameter]]", "at least one number to vary");
  require_apart(parameters, cases);
  return parameters;
}

}  // namespace nacre::scenarios::inference
