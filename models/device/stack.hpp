#pragma once
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "models/device/circuit.hpp"
#include "models/device/injection_layer.hpp"

namespace nacre::device {

/// How carriers fill the states of a band.
enum class Statistics {
  boltzmann,    ///< n = N exp(eta)
  blakemore,    ///< n = N/(exp(-eta) + crowding): 1 for at most N carriers, 0.27 for a parabolic band up to eta = 1.3
  fermi_dirac,  ///< n = N F_1/2(eta): a parabolic band
  gaussian      ///< n = N integral of a Gaussian of width `disorder` times the Fermi function: hopping sites
};

/// How carriers get through a layer.
enum class Transport {
  continuum,  ///< drift and diffusion, on a mesh that may be refined
  sites       ///< hops (Miller-Abrahams) from place to place: a monolayer of crystals or a molecule, a pitch apart
};

/// Which carriers a device has: both, or one alone (the other neither moves nor is charge).
enum class Carriers { both, electrons, holes };

/// A Shockley-Read-Hall centre at one level. It may hold charge: an electron trap is negative while it holds an
/// electron and neutral without, a hole trap positive while it lacks one.
struct Traps {
  double density = 0;           ///< [1/m3]; zero: none but those of vacancies
  double level = 0;             ///< below the vacuum [J]
  double capture_electron = 0;  ///< [m3/s]
  double capture_hole = 0;      ///< [m3/s]
  double per_vacancy = 0;       ///< centres for every vacancy that is there, besides `density`
  double charge = 0;            ///< -1: electron traps, 1: hole traps, 0: no charge goes with what they hold
};

/// A mobile species, confined to its layer and neighbours that have it, too.
struct Vacancies {
  double density = 0;       ///< mean [1/m3]; zero: none
  double mobility = 0;      ///< [m2/(V s)]
  double charge = 1;        ///< in elementary charges
  double site_density = 0;  ///< most that fit in [1/m3]; zero: no limit
};

/// What becomes of an exciton on a crystal that holds m charges and j more excitons: it is emitted with
/// radiative/(radiative + nonradiative + m trion + j biexciton).
struct Excitons {
  double crystals = 0;      ///< per volume; zero: every pair that forms counts as radiative [1/m3]
  double radiative = 0;     ///< [1/s]
  double nonradiative = 0;  ///< [1/s]
  double trion = 0;         ///< Auger rate that every charge adds [1/s]
  double biexciton = 0;     ///< and every other exciton [1/s]
};

/// One layer of a device. Energies are depths below the vacuum level [J].
struct Layer {
  std::string name;
  double thickness = 0;              ///< [m]
  double permittivity = 1;           ///< relative
  double conduction_band = 0;        ///< or LUMO [J]; the centre where `statistics` is gaussian
  double valence_band = 0;           ///< or HOMO [J]
  double conduction_states = 0;      ///< effective density of states [1/m3]
  double valence_states = 0;         ///< effective density of states [1/m3]
  double mobility_electron = 0;      ///< [m2/(V s)]
  double mobility_hole = 0;          ///< [m2/(V s)]
  double radiative_coefficient = 0;  ///< k in k (n p - n_i^2) [m3/s]
  double langevin = 0;  ///< k as a share of Langevin's q (mobility_electron + mobility_hole)/eps instead; zero: not [1]
  Excitons excitons = {};
  double pitch = 1e-9;      ///< from site to site, where carriers hop [m]
  double fixed_charge = 0;  ///< in elementary charges, with sign [1/m3]
  Traps traps = {};
  Vacancies vacancies = {};
  Vacancies cation_vacancies = {.charge = -1};
  Statistics statistics = Statistics::boltzmann;
  double crowding = 1;                ///< of Blakemore's statistics
  double disorder = 0;                ///< standard deviation of Gaussian states [J]
  double poole_frenkel_electron = 0;  ///< gamma in mobility exp(gamma sqrt|field|) [(m/V)^1/2]
  double poole_frenkel_hole = 0;      ///< [(m/V)^1/2]
  double auger_electron = 0;          ///< C_n in (C_n n + C_p p)(n p - n_i^2) [m6/s]
  double auger_hole = 0;              ///< C_p [m6/s]
  double refractive_index = 0;        ///< where it emits; zero: not known
  double extinction = 0;              ///< imaginary part of the index
};

/// How a carrier crosses an interface.
enum class Transfer {
  continuous,  ///< its quasi-Fermi level goes through
  thermionic,  ///< emission over the step of the band
  hopping      ///< Miller-Abrahams: the same, and only into what is not full
};

/// What is between two layers besides steps of the bands. All of it off: levels go through.
struct Interface {
  Transfer transfer_electron = Transfer::continuous;
  Transfer transfer_hole = Transfer::continuous;
  double velocity_electron = 0;    ///< of the finite transfer [m/s]
  double velocity_hole = 0;        ///< [m/s]
  double cross_recombination = 0;  ///< k in k (n p - equilibrium), dark, between the electrons of one side and the
                                   ///< holes of the other: the pair of the smaller gap [m4/s]
  double dipole = 0;               ///< rise of the potential from left to right [V]
  double sheet_charge = 0;         ///< in elementary charges, with sign [1/m2]

  bool operator==(const Interface&) const = default;
};

/// What happens at a contact besides its work function.
struct Contact {
  /// Surface recombination velocities [m/s]; infinite: the level is the metal's.
  double velocity_electron = std::numeric_limits<double>::infinity();
  double velocity_hole = std::numeric_limits<double>::infinity();
  /// Injection over a barrier that the field and the image force lower (Scott and Malliaras), for the carrier with the
  /// smaller barrier.
  bool image_force = false;
  /// Between the metal and the device; the work function is that behind it.
  InjectionLayer layer = {};
};

/// Layers between two contacts, ohmic (Dirichlet) unless told otherwise. The left one is grounded; the bias is applied
/// to the right one, so that a positive bias drives electrons in from the left and holes from the right (cathode left,
/// anode right). Currents are positive where they enter at the right contact.
struct Stack {
  std::vector<Layer> layers;
  double left_work_function = 0;   ///< [J]
  double right_work_function = 0;  ///< [J]
  double temperature = 300;        ///< [K]
  Contact left_contact = {};
  Contact right_contact = {};
  std::vector<Interface> interfaces = {};  ///< entry i lies behind layer i; those that are missing are off
  Carriers carriers = Carriers::both;
  Circuit circuit = {};
  Transport transport = Transport::continuum;
};

/// Sites of a layer, at least one: as many pitches as fit best; they share its thickness evenly.
std::size_t sites_of(const Layer& layer);

/// Of how many mobile ionic species the equations need to know: 0, 1 (vacancies alone) or 2.
std::size_t mobile_species(const Stack& stack);

/// Of which species they need to know in time: as many, or, where traps hold charge, 3 without ions and 5 with them
/// (see DriftDiffusion).
std::size_t species_in_time(const Stack& stack);

/// Why a stack cannot be computed, naming layer, datum and remedy; empty when it can.
std::string problem_of(const Stack& stack);

}  // namespace nacre::device
