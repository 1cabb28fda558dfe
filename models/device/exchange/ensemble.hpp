#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "models/device/exchange/mixed_halide.hpp"

namespace nacre::device {

/// What a depth of the layer is given: carriers, and vacancies that let its halides move.
struct Drive {
  double occupancy = 0;  ///< mean number of carriers a domain, below ExchangeLaw::most_carriers() [1]
  double rate = 0;       ///< at which a domain exchanges its halide sites, k ~ vacancies exp(-E_a/kT) [1/s]
  double source = 0;     ///< of iodide that something else brings, as change of the mean fraction [1/s]
};

/// Sources of iodide that go with the composition: fills in what they change the mean fraction of every depth by [1/s]
/// at these iodide fractions.
using Sources = std::function<void(std::span<const double> iodide, std::span<double> rate)>;

/// How the integration in time is done.
struct ExchangeOptions {
  /// Error of a step: total variation of a distribution, or the mean energy by which the light of its carriers is
  /// wrong, over 0.08 eV, and that of a weak probe, over 0.05 eV and in the dark over 0.025 eV [1]. The default keeps a
  /// peak within 0.3 nm, from films with 10 % iodide on.
  double tolerance = 1e-2;
  int most_steps = 100000;
  /// Beside those of the drive: asked once a step and depth, and linear within the step, which is as implicit in them
  /// as in all else.
  Sources sources = {};
  std::function<bool()> interrupted = {};  ///< asked before every step; true ends it there
};

/// What an integration did.
struct Exchanged {
  bool complete = true;
  bool interrupted = false;  ///< it is why not
  std::string message;       ///< why not: time and reason
  int steps = 0, rejected = 0;
  int euler = 0;       ///< of the steps: by implicit Euler, because the second-order step would have raised the free
                       ///< energy or left a negative share; as short as their own error wants
  int iterations = 0;  ///< of Newton's method on the potentials
};

/// Halide exchange between crystals as a mean-field ensemble. Every class of sizes s at every depth d of the layer
/// carries a distribution P(x, t) over the iodide fraction x of its domains,
///     dP/dt = d/dx { k m(x)/N [P dU/dx + dP/dx] },
///     U = N [f(x) - mu x] - sum_l g_l ln(1 + exp(zeta - (E(x) + D_l)/kT)),
/// with no flux at x = 0 and 1. mu conserves the iodide of a depth but for what moves to its neighbours (K (mu_d -
/// mu_d')), zeta holds its mean occupancy. Cells of composition_grid(), Scharfetter-Gummel fluxes in x, an L-stable
/// implicit step of second order (SDIRK2) with both potentials inside it; O(classes x depths x cells), no allocation in
/// a step. At fixed drive the free energy never rises and no share becomes negative: implicit Euler has both properties
/// for steps of any length (F is convex), and takes every step for which the other has not. docs/theory/drift.md.
class Ensemble {
 public:
  /// `depths`: shares of the layer, sum 1, from the side where carriers gather. Starts undriven, at the equilibrium of
  /// the iodide fraction, on cells that are narrower at the end where it would not lie between them. The caller has
  /// asked problem_of(). With a single halide (iodide 0 or 1) nothing ever moves.
  Ensemble(const ExchangeLaw& law, std::span<const SizeClass> classes, double iodide, int cells,
           std::span<const double> depths = {});

  /// Back to the undriven start.
  void restart();

  /// Lets a time [s] pass under a drive, one for each depth. `transport`: K between neighbouring depths [1/s]. Before a
  /// source takes a depth, or what moves between depths takes the layer, to an iodide fraction that no distribution on
  /// these cells has, it stops and says so.
  Exchanged advance(double duration, std::span<const Drive> drive, std::span<const double> transport = {},
                    const ExchangeOptions& options = {});

  /// Lets carriers take their places at an occupancy, without time.
  void occupy(std::span<const Drive> drive);

