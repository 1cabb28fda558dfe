#include "scenarios/json.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace nacre::scenarios {

std::string json(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7f) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", byte);
      result += escape;
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string json(double number) {
  if (!std::isfinite(number)) return "null";
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, number);
  return {digits, end.ptr};
}

std::string json(bool flag) {
  return flag ? "true" : "false";
}

std::string json(const std::optional<double>& number) {
  return number ? json(*number) : "null";
}

std::string json(const std::vector<double>& numbers) {
  std::vector<std::string> values;
  for (const double number : numbers) values.push_back(json(number));
  return json_list(values);
}

std::string json(const std::vector<std::string>& texts) {
  std::vector<std::string> values;
  for (const std::string& text : texts) values.push_back(json(text));
  return json_list(values);
}

std::string json_list(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ", ") + value;
  return "[" + text + "]";
}

JsonObject& JsonObject::add_json(const std::string& name, const std::string& value) {
  members_ += (members_.empty() ? "" : ", ") + json(name) + ": " + value;
  return *this;
}

}  // namespace nacre::scenarios
