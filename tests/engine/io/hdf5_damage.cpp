#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "engine/io/hdf5.hpp"
#include "engine/io/hdf5_seal.hpp"
#include "engine/io/input_error.hpp"
#include "tests/engine/io/scratch.hpp"

using namespace nacre::io;
using nacre::io::test::Scratch;

namespace {

std::string sample() {
  const Scratch scratch;
  const std::string path = scratch.file("sound.h5");
  Hdf5Writer writer(path);
  const std::vector<double> values(9000, 1.5);
  writer.axis("/time", {"s", "time"}, values);
  writer.dataset("/x", {"m", "place"}, {"time"}, values);
  writer.text("/case", "schema = 1");
  writer.commit();
  return read_whole(path);
}

/// Whether the reader refuses these bytes as a user's mistake; anything else but success would end the test.
bool refused(const std::string& bytes) {
  const Scratch scratch;
  const std::string path = scratch.file("damaged.h5");
  std::ofstream(path, std::ios::binary) << bytes;
  try {
    Hdf5File::load(path);
    return false;
  } catch (const InputError& error) {
    CHECK_THAT(error.what(), Catch::Contains("damaged.h5: read "));
    return true;
  }
}

}  // namespace

TEST_CASE("half a file is refused at every length", "[io]") {
  const std::string bytes = sample();
  CHECK_FALSE(refused(bytes));
  int accepted = 0;
  for (std::size_t size = 0; size < bytes.size(); size += size < 64 || size + 64 > bytes.size() ? 1 : 37) {
    if (!refused(bytes.substr(0, size))) ++accepted;
  }
  CHECK(accepted == 0);
  CHECK(refused(bytes + "x"));
}

TEST_CASE("a file with any byte changed is refused", "[io]") {
  const std::string bytes = sample();
  std::mt19937 random(7);
  int accepted = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string damaged = bytes;
    damaged[random() % damaged.size()] ^= static_cast<char>(1U << (random() % 8));
    if (!refused(damaged)) ++accepted;
  }
  CHECK(accepted == 0);
}

TEST_CASE("foreign files are refused", "[io]") {
  const std::string bytes = sample();
  CHECK(refused(""));
  CHECK(refused("schema = 1\n"));
  CHECK(refused("\x89HDF\r\n\x1a\n"));
  CHECK(refused(std::string(sealed_image(bytes))));                    // as another program would write it
  CHECK(refused("\x89HDF\r\n\x1a\n" + seal_of("\x89HDF\r\n\x1a\n")));  // a seal, but nothing under it
  const Scratch scratch;
  CHECK_THROWS_WITH(Hdf5File::load(scratch.file("absent.h5")), Catch::Contains("there is none by this name"));
  CHECK_THROWS_WITH(Hdf5File::load(scratch.path().string()), Catch::Contains("read a folder"));
}

TEST_CASE("the seal is the published FNV-1a hash", "[io]") {
  CHECK(seal_of("") == "\nnacre fnv1a64 cbf29ce484222325\n");
  CHECK(seal_of("a") == "\nnacre fnv1a64 af63dc4c8601ec8c\n");
  CHECK(seal_of("foobar") == "\nnacre fnv1a64 85944171f73967e8\n");
  CHECK(sealed_image("foobar" + seal_of("foobar")) == "foobar");
  CHECK(sealed_image("foobaz" + seal_of("foobar")).empty());
}
