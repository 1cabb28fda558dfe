#pragma once
#include <functional>

namespace nacre::device {

/// The temperature T at which a device is as warm as its heat makes it, T = ambient + resistance x power(T).
struct Warmed {
  double temperature = 0;  ///< [K]; NaN where there is none below the limit
  bool runs_away = false;  ///< power rises faster with temperature than heat leaves: there is no steady state
};

/// The lowest such temperature from ambient to `limit` [K]: the stable one, which is reached on warming up. Power
/// [W/m2] is what becomes heat, at least 0; thermal resistance times area in [K m2/W].
Warmed self_heated(const std::function<double(double)>& power, double ambient, double resistance, double limit);

/// Thermal resistance times area [K m2/W] of a round pixel of an area [m2] on a thick plate whose far side is kept
/// cold: spreading into a half space, area/(4 k a) with a the radius (H. S. Carslaw, J. C. Jaeger, Conduction of Heat
/// in Solids (1959), 8.2), k in [W/(m K)].
double spreading_resistance(double area, double conductivity);

}  // namespace nacre::device
