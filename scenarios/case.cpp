#include "scenarios/case.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/io/input_table.hpp"
#include "scenarios/fitted_input.hpp"
#include "scenarios/inputs.hpp"
#include "scenarios/stage.hpp"

namespace nacre::scenarios {
namespace {

using io::Document;
using io::InputError;

const io::Position command_line{"--set", 0, 0};

bool names_variant(const Override& change) {
  return change.key.starts_with("variant.");
}

std::string text_of(const Document& document, const std::string& key) {
  const io::Entry* entry = document.find(key);
  const auto* text = entry ? std::get_if<std::string>(&entry->value) : nullptr;
  return text ? *text : std::string();
}

/// Groups of a result file that a variant's group would hide.
void require_free_name(const std::string& name, const io::Position& where) {
  const bool of_stage =
      std::any_of(all_stages.begin(), all_stages.end(), [&](Stage stage) { return name == name_of(stage); });
  if (name != "provenance" && !of_stage) return;
  throw InputError(where, "variant." + name, "a variant called \"" + name + "\"",
                   "another name: results have a group of that name");
}

io::Position position_of(const Document& document, const std::string& table) {
  const auto it = document.tables().find(table);
  return it == document.tables().end() ? io::Position{document.name(), 0, 0} : it->second;
}

std::vector<std::string> variant_names(const Document& document) {
  std::vector<std::string> names = document.children("variant");
  for (const std::string& name : names) {
    require_free_name(name, position_of(document, "variant." + name));
    const io::Entry* leaf = document.find("variant." + name);
    if (leaf) throw InputError(leaf->where, "variant." + name, "a value", "a table: [variant." + name + "]");
  }
  if (const io::Entry* leaf = document.find("variant"))
    throw InputError(leaf->where, "variant", "a value", "tables: [variant.NAME]");
  return names;
}

/// `--set variant.NAME.KEY=VALUE` before anything is laid over anything.
void set_in_variants(Document& document, const std::vector<Override>& overrides) {
  const std::vector<std::string> names = document.children("variant");
  for (const Override& change : overrides) {
    if (!names_variant(change)) continue;
    const std::string rest = change.key.substr(8);
    const std::string name = rest.substr(0, rest.find('.'));
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      const std::string near = io::nearest(name, names);
      throw InputError(command_line, change.key, "a variant that the case does not have",
                       near.empty() ? "one of its variants" : "perhaps \"" + near + "\"");
    }
    document.set(change.key, io::parse_value(change.value, command_line));
  }
}

/// The variant that another one is like, by its key `like`; nothing where it has none.
const std::string* base_of(const Document& document, const std::string& name, const std::vector<std::string>& names) {
  const std::string key = "variant." + name + ".like";
  const io::Entry* entry = document.find(key);
  if (!entry) return nullptr;
  const auto* base = std::get_if<std::string>(&entry->value);
  if (!base) throw InputError(entry->where, key, "no text", "the name of a variant in quotation marks");
  if (std::find(names.begin(), names.end(), *base) != names.end()) return base;
  const std::string near = io::nearest(*base, names);
  throw InputError(entry->where, key, "\"" + *base + "\", a variant that the case does not have",
                   near.empty() ? "one of its variants" : "perhaps \"" + near + "\"");
}

/// The names of the variants that one is like, nearest first.
std::vector<std::string> ancestors_of(const Document& document, const std::string& name,
                                      const std::vector<std::string>& names) {
  std::vector<std::string> line;
  for (const std::string* base = base_of(document, name, names); base; base = base_of(document, *base, names)) {
    if (*base == name || std::find(line.begin(), line.end(), *base) != line.end())
      throw InputError(document.find("variant." + name + ".like")->where, "variant." + name + ".like",
                       "variants that are like one another in a ring", "a variant that stands on its own at its end");
    line.push_back(*base);
  }
  return line;
}

/// A variant's own table, with all that it takes from those that it is like.
std::vector<Ancestor> inherit(Document& document, const std::string& name, const std::vector<std::string>& line) {
  std::vector<Ancestor> like;
  std::set<std::string> replaced;
  for (const std::string& base : line) {
    replaced.merge(document.inherit("variant." + name, "variant." + base));
    like.push_back({base, replaced});
  }
  document.remove("variant." + name + ".like");
  return like;
}

/// The records of fits that a case names, relative to it.
std::vector<FitRecord> read_fits(const Document& document) {
  std::vector<FitRecord> records;
  const io::Entry* entry = document.find("fits");
  if (!entry) return records;
  const auto* list = std::get_if<io::Array>(&entry->value);
  if (!list) throw InputError(entry->where, "fits", "no list", "a list of records that `nacre fit` wrote");
  for (const io::Entry& item : *list) {
    const auto* name = std::get_if<std::string>(&item.value);
    if (!name) throw InputError(item.where, "fits", "no text", "paths in quotation marks");
    const std::filesystem::path folder = std::filesystem::path(document.name()).parent_path();
    records.push_back(read_fit_record((folder / *name).lexically_normal().string()));
  }
  return records;
}

std::string name_of_case(const Document& document) {
  return std::filesystem::path(document.name()).stem().string();
}

/// One variant: base, then the variant, then what fits came out with or (on request) what is known a priori, then the
/// command line.
Variant resolve(Document document, const std::string& name, bool a_priori, const std::vector<FitRecord>& fits,
                const std::vector<Override>& overrides) {
  const std::vector<std::string> line = ancestors_of(document, name, document.children("variant"));
  std::vector<Ancestor> like = inherit(document, name, line);
  if (!name.empty()) document.overlay("variant." + name);
  if (a_priori) document.overlay("a_priori");
  for (const char* table : {"variant", "a_priori", "fitted", "fits"}) document.remove(table);
  Variant variant{name, std::move(document), {}, std::move(like)};
  if (!a_priori) {
    for (const FitRecord& record : fits) lay_over(record, name_of_case(variant.document), variant);
  }
  for (const Override& change : overrides) {
    if (!names_variant(change)) variant.document.set(change.key, io::parse_value(change.value, command_line));
  }
  return variant;
}

std::string literal(const io::Entry& entry) {
  if (const auto* flag = std::get_if<bool>(&entry.value)) return *flag ? "true" : "false";
  if (const auto* whole = std::get_if<long long>(&entry.value)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&entry.value)) {
    std::string digits(32, '\0');
    digits.resize(static_cast<std::size_t>(std::snprintf(digits.data(), digits.size(), "%.17g", *real)));
    return digits;
  }
  if (const auto* text = std::get_if<std::string>(&entry.value)) return '"' + *text + '"';
  std::string list;
  for (const io::Entry& item : std::get<io::Array>(entry.value)) list += (list.empty() ? "" : ", ") + literal(item);
  return "[" + list + "]";
}

}  // namespace

