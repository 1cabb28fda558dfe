#pragma once
#include <array>
#include <string_view>

namespace nacre::report::parts {

/// The files of page/ and plotly/ as the build embedded them (embed.cmake).
std::string_view style();
std::string_view plotly();
/// Our own scripts in the order in which they build on one another.
std::array<std::string_view, 14> scripts();

}  // namespace nacre::report::parts
