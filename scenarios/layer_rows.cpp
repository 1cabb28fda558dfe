#include "scenarios/layer_rows.hpp"

namespace nacre::scenarios {
namespace {

using device::Layer;
using io::Range;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr Range any{};
constexpr Range not_negative{0, infinite, false};
constexpr Range positive{0, infinite, true};
constexpr Range energy{0, 20, true};
const Roles every_role{all_roles.begin(), all_roles.end()};

}  // namespace

const std::vector<LayerRow>& layer_rows() {
  static const std::vector<LayerRow> rows{
      {"permittivity",
       "1",
       {1, 1e4, false},
       true,
       "Relative, static.",
       [](Layer& l) -> double& { return l.permittivity; },
       "",
       {Role::semiconductor, Role::injection}},
      {"conduction_band", "eV", energy, true, "Depth of the conduction band or the LUMO below the vacuum level.",
       [](Layer& l) -> double& { return l.conduction_band; }},
      {"valence_band", "eV", energy, true, "Depth of the valence band or the HOMO below the vacuum level.",
       [](Layer& l) -> double& { return l.valence_band; }},
      {"conduction_states", "1/m3", positive, true, "Effective density of states of electrons.",
       [](Layer& l) -> double& { return l.conduction_states; }},
      {"valence_states", "1/m3", positive, true, "Effective density of states of holes.",
       [](Layer& l) -> double& { return l.valence_states; }},
      {"mobility_electron", "m2/(V s)", positive, true, "Of electrons.",
       [](Layer& l) -> double& { return l.mobility_electron; }},
      {"mobility_hole", "m2/(V s)", positive, true, "Of holes.", [](Layer& l) -> double& { return l.mobility_hole; }},
      {"radiative_coefficient", "m3/s", not_negative, false, "k in the radiative recombination k (n p - n_i^2).",
       [](Layer& l) -> double& { return l.radiative_coefficient; }},
      {"langevin",
       "1",
       {0, 1, false},
       false,
       "k as a share of Langevin's q (mobility_electron + mobility_hole)/permittivity, in place of the coefficient.",
       [](Layer& l) -> double& { return l.langevin; },
       "the coefficient"},
      {"pitch", "nm", positive, false,
       "From site to site where carriers hop (device.transport), as good as it fits the thickness.",
       [](Layer& l) -> double& { return l.pitch; },
       "1 nm; where states are counted by crystals, their edge and spacing"},
      {"fixed_charge", "1/m3", any, false, "Density of immobile charges in elementary charges, with its sign.",
       [](Layer& l) -> double& { return l.fixed_charge; }, "what makes the layer neutral with its vacancies"},
      {"trap_density", "1/m3", not_negative, false, "Of Shockley-Read-Hall centres.",
       [](Layer& l) -> double& { return l.traps.density; }},
      {"trap_level", "eV", energy, false, "Depth of their level below the vacuum level.",
       [](Layer& l) -> double& { return l.traps.level; }, "the middle of the gap"},
      {"trap_capture_electron", "m3/s", positive, false, "Their capture coefficient for electrons.",
       [](Layer& l) -> double& { return l.traps.capture_electron; }},
      {"trap_capture_hole", "m3/s", positive, false, "Their capture coefficient for holes.",
       [](Layer& l) -> double& { return l.traps.capture_hole; }},
      {"trap_charge", "1", any, false,
       "Charge that goes with what they hold: -1 of electron traps (negative while they hold an electron), 1 of hole "
       "traps "
       "(positive while they lack one), 0 for none.",
       [](Layer& l) -> double& { return l.traps.charge; }, "0"},
      {"vacancy_density", "1/m3", not_negative, false,
       "Mean density of mobile vacancies, which do not leave the layer, but for a neighbour that has them, too.",
       [](Layer& l) -> double& { return l.vacancies.density; }},
      {"vacancy_mobility", "m2/(V s)", positive, false, "Of vacancies.",
       [](Layer& l) -> double& { return l.vacancies.mobility; }},
      {"vacancy_charge",
       "1",
       {-3, 3, false},
       false,
       "Of a vacancy in elementary charges, with its sign.",
       [](Layer& l) -> double& { return l.vacancies.charge; },
       "1"},
      {"vacancy_sites", "1/m3", positive, false,
       "Density of places that vacancies may take: they crowd as it is reached.",
       [](Layer& l) -> double& { return l.vacancies.site_density; }, "no limit"},
      {"cation_vacancy_density", "1/m3", not_negative, false,
       "Mean density of a second mobile species, cation vacancies.",
       [](Layer& l) -> double& { return l.cation_vacancies.density; }},
      {"cation_vacancy_mobility", "m2/(V s)", positive, false, "Of cation vacancies.",
       [](Layer& l) -> double& { return l.cation_vacancies.mobility; }},
      {"cation_vacancy_charge",
       "1",
       {-3, 3, false},
       false,
       "Of a cation vacancy in elementary charges, with its sign.",
       [](Layer& l) -> double& { return l.cation_vacancies.charge; },
       "-1"},
      {"cation_vacancy_sites", "1/m3", positive, false, "Density of places that cation vacancies may take.",
       [](Layer& l) -> double& { return l.cation_vacancies.site_density; }, "no limit"},
      {"traps_per_vacancy", "1", not_negative, false, "Shockley-Read-Hall centres that every vacancy brings with it.",
       [](Layer& l) -> double& { return l.traps.per_vacancy; }},
      {"crowding", "1", positive, false, "Of Blakemore's statistics: 1 for at most one carrier a state.",
       [](Layer& l) -> double& { return l.crowding; }, "1"},
      {"disorder",
       "eV",
       {0, 1, true},
       false,
       "Standard deviation of Gaussian densities of states.",
       [](Layer& l) -> double& { return l.disorder; }},
      {"poole_frenkel_electron", "V/m", positive, false,
       "Field F_0 of the electrons' mobility, exp(sqrt(F/F_0)) times the one without field.",
       [](Layer& l) -> double& { return l.poole_frenkel_electron; }, "no dependence"},
      {"poole_frenkel_hole", "V/m", positive, false, "The same for holes.",
       [](Layer& l) -> double& { return l.poole_frenkel_hole; }, "no dependence"},
      {"auger_electron", "m6/s", not_negative, false, "C_n in the Auger recombination (C_n n + C_p p)(n p - n_i^2).",
       [](Layer& l) -> double& { return l.auger_electron; }},
      {"auger_hole", "m6/s", not_negative, false, "C_p in it.", [](Layer& l) -> double& { return l.auger_hole; }},
      {"refractive_index",
       "1",
       {0.01, 10, false},
       false,
       "Where the device emits; outcoupling from the layers needs it of every layer.",
       [](Layer& l) -> double& { return l.refractive_index; },
       "none",
       every_role},
      {"extinction",
       "1",
       {0, 20, false},
       false,
       "Imaginary part of the index.",
       [](Layer& l) -> double& { return l.extinction; },
       "0",
       every_role},
  };
  return rows;
}

}  // namespace nacre::scenarios
