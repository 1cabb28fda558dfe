#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/fvm/mesh.hpp"
#include "models/device/circuit.hpp"
#include "models/device/stack.hpp"

namespace nacre::device {

/// All that a programme needs to go on where another one stopped, in plain numbers: bits count. Values of nodes are
/// stored node by node, `unknowns` each.
struct StoredState {
  double time = 0;        ///< since the first programme began [s]
  Supply drive;           ///< of the source
  std::vector<double> x;  ///< nodes [m]
  std::size_t unknowns = 0;
  std::vector<double> now, now_rest;        ///< unknowns as sums of two numbers
  std::vector<double> before, before_rest;  ///< a step earlier
  std::vector<double> ledger, rates;        ///< storages as sums of fluxes; balances
  bool driven = false;                      ///< whether the voltage of the device was an unknown, behind a circuit
  double global = 0, global_before = 0;     ///< that voltage [kT/q]
  double charge = 0, charge_rate = 0;       ///< storage and balance of its equation [C/m2], [A/m2]
  double step = 0, last_step = 0;           ///< of time [s]
  std::uint64_t fingerprint = 0;            ///< of the stack that it is a state of
};

/// A number for what the equations of a stack take from it: layers, interfaces, contacts, carriers and temperature.
/// Neither names nor optical constants count, nor the circuit, which may change between the parts of a programme.
std::uint64_t fingerprint_of(const Stack& stack);

/// Why a state is not one of this mesh; empty where it is. Sees thicknesses, number of nodes and species alone.
std::string misfit_of_mesh(const StoredState& state, const Stack& stack, const fvm::Mesh& mesh);
/// Why a state is not one of this stack on this mesh; empty where it is.
std::string misfit_of(const StoredState& state, const Stack& stack, const fvm::Mesh& mesh);

}  // namespace nacre::device
