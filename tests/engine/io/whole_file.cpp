#include "engine/io/whole_file.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "engine/io/hdf5.hpp"
#include "engine/io/input_error.hpp"
#include "tests/engine/io/scratch.hpp"
#include "tests/engine/io/small_files.hpp"

using namespace nacre::io;
using nacre::io::test::Scratch;
using nacre::io::test::SmallFiles;
namespace fs = std::filesystem;

TEST_CASE("a file appears whole and replaces what was there", "[io]") {
  const Scratch folder;
  const std::string path = folder.file("x");
  write_whole(path, std::string("old"));
  const std::string bytes(3000000, 'n');
  write_whole(path, bytes);
  CHECK(read_whole(path) == bytes);
  write_whole(path, std::string());
  CHECK(read_whole(path).empty());
  CHECK(folder.files() == 1);
}

TEST_CASE("when space runs out the old file stays and no half one is left", "[io]") {
  const Scratch folder;
  const std::string path = folder.file("result.h5");
  write_whole(path, std::string("old"));
  Hdf5Writer writer(path);
  writer.axis("/x", {"1", "x"}, std::vector<double>(5000, 0.5));
  {
    const SmallFiles full(4096);
    CHECK_THROWS_AS(write_whole(path, std::string(100000, 'x')), NoSpace);
    CHECK_THROWS_AS(writer.commit(), NoSpace);
    CHECK_THROWS_WITH(write_whole(path, std::string(100000, 'x')),
                      Catch::Contains("result.h5: no space left; 100000 bytes"));
  }
  CHECK(read_whole(path) == "old");
  CHECK(folder.files() == 1);
  writer.commit();  // space was made: nothing computed is lost
  CHECK(Hdf5File::load(path).datasets.size() == 1);
}

TEST_CASE("a full device says so", "[io]") {
  if (!fs::exists("/dev/full")) {
    WARN("skipped: there is no /dev/full here");
    return;
  }
  CHECK_THROWS_AS(write_whole("/dev/full", std::string("x")), NoSpace);
  CHECK(fs::is_character_file("/dev/full"));
  write_whole("/dev/null", std::string("x"));
  CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("a place that cannot be written is refused beforehand", "[io]") {
  const Scratch folder;
  CHECK_NOTHROW(require_writable(folder.file("x.h5")));
  CHECK(folder.files() == 0);
  CHECK_THROWS_WITH(require_writable(folder.file("no/such/x.h5")),
                    Catch::Contains("no/such/x.h5: expected an existing folder"));
  CHECK_THROWS_WITH(require_writable(folder.path().string()), Catch::Contains("read a folder"));
  CHECK_THROWS_AS(require_writable(""), InputError);
  std::ofstream(folder.file("file")) << "x";
  CHECK_THROWS_WITH(require_writable(folder.file("file/x.h5")), Catch::Contains("is none"));
  CHECK_THROWS_AS(require_writable(folder.file(std::string(300, 'x'))), InputError);
  CHECK_NOTHROW(require_writable(folder.file("file")));
  CHECK(read_whole(folder.file("file")) == "x");
  if (fs::exists("/proc/self")) CHECK_THROWS_AS(require_writable("/proc/nacre.h5"), InputError);
}

TEST_CASE("permissions are respected", "[io]") {
  if (::geteuid() == 0) {
    WARN("skipped: root may write everywhere");
    return;
  }
  const Scratch folder;
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  CHECK_THROWS_AS(require_writable(folder.file("x.h5")), InputError);
  CHECK_THROWS_AS(write_whole(folder.file("x.h5"), std::string("x")), InputError);
  fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST_CASE("a link stays a link, and what it leads to is written", "[io]") {
  const Scratch folder;
  fs::create_directory(folder.file("store"));
  write_whole(folder.file("store/real"), std::string("old"));
  fs::create_symlink("store/real", folder.file("link"));        // relative
  fs::create_symlink("store/coming", folder.file("dangling"));  // leads to what is not there yet
  fs::create_symlink("dangling", folder.file("chain"));
  fs::create_directory_symlink("store", folder.file("elsewhere"));
  for (const char* name : {"link", "chain", "elsewhere/third"}) {
    INFO(name);
    require_writable(folder.file(name));
    write_whole(folder.file(name), std::string("new"));
    CHECK(read_whole(folder.file(name)) == "new");
  }
  for (const char* name : {"link", "dangling", "chain", "elsewhere"}) CHECK(fs::is_symlink(folder.file(name)));
  CHECK(read_whole(folder.file("store/real")) == "new");
  CHECK(read_whole(folder.file("store/coming")) == "new");
  CHECK(folder.files() == 5);
  CHECK(std::distance(fs::directory_iterator(folder.file("store")), fs::directory_iterator()) == 3);
}

TEST_CASE("links that lead nowhere are refused", "[io]") {
  const Scratch folder;
  fs::create_symlink("b", folder.file("a"));
  fs::create_symlink("a", folder.file("b"));
  fs::create_symlink("no/such/x.h5", folder.file("c"));
  CHECK_THROWS_WITH(require_writable(folder.file("a")), Catch::Contains("a ring of links"));
  CHECK_THROWS_WITH(require_writable(folder.file("c")), Catch::Contains("an existing folder"));
  CHECK_THROWS_AS(write_whole(folder.file("c"), std::string("x")), InputError);
  CHECK(fs::is_symlink(folder.file("c")));
}

TEST_CASE("an open file is not replaced under the system's name for it", "[io]") {
  const Scratch folder;
  const int file = ::open(folder.file("open").c_str(), O_WRONLY | O_CREAT, 0666);
  const std::string name = "/proc/self/fd/" + std::to_string(file);
  if (!fs::exists(name)) {
    WARN("skipped: there is no /proc here");
    return;
  }
  fs::create_symlink(name, folder.file("link"));  // as /dev/stdout
  CHECK_THROWS_WITH(require_writable(folder.file("link")), Catch::Contains("the file itself"));
  CHECK_THROWS_AS(write_whole(folder.file("link"), std::string("x")), InputError);
  CHECK_THROWS_AS(write_whole(name, std::string("x")), InputError);
  ::close(file);
  CHECK(fs::is_symlink(folder.file("link")));
  CHECK(read_whole(folder.file("open")).empty());
  CHECK(folder.files() == 2);
}

TEST_CASE("a pipe is written to when somebody reads it, and refused when nobody does", "[io]") {
  const Scratch folder;
  const std::string path = folder.file("pipe");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  CHECK(is_stream(path));
  CHECK_THROWS_WITH(StreamHeld(path), Catch::Contains("nobody reads"));
  CHECK_THROWS_WITH(write_whole(path, std::string("x")), Catch::Contains("nobody reads"));
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  {
    const StreamHeld held(path);
    char letters[8] = {};
    CHECK(::read(reader, letters, sizeof letters) < 0);  // not the end: more will come
    write_whole(path, std::string("result"));
    CHECK(::read(reader, letters, sizeof letters) == 6);
    CHECK(std::string(letters) == "result");
  }
  ::close(reader);
  CHECK(fs::is_fifo(path));
}
