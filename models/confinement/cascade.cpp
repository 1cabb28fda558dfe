#include "models/confinement/cascade.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/confinement/emitter.hpp"

namespace nacre::confinement {
namespace {

struct State {
  int excitons = 0, filled = 0;
};

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

/// A transition into a state.
struct Arrow {
  std::size_t from = 0;
  double rate = 0;  ///< [1/s]
};

/// A state that pulses reach, with the up to three transitions that end in it.
struct Node {
  State state;
  double loss = 0;    ///< rate at which it is left [1/s]
  double visits = 0;  ///< mean number of visits a pulse
  std::array<Arrow, 3> into;
  std::size_t arrows = 0;
};

/// The states that matter, in the order in which they feed one another: excitons falling, then filled traps falling.
/// Every filled trap has cost an exciton. As no state is entered twice, one pass tells how often each is visited; those
/// that are visited less often than `negligible` a pulse are left out, with all that goes through them alone.
class Graph {
 public:
  Graph(const CascadeRates& rates, std::span<const double> start, double negligible)
      : rates_(rates), most_(static_cast<int>(start.size()) - 1), fillable_(static_cast<int>(std::ceil(rates.traps))) {
    above_.assign(start.size() + 1, none);
    here_ = above_;
    for (int n = most_; n >= 1; --n) {
      std::fill(here_.begin(), here_.end(), none);
      for (int f = std::min(most_ - n, fillable_); f >= 0; --f)
        consider({n, f}, f == 0 ? start[static_cast<std::size_t>(n)] : 0.0, negligible);
      std::swap(above_, here_);
    }
  }
  std::vector<Node>& nodes() { return nodes_; }

 private:
  static constexpr std::size_t none = std::size_t(-1);

  void enter(Node& node, std::size_t from, double rate) {
    if (from == none || !(rate > 0)) return;
    node.into[node.arrows++] = {from, rate};
    node.visits += nodes_[from].visits * rate / nodes_[from].loss;
  }

  void consider(const State& s, double started, double negligible) {
    const auto f = static_cast<std::size_t>(s.filled);
    const int n = s.excitons + 1;
    Node node{s, loss(rates_, s), started, {}, 0};
    enter(node, above_[f], photon_rate(rates_, n) + n * rates_.other + auger(rates_, n));
    if (f > 0) enter(node, above_[f - 1], capture(rates_, {n, s.filled - 1}));
    enter(node, here_[f + 1], (s.filled + 1) * rates_.release);
    if (node.visits <= negligible) return;
    here_[f] = nodes_.size();
    nodes_.push_back(node);
  }

  const CascadeRates& rates_;
  int most_, fillable_;
  std::vector<std::size_t> above_, here_;  // places of the states with one exciton more, and with as many, by f
  std::vector<Node> nodes_;
};

/// Moves equal loss rates apart.
void separate(std::vector<Node>& nodes) {
  constexpr double apart = 1e-5;  // three equal ones still leave 6 digits
  std::vector<Node*> sorted;
  for (Node& node : nodes) sorted.push_back(&node);
  std::sort(sorted.begin(), sorted.end(), [](const Node* a, const Node* b) { return a->loss < b->loss; });
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const double below = sorted[i - 1]->loss;
    if (sorted[i]->loss - below < 0.5 * apart * below) sorted[i]->loss = below * (1 + apart);
  }
}

}  // namespace

double photon_rate(const CascadeRates& rates, int excitons) {
  return rates.radiative * excitons * (excitons + (rates.charged ? 1 : 0));
}

std::vector<Component> cascade(const CascadeRates& rates, std::span<const double> start, std::span<const double> signal,
                               double negligible) {
  Graph graph(rates, start, negligible);
  std::vector<Node>& nodes = graph.nodes();
  separate(nodes);
  const std::size_t count = nodes.size();
  std::vector<double> share(count * count, 0.0);  // of exponential j in the population of state s
  std::vector<Component> components(count);
  for (std::size_t s = 0; s < count; ++s) {
    const Node& node = nodes[s];
    const auto n = static_cast<std::size_t>(node.state.excitons);
    double* row = share.data() + s * count;
    for (std::size_t k = 0; k < node.arrows; ++k) {
      const Arrow& arrow = node.into[k];
      const double* from = share.data() + arrow.from * count;
      for (std::size_t j = 0; j <= arrow.from; ++j) row[j] += arrow.rate * from[j];
    }
    double own = node.state.filled == 0 ? start[n] : 0.0;
    for (std::size_t j = 0; j < s; ++j) {
      row[j] /= node.loss - components[j].rate;
      own -= row[j];
      components[j].amplitude += signal[n] * row[j];
    }
    row[s] = own;
    components[s] = {node.loss, signal[n] * own};
  }
  return components;
}

double photons_per_pulse(const CascadeRates& rates, std::span<const double> start, double negligible) {
  Graph graph(rates, start, negligible);
  double photons = 0;
  for (const Node& node : graph.nodes()) photons += node.visits * photon_rate(rates, node.state.excitons) / node.loss;
  return photons;
}

}  // namespace nacre::confinement
