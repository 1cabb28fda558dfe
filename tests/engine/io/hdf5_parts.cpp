// Files that are written and read part by part, on the disk instead of in memory.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "engine/io/hdf5.hpp"
#include "engine/io/input_error.hpp"
#include "tests/engine/io/scratch.hpp"
#include "tests/engine/io/small_files.hpp"

using namespace nacre::io;
using nacre::io::test::Scratch;
using nacre::io::test::SmallFiles;

namespace {

constexpr std::size_t points = 30000, width = 7;

/// Numbers that compression does not shrink.
std::vector<double> values_of(std::size_t first, std::size_t count, std::size_t columns) {
  std::vector<double> values(count * columns);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint64_t mixed = (first * columns + i + 1) * 0x9E3779B97F4A7C15ULL;
    values[i] = static_cast<double>(mixed >> 11) / static_cast<double>(points);
  }
  return values;
}

void declare(Hdf5Writer& writer) {
  writer.attribute("/", "title", std::string("parts"));
  writer.axis("/point", {"1", "point"}, points);
  writer.axis("/t", {"s", "time"}, values_of(0, width, 1));
  writer.dataset("/curve", {"nm", "a curve"}, {"point", "t"});
}

void fill(Hdf5Writer& writer, std::size_t step) {
  for (std::size_t first = 0; first < points; first += step) {
    const std::size_t count = std::min(step, points - first);
    writer.rows("/point", first, values_of(first, count, 1));
    writer.rows("/curve", first, values_of(first, count, width));
  }
}

void write_parts(const std::string& path, std::size_t step) {
  Hdf5Writer writer(path, Hdf5Writer::Home::disk);
  declare(writer);
  fill(writer, step);
  writer.text("/failures", "none\n");
  writer.commit();
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

}  // namespace

TEST_CASE("a file that grew on the disk reads back bit by bit, at once and by parts", "[io]") {
  const Scratch folder;
  for (const std::size_t step : {std::size_t{977}, std::size_t{8192}, points}) {
    INFO("rows " << step);
    const std::string path = folder.file("grown.h5");
    write_parts(path, step);
    CHECK(folder.files() == 1);
    const Hdf5File whole = Hdf5File::load(path);
    CHECK(same_bits(whole.find("/curve")->values, values_of(0, points, width)));
    CHECK(whole.find("/curve")->axes == std::vector<std::string>{"point", "t"});
    CHECK(whole.attributes.at("/").at("title") == "parts");
    const Hdf5Source source(path);
    CHECK(source.index().find("/curve")->values.empty());
    CHECK(source.index().find("/curve")->shape == std::vector<std::uint64_t>{points, width});
    CHECK(source.index().find("/failures")->text == "none\n");
    std::vector<double> part(123 * width);
    source.rows("/curve", 20011, part);
    CHECK(same_bits(part, values_of(20011, 123, width)));
    CHECK_THROWS_AS(source.rows("/curve", points - 122, part), InputError);
    CHECK_THROWS_AS(source.rows("/none", 0, part), InputError);
  }
}

TEST_CASE("rows that never came are NaN, and a draft that is not committed leaves nothing", "[io]") {
  const Scratch folder;
  {
    Hdf5Writer writer(folder.file("x.h5"), Hdf5Writer::Home::disk);
    declare(writer);
    writer.rows("/curve", 5, values_of(5, 1, width));
    CHECK(folder.files() == 1);  // the draft
  }
  CHECK(folder.files() == 0);
  Hdf5Writer writer(folder.file("x.h5"), Hdf5Writer::Home::disk);
  declare(writer);
  writer.rows("/curve", 5, values_of(5, 1, width));
  writer.commit();
  const Hdf5File file = Hdf5File::load(folder.file("x.h5"));
  CHECK(std::isnan(file.find("/curve")->values[4 * width]));
  CHECK(file.find("/curve")->values[5 * width] == values_of(5, 1, width)[0]);
}

TEST_CASE("a disk that fills up while a file grows: said at once, nothing left, HDF5 intact", "[io]") {
  const Scratch folder;
  const std::string path = folder.file("x.h5");
  write_whole(path, std::string("old"));
  for (const std::size_t room :
       {std::size_t{0}, std::size_t{100}, std::size_t{4096}, std::size_t{300000}, std::size_t{1000000}}) {
    INFO("room for " << room << " bytes");
    const SmallFiles full(room);
    CHECK_THROWS_AS(write_parts(path, 977), NoSpace);
    CHECK_THROWS_WITH(write_parts(path, 8192), Catch::Contains("x.h5: no space left"));
  }
  CHECK(read_whole(path) == "old");
  CHECK(folder.files() == 1);
  write_parts(path, 977);
  CHECK(same_bits(Hdf5File::load(path).find("/curve")->values, values_of(0, points, width)));
}

TEST_CASE("a damaged file is refused before it is read by parts", "[io]") {
  const Scratch folder;
  const std::string path = folder.file("x.h5");
  write_parts(path, points);
  const std::string bytes = read_whole(path);
  for (const std::size_t at : {std::size_t{0}, std::size_t{9}, bytes.size() / 2, bytes.size() - 2}) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 4);
    write_whole(path, damaged);
    CHECK_THROWS_AS(Hdf5Source(path), InputError);
    write_whole(path, bytes.substr(0, at));
    CHECK_THROWS_AS(Hdf5Source(path), InputError);
  }
}
