#include "scenarios/datum.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/io/input_table.hpp"
#include "engine/units/quantity.hpp"

namespace nacre::scenarios {
namespace {

using io::InputError;

/// One table of a data file, leaf by leaf.
class DatumReader {
 public:
  DatumReader(const io::Document& document, const std::string& name) : document_(document), name_(name) {}

  Datum read() const {
    require_known_keys();
    Datum datum;
    datum.name = name_;
    datum.where = position();
    datum.unit = text("unit", true);
    const units::Unit unit = parsed(datum.unit);
    datum.value = number(leaf("value", true)) * unit.factor + unit.offset;
    if (const io::Entry* sigma = leaf("sigma", false)) datum.sigma = sound_sigma(sigma) * unit.factor;
    datum.basis = basis();
    datum.source = text("source", true);
    datum.note = text("note", false);
    datum.fitted_to = fitted_to(datum.basis);
    return datum;
  }

 private:
  io::Position position() const {
    const auto it = document_.tables().find(name_);
    return it == document_.tables().end() ? io::Position{document_.name(), 0, 0} : it->second;
  }

  void require_known_keys() const {
    static const std::vector<std::string> known{"value", "unit", "sigma", "basis", "source", "note", "fitted_to"};
    for (const std::string& key : document_.children(name_)) {
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      const io::Entry* entry = document_.find(name_ + "." + key);
      const std::string near = io::nearest(key, known);
      throw InputError(
          entry ? entry->where : position(), name_ + "." + key, "an unknown key of a datum",
          near.empty() ? "value, unit, sigma, basis, source, note or fitted_to" : "perhaps \"" + near + "\"");
    }
  }

  const io::Entry* leaf(const std::string& key, bool required) const {
    const io::Entry* entry = document_.find(name_ + "." + key);
    if (!entry && required) throw InputError(position(), name_ + "." + key, "nothing", "this key of every datum");
    return entry;
  }

  double number(const io::Entry* entry) const {
    if (const auto* whole = std::get_if<long long>(&entry->value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&entry->value)) return *real;
    throw InputError(entry->where, name_, "something else",
                     "a number without quotation marks; its unit stands in `unit`");
  }

  double sound_sigma(const io::Entry* entry) const {
    const double sigma = number(entry);
    if (sigma >= 0 && std::isfinite(sigma)) return sigma;
    throw InputError(entry->where, name_ + ".sigma", "a standard uncertainty below 0", "one above 0, or none");
  }

  std::string text(const std::string& key, bool required) const {
    const io::Entry* entry = leaf(key, required);
    if (!entry) return {};
    if (const auto* content = std::get_if<std::string>(&entry->value)) return *content;
    throw InputError(entry->where, name_ + "." + key, "something else", "a text in quotation marks");
  }

  units::Unit parsed(const std::string& unit) const {
    try {
      return units::parse_unit(unit);
    } catch (const std::invalid_argument& error) {
      throw InputError(leaf("unit", true)->where, name_ + ".unit", "\"" + unit + "\"",
                       std::string("a unit (") + error.what() + ")");
    }
  }

  Basis basis() const {
    const std::string word = text("basis", true);
    for (const Basis known : {Basis::measured, Basis::fitted, Basis::assumed}) {
      if (word == name_of(known)) return known;
    }
    throw InputError(leaf("basis", true)->where, name_ + ".basis", "\"" + word + "\"",
                     "\"measured\" | \"fitted\" | \"assumed\"");
  }

  std::vector<std::string> fitted_to(Basis basis) const {
    const io::Entry* entry = leaf("fitted_to", basis == Basis::fitted);
    if (!entry) return {};
    const std::string key = name_ + ".fitted_to";
    if (basis != Basis::fitted) throw InputError(entry->where, key, "a fitted_to", "basis = \"fitted\" beside it");
    const auto* array = std::get_if<io::Array>(&entry->value);
    if (!array || array->empty())
      throw InputError(entry->where, key, "no list", "a list of target ids or reference tables");
    std::vector<std::string> ids;
    for (const io::Entry& item : *array) {
      const auto* id = std::get_if<std::string>(&item.value);
      if (!id) throw InputError(item.where, key, "something else", "texts in quotation marks");
      ids.push_back(*id);
    }
    return ids;
  }

  const io::Document& document_;
  const std::string& name_;
};

void require_schema(const io::Document& document) {
  const io::Entry* entry = document.find("schema");
  const auto* schema = entry ? std::get_if<long long>(&entry->value) : nullptr;
  if (schema && *schema == 1) return;
  throw InputError(entry ? entry->where : io::Position{document.name(), 0, 0}, "schema",
                   entry ? "another schema" : "nothing", "schema = 1");
}

}  // namespace

std::string_view name_of(Basis basis) {
  switch (basis) {
    case Basis::measured:
      return "measured";
    case Basis::fitted:
      return "fitted";
    case Basis::assumed:
      break;
  }
  return "assumed";
}

const Datum& DataFile::at(const std::string& datum, const std::string& unit) const {
  const auto it = std::find_if(data.begin(), data.end(), [&](const Datum& d) { return d.name == datum; });
  if (it == data.end()) throw InputError({path, 0, 0}, datum, "nothing", "a table [" + datum + "] in " + unit);
  const units::Dimension read = units::parse_unit(it->unit).dimension;
  const units::Dimension expected = units::parse_unit(unit).dimension;
  if (read != expected) {
    throw InputError(it->where, datum + ".unit", "\"" + it->unit + "\" (" + units::describe(read) + ")",
                     units::describe(expected) + " such as " + unit);
  }
  return *it;
}

bool DataFile::has(const std::string& datum) const {
  return std::any_of(data.begin(), data.end(), [&](const Datum& d) { return d.name == datum; });
}

const std::string& DataFile::text(const std::string& key) const {
  const auto it = std::find_if(texts.begin(), texts.end(), [&](const auto& pair) { return pair.first == key; });
  if (it == texts.end()) throw InputError({path, 0, 0}, key, "nothing", "a text");
  return it->second;
}

void apply(const std::vector<DatumChange>& changes, DataFile& file) {
  for (const DatumChange& change : changes) {
    for (Datum& datum : file.data) {
      if (change.datum != datum.file + "." + datum.name) continue;
      datum.value = change.value;
      if (change.sigma) datum.sigma = change.sigma;
      if (change.fitted_to.empty()) continue;
      datum.basis = Basis::fitted;
      datum.fitted_to = change.fitted_to;
    }
  }
}

DataFile read_data_file(const std::string& path, const std::string& kind, const std::string& name) {
  const io::Document document = io::Document::load(path);
  require_schema(document);
  DataFile file{kind, name, path, {}, {}};
  for (const std::string& key : document.children("")) {
    if (const io::Entry* entry = document.find(key)) {
      const auto* text = std::get_if<std::string>(&entry->value);
      if (!text && key != "schema")
        throw InputError(entry->where, key, "a bare value", "a text, or a table [" + key + "]");
      if (text) file.texts.emplace_back(key, *text);
      continue;
    }
    file.data.push_back(DatumReader(document, key).read());
    file.data.back().file = kind + "/" + name;
  }
  return file;
}

}  // namespace nacre::scenarios
