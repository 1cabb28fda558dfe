#pragma once
#include <span>

namespace nacre::device {

/// Share of the light made evenly in a slab, in all directions, that the slab absorbs before the light first leaves it:
/// 1 - (1/2 - E_3(t))/t with the optical thickness t = absorption coefficient x thickness and the exponential integral
/// E_3 [1]. What total reflection sends back through the slab is not in it, so it is a lower bound.
double absorbed_on_the_way(double optical_thickness);

/// The mean of that over a spectrum: photons per wavelength over wavelengths [m], with the absorption coefficient [1/m] at
/// the same wavelengths and the thickness [m]. Trapezoids; 0 for an empty spectrum.
double reabsorbed_share(std::span<const double> wavelength, std::span<const double> photons,
                        std::span<const double> absorption, double thickness);

}  // namespace nacre::device
