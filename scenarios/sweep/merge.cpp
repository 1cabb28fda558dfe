#include "scenarios/sweep/merge.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <limits>

#include "engine/io/input_error.hpp"
#include "engine/io/provenance.hpp"
#include "engine/io/whole_file.hpp"
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
  return a.status == b.status && a.reason == b.reason && a.warnings == b.warnings &&
         a.values.size() == b.values.size() &&
         std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(double)) == 0;
}

/// The points of a sweep from an id on, with holes: as many as are held in memory at a time.
class Window {
 public:
  Window(std::uint64_t first, std::uint64_t size, std::size_t width) : first_(first), records_(size) {
    for (std::uint64_t i = 0; i < size; ++i)
      records_[i] = {first + i, Status::missing, std::vector<double>(width, nan), ""};
  }
  bool touches(const Extent& shard) const { return shard.first < first_ + records_.size() && shard.last >= first_; }
  const std::vector<Record>& records() const { return records_; }

  void take(const std::string& path, Shard shard) {
    for (Record& record : shard.records) {
      if (record.id >= first_ && record.id - first_ < records_.size()) put(std::move(record), path);
    }
  }

 private:
  void put(Record record, const std::string& path) {
    Record& place = records_[record.id - first_];
    if (record.values.size() != place.values.size())
      throw InputError({path, 0, 0}, "", "other columns", "those of the sweep");
    if (place.status == Status::missing) {
      place = std::move(record);
    } else if (!same_numbers(place, record)) {
      throw InputError({path, 0, 0}, "",
                       "point " + std::to_string(record.id) + " with other numbers than in another shard",
                       "the same numbers whoever computes them");
    }
  }

  std::uint64_t first_;
  std::vector<Record> records_;
};

void write_points(io::Hdf5Writer& writer, const Holdings& holdings, const parallel::Stop& stop) {
  const Layout layout = read_shard(holdings.shards.front().path).layout;
  const std::uint64_t points = holdings.done.size();
  const std::uint64_t at_a_time = rows_at_a_time(layout.width());
  declare_records(writer, layout, points);
  std::string reasons;
  WarningList warnings;
  for (std::uint64_t first = 0; first < points; first += at_a_time) {
    Window window(first, std::min(at_a_time, points - first), layout.width());
    for (const Extent& shard : holdings.shards) {
      if (stop && stop()) throw Stopped();
      if (window.touches(shard)) window.take(shard.path, read_shard(shard.path));
    }
    write_rows(writer, layout, first, window.records(), warnings);
    for (const Record& record : window.records()) add_reason(record, reasons);
  }
  write_reasons(writer, reasons);
  write_warnings(writer, warnings);
}

void write_merged(const std::string& output, const PlanFile& plan, const Holdings& holdings,
                  const parallel::Stop& stop) {
  io::Hdf5Writer writer(output, io::Hdf5Writer::Home::disk);
  writer.attribute("/", "program", "nacre");
  writer.attribute("/", "program_version", program_version());
  writer.attribute("/", "git_hash", git_hash());
  writer.attribute("/", "schema_version", std::int64_t{result_schema});
  write_plan(writer, plan);
  writer.attribute("/", "sweep_programs", holdings.programs());
  write_points(writer, holdings, stop);
  io::write_provenance(writer, io::collect_provenance());
  writer.commit();
}

Contents verify_file(const std::string& path) {
  const io::Hdf5Source source(path);
  if (root_attribute(source.index(), "sweep_fingerprint").empty()) return {};
  const Identity identity = read_identity(source.index(), path);
  Contents contents{identity.points, 0, 0, 0, {}};
  if (source.index().find("/status") == nullptr) return contents;
  const Tried tried = count_records(source, path);
  contents.done = tried.done;
  contents.failed = tried.failed;
  contents.warned = tried.warned;
  return contents;
}

/// Drafts that killed processes left in a folder, of files whose names begin so.
void remove_drafts(const fs::path& folder, const std::string& start) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    const std::size_t mark = name.rfind(io::draft_mark);
    if (mark == std::string::npos || !name.starts_with(start)) continue;
    if (!start.empty() && mark != start.size()) continue;
    const std::size_t digits = mark + io::draft_mark.size();
    if (digits < name.size() && name.find_first_not_of("0123456789", digits) == std::string::npos)
      fs::remove(entry.path(), ignored);
  }
}

}  // namespace

Contents merge(const std::string& output, bool partial, bool any_program, const parallel::Stop& stop) {
  io::require_writable(output);
  const std::string folder = parts_of(output);
  std::error_code error;
  if (!fs::exists(folder, error) && fs::is_regular_file(output, error)) {
    const Contents merged = verify_file(output);
    if (merged.points > 0 && merged.complete()) return merged;
  }
  const PlanFile plan = read_plan(folder);
  const Holdings holdings = take_stock(folder, plan.identity, any_program ? Accept::any_program : Accept::same, stop);
  if (!holdings.damaged.empty())
    throw InputError({folder, 0, 0}, "", holdings.damaged.front(),
                     "shards that are intact; `nacre sweep --resume` computes their points again");
  const Contents contents{plan.identity.points, holdings.count, holdings.failed, holdings.warned, {}};
  if (contents.done == 0 || (!contents.complete() && !partial)) {
    throw InputError(
        {folder, 0, 0}, "", std::to_string(contents.done) + " of " + std::to_string(contents.points) + " points",
        contents.done == 0 ? "points to merge"
                           : "all of them; `nacre sweep --resume` computes the others, --partial leaves them out");
  }
  write_merged(output, plan, holdings, stop);
  return contents;
}

bool is_merged(const std::string& output, const Identity& identity, Accept accept) {
  std::error_code error;
  if (!fs::is_regular_file(output, error)) return false;
  Contents there;
  Identity of;
  std::string programs;
  try {
    const io::Hdf5Source source(output);
    if (root_attribute(source.index(), "sweep_fingerprint").empty()) return false;  // no file of a sweep
    of = read_identity(source.index(), output);
    programs = root_attribute(source.index(), "sweep_programs");
    there = verify_file(output);
  } catch (const InputError&) {
    return false;
  }
  if (!programs.empty()) of.program = programs;
  require_same(output, of, identity, accept);
  return there.complete();
}

Contents verify(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return verify_file(path);
  const Identity identity = read_plan(path).identity;
  const Holdings holdings = take_stock(path, identity, Accept::any_program);
  return {identity.points, holdings.count, holdings.failed, holdings.warned, holdings.damaged};
}

void remove_parts(const std::string& output) {
  std::error_code ignored;
  const fs::path parts = parts_of(output);
  for (const std::string& shard : shards_in(parts.string())) fs::remove(shard, ignored);
  fs::remove(parts / plan_name, ignored);
  remove_drafts(parts, "");
  fs::remove(parts, ignored);  // stays when somebody else's files are in it
  const fs::path folder = fs::path(output).has_parent_path() ? fs::path(output).parent_path() : fs::path(".");
  remove_drafts(folder, fs::path(output).filename().string());
}

}  // namespace nacre::scenarios::sweep
