#pragma once
#include <cstdlib>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace nacre::support {

/// A JSON value as a reader sees it: strict, and only as much as tests need.
struct JsonValue {
  using List = std::vector<JsonValue>;
  using Object = std::map<std::string, JsonValue>;
  std::variant<std::nullptr_t, bool, double, std::string, List, Object> content = nullptr;

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(content); }
  double number() const { return std::get<double>(content); }
  bool flag() const { return std::get<bool>(content); }
  const std::string& text() const { return std::get<std::string>(content); }
  const List& list() const { return std::get<List>(content); }
  const JsonValue& at(const std::string& key) const { return std::get<Object>(content).at(key); }
  bool has(const std::string& key) const { return std::get<Object>(content).contains(key); }
};

class JsonReader {
 public:
  static JsonValue read(std::string_view text) {
    JsonReader reader(text);
    JsonValue value = reader.value();
    reader.skip();
    if (!reader.rest_.empty()) throw std::runtime_error("JSON: something behind the document");
    return value;
  }

 private:
  explicit JsonReader(std::string_view text) : rest_(text) {}

  void skip() {
    while (!rest_.empty() && std::string_view(" \n\t\r").find(rest_.front()) != std::string_view::npos)
      rest_.remove_prefix(1);
  }
  bool take(std::string_view token) {
    skip();
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  void require(std::string_view token) {
    if (!take(token))
      throw std::runtime_error("JSON: expected " + std::string(token) + " before " + std::string(rest_.substr(0, 20)));
  }

  JsonValue value() {
    if (take("null")) return {};
    if (take("true")) return {true};
    if (take("false")) return {false};
    if (take("[")) return {list()};
    if (take("{")) return {object()};
    skip();
    if (rest_.starts_with('"')) return {text()};
    const std::string digits(rest_.substr(0, 40));
    char* end = nullptr;
    const double number = std::strtod(digits.c_str(), &end);
    if (end == digits.c_str()) throw std::runtime_error("JSON: no value before " + digits);
    rest_.remove_prefix(static_cast<std::size_t>(end - digits.c_str()));
    return {number};
  }
  JsonValue::List list() {
    JsonValue::List items;
    if (take("]")) return items;
    do items.push_back(value());
    while (take(","));
    require("]");
    return items;
  }
  JsonValue::Object object() {
    JsonValue::Object members;
    if (take("}")) return members;
    do {
      skip();
      std::string key = text();
      require(":");
      if (!members.emplace(std::move(key), value()).second) throw std::runtime_error("JSON: a key twice");
    } while (take(","));
    require("}");
    return members;
  }
  std::string text() {
    require("\"");
    std::string result;
    for (;; rest_.remove_prefix(1)) {
      if (rest_.empty() || static_cast<unsigned char>(rest_.front()) < 0x20)
        throw std::runtime_error("JSON: a text without end");
      if (rest_.front() == '"') break;
      if (rest_.front() != '\\') {
        result += rest_.front();
        continue;
      }
      rest_.remove_prefix(1);
      if (rest_.front() == 'u') {
        result += static_cast<char>(std::stoi(std::string(rest_.substr(1, 4)), nullptr, 16));
        rest_.remove_prefix(4);
      } else {
        result += rest_.front();
      }
    }
    rest_.remove_prefix(1);
    return result;
  }

  std::string_view rest_;
};

}  // namespace nacre::support
