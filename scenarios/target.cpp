#include "scenarios/target.hpp"

#include <algorithm>
#include <set>

#include "engine/io/input_leaf.hpp"
#include "engine/io/input_table.hpp"
#include "scenarios/outputs.hpp"

namespace nacre::scenarios {
namespace {

using io::Entry;
using io::Holds;
using io::InputError;
using io::InputRow;

/// The keys of a target that hold one text or number; value, from, chain and between are lists and read apart.
const std::vector<InputRow>& target_rows() {
  static const std::vector<InputRow> rows{
      {"id", Holds::text, "", {}, {}, std::nullopt, "Name of the target: PAPER.QUANTITY."},
      {"paper", Holds::text, "", {}, {}, std::nullopt, "Name of the paper."},
      {"unit", Holds::text, "", {}, {}, std::nullopt, "Of value and band."},
      {"band", Holds::number, "1", {0, 1e300, false}, {}, "0", "Half-width of the accepted interval."},
      {"kind", Holds::choice, "", {}, {"predict", "calibrate", "order", "ratio"}, std::nullopt, "How it is judged."},
      {"source", Holds::text, "", {}, {}, std::nullopt, "Where in the paper."},
      {"note", Holds::text, "", {}, {}, "\"\"", "Remark."},
      {"awaits", Holds::text, "", {}, {}, "\"\"", "What has to exist before it can be computed."},
      {"stands_for", Holds::text, "", {}, {}, "\"\"", "What a computed quantity is taken for."},
      {"known_miss", Holds::text, "", {}, {}, "\"\"", "Why it is expected to be missed."},
  };
  return rows;
}

TargetKind kind_of(const std::string& name) {
  for (const TargetKind kind : {TargetKind::calibrate, TargetKind::order, TargetKind::ratio}) {
    if (name == name_of(kind)) return kind;
  }
  return TargetKind::predict;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// "ln.pl_peak", or "pl_peak" of a case without variants.
Reference reference(const std::string& name, const io::Position& where, const std::string& key) {
  const std::size_t dot = name.rfind('.');
  const Reference result{dot == std::string::npos ? "" : name.substr(0, dot),
                         dot == std::string::npos ? name : name.substr(dot + 1)};
  if (find_scalar(result.output)) return result;
  const std::string near = io::nearest(result.output, scalar_names());
  throw InputError(where, key, "\"" + name + "\"",
                   near.empty() ? "VARIANT.OUTPUT with a scalar of `nacre outputs`" : "perhaps \"" + near + "\"");
}

/// One [[target]] of a file.
class TargetReader {
 public:
  TargetReader(const io::Document& document, std::string table) : document_(document), table_(std::move(table)) {
    const auto header = document.tables().find(table_);
    target_.where = header == document.tables().end() ? io::Position{document.name(), 0, 0} : header->second;
  }

  Target read() {
    require_known_keys();
    target_.id = text("id");
    target_.paper = text("paper");
    target_.unit = text("unit");
    target_.kind = kind_of(text("kind"));
    target_.source = text("source");
    target_.note = text("note");
    target_.awaits = text("awaits");
    target_.stands_for = text("stands_for");
    target_.known_miss = text("known_miss");
    if (find("band")) target_.band = leaf("band").number;
    target_.value = value();
    target_.from = expressions("from");
    target_.chain = expressions("chain");
    target_.between = expressions("between");
    require_consistent();
    return target_;
  }

 private:
  const Entry* find(const std::string& key) const { return document_.find(table_ + "." + key); }

  [[noreturn]] void fail(const std::string& key, const std::string& read, const std::string& expected) const {
    const Entry* entry = find(key);
    throw InputError(entry ? entry->where : target_.where, "target." + key, read, expected);
  }

  void require_known_keys() const {
    for (const std::string& key : document_.children(table_)) {
      const bool list = key == "value" || key == "from" || key == "chain" || key == "between";
      const bool known =
          std::any_of(target_rows().begin(), target_rows().end(), [&](const InputRow& row) { return row.key == key; });
      if (!list && !known) fail(key, "an unknown key", "a key of a target, such as value, band, from or awaits");
    }
  }

  io::Value leaf(const std::string& key) const {
    const auto row =
        std::find_if(target_rows().begin(), target_rows().end(), [&](const InputRow& r) { return r.key == key; });
    const Entry* entry = find(key);
    if (!entry && !row->standard) fail(key, "nothing", row->meaning);
    return entry ? io::read_leaf(*row, "target." + key, *entry) : io::Value{};
  }
  std::string text(const std::string& key) const { return leaf(key).text; }

  std::optional<double> number(const Entry& entry) const {
    if (const auto* whole = std::get_if<long long>(&entry.value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&entry.value)) return *real;
    return std::nullopt;
  }

  Measured value() const {
    const Entry* entry = find("value");
    if (!entry) fail("value", "nothing", "what was measured");
    if (const auto single = number(*entry)) return *single;
    const auto* array = std::get_if<io::Array>(&entry->value);
    std::vector<double> numbers;
    std::vector<std::string> names;
    for (const Entry& item : array ? *array : io::Array{}) {
      if (const auto one = number(item)) numbers.push_back(*one);
      if (const auto* name = std::get_if<std::string>(&item.value)) names.push_back(*name);
    }
    if (array && !numbers.empty() && numbers.size() == array->size()) return numbers;
    if (array && !names.empty() && names.size() == array->size()) return names;
    fail("value", "neither", "a number, a list of numbers or a list of names");
  }

  std::vector<Expression> expressions(const std::string& key) const {
    const Entry* entry = find(key);
    if (!entry) return {};
    const auto* array = std::get_if<io::Array>(&entry->value);
    if (!array || array->empty())
      fail(key, "no list", "a list of texts such as \"ln.pl_peak\" or \"rt.pl_peak - ln.pl_peak\"");
    std::vector<Expression> result;
    for (const Entry& item : *array) {
      const auto* expression = std::get_if<std::string>(&item.value);
      if (!expression) fail(key, "something else", "texts in quotation marks");
      result.push_back(parse_expression(*expression, item.where, "target." + key));
    }
    return result;
  }

  void require_one_an_entry(const std::string& key, const std::vector<Expression>& expressions) const {
    if (expressions.empty() || expressions.size() == target_.entries()) return;
    fail(key, std::to_string(expressions.size()) + " expressions",
         std::to_string(target_.entries()) + ", one an entry of the value");
  }

  void require_consistent() const {
    const bool names = std::holds_alternative<std::vector<std::string>>(target_.value);
    if (names != (target_.kind == TargetKind::order))
      fail("value", names ? "names" : "numbers", names ? "kind = \"order\"" : "names, for an order");
    if (names == target_.band.has_value())
      fail("band", names ? "a band" : "nothing", names ? "none for an order" : "a band");
    if (target_.from.empty() == target_.awaits.empty())
      fail("from", "neither or both of from and awaits", "one of them");
    require_one_an_entry("from", target_.from);
    require_one_an_entry("chain", target_.chain);
    if (target_.from.empty() && !target_.chain.empty()) fail("chain", "a chain without from", "from beside it");
  }

  const io::Document& document_;
  std::string table_;
  Target target_;
};

void require_known_top(const io::Document& document) {
  for (const std::string& key : document.children("")) {
    if (key == "target" || key == "schema" || key == "paper" || key == "title") continue;
    const Entry* entry = document.find(key);
    throw InputError(entry ? entry->where : io::Position{document.name(), 0, 0}, key, "an unknown key",
                     "schema, paper, title or [[target]]");
  }
}

}  // namespace

std::string_view name_of(TargetKind kind) {
  switch (kind) {
    case TargetKind::predict:
      return "predict";
    case TargetKind::calibrate:
      return "calibrate";
    case TargetKind::order:
      return "order";
    case TargetKind::ratio:
      break;
  }
  return "ratio";
}

Expression parse_expression(const std::string& text, const io::Position& where, const std::string& key) {
  const std::size_t minus = text.find(" - ");
  Expression result{text, reference(trimmed(text.substr(0, minus)), where, key), std::nullopt};
  if (minus != std::string::npos) result.minus = reference(trimmed(text.substr(minus + 3)), where, key);
  return result;
}

std::vector<Reference> Expression::references() const {
  std::vector<Reference> all{first};
  if (minus) all.push_back(*minus);
  return all;
}

std::size_t Target::entries() const {
  if (const auto* numbers = std::get_if<std::vector<double>>(&value)) return numbers->size();
  if (const auto* names = std::get_if<std::vector<std::string>>(&value)) return names->size();
  return 1;
}

std::string Target::plain_unit() const {
  return unit.substr(0, std::min(unit.find(" ("), unit.find(" at ")));
}

std::vector<Target> load_targets(const std::string& path) {
  return parse_targets(io::Document::load(path));
}

std::vector<Target> parse_targets(const io::Document& document) {
  require_known_top(document);
  std::vector<Target> targets;
  std::set<std::string> ids;
  for (const std::string& index : document.children("target")) {
    targets.push_back(TargetReader(document, "target." + index).read());
    const Target& target = targets.back();
    if (!ids.insert(target.id).second)
      throw InputError(target.where, "target.id", "\"" + target.id + "\" a second time", "each id once");
  }
  return targets;
}

}  // namespace nacre::scenarios
