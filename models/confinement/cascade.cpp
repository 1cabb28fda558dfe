#include "models/confinement/cascade.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/confinement/emitter.hpp"

namespace nacre::confinement {
namespace {

/// States in the order in which they feed one another: excitons falling, then filled traps falling.
struct State {
  int excitons = 0, filled = 0;
};

/// All states of n excitons that can be reached from at most `most`: every filled trap has cost an exciton.
std::vector<State> states_of(int most, double traps) {
  std::vector<State> states;
  for (int n = most; n >= 1; --n) {
    const int fillable = std::min(most - n, static_cast<int>(std::ceil(traps)));
    for (int f = fillable; f >= 0; --f) states.push_back({n, f});
  }
  return states;
}

double auger(const CascadeRates& rates, int n) {
  return rates.charged ? charged_auger_rate(rates.trion_lifetime, n) : auger_rate(rates.biexciton_lifetime, n);
}

double capture(const CascadeRates& rates, const State& s) {
  return s.excitons * std::max(rates.traps - s.filled, 0.0) * rates.capture;
}

double loss(const CascadeRates& rates, const State& s) {
  return photon_rate(rates, s.excitons) + s.excitons * rates.other + auger(rates, s.excitons) + capture(rates, s) +
         s.filled * rates.release;
}

struct Arrow {
  std::size_t from = 0;
  double rate = 0;
};

/// Where a state stands in the order, or none.
class Places {
 public:
  Places(const std::vector<State>& states, int most)
      : width_(static_cast<std::size_t>(most) + 2), place_(width_ * width_, none) {
    for (std::size_t s = 0; s < states.size(); ++s) place_[at(states[s])] = s;
  }
  static constexpr std::size_t none = std::size_t(-1);
  std::size_t of(const State& state) const { return state.filled < 0 ? none : place_[at(state)]; }

 private:
  std::size_t at(const State& s) const {
    return static_cast<std::size_t>(s.excitons) * width_ + static_cast<std::size_t>(s.filled);
  }
  std::size_t width_;
  std::vector<std::size_t> place_;
};

/// The up to three transitions that end in a state.
struct Arrows {
  std::array<Arrow, 3> list;
  std::size_t count = 0;
};

Arrows arrows_into(const CascadeRates& rates, const State& to, const Places& places) {
  Arrows arrows;
  const auto add = [&](const State& from, double rate) {
    const std::size_t place = places.of(from);
    if (place != Places::none && rate > 0) arrows.list[arrows.count++] = {place, rate};
  };
  const int n = to.excitons + 1;
  add({n, to.filled}, photon_rate(rates, n) + n * rates.other + auger(rates, n));
  add({n, to.filled - 1}, capture(rates, {n, to.filled - 1}));
  add({to.excitons, to.filled + 1}, (to.filled + 1) * rates.release);
  return arrows;
}

/// Moves equal loss rates apart.
void separate(std::vector<double>& losses) {
  constexpr double apart = 1e-5;  // three equal ones still leave 6 digits
  for (std::size_t i = 0; i < losses.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (std::abs(losses[i] - losses[j]) >= 0.5 * apart * losses[i]) continue;
      losses[i] *= 1 + apart;
      j = std::size_t(-1);  // the new value may meet an earlier one
    }
  }
}

}  // namespace

double photon_rate(const CascadeRates& rates, int excitons) {
  return rates.radiative * excitons * (excitons + (rates.charged ? 1 : 0));
}

std::vector<Component> cascade(const CascadeRates& rates, std::span<const double> start,
                               std::span<const double> signal) {
  const std::vector<State> states = states_of(static_cast<int>(start.size()) - 1, rates.traps);
  const std::size_t count = states.size();
  std::vector<double> losses;
  for (const State& s : states) losses.push_back(loss(rates, s));
  separate(losses);
  const Places places(states, static_cast<int>(start.size()) - 1);
  std::vector<double> share(count * count, 0.0);  // of exponential j in the population of state s
  std::vector<Component> components(count);
  for (std::size_t s = 0; s < count; ++s) {
    const auto n = static_cast<std::size_t>(states[s].excitons);
    const Arrows into = arrows_into(rates, states[s], places);
    double* row = share.data() + s * count;
    for (std::size_t k = 0; k < into.count; ++k) {
      const double* from = share.data() + into.list[k].from * count;
      for (std::size_t j = 0; j <= into.list[k].from; ++j) row[j] += into.list[k].rate * from[j];
    }
    double own = states[s].filled == 0 ? start[n] : 0.0;
    for (std::size_t j = 0; j < s; ++j) {
      row[j] /= losses[s] - losses[j];
      own -= row[j];
      components[j].amplitude += signal[n] * row[j];
    }
    row[s] = own;
    components[s] = {losses[s], signal[n] * own};
  }
  return components;
}

}  // namespace nacre::confinement
