#include "engine/units/spelling.hpp"

#include <catch2/catch.hpp>

using namespace nacre::units;

TEST_CASE("edit distance counts slips of the hand", "[units]") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("solvent", "slovent") == 1);  // neighbours swapped
  CHECK(edit_distance("ca", "abc") == 3);           // optimal string alignment; unrestricted it would be 2
  CHECK(edit_distance("temperature", "temperatur") == edit_distance("temperatur", "temperature"));
}

TEST_CASE("the nearest word is near, or none", "[units]") {
  const std::vector<std::string> words{"toluene", "octadecene", "hexane"};
  CHECK(nearest_word("tolene", words) == "toluene");
  CHECK(nearest_word("octadecen", words) == "octadecene");
  CHECK(nearest_word("HEXANE", words) == "hexane");
  CHECK(nearest_word("water", words).empty());
  CHECK(nearest_word("", words).empty());
  CHECK(nearest_word("x", {}).empty());
  CHECK(nearest_word(std::string(100000, 'x'), words).empty());
}
