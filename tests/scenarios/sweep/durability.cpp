#include <sys/mount.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <thread>

#include "engine/io/input_error.hpp"
#include "tests/scenarios/sweep/scratch.hpp"

using namespace nacre;
using namespace nacre::scenarios::sweep;
using nacre::io::test::Scratch;
using nacre::parallel::Backend;
using nacre::scenarios::sweep::test::same_bits;
using nacre::scenarios::sweep::test::Toy;

namespace {

void put(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::vector<parallel::Workers> everybody() {
  std::vector<parallel::Workers> all{{Backend::serial, 1}, {Backend::threads, 2}, {Backend::threads, 8}};
#ifndef __SANITIZE_THREAD__  // it cannot judge these two
  for (const int workers : {1, 2, 4}) {
    all.push_back({Backend::openmp, workers});
    all.push_back({Backend::tbb, workers});
  }
#endif
  return all;
}

}  // namespace

TEST_CASE("the merged file does not tell who computed the points", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string alone = folder.file("alone.h5");
  toy.run(alone, {Backend::serial, 1});
  const Contents contents = merge(alone, false);
  CHECK(contents.complete());
  CHECK(contents.failed == 10);
  for (const parallel::Workers& workers : everybody()) {
    INFO(name_of(workers.backend) << " " << workers.count);
    const std::string path = folder.file(name_of(workers.backend) + std::to_string(workers.count) + ".h5");
    toy.run(path, workers);
    merge(path, false);
    CHECK(same_bits(alone, path));
  }
}

TEST_CASE("which points lie beyond which data is kept, point by point", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("warned.h5");
  toy.run(path, {Backend::threads, 2}, {2, 2});
  toy.run(path, {Backend::threads, 2}, {1, 2});
  const Contents contents = merge(path, false);
  CHECK(contents.warned == 20 + 314);  // 40 to 59, multiples of three from 60 on
  CHECK(verify(path).warned == contents.warned);
  const io::Hdf5File file = io::Hdf5File::load(path);
  CHECK(file.find("/warnings")->text == "x above 40: held\ny beyond its data: extrapolated\n");
  const std::vector<double>& bits = file.find("/warned")->values;
  CHECK(bits[39] == 0);
  CHECK(bits[40] == 1);
  CHECK(bits[42] == 3);
  CHECK(bits[60] == 2);
  CHECK(bits[61] == 0);
}

TEST_CASE("a list of warnings holds fifty, and all others as one", "[sweep]") {
  WarningList list;
  for (int i = 0; i < 70; ++i) list.bits_of({"warning " + std::to_string(i)});
  CHECK(list.of(list.bits_of({"warning 3", "warning 49"})) == std::vector<std::string>{"warning 3", "warning 49"});
  CHECK(list.of(list.bits_of({"warning 60"})) == std::vector<std::string>{"other warnings"});
  CHECK(WarningList(list.lines()).of(5) == std::vector<std::string>{"warning 0", "warning 2"});
}

TEST_CASE("nor how they were shared out, nor whether the run was interrupted", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string alone = folder.file("alone.h5");
  toy.run(alone, {Backend::serial, 1});
  merge(alone, false);
  for (const std::uint64_t of : {2U, 3U, 7U}) {
    const std::string path = folder.file("share" + std::to_string(of) + ".h5");
    for (std::uint64_t number = of; number > 0; --number) toy.run(path, {Backend::threads, 2}, {number, of});
    merge(path, false);
    CHECK(same_bits(alone, path));
  }
  const std::string path = folder.file("interrupted.h5");
  std::atomic<int> begun{0}, computed{0};
  const auto counted = [&](std::size_t worker, Record& record) {
    ++begun;
    ++computed;
    Toy::compute(worker, record);
  };
  for (int attempt = 0; attempt < 20 && computed < 1000; ++attempt) {
    begun = 0;
    toy.run(path, {Backend::threads, 2}, {}, counted, [&] { return begun >= 90; });
  }
  CHECK(computed == 1000);  // nothing was computed twice
  merge(path, false);
  CHECK(same_bits(alone, path));
}

TEST_CASE("a call that throws ends the run, and what was computed is kept", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("x.h5");
  const auto broken = [](std::size_t worker, Record& record) {
    if (record.id == 500) throw std::runtime_error("out of memory");
    Toy::compute(worker, record);
  };
  CHECK_THROWS_WITH(toy.run(path, {Backend::serial, 1}, {}, broken), "out of memory");
  CHECK(take_stock(parts_of(path), toy.plan().identity, Accept::same).count == 500);
}

TEST_CASE("open shards can be saved while workers are at work", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("x.h5");
  open_parts(parts_of(path), toy.plan(), Accept::same);
  Holdings nothing;
  nothing.done.resize(toy.points);
  Recorder recorder(parts_of(path), toy.plan().identity, toy.layout, 2, {1e9, 64, 1 << 20});  // never full by itself
  Tally tally;
  std::atomic<bool> over{false};
  std::thread saver([&] {
    while (!over) recorder.save();
  });
  run_points(loop_of({Backend::threads, 2}), {}, nothing, toy.layout.width(), Toy::compute, {}, recorder, tally);
  over = true;
  saver.join();
  CHECK(tally.done == toy.points);
  CHECK(tally.failed == 10);
  CHECK(merge(path, false).complete());
}

TEST_CASE("a merge of some of the points says which are missing", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("x.h5");
  toy.run(path, {Backend::serial, 1}, {1, 4});
  CHECK_THROWS_WITH(merge(path, false), Catch::Contains("250 of 1000 points") && Catch::Contains("--resume"));
  CHECK_FALSE(std::filesystem::exists(path));
  const Contents contents = merge(path, true);
  CHECK(contents.done == 250);
  CHECK(verify(path).done == 250);
  CHECK_FALSE(is_merged(path, toy.plan().identity, Accept::same));
  const io::Hdf5File file = io::Hdf5File::load(path);
  CHECK(file.find("/status")->values[0] == 1);
  CHECK(file.find("/status")->values[1] == 0);
  CHECK(std::isnan(file.find("/y")->values[1]));
}

TEST_CASE("failures keep their reasons and no NaN stands under status ok", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("x.h5");
  toy.run(path, {Backend::threads, 2});
  merge(path, false);
  const io::Hdf5File file = io::Hdf5File::load(path);
  CHECK(file.find("/status")->values[107] == 2);
  CHECK_THAT(file.find("/failures")->text, Catch::Contains("107: the solver gave up at x = 107\n"));
  const std::string lying = folder.file("lying.h5");
  toy.run(lying, {Backend::serial, 1}, {}, [](std::size_t worker, Record& record) {
    Toy::compute(worker, record);
    record.status = Status::ok;
  });
  CHECK_THROWS_WITH(merge(lying, false), Catch::Contains("under status ok"));
}

TEST_CASE("what is not reached is merged as it was kept, and nothing else that is no number", "[sweep]") {
  const Scratch folder;
  Toy toy;
  toy.layout.columns[1].name = "drift_time_5nm";
  const auto with = [&](double value, const std::string& name) {
    toy.run(folder.file(name), {Backend::serial, 1}, {}, [&](std::size_t, Record& record) {
      record.status = Status::ok;
      record.values = {1, value, 1, 1, 1};
    });
    merge(folder.file(name), false);
    return io::Hdf5File::load(folder.file(name)).find("/drift_time_5nm")->values[0];
  };
  CHECK(std::isnan(with(std::nan(""), "none.h5")));
  CHECK(with(5, "five.h5") == 5);
  CHECK_THROWS_WITH(with(std::numeric_limits<double>::infinity(), "endless.h5"), Catch::Contains("under status ok"));
}

TEST_CASE("points of another sweep or program are refused unless told", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("x.h5");
  toy.run(path, {Backend::serial, 1}, {1, 2});
  PlanFile other = toy.plan();
  other.identity.program = "toy 2";
  CHECK_THROWS_WITH(open_parts(parts_of(path), other, Accept::same), Catch::Contains("another program (toy 1)"));
  CHECK_NOTHROW(open_parts(parts_of(path), other, Accept::any_program));
  CHECK_THROWS_AS(take_stock(parts_of(path), other.identity, Accept::same), io::InputError);
  CHECK(take_stock(parts_of(path), other.identity, Accept::any_program).count == 500);
  other.identity.fingerprint = "fedcba9876543210";
  CHECK_THROWS_WITH(open_parts(parts_of(path), other, Accept::any_program), Catch::Contains("another sweep"));
}

TEST_CASE("when all is merged, nothing is left of parts and of drafts of killed processes", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("x.h5");
  toy.run(path, {Backend::serial, 1});
  merge(path, false);
  put(path + ".nacre-draft-123", "half");
  put(path + ".part1", "something else");
  put(parts_of(path) + "/0000000064-12ab.h5.nacre-draft-77", "half");
  remove_parts(path);
  CHECK(folder.files() == 2);
  CHECK(std::filesystem::exists(path));
  CHECK(std::filesystem::exists(path + ".part1"));
  CHECK_FALSE(std::filesystem::exists(parts_of(path)));
}

TEST_CASE("files of somebody else in the folder of shards are left there", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("x.h5");
  toy.run(path, {Backend::serial, 1});
  put(parts_of(path) + "/notes.h5", "mine");
  merge(path, false);
  remove_parts(path);
  CHECK(std::filesystem::exists(parts_of(path) + "/notes.h5"));
  CHECK(std::distance(std::filesystem::directory_iterator(parts_of(path)), {}) == 1);
}

TEST_CASE("on a full disk every point that was taken is saved", "[sweep]") {
  const Scratch folder;
  const std::string disk = folder.file("disk");
  std::filesystem::create_directory(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0) {
    WARN("skipped: a full disk needs a file system of its own, and this user may not mount one");
    return;
  }
  const Toy toy;
  const std::uint64_t points = toy.plan().identity.points;
  for (const std::size_t ballast : {600000u, 800000u, 900000u}) {
    put(disk + "/ballast", std::string(ballast, 'x'));
    const std::string parts = disk + "/x.h5.parts";
    open_parts(parts, toy.plan(), Accept::same);
    std::uint64_t taken = 0;
    {
      Recorder recorder(parts, toy.plan().identity, toy.layout, 2, {0, 50, 1 << 20});
      try {
        for (; taken < points; ++taken) {
          const double id = static_cast<double>(taken);
          // Reasons make points large: 2 kB each.
          recorder.add(taken % 2, {taken, Status::failed, {id, id, id, id, id}, std::string(2000, 'y')}, 0.01);
        }
      } catch (const io::NoSpace&) {
        ++taken;
      }
      CHECK_NOTHROW(recorder.save());
    }
    CHECK(taken > 0);
    CHECK(taken < points);
    CHECK(take_stock(parts, toy.plan().identity, Accept::same).count == taken);
    std::filesystem::remove_all(parts);
  }
  ::umount(disk.c_str());
}

TEST_CASE("a damaged plan is written again", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("x.h5");
  toy.run(path, {Backend::serial, 1});
  put(parts_of(path) + "/plan.h5", "half");
  open_parts(parts_of(path), toy.plan(), Accept::same);
  CHECK(read_plan(parts_of(path)).identity.fingerprint == toy.plan().identity.fingerprint);
}

TEST_CASE("a finished file is complete for its own sweep and program, and refused for others", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("x.h5");
  toy.run(path, {Backend::serial, 1});
  merge(path, false);
  Identity identity = toy.plan().identity;
  CHECK(is_merged(path, identity, Accept::same));
  identity.program = "0.0.9 of old";
  CHECK_THROWS_WITH(is_merged(path, identity, Accept::same), Catch::Contains("another program"));
  CHECK(is_merged(path, identity, Accept::any_program));
  identity.fingerprint = "fedcba9876543210";
  CHECK_THROWS_WITH(is_merged(path, identity, Accept::any_program), Catch::Contains("another sweep"));
}

TEST_CASE("two shards that disagree about a point are not merged", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("x.h5");
  toy.run(path, {Backend::serial, 1});
  Record record{3, Status::ok, {3, 0.5, 1, 1, 1}, ""};
  write_shard(parts_of(path), {toy.plan().identity, toy.layout, {record}});
  CHECK_THROWS_WITH(merge(path, false), Catch::Contains("point 3 with other numbers"));
}

TEST_CASE("points that do not fit into memory at once are merged and verified part by part", "[sweep][slow]") {
  const Scratch folder;
  Toy toy{60000};
  toy.layout.columns[2].width = 100;  // 103 numbers a point: 20 000 points at a time
  toy.layout.axes[0].values.assign(100, 0);
  for (std::size_t i = 0; i < 100; ++i) toy.layout.axes[0].values[i] = static_cast<double>(i);
  const auto wide = [](std::size_t, Record& record) {
    const double x = static_cast<double>(record.id);
    for (std::size_t i = 0; i < record.values.size(); ++i) record.values[i] = x + static_cast<double>(i);
    record.status = record.id % 30000 == 29999 ? Status::failed : Status::ok;
    record.reason = record.status == Status::failed ? "gave up" : "";
  };
  const std::string path = folder.file("x.h5");
  for (const std::uint64_t number : {3U, 1U, 2U}) toy.run(path, {Backend::threads, 2}, {number, 3}, wide);
  const Contents merged = merge(path, false);
  CHECK(merged.done == 60000);
  CHECK(merged.failed == 2);
  CHECK(verify(path).failed == 2);
  const io::Hdf5File file = io::Hdf5File::load(path);
  const std::vector<double>& curve = file.find("/c")->values;
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < curve.size(); ++i)
    wrong += curve[i] == static_cast<double>(i / 100) + 2 + static_cast<double>(i % 100) ? 0U : 1U;
  CHECK(wrong == 0);
  CHECK(file.find("/failures")->text == "29999: gave up\n59999: gave up\n");
  int asked = 0;
  CHECK_THROWS_AS(merge(path, false, false, [&] { return ++asked > 100; }), Stopped);
  CHECK(folder.files() == 2);  // the file and the shards: no draft is left
}

