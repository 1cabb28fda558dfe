#pragma once
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "models/confinement/colour.hpp"
#include "models/confinement/optics.hpp"
#include "models/device/admittance.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/equivalent_circuit.hpp"
#include "models/device/light.hpp"
#include "scenarios/device_plan.hpp"
#include "scenarios/warning.hpp"

namespace nacre::scenarios {

/// What an emitted spectrum looks like.
struct Seen {
  double peak, fwhm;  ///< per wavelength [m]
  double x, y;        ///< CIE 1931 chromaticity [1]
};

/// Photons that leave at every point of a course: shares of few line shapes, which hold a fraction of what the spectra
/// themselves would.
struct Spectra {
  std::vector<std::vector<double>> shapes;  ///< one an emitting layer, on the wavelengths of the result [1/m]
  std::vector<double> photons;              ///< points x shapes [1/(m2 s)]

  /// Points x wavelengths, zero without a shape [1/(m3 s)]: `count` points from the first on.
  std::vector<double> at(std::size_t first, std::size_t count, std::size_t wavelengths) const;
};

/// The steady states of a device along the bias with their light; one entry a point wherever it says nothing else.
struct DeviceResult {
  bool complete = true;
  std::string message;      ///< why not: the last bias, the worst equation, its layer and node
  device::Stack stack;      ///< with what the crystals gave; the cathode first
  bool anode_first = true;  ///< profiles count from the anode
  double outcoupling = std::numeric_limits<double>::quiet_NaN();  ///< of the emitting layer nearest to the cathode [1]
  double reabsorbed = 0;  ///< largest share of a layer's photons that it absorbs again [1]
  std::vector<double> biases;
  std::vector<device::OperatingPoint> points;
  std::vector<device::Light> lights;
  std::vector<device::PhotonBalance> balances;
  std::vector<Seen> seen;
  std::vector<double> wavelength;  ///< of the spectra [m]
  Spectra spectra;
  std::vector<device::Profile> profiles;            ///< from the end of the stack that the case lists first
  std::vector<double> profile_biases;               ///< [V]
  device::InTime in_time;                           ///< of the programme; empty without one
  std::vector<device::Light> lights_in_time;        ///< beside its points
  std::vector<Seen> seen_in_time;                   ///< beside its points
  Spectra spectra_in_time;                          ///< beside its points
  std::vector<device::OperatingPoint> driven;       ///< at the currents that were asked for, as far as it went
  std::vector<device::Light> lights_driven;         ///< beside them
  std::vector<Seen> seen_driven;                    ///< beside them
  std::vector<double> frequencies;                  ///< of the impedance [Hz]
  device::SmallSignalResponse impedance;            ///< over its biases and these
  std::vector<device::EquivalentCircuit> circuits;  ///< fitted to the impedance, one a bias
  double area = 0;                                  ///< of the pixel [m2]
  /// Warmed by its own heat, over the biases; empty where the plan has no thermal resistance [K], [A/m2], [cd/m2], [1].
  std::vector<double> temperature, heated_current, heated_luminance, heated_efficiency;
  double capacitance_at = 0;                ///< frequency of the capacitance over the bias [Hz]
  device::SmallSignalResponse capacitance;  ///< over the biases of the sweep
  double eqe_luminance = 1000;              ///< at which an efficiency is read [cd/m2]
  int iterations = 0, halvings = 0;
  std::vector<Warning> warnings;
  std::size_t nodes = 0;
};

/// What the earlier stages hand over, where the plan takes anything from them.
struct Crystals {
  const confinement::Optics* optics = nullptr;
  double mean_edge = 0;           ///< [m]
  double yield = 1;               ///< of the film [1]
  double vacancies = 0;           ///< of the film [1/m3]
  double radiative_rate = 0;      ///< of an exciton [1/s]
  double biexciton_lifetime = 0;  ///< [s]
  double trion_lifetime = 0;      ///< [s]
  /// The loss ratio 1/yield - 1 of the crystals at a temperature [K], for how it changes; empty: it does not.
  std::function<double(double)> loss_at = {};
};

/// The stack of a plan with what crystals and film give it.
device::Stack with_crystals(const DevicePlan& plan, const Crystals& crystals);

/// How far the separate sums of the current of the sweep disagree, over max(J, 1e-4 A/m2 = 1e-8 J of 1 A/cm2).
double unclosed(const DeviceResult& result);

/// Runs the stage.
DeviceResult run_device(const DevicePlan& plan, const Crystals& crystals, const confinement::ColourTable& eye);

/// A warning where a device that emits stays below 1 cd/m2 up to the end of its sweep: turn-on is not reached, which is
/// a result.
std::vector<Warning> dim(const DeviceResult& result);

/// A warning where the largest luminance or efficiency of a sweep upwards stands at its last point, and so says where
/// the sweep ends, not what the device can do.
std::vector<Warning> still_rising(const DeviceResult& result);

}  // namespace nacre::scenarios
