#pragma once
#include <string>

#include "scenarios/inference/fit.hpp"

namespace nacre::scenarios::inference {

/// What a fit came to, to read on a terminal: numbers with standard errors, targets, what is left open, other optima.
std::string fit_text(const Fit& fit, const FitOutcome& outcome);

/// The same as one JSON document.
std::string fit_json(const Fit& fit, const FitOutcome& outcome);

/// The record of a fit that was found, as read_fit_record() reads it: TOML. It says nothing about time, host or
/// workers, so equal fits give equal records.
std::string record_text(const Fit& fit, const FitOutcome& outcome);

}  // namespace nacre::scenarios::inference
