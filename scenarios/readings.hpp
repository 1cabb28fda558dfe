#pragma once
#include <string>
#include <vector>

#include "models/instruments/bleach_fit.hpp"
#include "models/instruments/decay_fit.hpp"
#include "models/instruments/diffraction.hpp"
#include "models/instruments/elliott_fit.hpp"
#include "models/instruments/line_and_step.hpp"
#include "models/instruments/microscope.hpp"
#include "models/instruments/quenching_fit.hpp"
#include "models/instruments/tauc_fit.hpp"
#include "models/instruments/urbach_fit.hpp"

namespace nacre::scenarios {

struct Result;

/// What the virtual instruments recorded and what was read off it. Instruments that look at light are idle without
/// photophysics.
struct Readings {
  bool with_light = false;  ///< whether there was photophysics to look at

  std::vector<double> absorption;  ///< on the photon energies of the spectra, with Urbach tail and noise [1]
  instruments::UrbachReading urbach;
  instruments::TaucReading tauc;
  instruments::ElliottReading elliott, elliott_2d;
  instruments::LineAndStep line_and_step;

  instruments::Histogram histogram;
  instruments::MultiExponential decay;
  double lifetime = 0;        ///< of the fit, averaged as the plan says [s]
  double lifetime_error = 0;  ///< its standard error; 0 without counting noise [s]

  std::vector<double> temperature, intensity;  ///< [K], the coldest 1
  instruments::QuenchingReading quenching;

  instruments::Micrograph micrograph;
  instruments::Diffraction diffraction;

  std::vector<double> delay, weak, strong;  ///< [s], bleach of the band edge [1]
  instruments::BiexcitonReading biexciton;
};

/// The instruments stage: looks at a result whose confinement is complete.
void run_instruments(Result& result);

}  // namespace nacre::scenarios
