#pragma once
#include "models/device/stack.hpp"

namespace nacre::device {

/// Photons per exciton on crystals that hold `charges` carriers and `excitons` other excitons each in the mean, both
/// distributed over the crystals as independent events (Poisson):
///
///     y = sum_m sum_j Poisson(m; charges) Poisson(j; excitons) k_r/(k_r + k_nr + m k_trion + j k_biexciton)   [1]
///
/// What few charges a crystal has in the mean, many crystals have none: a mean rate would lose far more light. Summed to
/// 1e-12. With no charges and excitons it is the yield of photoluminescence.
double charged_yield(const Excitons& rates, double charges, double excitons = 0);

/// Other excitons on a crystal of a film in which `formation` excitons form per volume and time [1/(m3 s)] and live as
/// long as on crystals without charges [1].
double excitons_on_crystal(const Excitons& rates, double formation);

}  // namespace nacre::device