TEST_CASE("what one process remarks, another takes into its summary", "[sweep]") {
  Tally mine, other;
  const std::string reason = "synthesis: no step\nis small enough";
  for (std::uint64_t id = 0; id < 20; ++id) mine.note(id, static_cast<double>(id), id % 5 == 0 ? &reason : nullptr);
  other.note(100, 18.5, nullptr);
  other.take(mine.lines());
  REQUIRE(other.slowest().size() == 3);
  CHECK(other.slowest()[0].id == 19);
  CHECK(other.slowest()[1].id == 100);
  REQUIRE(other.failures().size() == 4);
  CHECK(other.failures()[1].reason == "synthesis: no step is small enough");
  CHECK(other.done == 1);  // counts are summed apart
}

TEST_CASE("truncated and changed shards are refused and their points computed again", "[sweep]") {
  const Scratch folder;
  const Toy toy;
  const std::string path = folder.file("x.h5");
  toy.run(path, {Backend::serial, 1});
  const std::vector<std::string> shards = shards_in(parts_of(path));
  REQUIRE(shards.size() > 3);
  const std::string bytes = io::read_whole(shards[1]);
  put(shards[1], bytes.substr(0, bytes.size() / 2));
  std::filesystem::rename(shards[2], parts_of(path) + "/0000000000-0123456789abcdef.h5");
  CHECK_THROWS_AS(merge(path, false), io::InputError);
  const Holdings holdings = take_stock(parts_of(path), toy.plan().identity, Accept::same);
  CHECK(holdings.damaged.size() == 2);
  CHECK(holdings.count == 1000 - 128);
  for (const std::string& damaged : holdings.damaged_paths) std::filesystem::remove(damaged);
  toy.run(path, {Backend::serial, 1});
  CHECK(merge(path, false).complete());
}

TEST_CASE("10 000 damaged copies of a merged file and a shard: each is refused, none crashes", "[sweep]") {
  const Scratch folder;
  const Toy toy{100};
  const std::string path = folder.file("x.h5");
  toy.run(path, {Backend::serial, 1});
  const std::string shard = shards_in(parts_of(path)).front();
  merge(path, false);
  std::mt19937 random(20240607);
  for (const std::string& file : {path, shard}) {
    const std::string bytes = io::read_whole(file);
    int refused = 0;
    for (int i = 0; i < 5000; ++i) {
      std::string damaged = bytes;
      const std::size_t at = random() % bytes.size();
      if (i % 2 == 0)
        damaged.resize(at);
      else
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << (random() % 8)));
      put(file, damaged);
      try {
        file == path ? void(verify(file)) : void(read_shard(file));
      } catch (const io::InputError&) {
        ++refused;
      }
    }
    CHECK(refused == 5000);
    put(file, bytes);
    CHECK_NOTHROW(verify(file == path ? path : parts_of(path)));
  }
}
