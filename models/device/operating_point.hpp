#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "engine/fvm/mesh.hpp"
#include "models/device/stack.hpp"

namespace nacre::device {

/// How finely a stack is divided, and when whoever solves for it is to give up.
struct MeshOptions {
  std::size_t nodes = 300;    ///< at least 4 cells a layer
  double end_spacing = 0.01;  ///< finest over mean cell, roughly; see fvm::Layer
  /// Polled in every iteration of Newton and for every frequency: true ends the computation, which keeps what it has.
  std::function<bool()> interrupted = {};

  bool is_interrupted() const { return interrupted && interrupted(); }
};

/// A mesh, or the sites of a stack whose carriers hop: these are the same whatever the options.
fvm::Mesh device_mesh(const Stack& stack, const MeshOptions& options);

/// Why a stack cannot be computed on a mesh: what stack.hpp complains of, or a layer whose ions screen over less than
/// the finest cell; empty when it can.
std::string problem_of(const Stack& stack, const MeshOptions& options);
/// The latter alone.
std::string problem_of_mesh(const Stack& stack, const MeshOptions& options);

/// A state of the device in numbers. Current densities in A/m2, each summed on its own: at rest
/// current = current_left = every face = radiative + traps + auger + interfaces + leaked_holes + leaked_electrons.
struct OperatingPoint {
  double bias = 0;                           ///< of the device itself [V]
  double applied = 0;                        ///< of a source that finds it so at rest, behind the circuit [V]
  double supplied = 0;                       ///< current of that source: that of a shunt as well
  double current = 0;                        ///< at the right contact
  double current_left = 0;                   ///< at the left contact
  double lowest_face = 0, highest_face = 0;  ///< over all cells
  double radiative = 0;                      ///< recombination as a current
  double traps = 0;                          ///< recombination as a current
  double auger = 0;                          ///< recombination as a current
  double interfaces = 0;                     ///< recombination amid interfaces as a current
  double leaked_holes = 0;                   ///< that leave at the left
  double leaked_electrons = 0;               ///< that leave at the right
  double vacancies = 0;                      ///< content [1/m2]
  double cation_vacancies = 0;               ///< content [1/m2]
  std::vector<double> emitting;              ///< layer by layer: radiative; of layers with Excitons those that emit
  std::vector<double> charges;  ///< layer by layer: carriers on a crystal where excitons form, in the mean [1]
  /// Layer by layer: photons of an exciton that is as likely on any of its crystals, charged as they are; 1 in layers
  /// without Excitons [1].
  std::vector<double> yield;
};

/// How far the separate sums of the current of a state at rest disagree, over the larger of J and 1e-4 A/cm2.
double unclosed(const OperatingPoint& point);

/// What a state looks like across the device; an interface appears twice, with the densities of either layer.
struct Profile {
  std::vector<double> x;  ///< [m]
  std::vector<std::size_t> layer;
  std::vector<double> potential, electron_level, hole_level;          ///< levels as potentials, larger is deeper [V]
  std::vector<double> electrons, holes, vacancies, cation_vacancies;  ///< [1/m3]
  std::vector<double> field;             ///< mean of the cells of that layer beside the place, towards the right [V/m]
  std::vector<double> radiative, traps;  ///< recombination [1/(m3 s)]
  std::vector<double> trapped_charge;    ///< in elementary charges [1/m3]
};

}  // namespace nacre::device
