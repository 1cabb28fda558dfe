#include "scenarios/asked.hpp"

#include <fmt/format.h>

namespace nacre::scenarios {

Asked asked(const io::Inputs& inputs, const std::string& key) {
  const io::Value value = inputs.at(key);
  Asked name{value.text, inputs.where(key), key};
  if (value.given) name.where = value.where;
  return name;
}

Warning composition_warning(const std::string& key, const std::string& name, const Validity& data,
                            const materials::Composition& composition, const std::string& done) {
  return {fmt::format("{}: {} on a composition without data, they are of {}", key, name, data.text()),
          fmt::format("{}: {} has data for {}, and not for {}; {}{}", key, name, data.text(),
                      materials::formula(composition), done, data.beyond().empty() ? "" : " (" + data.beyond() + ")")};
}

void mind_composition(const ModelData& data, const std::string& kind, const Asked& asked,
                      const materials::Composition& composition, const std::string& done,
                      std::vector<Warning>& warnings) {
  if (const Validity holds = data.holds_for(kind, asked); !holds.holds(composition))
    warnings.push_back(composition_warning(asked.key, asked.name, holds, composition, done));
}

}  // namespace nacre::scenarios
