#include "engine/io/hdf5.hpp"

#include <hdf5.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <limits>
#include <random>

#include "engine/io/input_error.hpp"
#include "engine/io/provenance.hpp"
#include "tests/engine/io/scratch.hpp"

using namespace nacre::io;
using nacre::io::test::Scratch;

namespace {

std::vector<double> noise(std::size_t size) {
  std::mt19937_64 random(size);
  std::uniform_real_distribution<double> value(-1e30, 1e30);
  std::vector<double> values(size);
  for (double& x : values) x = value(random);
  return values;
}

void write_sample(const std::string& path, double last = 3) {
  Hdf5Writer writer(path);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  writer.attribute("/", "schema", std::int64_t{1});
  writer.attribute("/", "title", std::string("dots of 4 \u00b5m"));
  writer.attribute("/", "input", std::string(100000, 'x'));
  writer.attribute("/", "empty", std::string());
  writer.axis("/ln/synthesis/time", {"s", "time since injection"}, std::vector<double>{0, 1, last});
  writer.axis("/ln/synthesis/edge", {"m", "edge of the crystal"}, std::vector<double>{1e-9, 2e-9});
  writer.dataset("/ln/synthesis/density", {"m-4", "crystals per volume and edge"}, {"time", "edge"},
                 std::vector<double>{1, 2, 3, nan, 5, -0.0});
  writer.dataset("/ln/synthesis/a_scalar", {"1", "yield"}, {}, std::vector<double>{0.1});
  writer.attribute("/ln/synthesis/density", "basis", std::string("fitted"));
  writer.attribute("/ln/synthesis", "tolerance", 1e-5);
  writer.axis("/ln/large/index", {"1", "index"}, noise(10000));
  writer.dataset("/ln/large/noise", {"V", "noise"}, {"index"}, noise(10000));
  writer.text("/case", "schema = 1\n");
  writer.commit();
}

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

/// Names of an object's attributes, as any reader of HDF5 sees them.
bool has_attribute(hid_t file, const char* object, const char* name) {
  return H5Aexists_by_name(file, object, name, H5P_DEFAULT) > 0;
}

}  // namespace

TEST_CASE("a result file reads back bit by bit", "[io]") {
  const Scratch scratch;
  const std::string path = scratch.file("round.h5");
  write_sample(path);
  const Hdf5File file = Hdf5File::load(path);
  CHECK(file.attributes.at("/").at("schema") == "1");
  CHECK(file.attributes.at("/").at("title") == "dots of 4 \u00b5m");
  CHECK(file.attributes.at("/").at("input").size() == 100000);
  CHECK(file.attributes.at("/").at("empty").empty());
  CHECK(std::stod(file.attributes.at("/ln/synthesis").at("tolerance")) == 1e-5);
  CHECK(file.attributes.at("/ln/synthesis/density") == std::map<std::string, std::string>{{"basis", "fitted"}});

  const Hdf5Dataset* density = file.find("/ln/synthesis/density");
  REQUIRE(density != nullptr);
  CHECK(density->label.unit == "m-4");
  CHECK(density->label.long_name == "crystals per volume and edge");
  CHECK(density->axes == std::vector<std::string>{"time", "edge"});
  CHECK(density->shape == std::vector<std::uint64_t>{3, 2});
  const double expected[] = {1, 2, 3, std::nan(""), 5, -0.0};
  for (std::size_t i = 0; i < 6; ++i) CHECK(same(density->values.at(i), expected[i]));
  CHECK(file.find("/ln/synthesis/time")->axes == std::vector<std::string>{"time"});
  CHECK(file.find("/ln/synthesis/a_scalar")->values == std::vector<double>{0.1});
  CHECK(file.find("/ln/synthesis/a_scalar")->axes.empty());
  CHECK(file.find("/ln/large/noise")->values == noise(10000));
  CHECK(file.find("/case")->text == "schema = 1\n");
  CHECK(file.find("/absent") == nullptr);
  std::vector<std::string> order;
  for (const Hdf5Dataset& set : file.datasets) order.push_back(set.path.substr(set.path.rfind('/') + 1));
  CHECK(order == std::vector<std::string>{"time", "edge", "density", "a_scalar", "index", "noise", "case"});
}

TEST_CASE("numbers that stand in a file twice are read once, and are those of both", "[io]") {
  const Scratch scratch;
  const std::string path = scratch.file("twice.h5");
  const std::vector<double> numbers = noise(10000);
  std::vector<double> nearly = numbers;
  nearly.back() = std::nextafter(nearly.back(), 0.0);
  {
    Hdf5Writer writer(path);
    writer.axis("/a/i", {"1", "i"}, noise(100));
    writer.axis("/a/j", {"1", "j"}, noise(100));
    writer.axis("/a/k", {"1", "k"}, noise(10000));
    writer.dataset("/a/first", {"m", "first"}, {"i", "j"}, numbers);
    writer.dataset("/a/second", {"s", "second"}, {"i", "j"}, numbers);
    writer.dataset("/a/nearly", {"s", "nearly"}, {"i", "j"}, nearly);
    writer.dataset("/a/line", {"s", "of another shape"}, {"k"}, nearly);
    writer.commit();
  }
  const auto place = [](const Hdf5File& file, const std::string& name) {
    return static_cast<std::size_t>(file.find(name) - file.datasets.data());
  };
  Hdf5File shared = Hdf5File::load(path, Hdf5File::Repeats::shared);
  CHECK(shared.find("/a/second")->repeats == place(shared, "/a/first"));
  CHECK(shared.find("/a/second")->values.empty());
  CHECK(shared.find("/a/second")->label.unit == "s");
  CHECK_FALSE(shared.find("/a/first")->repeats);
  CHECK_FALSE(shared.find("/a/nearly")->repeats);
  CHECK(shared.values_of(*shared.find("/a/second")) == numbers);
  CHECK(shared.values_of(*shared.find("/a/nearly")) == nearly);
  CHECK(shared.values_of(*shared.find("/a/line")) == nearly);
  shared.copy_repeats();
  const Hdf5File copied = Hdf5File::load(path);
  for (const Hdf5Dataset& set : copied.datasets) CHECK(shared.find(set.path)->values == set.values);
  CHECK(copied.find("/a/second")->values == numbers);
}

