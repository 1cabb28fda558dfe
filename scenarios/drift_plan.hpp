#pragma once
#include <limits>
#include <vector>

#include "models/device/exchange/ensemble.hpp"
#include "models/device/exchange/photo_loss.hpp"
#include "models/device/exchange/shuttle.hpp"

namespace nacre::scenarios {

/// What separates the halides.
enum class Segregation { off, ensemble, shuttle, both };

/// Whether crystals have an ensemble at every depth (at rest, where nothing separates), and whether the shuttle works.
constexpr bool has_ensemble(Segregation by) {
  return by != Segregation::shuttle;
}
constexpr bool has_shuttle(Segregation by) {
  return by == Segregation::shuttle || by == Segregation::both;
}

/// Where the carriers of the emitting layer come from.
enum class CarrierSource { law, device };

/// Which carriers of a device gather where iodide is rich: on each monolayer those that are more, or one kind.
enum class Driver { majority, electrons, holes };

/// Which mobile ions the layer of crystals has where its device gives the carriers.
enum class LayerIons { of_exchange, of_layer };

/// The reduced law: carriers of the monolayer where they gather, and the current, over the bias.
struct CarrierLaw {
  double susceptibility = 0;  ///< carriers a crystal and volt beyond the onset [1/V]
  double onset = 0;           ///< [V]
  double current = 0;         ///< 1 V beyond the onset; it grows with the square [A/m2]
};

/// A part of a protocol: a bias, or a current, reached at once or by a staircase, and light.
struct ProtocolStep {
  double first = std::numeric_limits<double>::quiet_NaN();  ///< of a staircase; NaN: where the last step ended [V]
  double voltage = 0;                                       ///< [V]
  double increment = 0;                                     ///< of the staircase; 0: none [V]
  double current = 0;                                       ///< instead of a voltage; 0: none [A/m2]
  double light = 0;                                         ///< [W/m2]
  double dwell = 0;                                         ///< on every level [s]
  double rest = 0;                                          ///< in the dark without bias after every dwell [s]
  int cycles = 1;                                           ///< of dwell and rest on every level
  int points = 1;                                           ///< kept of every dwell, even in time
};

/// One level of a protocol, held.
struct ProtocolHold {
  double voltage = 0;   ///< [V]
  double current = 0;   ///< where it is above 0, it sets the voltage [A/m2]
  double light = 0;     ///< [W/m2]
  double duration = 0;  ///< [s]
  int points = 1;       ///< kept; 0: none
};

/// The levels of a protocol, one after the other, from 0 V.
std::vector<ProtocolHold> holds_of(const std::vector<ProtocolStep>& steps);

/// What a data file says of the exchange of halides.
struct ExchangeData {
  device::ExchangeLaw law;              ///< without gap and temperature
  double rate_per_vacancy = 0;          ///< k over vacancies at 298.15 K [m3/s]
  double activation_energy = 0;         ///< [J]
  device::ShuttleLaw shuttle;           ///< without what it shares with `law`
  double shuttle_rate_per_vacancy = 0;  ///< the same between monolayers, for the shuttle [m3/s]
  double exciton_hops = 0;              ///< between crystals, in a lifetime
  device::PhotoLoss photo;
  double carriers_per_light = 0;  ///< of a domain [m2/W]
};

/// What the drift stage is called with.
struct DriftPlan {
  Segregation segregation = Segregation::ensemble;
  CarrierSource carriers = CarrierSource::law;
  CarrierLaw by_law;
  Driver driver = Driver::holes;
  LayerIons ions = LayerIons::of_exchange;
  bool back_action = false;  ///< of the composition on the bands of the device
  ExchangeData data;
  double spectra_temperature = 298.15;  ///< that of the gaps [K]
  bool vacancies_of_film = false;
  double vacancies = 0;    ///< where they are not those of the film [1/m3]
  double thickness = 0;    ///< of the layer [m]
  double spacing = 0;      ///< between crystals [m]
  double rich = 0;         ///< iodide fraction above which a domain counts as rich [1]
  std::size_t depths = 1;  ///< of the ensemble
  int classes = 0;         ///< of sizes; 0: as many as their energies need
  int times_classes = 1;   ///< how many times that
  int cells = 60;
  double tolerance = 1e-2;
  std::vector<ProtocolStep> protocol;
};

}  // namespace nacre::scenarios
