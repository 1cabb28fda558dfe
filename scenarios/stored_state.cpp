#include "scenarios/stored_state.hpp"

#include <fmt/format.h>

#include "engine/io/hdf5.hpp"
#include "engine/io/input_error.hpp"

namespace nacre::scenarios {
namespace {

using device::StoredState;

constexpr std::size_t numbers = 12;

/// The group of the state: that of the variant, or the only one.
std::string group_of_state(const io::Hdf5File& file, const std::string& path, const std::string& variant) {
  const std::string leaf = "/device/state_numbers", own = (variant.empty() ? "" : "/" + variant) + leaf;
  std::vector<std::string> found;
  for (const io::Hdf5Dataset& dataset : file.datasets) {
    if (dataset.path == own) return own.substr(0, own.rfind('/') + 1);
    if (dataset.path.ends_with(leaf)) found.push_back(dataset.path);
  }
  if (found.size() == 1) return found.front().substr(0, found.front().rfind('/') + 1);
  throw io::InputError({path, 0, 0}, "device.programme.from",
                       found.empty() ? "a file without the state of a device"
                                     : fmt::format("states of {} variants, none of '{}'", found.size(), variant),
                       "the result of a run whose [[device.step]]s came to their end");
}

const std::vector<double>& values_of(const io::Hdf5File& file, const std::string& path, const std::string& dataset,
                                     std::size_t size) {
  const io::Hdf5Dataset* found = file.find(dataset);
  if (found && found->values.size() == size) return found->values;
  throw io::InputError({path, 0, 0}, dataset, found ? "a dataset of another size" : "no such dataset",
                       fmt::format("{} numbers of a stored state", size));
}

}  // namespace

const std::vector<StatePart>& state_parts() {
  static const std::vector<StatePart> parts{
      {"state_values", "unknowns at the end of the programme, in kT", &StoredState::now},
      {"state_values_rest", "their rounding errors", &StoredState::now_rest},
      {"state_earlier", "unknowns a step of time earlier", &StoredState::before},
      {"state_earlier_rest", "their rounding errors", &StoredState::before_rest},
      {"state_storages", "what nodes hold, as sums of fluxes, in SI", &StoredState::ledger},
      {"state_balances", "their rates, in SI", &StoredState::rates},
  };
  return parts;
}

std::vector<double> numbers_of(const StoredState& s) {
  return {s.time,          s.drive.source == device::Source::current ? 1. : 0.,
          s.drive.value,   s.global,
          s.global_before, s.charge,
          s.charge_rate,   s.step,
          s.last_step,     s.driven ? 1. : 0.,
          static_cast<double>(s.fingerprint >> 32), static_cast<double>(s.fingerprint & 0xffffffffu)};
}

StoredState load_state(const std::string& path, const std::string& variant) {
  const io::Hdf5File file = io::Hdf5File::load(path);
  const std::string group = group_of_state(file, path, variant);
  const io::Hdf5Dataset* position = file.find(group + "state_position");
  const io::Hdf5Dataset* unknown = file.find(group + "state_unknown");
  if (!position || !unknown)
    throw io::InputError({path, 0, 0}, group + "state_position", "no such dataset", "a stored state");
  StoredState state;
  state.x = position->values;
  state.unknowns = unknown->values.size();
  for (const StatePart& part : state_parts())
    state.*part.values = values_of(file, path, group + part.name, state.x.size() * state.unknowns);
  const std::vector<double>& n = values_of(file, path, group + "state_numbers", numbers);
  state.time = n[0];
  state.drive = {n[1] != 0 ? device::Source::current : device::Source::voltage, n[2]};
  state.global = n[3], state.global_before = n[4];
  state.charge = n[5], state.charge_rate = n[6];
  state.step = n[7], state.last_step = n[8];
  state.driven = n[9] != 0;
  state.fingerprint = static_cast<std::uint64_t>(n[10]) << 32 | static_cast<std::uint64_t>(n[11]);
  return state;
}

}  // namespace nacre::scenarios
