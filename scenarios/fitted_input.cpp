#include "scenarios/fitted_input.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/io/input_leaf.hpp"
#include "engine/io/input_table.hpp"
#include "engine/io/key_path.hpp"
#include "engine/units/quantity.hpp"
#include "models/materials/composition.hpp"
#include "scenarios/inputs.hpp"

namespace nacre::scenarios {
namespace {

using io::InputError;
using io::InputRow;

/// The rows of a record, in the form of the table of inputs. fitted_to, a list, is read apart.
const std::vector<InputRow>& record_rows() {
  static const std::vector<InputRow> rows{
      {"key", io::Holds::text, "", {}, {}, std::nullopt, "The input that was fitted."},
      {"value", io::Holds::number, "1", {}, {}, std::nullopt, "What it came out as, in `unit`."},
      {"unit", io::Holds::text, "", {}, {}, std::nullopt, "Of `value`."},
      {"note", io::Holds::text, "", {}, {}, "\"\"", "How it was fitted."},
      {"sigma",
       io::Holds::number,
       "1",
       {0, 1e300, false},
       {},
       "0",
       "Its standard error, in `unit`; none where it is not known."},
  };
  return rows;
}

std::vector<std::string> read_ids(const io::Document& document, const std::string& key, const io::Position& where) {
  const io::Entry* entry = document.find(key);
  const auto* array = entry ? std::get_if<io::Array>(&entry->value) : nullptr;
  std::vector<std::string> ids;
  for (const io::Entry& item : array ? *array : io::Array{}) {
    if (const auto* id = std::get_if<std::string>(&item.value)) ids.push_back(*id);
  }
  if (ids.empty())
    throw InputError(entry ? entry->where : where, key, "no list of names",
                     "the ids of the targets that it was fitted to");
  return ids;
}

FittedInput read_record(const io::Document& document, const std::string& name) {
  const std::string table = "fitted." + name;
  FittedInput record;
  record.name = name;
  const auto header = document.tables().find(table);
  record.where = header == document.tables().end() ? io::Position{document.name(), 0, 0} : header->second;
  for (const std::string& key : document.children(table)) {
    const io::Entry* entry = document.find(table + "." + key);
    const bool known = key == "fitted_to" || std::any_of(record_rows().begin(), record_rows().end(),
                                                         [&](const InputRow& row) { return row.key == key; });
    if (!entry || !known) {
      throw InputError(entry ? entry->where : record.where, table + "." + key, "an unknown key",
                       "key, value, unit, sigma, fitted_to or note");
    }
  }
  const auto value = [&](std::size_t row) {
    const std::string key = table + "." + record_rows()[row].key;
    const io::Entry* entry = document.find(key);
    if (!entry && !record_rows()[row].standard)
      throw InputError(record.where, key, "nothing", record_rows()[row].meaning);
    return entry ? io::read_leaf(record_rows()[row], key, *entry) : io::Value{};
  };
  record.key = value(0).text;
  record.value = value(1).number;
  record.unit = value(2).text;
  record.note = value(3).text;
  if (document.find(table + ".sigma")) record.sigma = value(4).number;
  record.fitted_to = read_ids(document, table + ".fitted_to", record.where);
  record.input = record.key;
  if (record.key.starts_with("variant.")) {
    const std::size_t dot = record.key.find('.', 8);
    record.input = dot == std::string::npos ? "" : record.key.substr(dot + 1);
  }
  return record;
}

const InputRow* row_of(const std::string& input) {
  const std::string pattern = io::pattern_of(input);
  const auto it =
      std::find_if(case_inputs().begin(), case_inputs().end(), [&](const InputRow& row) { return row.key == pattern; });
  return it == case_inputs().end() ? nullptr : &*it;
}

/// What the case uses, in SI; of a composition its iodide share.
double used_value(const InputRow& row, const FittedInput& record, const io::Entry& entry) {
  const io::Value value = io::read_leaf(row, record.input, entry);
  if (row.holds != io::Holds::text) return value.number;
  try {
    return materials::parse_formula(value.text).iodide;
  } catch (const std::invalid_argument& error) {
    throw InputError(entry.where, record.input, "\"" + value.text + "\"",
                     std::string("a formula (") + error.what() + ")");
  }
}

double recorded_value(const FittedInput& record) {
  try {
    return units::to_si(record.value, record.unit);
  } catch (const std::invalid_argument& error) {
    throw InputError(record.where, "fitted." + record.name + ".unit", "\"" + record.unit + "\"",
                     std::string("a unit (") + error.what() + ")");
  }
}

/// Checks the record against the entry that it is about, and notes where that entry stands.
void tie_to_case(FittedInput& record, const io::Document& document) {
  const std::string key = "fitted." + record.name + ".key";
  const InputRow* row = row_of(record.input);
  if (!row || (row->holds == io::Holds::text && row->key != "material.composition")) {
    throw InputError(record.where, key, "\"" + record.key + "\"", "a key of `nacre inputs` that holds a number");
  }
  const io::Entry* entry = document.find(record.key);
  if (!entry) throw InputError(record.where, key, "\"" + record.key + "\"", "a key that the case sets");
  record.set_at = entry->where;
  const double used = used_value(*row, record, *entry);
  const double tolerance = row->holds == io::Holds::text ? 5e-5 : 1e-9 * std::abs(used);
  if (std::abs(used - recorded_value(record)) <= tolerance) return;
  throw InputError(record.where, "fitted." + record.name + ".value", "a value that differs from that of " + record.key,
                   "the same value in both places");
}

}  // namespace

std::vector<FittedInput> read_fitted_inputs(const io::Document& document) {
  if (const io::Entry* leaf = document.find("fitted"))
    throw InputError(leaf->where, "fitted", "a value", "tables: [fitted.NAME]");
  std::vector<FittedInput> records;
  for (const std::string& name : document.children("fitted")) {
    records.push_back(read_record(document, name));
    tie_to_case(records.back(), document);
  }
  return records;
}

bool is_in_use(const FittedInput& record, const Variant& variant) {
  const io::Entry* entry = variant.document.find(record.input);
  return entry && entry->where.file == record.set_at.file && entry->where.line == record.set_at.line &&
         entry->where.column == record.set_at.column;
}

}  // namespace nacre::scenarios
