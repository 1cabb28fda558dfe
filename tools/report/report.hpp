#pragma once
#include <string>
#include <vector>

#include "scenarios/data.hpp"

namespace nacre::report {

/// What to make a page of.
struct Request {
  std::string input;                  ///< result of a run, merged sweep, targets.json of `nacre reproduce`, or its folder
  std::vector<std::string> measured;  ///< CSV files of the user, laid over the figures that they belong to
  std::vector<std::string> variants;  ///< of a run: only these; empty for all
};

/// One self-contained HTML page with figures that a browser draws: no network, no file beside it. The library gives the
/// colour-matching functions. Throws io::InputError: a file that is not ours, damaged, or of another schema; a variant
/// that is not in it; a measured table that cannot be understood.
std::string report_page(const Request& request, const scenarios::DataLibrary& library);

}  // namespace nacre::report
