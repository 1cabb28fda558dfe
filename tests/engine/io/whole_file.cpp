#include "engine/io/whole_file.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "engine/io/hdf5.hpp"
#include "engine/io/input_error.hpp"
#include "tests/engine/io/scratch.hpp"

using namespace nacre::io;
using nacre::io::test::Scratch;
namespace fs = std::filesystem;

namespace {

/// Files of this process end at `bytes`, as on a full disk, for as long as it lives.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SmallFiles() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

}  // namespace

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
