#pragma once
#include <memory>
#include <string>
#include <vector>

#include "models/confinement/colour.hpp"
#include "scenarios/ageing_plan.hpp"
#include "scenarios/device_stage.hpp"
#include "scenarios/warning.hpp"

namespace nacre::scenarios {

struct Result;
struct DriftResult;

/// What the ageing stage is called with: plain numbers of the stages before.
struct AgeingInput {
  AgeingPlan plan;
  double yield = 1;                    ///< of the crystals at the start [1]
  double vacancies = 0;                ///< at the start [1/m3]
  const DevicePlan* device = nullptr;  ///< where carriers come from it; with its crystals and its fresh solution
  const DeviceResult* fresh = nullptr;
  Crystals crystals;
  std::shared_ptr<const DriftResult> drift;  ///< where its light is that of drifting crystals, under what it holds
};

/// The current that an ageing holds [A/m2]: of the fresh device where that is to have a luminance. NaN: it holds a
/// voltage, or the luminance is not reached.
double held_current(const AgeingInput& input);

/// Of a result whose film, device and drift, where the plan takes anything from them, are complete.
AgeingInput ageing_of(const Result& result, const Crystals& crystals);

/// The course of an ageing device; one entry a point wherever it says nothing else.
struct AgeingResult {
  bool complete = true;
  std::string message;  ///< why not
  std::vector<Warning> warnings;
  double vacancies = 0;                             ///< at the start [1/m3]
  double loss = 0;                                  ///< kappa = 1/yield - 1 of the crystals at the start [1]
  double damage = 0;                                ///< vacancies an event, with the ligands' barrier [1]
  double zone = 0;                                  ///< in which carriers recombine [m]
  std::vector<double> time;                         ///< [s]
  std::vector<double> density;                      ///< of vacancies [1/m3]
  std::vector<double> losses;                       ///< kappa of the crystals [1]
  std::vector<double> light;                        ///< over that at the start [1]
  std::vector<double> luminance, current, voltage;  ///< [cd/m2], [A/m2], [V]; NaN where no device says it
  std::vector<double> recombination, dark;          ///< all of it, and without a photon, as currents [A/m2]
  std::vector<double> peak;                         ///< of the emission, where it drifts [m]
  double t95 = 0, t50 = 0;                          ///< [s]; NaN: not reached
};

/// Never throws for physics or numerics.
AgeingResult run_ageing(const AgeingInput& input, const confinement::ColourTable& eye);

}  // namespace nacre::scenarios