  std::size_t cells() const { return cells_; }
  std::size_t classes() const { return classes_.size(); }
  std::size_t depths() const { return depths_.size(); }
  /// Iodide fraction in the middle of a cell [1].
  double composition(std::size_t cell) const { return x_[cell]; }
  /// Of a cell, in iodide fraction; they sum to 1 [1].
  double width(std::size_t cell) const { return width_[cell]; }
  /// Share of the domains of a depth that is of this class and in this cell [1].
  double share(std::size_t depth, std::size_t size, std::size_t cell) const {
    return p_[cell * lanes() + depth * classes_.size() + size];
  }
  /// Gap of such domains [J].
  double gap(std::size_t size, std::size_t cell) const { return gap_[cell * classes_.size() + size]; }
  /// Carriers in such domains, a domain of the depth [1]; without carriers their Boltzmann share of one.
  double carriers(std::size_t depth, std::size_t size, std::size_t cell) const;

  /// Mean iodide fraction of a depth, and of the layer [1].
  double iodide(std::size_t depth) const;
  double iodide() const;
  /// Share of the layer's domains above an iodide fraction, evenly spread in the cell that it lies in [1].
  double richer_than(double fraction) const;
  /// Mean gap of the places of carriers at a depth [J].
  double carrier_gap(std::size_t depth) const;
  /// Free energy a domain at the occupancy of now: sum P (N f + ln P) + that of the carriers [kT].
  double free_energy() const;
  /// Chemical potential of iodide for bromide a site, and Fermi level of the carriers, at a depth [kT].
  double iodide_potential(std::size_t depth) const { return mu_[depth]; }
  double fermi_level(std::size_t depth) const;

 private:
  std::size_t lanes() const { return depths_.size() * classes_.size(); }
  double occupied(std::size_t lane, std::size_t cell, double* slope = nullptr) const;
  void fill(std::size_t depth);
  void settle(std::size_t depth);
  bool solve_stage(double tau, std::span<const double> transport, int& iterations);
  void assemble(double tau);
  void solve_distribution();
  void solve_slopes();
  double balance(double tau, std::span<const double> transport);
  void count_changes();
  void eliminate();
  void eliminate_all(double tau);
  double correct(double tau, std::span<const double> transport, double longest_step);
  void move(std::size_t depth, double mu, double fermi);
  bool turned() const;
  void linearise(const Sources& sources);
  bool falls(double before, bool closed, double& now) const;
  std::string unconserved(double dt, bool connected) const;
  double second_order_step(double dt, std::span<const double> transport, int& iterations, bool& solved);
  double error_of(const std::vector<double>& off) const;
  double misplaced(const std::vector<double>& off, std::size_t depth, const double* carriers, std::size_t row) const;
  double euler_step(double dt, std::span<const double> transport, int& iterations, bool& solved);
  void take_back();

  // fixed
  ExchangeLaw law_;
  std::vector<SizeClass> classes_;
  std::vector<double> depths_;
  std::size_t cells_;
  double kT_, lowest_gap_;
  std::vector<double> x_, width_, step_;   // of cells: iodide fraction, width, and way to the next
  std::vector<double> mixing_, mobility_;  // N f less the logarithm of the width; at the face above a cell, over
                                           // widths and way
  std::vector<double> gap_;                // cell, class
  std::vector<double> boltzmann_;          // cell, class, level: exp(-(gap + energy - lowest)/kT)
  std::vector<double> probe_;              // cell, class: carriers of a weak probe, on any scale
  std::vector<double> start_;              // cell, lane
  double start_mu_ = 0;

  // state
  std::vector<double> p_, mu_, zeta_;  // zeta in kT above the lowest gap; -inf without carriers
  std::vector<Drive> drive_;
  bool settled_ = false;  // whether mu_ is that of these carriers

  // of a step
  std::vector<double> old_, rhs_, energy_, carriers_, carrier_slope_;
  std::vector<double> below_, diagonal_, above_, ahead_, back_, slope_, back_slope_;
  std::vector<double> by_mu_, by_zeta_, stage_, old_mu_, old_zeta_;
  // of depths: Newton's equations, and how the iodide of each answers to its own potential
  std::vector<double> matrix_, below_depth_, above_depth_, side_, last_side_, fermi_side_, fermi_gain_, own_, shift_;
  std::vector<double> had_, changed_, source_;    // of depths: iodide before the step, what it changed by, its rate
  std::vector<double> answer_, coupled_, trial_;  // of the rate to the iodide of each depth; empty: to none
};

}  // namespace nacre::device
