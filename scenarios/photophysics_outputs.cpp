#include "scenarios/photophysics_outputs.hpp"

#include <limits>
#include <utility>

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;
using confinement::Photophysics;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

OutputRow light(std::string name, std::string unit, std::string meaning, double Photophysics::*member) {
  return {std::move(name), Stage::photophysics, std::move(unit), {}, std::move(meaning), [member](const Result& r) {
            return Values{r.photophysics && r.photophysics->complete ? (*r.photophysics).*member : nan};
          }};
}

OutputRow with_quotients_of(std::string name, OutputRow row) {
  row.quotients_of = std::move(name);
  return row;
}

OutputRow light_curve(std::string name, std::string unit, std::string axis, std::string meaning,
                      std::vector<double> Photophysics::*member) {
  return {
      std::move(name),    Stage::photophysics,
      std::move(unit),    {std::move(axis)},
      std::move(meaning), [member](const Result& r) { return r.photophysics ? (*r.photophysics).*member : Values{}; }};
}

OutputRow yield_curve(std::string name, std::string unit, std::string axis, std::string meaning,
                      Values Result::*member) {
  return {std::move(name),   Stage::photophysics, std::move(unit),
          {std::move(axis)}, std::move(meaning),  [member](const Result& r) { return r.*member; }};
}

}  // namespace

std::vector<OutputRow> photophysics_outputs() {
  return {
      light("plqy", "1", "photoluminescence quantum yield: photons per exciton", &Photophysics::plqy),
      light("lifetime", "ns", "mean lifetime by amplitudes: integral of the decay over its start",
            &Photophysics::lifetime_amplitude),
      light("lifetime_intensity", "ns", "mean lifetime by intensities: mean time of emission",
            &Photophysics::lifetime_intensity),
      light("lifetime_1e", "ns", "time after which the decay has fallen to 1/e", &Photophysics::lifetime_1e),
      light("radiative_rate", "1/ns", "of one exciton", &Photophysics::radiative_rate),
      with_quotients_of("plqy", light("nonradiative_rate", "1/ns", "mean over the crystals, traps and other losses",
                                      &Photophysics::nonradiative_rate)),  // (1/plqy - 1) radiative_rate
      light("trap_density", "1/nm2", "deep traps per area of the crystals' surface", &Photophysics::trap_density),
      light("traps_per_crystal", "1", "mean number of traps of a crystal", &Photophysics::traps_per_crystal),
      light("capture_rate", "1/ns", "at which one trap captures, in a crystal of the mean volume",
            &Photophysics::capture_rate),
      light("biexciton_lifetime", "ps", "of two excitons in a crystal of the mean volume, by Auger recombination",
            &Photophysics::biexciton_lifetime),
      light("trion_lifetime", "ps", "of an exciton beside a third carrier in that crystal, by Auger recombination",
            &Photophysics::trion_lifetime),
      light("urbach_energy", "meV", "thermal and static disorder of the absorption edge", &Photophysics::urbach_energy),
      light("urbach_thermal", "meV", "its thermal part", &Photophysics::urbach_thermal),
      light("urbach_static", "meV", "its static part, that of the traps included", &Photophysics::urbach_static),
      light("stokes_defect", "meV", "part of the Stokes shift that traps cause", &Photophysics::stokes_defect),
      light_curve("time", "ns", "time", "time after the pulse", &Photophysics::time),
      light_curve("decay", "1", "time", "photoluminescence after the pulse, start 1", &Photophysics::decay),
      yield_curve("temperature", "K", "temperature", "temperature of the crystals", &Result::yield_temperature),
      yield_curve("yield_at_temperature", "1", "temperature", "quantum yield there", &Result::yield),
      yield_curve("excitons", "1", "excitons", "mean number of excitons per crystal after a pulse", &Result::excitons),
      yield_curve("yield_at_excitons", "1", "excitons", "quantum yield there", &Result::saturation),
  };
}

}  // namespace nacre::scenarios
