#include "models/materials/material.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace nacre::materials {
namespace {

struct Share {
  std::string name;  // of an end member
  double weight;
};

std::vector<Share> shares(const Composition& c) {
  const std::array<std::pair<const char*, double>, 3> cations{
      {{"Cs", c.caesium}, {"FA", c.formamidinium}, {"MA", c.methylammonium}}};
  const std::array<std::pair<const char*, double>, 3> anions{
      {{"Cl3", c.chloride}, {"Br3", c.bromide}, {"I3", c.iodide}}};
  std::vector<Share> result;
  for (const auto& [cation, a] : cations) {
    for (const auto& [anion, x] : anions) {
      if (a * x > 0) result.push_back({std::string(cation) + "Pb" + anion, a * x});
    }
  }
  return result;
}

}  // namespace

std::span<const PropertyRow> property_rows() {
  static constexpr std::array<PropertyRow, 18> rows{{
      {"lattice_constant", "nm", &EndMember::lattice_constant},
      {"thermal_expansion", "1/K", &EndMember::thermal_expansion},
      {"band_gap", "eV", &EndMember::band_gap},
      {"gap_temperature_coefficient", "meV/K", &EndMember::gap_temperature_coefficient},
      {"reduced_mass", "m_e", &EndMember::reduced_mass},
      {"permittivity", "1", &EndMember::permittivity},
      {"barrier", "eV", &EndMember::barrier},
      {"outside_mass", "m_e", &EndMember::outside_mass},
      {"exciton_binding", "meV", &EndMember::exciton_binding},
      {"linewidth_static", "meV", &EndMember::linewidth_static},
      {"phonon_coupling", "meV", &EndMember::phonon_coupling},
      {"phonon_energy", "meV", &EndMember::phonon_energy},
      {"stokes_reference", "meV", &EndMember::stokes_reference},
      {"stokes_reference_edge", "nm", &EndMember::stokes_reference_edge},
      {"stokes_exponent", "1", &EndMember::stokes_exponent},
      {"stokes_cap", "eV", &EndMember::stokes_cap},
      {"spin_orbit", "eV", &EndMember::spin_orbit},
      {"absorption_broadening", "eV", &EndMember::absorption_broadening},
  }};
  return rows;
}

std::vector<std::string> required_end_members(const Composition& composition) {
  std::vector<std::string> names;
  for (const Share& share : shares(composition)) names.push_back(share.name);
  return names;
}

Material mix(const Composition& composition, const EndMembers& members, const Alloy& alloy) {
  Material material{composition, {}};
  double largest = 0;
  for (const Share& share : shares(composition)) {
    const auto found = members.find(share.name);
    if (found == members.end()) throw std::invalid_argument("the end member " + share.name + " is missing");
    for (const PropertyRow& row : property_rows()) {
      material.bulk.*row.member += share.weight * found->second.*row.member;
    }
    if (share.weight > largest) {
      largest = share.weight;
      material.bulk.shape = found->second.shape;
    }
  }
  material.bulk.band_gap -= alloy.bowing * composition.iodide * composition.bromide +
                            alloy.chloride_bowing * composition.bromide * composition.chloride;
  return material;
}

double gap(const Material& material, double temperature) {
  return material.bulk.band_gap + material.bulk.gap_temperature_coefficient * (temperature - reference_temperature);
}

double formula_volume(const Material& material, double temperature) {
  const EndMember& bulk = material.bulk;
  const double a = bulk.lattice_constant * (1 + bulk.thermal_expansion * (temperature - reference_temperature));
  return a * a * a;
}

}  // namespace nacre::materials
