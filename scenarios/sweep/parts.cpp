#include "scenarios/sweep/parts.hpp"

#include <filesystem>
#include <optional>

#include "scenarios/sweep/columns.hpp"

namespace nacre::scenarios::sweep {
namespace {

namespace fs = std::filesystem;
using io::InputError;

/// Of the plan in a folder of shards; none when it is damaged: it can be written again, for each shard says what it is
/// part of.
std::optional<Identity> identity_in(const std::string& folder) {
  try {
    return read_plan(folder).identity;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

}  // namespace

void require_same(const std::string& path, const Identity& there, const Identity& ours, Accept accept) {
  const io::Position where{path, 0, 0};
  if (there.fingerprint != ours.fingerprint || there.points != ours.points) {
    throw InputError(where, "", "points of another sweep, or of a case or data that changed since",
                     "the sweep as it was; another -o, or --fresh to begin anew");
  }
  if (there.program != ours.program && accept == Accept::same) {
    throw InputError(where, "", "points of another program (" + there.program + ")",
                     "this one (" + ours.program + "); --any-program to go on all the same, or --fresh to begin anew");
  }
}

std::string Holdings::programs() const {
  std::string lines;
  for (const std::string& program : by) lines += (lines.empty() ? "" : ", ") + program;
  return lines;
}

std::string parts_of(const std::string& output) {
  return output + ".parts";
}

PlanFile plan_of(const Sweep& sweep) {
  return {{sweep.fingerprint, this_program(), sweep.space.size()},
          sweep.title,
          sweep.path,
          sweep.text,
          sweep.base_path,
          sweep.base_text};
}

void write_plan(io::Hdf5Writer& writer, const PlanFile& plan) {
  write_identity(writer, plan.identity);
  writer.attribute("/", "title", plan.title);
  writer.attribute("/", "input", plan.sweep_text);
  writer.attribute("/", "input_case", plan.case_text);
  writer.attribute("/provenance", "sweep_file", plan.sweep_path);
  writer.attribute("/provenance", "case_file", plan.case_path);
}

PlanFile read_plan(const std::string& folder) {
  const std::string path = (fs::path(folder) / plan_name).string();
  const io::Hdf5File file = io::Hdf5File::load(path);
  PlanFile plan;
  plan.identity = read_identity(file, path);
  plan.title = root_attribute(file, "title");
  plan.sweep_text = root_attribute(file, "input");
  plan.case_text = root_attribute(file, "input_case");
  if (const auto made = file.attributes.find("/provenance"); made != file.attributes.end()) {
    for (const auto& [name, text] : made->second) (name == "sweep_file" ? plan.sweep_path : plan.case_path) = text;
  }
  return plan;
}

void open_parts(const std::string& folder, const PlanFile& plan, Accept accept) {
  const std::string path = (fs::path(folder) / plan_name).string();
  std::error_code error;
  if (fs::exists(path, error)) {
    if (const std::optional<Identity> there = identity_in(folder))
      return require_same(path, *there, plan.identity, accept);
  }
  io::make_folder(folder);
  io::Hdf5Writer writer(path);
  write_plan(writer, plan);
  writer.commit();
}

Holdings take_stock(const std::string& folder, const Identity& identity, Accept accept, const parallel::Stop& stop) {
  Holdings holdings;
  holdings.done.resize(identity.points);
  for (const std::string& path : shards_in(folder)) {
    if (stop && stop()) throw Stopped();
    Shard shard;
    try {
      shard = read_shard(path);
    } catch (const InputError& damage) {
      holdings.damaged.emplace_back(damage.what());
      holdings.damaged_paths.push_back(path);
      continue;
    }
    require_same(path, shard.identity, identity, accept);
    holdings.by.insert(shard.identity.program);
    holdings.shards.push_back({path, shard.records.front().id, shard.records.back().id});  // they are sorted
    for (const Record& record : shard.records) {
      if (holdings.done[record.id]) continue;
      holdings.done[record.id] = true;
      ++holdings.count;
      if (record.status == Status::failed) ++holdings.failed;
      if (!record.warnings.empty()) ++holdings.warned;
    }
  }
  return holdings;
}

}  // namespace nacre::scenarios::sweep
