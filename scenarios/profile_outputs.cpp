#include "engine/units/constants.hpp"
#include "scenarios/device_rows.hpp"

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;
using device::Profile;
using Get = std::function<double(const DeviceResult&, const Profile&, std::size_t)>;

constexpr double volt = units::constants::elementary_charge;  // of an electron, as an energy [J/V]

const device::Layer& layer_at(const DeviceResult& d, std::size_t listed) {
  return d.stack.layers[d.anode_first ? d.stack.layers.size() - 1 - listed : listed];
}

const std::vector<Profile>& in_time(const DeviceResult& d) {
  return d.in_time.profiles;
}

/// One number of each node, alike in all profiles.
OutputRow of_node(std::string name, std::string unit, std::string meaning,
                  std::function<double(const Profile&, std::size_t)> get) {
  return device_row(std::move(name), std::move(unit), {"node"}, std::move(meaning),
                    [get = std::move(get)](const DeviceResult& d) {
                      Values values;
                      const std::vector<Profile>& profiles = d.profiles.empty() ? in_time(d) : d.profiles;
                      if (profiles.empty()) return values;
                      for (std::size_t i = 0; i < profiles[0].x.size(); ++i) values.push_back(get(profiles[0], i));
                      return values;
                    });
}

/// A quantity across the device.
struct Across {
  std::string name, unit, meaning;
  Get get;
};

Get plain(std::vector<double> Profile::*member) {
  return [member](const DeviceResult&, const Profile& p, std::size_t i) { return (p.*member)[i]; };
}

std::vector<Across> quantities() {
  return {
      {"conduction_band", "eV", "energy of the conduction band; 0 is the Fermi level of the cathode",
       [](const DeviceResult& d, const Profile& p, std::size_t i) {
         return -volt * p.potential[i] - layer_at(d, p.layer[i]).conduction_band;
       }},
      {"valence_band", "eV", "energy of the valence band",
       [](const DeviceResult& d, const Profile& p, std::size_t i) {
         return -volt * p.potential[i] - layer_at(d, p.layer[i]).valence_band;
       }},
      {"electron_level", "eV", "quasi-Fermi level of electrons",
       [](const DeviceResult&, const Profile& p, std::size_t i) { return -volt * p.electron_level[i]; }},
      {"hole_level", "eV", "quasi-Fermi level of holes",
       [](const DeviceResult&, const Profile& p, std::size_t i) { return -volt * p.hole_level[i]; }},
      {"electrons", "m-3", "density of electrons", plain(&Profile::electrons)},
      {"holes", "m-3", "density of holes", plain(&Profile::holes)},
      {"vacancies", "m-3", "density of mobile vacancies", plain(&Profile::vacancies)},
      {"cation_vacancies", "m-3", "density of mobile cation vacancies", plain(&Profile::cation_vacancies)},
      {"field", "V/m", "electric field, positive away from the end that the case lists first", plain(&Profile::field)},
      {"radiative_rate", "m-3 s-1", "radiative recombination", plain(&Profile::radiative)},
      {"trap_rate", "m-3 s-1", "recombination through traps", plain(&Profile::traps)},
      {"trapped_charge", "m-3", "charge that traps hold, in elementary charges", plain(&Profile::trapped_charge)},
  };
}

const std::vector<Profile>& profiles_of(const DeviceResult& d, bool over_time) {
  return over_time ? in_time(d) : d.profiles;
}

OutputRow across(const Across& what, bool over_time) {
  return device_row(
      (over_time ? "time_" : "") + what.name, what.unit, {over_time ? "profile_time" : "profile_bias", "node"},
      what.meaning,
      DeviceTable{[over_time](const DeviceResult& d) { return profiles_of(d, over_time).size(); },
                  [get = what.get, over_time](const DeviceResult& d, std::size_t first, std::size_t count) {
                    Values values;
                    for (std::size_t k = first; k < first + count; ++k) {
                      const Profile& p = profiles_of(d, over_time)[k];
                      for (std::size_t i = 0; i < p.x.size(); ++i) values.push_back(get(d, p, i));
                    }
                    return values;
                  }});
}

}  // namespace

std::vector<OutputRow> profile_rows() {
  std::vector<OutputRow> rows{
      device_row("profile_bias", "V", {"profile_bias"}, "bias of the profiles",
                 [](const DeviceResult& d) { return d.profile_biases; }),
      of_node("node", "1", "number of a node; an interface has two, one for either layer",
              [](const Profile&, std::size_t i) { return static_cast<double>(i); }),
      of_node("position", "nm", "distance from the end that the case lists first",
              [](const Profile& p, std::size_t i) { return p.x[i]; }),
      of_node("layer", "1", "number of the layer, from 0, contacts not counted",
              [](const Profile& p, std::size_t i) { return static_cast<double>(p.layer[i]); }),
  };
  for (const Across& what : quantities()) rows.push_back(across(what, false));
  rows.push_back(device_row("profile_time", "s", {"profile_time"}, "time of the profiles of the programme",
                            [](const DeviceResult& d) {
                              Values times;
                              for (const std::size_t point : d.in_time.profiled)
                                times.push_back(d.in_time.times[point]);
                              return times;
                            }));
  for (const Across& what : quantities()) rows.push_back(across(what, true));
  return rows;
}

}  // namespace nacre::scenarios
