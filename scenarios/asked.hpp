#pragma once
#include <string>
#include <vector>

#include "engine/io/input_table.hpp"
#include "models/materials/composition.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/warning.hpp"

namespace nacre::scenarios {

/// The name of data that a key gives, with where it stands: the key's own place where the case says nothing.
Asked asked(const io::Inputs& inputs, const std::string& key);

/// What is said where data of `name` (told by `key`) meet a composition that they do not hold for, and what is done.
Warning composition_warning(const std::string& key, const std::string& name, const Validity& data,
                            const materials::Composition& composition, const std::string& done);

/// Constants of a file of such a kind that are used on a composition without data all the same, for nothing else is
/// there: adds a warning.
void mind_composition(const ModelData& data, const std::string& kind, const Asked& asked,
                      const materials::Composition& composition, const std::string& done,
                      std::vector<Warning>& warnings);

}  // namespace nacre::scenarios
