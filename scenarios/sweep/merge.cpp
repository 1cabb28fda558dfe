#include "scenarios/sweep/merge.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <limits>

#include "engine/io/input_error.hpp"
#include "engine/io/provenance.hpp"
#include "scenarios/sweep/columns.hpp"
#include "scenarios/sweep/parts.hpp"
#include "scenarios/version.hpp"

namespace nacre::scenarios::sweep {
namespace {

namespace fs = std::filesystem;
using io::InputError;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The same bits; NaN equals NaN.
bool same_numbers(const Record& a, const Record& b) {
  return a.status == b.status && a.reason == b.reason && a.values.size() == b.values.size() &&
         std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(double)) == 0;
}

/// All points of a sweep, with holes.
class Gathering {
 public:
  Gathering(std::string folder, Identity identity, bool any_program)
      : folder_(std::move(folder)), identity_(std::move(identity)), any_program_(any_program) {}

  void take(const std::string& path) {
    Shard shard = read_shard(path);
    const bool program = any_program_ || shard.identity.program == identity_.program;
    if (!program || shard.identity.fingerprint != identity_.fingerprint || shard.identity.points != identity_.points) {
      throw InputError({path, 0, 0}, "", "points of another sweep or program", "those of " + folder_ + "/" + plan_name);
    }
    if (records_.empty()) {
      layout_ = shard.layout;
      records_.resize(identity_.points);
    }
    if (shard.layout.width() != layout_.width())
      throw InputError({path, 0, 0}, "", "other columns", "those of the sweep");
    for (Record& record : shard.records) put(std::move(record), path);
  }

  /// Holes become records of NaN under status missing.
  std::vector<Record> finished() {
    for (std::uint64_t id = 0; id < records_.size(); ++id) {
      if (records_[id].status != Status::missing) continue;
      records_[id].id = id;
      records_[id].values.assign(layout_.width(), nan);
    }
    return std::move(records_);
  }

  const Contents& contents() const { return contents_; }
  const Layout& layout() const { return layout_; }

 private:
  void put(Record record, const std::string& path) {
    Record& place = records_[record.id];
    if (place.status == Status::missing) {
      ++contents_.done;
      if (record.status == Status::failed) ++contents_.failed;
      place = std::move(record);
    } else if (!same_numbers(place, record)) {
      throw InputError({path, 0, 0}, "",
                       "point " + std::to_string(record.id) + " with other numbers than in another shard",
                       "the same numbers whoever computes them");
    }
  }

  std::string folder_;
  Identity identity_;
  bool any_program_;
  Layout layout_;
  std::vector<Record> records_;
  Contents contents_;
};

void write_merged(const std::string& output, const PlanFile& plan, const Layout& layout,
                  const std::vector<Record>& records) {
  io::Hdf5Writer writer(output);
  writer.attribute("/", "program", "nacre");
  writer.attribute("/", "program_version", program_version());
  writer.attribute("/", "git_hash", git_hash());
  writer.attribute("/", "schema_version", std::int64_t{result_schema});
  write_plan(writer, plan);
  write_records(writer, layout, records);
  io::write_provenance(writer, io::collect_provenance());
  writer.commit();
}

Contents count(const std::vector<Record>& records) {
  Contents contents;
  for (const Record& record : records) {
    contents.done += record.status == Status::missing ? 0 : 1;
    contents.failed += record.status == Status::failed ? 1 : 0;
  }
  return contents;
}

Contents verify_file(const std::string& path) {
  const io::Hdf5File file = io::Hdf5File::load(path);
  if (root_attribute(file, "sweep_fingerprint").empty()) return {};
  const Identity identity = read_identity(file, path);
  Contents contents;
  if (file.find("/status") != nullptr) contents = count(read_records(file, read_layout(file, path), path));
  contents.points = identity.points;
  return contents;
}

}  // namespace

Contents merge(const std::string& output, bool partial, bool any_program) {
  io::require_writable(output);
  const std::string folder = parts_of(output);
  std::error_code error;
  if (!fs::exists(folder, error) && fs::is_regular_file(output, error)) {
    const Contents merged = verify_file(output);
    if (merged.points > 0 && merged.complete()) return merged;
  }
  const PlanFile plan = read_plan(folder);
  Gathering gathering(folder, plan.identity, any_program);
  for (const std::string& path : shards_in(folder)) gathering.take(path);
  Contents contents = gathering.contents();
  contents.points = plan.identity.points;
  if (contents.done == 0 || (!contents.complete() && !partial)) {
    throw InputError(
        {folder, 0, 0}, "", std::to_string(contents.done) + " of " + std::to_string(contents.points) + " points",
        contents.done == 0 ? "points to merge"
                           : "all of them; `nacre sweep --resume` computes the others, --partial leaves them out");
  }
  write_merged(output, plan, gathering.layout(), gathering.finished());
  return contents;
}

bool is_merged(const std::string& output, const std::string& fingerprint) {
  std::error_code error;
  if (!fs::is_regular_file(output, error)) return false;
  try {
    const io::Hdf5File file = io::Hdf5File::load(output);
    if (root_attribute(file, "sweep_fingerprint") != fingerprint) return false;
    if (root_attribute(file, "sweep_program") != this_program()) return false;
    return verify_file(output).complete();
  } catch (const InputError&) {
    return false;
  }
}

Contents verify(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return verify_file(path);
  const Identity identity = read_plan(path).identity;
  const Holdings holdings = take_stock(path, identity, Accept::any_program);
  return {identity.points, holdings.count, holdings.failed, holdings.damaged};
}

void remove_parts(const std::string& output) {
  std::error_code ignored;
  fs::remove_all(parts_of(output), ignored);
}

}  // namespace nacre::scenarios::sweep
