#pragma once
#include <string>
#include <vector>

namespace nacre::scenarios {

/// Text with blanks up to a width; at least one follows.
std::string padded(std::string text, std::size_t width);

/// Text broken at blanks into lines of at most `width` letters, every line after the first behind a margin. Leading
/// blanks stay.
std::string wrapped(const std::string& text, std::size_t width, const std::string& margin);

/// Words with ", " between them.
std::string joined(const std::vector<std::string>& words);

/// A cell of a CSV file: in quotation marks where it has to be.
std::string csv_cell(const std::string& text);

}  // namespace nacre::scenarios