std::string Variant::input_of(const std::string& key) const {
  if (!key.starts_with("variant.")) return key;
  const std::size_t dot = key.find('.', 8);
  const std::string of = key.substr(8, dot - 8), input = dot == std::string::npos ? "" : key.substr(dot + 1);
  if (of == name) return input;
  const auto it = std::find_if(like.begin(), like.end(), [&](const Ancestor& a) { return a.name == of; });
  if (it == like.end()) return "";
  const bool differs = std::any_of(it->replaced.begin(), it->replaced.end(), [&](const std::string& path) {
    return input == path || input.starts_with(path + ".");
  });
  return differs ? "" : input;
}

bool Variant::has_table_of(const std::string& input) const {
  const std::string table = input.substr(0, input.find('.')) + ".";
  const auto at = document.entries().lower_bound(table);
  return (at != document.entries().end() && at->first.starts_with(table)) ||
         document.tables().contains(table.substr(0, table.size() - 1));
}

Override parse_override(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw InputError(command_line, "", "\"" + text + "\"", "KEY=VALUE, such as synthesis.precursor=\"2 mol/m3\"");
  }
  std::string key = text.substr(0, equals);
  key.erase(key.find_last_not_of(' ') + 1);
  std::string value = text.substr(equals + 1);
  value.erase(0, value.find_first_not_of(' '));
  if (key.empty() || value.empty()) throw InputError(command_line, key, "nothing", "a value: KEY=VALUE");
  return {key, value};
}

Case load_case(const std::string& path, const std::vector<Override>& overrides) {
  return parse_case(Document::load(path), overrides);
}

Case parse_case(const Document& original, const std::vector<Override>& overrides) {
  if (original.entries().empty() && original.tables().empty()) {
    throw InputError({original.name(), 0, 0}, "", "an empty file", "a case; `nacre new` writes one to start from");
  }
  Document document = original;
  set_in_variants(document, overrides);
  Case result;
  result.path = document.name();
  result.text = document.text();
  result.overrides = overrides;
  result.title = text_of(document, "title");
  result.paper = text_of(document, "paper");
  std::vector<std::string> names = variant_names(document);
  if (names.empty()) names.push_back("");
  result.fitted = read_fitted_inputs(original);
  result.fits = read_fits(original);
  require_agreement(result.fits, name_of_case(original));
  for (const FitRecord& record : result.fits) {
    for (FittedInput& input : fitted_inputs(record, name_of_case(original))) result.fitted.push_back(std::move(input));
  }
  for (const std::string& name : names) {
    result.variants.push_back(resolve(document, name, false, result.fits, overrides));
    result.a_priori.push_back(resolve(document, name, true, result.fits, overrides));
  }
  return result;
}

std::string canonical_text(const Document& document, const std::vector<std::string>& tables) {
  std::string text;
  for (const auto& [key, entry] : document.entries()) {
    const std::string table = key.substr(0, key.find('.'));
    if (!tables.empty() && std::find(tables.begin(), tables.end(), table) == tables.end()) continue;
    text += key + " = " + literal(entry) + "\n";
  }
  return text;
}

}  // namespace nacre::scenarios