TEST_CASE("a result file has what netCDF readers look for", "[io]") {
  const Scratch scratch;
  const std::string path = scratch.file("netcdf.h5");
  write_sample(path);
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  REQUIRE(file >= 0);
  CHECK(has_attribute(file, "/ln/synthesis/time", "CLASS"));  // a dimension scale
  CHECK(has_attribute(file, "/ln/synthesis/time", "REFERENCE_LIST"));
  CHECK(has_attribute(file, "/ln/synthesis/density", "DIMENSION_LIST"));
  CHECK(has_attribute(file, "/ln/synthesis/density", "units"));
  CHECK(has_attribute(file, "/ln/synthesis/density", "_FillValue"));
  H5O_info_t info{};
  REQUIRE(H5Oget_info_by_name(file, "/ln/large/noise", &info, H5P_DEFAULT) >= 0);
  CHECK(info.mtime == 0);  // object times are off
  const hid_t set = H5Dopen2(file, "/ln/large/noise", H5P_DEFAULT);
  const hid_t list = H5Dget_create_plist(set);
  double fill = 0;
  CHECK(H5Pget_fill_value(list, H5T_NATIVE_DOUBLE, &fill) >= 0);
  CHECK(std::isnan(fill));
  CHECK(H5Pget_layout(list) == H5D_CHUNKED);
  CHECK(H5Pget_nfilters(list) == 2);
  const hid_t small = H5Dopen2(file, "/ln/synthesis/density", H5P_DEFAULT);
  const hid_t small_list = H5Dget_create_plist(small);
  CHECK(H5Pget_layout(small_list) == H5D_CONTIGUOUS);
  H5Pclose(list);
  H5Pclose(small_list);
  H5Dclose(small);
  H5Dclose(set);
  CHECK(H5Fclose(file) >= 0);
}

TEST_CASE("equal content gives equal bytes", "[io]") {
  const Scratch scratch;
  const std::string one = scratch.file("one.h5");
  const std::string two = scratch.file("two.h5");
  write_sample(one);
  {
    const std::vector<std::string> disturb(1000, std::string(1000, '\xa5'));  // other bytes lie about in memory
    write_sample(two);
  }
  CHECK(read_whole(one) == read_whole(two));
  write_sample(two, 4);
  CHECK(read_whole(one) != read_whole(two));
}

TEST_CASE("nothing is written before commit, and nothing twice", "[io]") {
  const Scratch scratch;
  const std::string path = scratch.file("uncommitted.h5");
  {
    Hdf5Writer writer(path);
    writer.axis("/time", {"s", "time"}, std::vector<double>{1, 2});
    CHECK_THROWS_AS(writer.axis("/time", {"s", "time"}, std::vector<double>{1, 2}), std::invalid_argument);
    CHECK_THROWS_AS(writer.dataset("/x", {"1", "x"}, {"time"}, std::vector<double>{1}), std::invalid_argument);
    CHECK_THROWS_AS(writer.dataset("/x", {"1", "x"}, {"absent"}, std::vector<double>{1}), std::runtime_error);
    CHECK_THROWS_AS(writer.text("relative", ""), std::invalid_argument);
    writer.attribute("/time", "note", std::string("a"));
    writer.attribute("/time", "note", std::string("a longer one replaces it"));
  }
  CHECK_FALSE(std::filesystem::exists(path));
  Hdf5Writer(scratch.file("no/such/folder/x.h5"));  // fine as long as it is not committed
  Hdf5Writer lost(scratch.file("no/such/folder/x.h5"));
  CHECK_THROWS_AS(lost.commit(), InputError);
}

TEST_CASE("an axis without points is an axis", "[io]") {
  const Scratch scratch;
  const std::string path = scratch.file("empty.h5");
  Hdf5Writer writer(path);
  writer.axis("/time", {"s", "time"}, {});
  writer.dataset("/x", {"m", "place"}, {"time"}, {});
  writer.commit();
  const Hdf5File file = Hdf5File::load(path);
  REQUIRE(file.find("/x") != nullptr);
  CHECK(file.find("/x")->shape == std::vector<std::uint64_t>{0});
  CHECK(file.find("/x")->axes == std::vector<std::string>{"time"});
}

TEST_CASE("two writers at once do not mix", "[io]") {
  const Scratch scratch;
  const std::string path = scratch.file("both.h5");
  Hdf5Writer first(path);
  Hdf5Writer second(path);
  first.text("/first", "1");
  second.text("/second", "2");
  first.commit();
  CHECK(Hdf5File::load(path).datasets.front().path == "/first");
  second.commit();
  CHECK(Hdf5File::load(path).datasets.front().path == "/second");
}

TEST_CASE("provenance stands in its own group", "[io]") {
  const Scratch scratch;
  const std::string path = scratch.file("provenance.h5");
  Hdf5Writer writer(path);
  const std::map<std::string, std::string> facts = collect_provenance();
  write_provenance(writer, facts);
  writer.commit();
  CHECK(facts.at("time").size() == 20);
  CHECK(facts.contains("compiler"));
  CHECK(Hdf5File::load(path).attributes.at("/provenance") == facts);
}
