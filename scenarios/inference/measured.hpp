#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scenarios/inference/model.hpp"

namespace nacre::scenarios::inference {

/// One measured number and where its computed one stands.
struct Datapoint {
  std::string name;             ///< of its target, with the line of a file behind it: "mapbbr3_size_pl:3"
  std::string target;           ///< what a record says it was fitted to: the id of a target, or the name of a table
  std::string which_case = {};  ///< name of its case where there are several
  std::string identity = {};    ///< equal for the same measured number
  io::Position where = {};      ///< of the number
  std::string unit = {};
  double value = 0;          ///< [unit]
  double sigma = 0;          ///< standard deviation; 0: not known [unit]
  double weight = 1;         ///< on the square
  bool is_weighted = false;  ///< whether a weight was given
  std::size_t place = 0;     ///< among the values of the model
  double wavelength = 0;  ///< above 0: the computed number is a wavelength in this unit [m], compared as photon energy
  std::optional<std::size_t> curve = {};  ///< number of the curve, of those whose shape alone counts, that it is of

  /// What a row of the model computes for it [unit], without the factor of a curve.
  double computed(const std::vector<double>& row) const;
};

/// Reads [[target]] and adds what they need to a model. Throws io::InputError, before anything runs: an output, case,
/// variant, target or file that is not there, a unit that does not fit, data that are no numbers, sigmas that are not
/// above zero, sigmas for some targets only, several units without sigmas or weights, the same measured number twice.
std::vector<Datapoint> read_targets(const io::Inputs& inputs, const io::Document& document, Model& model);

/// An output as targets name it, "ln.pl_peak", or with several cases "CASE: ln.pl_peak".
std::size_t add_output(Model& model, const std::string& text, const std::string& which_case, const io::Position& where,
                       const std::string& in);

}  // namespace nacre::scenarios::inference
