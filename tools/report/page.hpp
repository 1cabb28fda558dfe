#pragma once
#include <string>

namespace nacre::report {

/// A page around its data, one JSON document: style, plotly.js and our own scripts, all inside; a policy under which a
/// browser loads nothing from anywhere.
std::string page_of(const std::string& title, const std::string& data);

}  // namespace nacre::report
