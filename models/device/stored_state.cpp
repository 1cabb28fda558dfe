#include "models/device/stored_state.hpp"

#include <fmt/format.h>

#include <bit>

namespace nacre::device {
namespace {

/// Fowler, Noll and Vo's hash (FNV-1a) of numbers, byte by byte.
class Hash {
 public:
  template <class... Numbers>
  void add(Numbers... numbers) {
    (one(static_cast<double>(numbers)), ...);
  }
  void add_ions(const Vacancies& ions) {
    if (ions.density > 0) add(ions.density, ions.mobility, ions.charge, ions.site_density);
    add(0);
  }
  std::uint64_t value() const { return value_; }

 private:
  void one(double number) {
    std::uint64_t bits = std::bit_cast<std::uint64_t>(number + 0.);  // -0 is 0
    for (int byte = 0; byte < 8; ++byte, bits >>= 8) value_ = (value_ ^ (bits & 0xff)) * 0x100000001b3u;
  }

  std::uint64_t value_ = 0xcbf29ce484222325u;
};

void add(Hash& hash, const Layer& l) {
  hash.add(l.thickness, l.permittivity, l.conduction_band, l.valence_band, l.conduction_states, l.valence_states,
           l.mobility_electron, l.mobility_hole, l.radiative_coefficient, l.langevin, l.pitch, l.fixed_charge);
  hash.add(l.excitons.crystals, l.excitons.radiative, l.excitons.nonradiative, l.excitons.trion, l.excitons.biexciton);
  hash.add(l.traps.density, l.traps.level, l.traps.capture_electron, l.traps.capture_hole, l.traps.per_vacancy,
           l.traps.charge);
  hash.add_ions(l.vacancies);
  hash.add_ions(l.cation_vacancies);
  hash.add(static_cast<int>(l.statistics), l.crowding, l.disorder, l.poole_frenkel_electron, l.poole_frenkel_hole,
           l.auger_electron, l.auger_hole);
}

void add(Hash& hash, const Interface& i) {
  hash.add(static_cast<int>(i.transfer_electron), static_cast<int>(i.transfer_hole), i.velocity_electron,
           i.velocity_hole, i.cross_recombination, i.dipole, i.sheet_charge);
}

}  // namespace

std::uint64_t fingerprint_of(const Stack& stack) {
  Hash hash;
  hash.add(stack.layers.size(), stack.left_work_function, stack.right_work_function, stack.temperature,
           static_cast<int>(stack.carriers), static_cast<int>(stack.transport));
  for (const Contact& contact : {stack.left_contact, stack.right_contact})
    hash.add(contact.velocity_electron, contact.velocity_hole, contact.image_force, contact.layer.thickness,
             contact.layer.permittivity, contact.layer.attenuation);
  for (const Layer& layer : stack.layers) add(hash, layer);
  for (std::size_t i = 0; i + 1 < stack.layers.size(); ++i)
    add(hash, i < stack.interfaces.size() ? stack.interfaces[i] : Interface{});
  return hash.value();
}

std::string misfit_of_mesh(const StoredState& state, const Stack& stack, const fvm::Mesh& mesh) {
  const std::size_t species = species_in_time(stack), unknowns = 3 + species % 3 + species / 3;
  if (state.unknowns == unknowns && state.x == mesh.x) return "";
  return fmt::format(
      "the stored state has {} unknowns at {} nodes over {:.6g} nm, this device {} at {} over {:.6g} nm, or they lie "
      "elsewhere: it continues the same stack on the same mesh alone",
      state.unknowns, state.x.size(), state.x.empty() ? 0 : state.x.back() * 1e9, unknowns, mesh.nodes(),
      mesh.x.back() * 1e9);
}

std::string misfit_of(const StoredState& state, const Stack& stack, const fvm::Mesh& mesh) {
  if (const std::string problem = misfit_of_mesh(state, stack, mesh); !problem.empty()) return problem;
  if (state.fingerprint == fingerprint_of(stack)) return "";
  return "the stored state is the state of another stack: layers, interfaces, contacts, carriers or temperature "
         "differ. It "
         "continues the same one alone";
}

}  // namespace nacre::device
