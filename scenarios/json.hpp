#pragma once
#include <optional>
#include <string>
#include <vector>

namespace nacre::scenarios {

/// Values as JSON text.
std::string json(const std::string& text);  ///< quoted and escaped
std::string json(double number);            ///< shortest digits that read back the same; null when not finite
std::string json(bool flag);
std::string json(const std::optional<double>& number);  ///< null for none
std::string json(const std::vector<double>& numbers);
std::string json(const std::vector<std::string>& texts);
std::string json_list(const std::vector<std::string>& values);  ///< of texts that are JSON already

/// An object, member by member.
class JsonObject {
 public:
  template <class T>
  JsonObject& add(const std::string& name, const T& value) {
    return add_json(name, json(value));
  }
  JsonObject& add(const std::string& name, const char* value) { return add_json(name, json(std::string(value))); }
  /// A value that is JSON already.
  JsonObject& add_json(const std::string& name, const std::string& value);
  std::string text() const { return "{" + members_ + "}"; }

 private:
  std::string members_;
};

}  // namespace nacre::scenarios
