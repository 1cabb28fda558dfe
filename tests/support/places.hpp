#pragma once
#include <string>

/// Where the tests find what they read and run.
namespace nacre::places {

/// A path in the source tree, given from its root.
std::string source(const std::string& path);

/// The command-line program of this build.
std::string program();

}  // namespace nacre::places
