#pragma once
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/math/bordered_band.hpp"
#include "engine/math/dual.hpp"
#include "engine/population/exchange.hpp"
#include "engine/population/size_grid.hpp"

namespace nacre::population {

/// Where the rates of a growing population come from.
template <class R>
concept RateProvider = requires(R r, double t) {
  { r.at(t) } -> std::convertible_to<const FaceRates&>;  // valid until the next call
  { r.time_scale(t) } -> std::convertible_to<double>;    // over which the rates change [s]; infinite when constant
};

/// What becomes of the monomer that clusters take up.
enum class Monomer {
  conserved,  ///< it is gone: a closed flask
  held,       ///< a large reservoir replaces it: steady nucleation at constant supersaturation
};

/// Monomers, clusters of every size and the unconverted precursor: the Becker-Doering master equation on a hybrid grid
///   dN_i/dt = J_(i-1) - J_i,   dP/dt = -P/tau,   dc_1/dt = P/tau - J_0 - sum_i (n_(i+1) - n_i) J_i
/// as a system for ode::Rosenbrock. Each class exchanges with its neighbours only, and all with the monomer: the
/// Jacobian is a band of five diagonals with one dense row and column, so a step costs O(N). Content P + c_1 + sum n_i
/// N_i is a linear invariant of a conserved monomer.
///
/// Unknowns [mol/m3]: y[0] = P, y[i] = N_i of grid class i (i >= 1), y[classes] = c_1.
template <RateProvider Rates>
class BeckerDoering {
 public:
  /// `supply_time` [s]: the precursor decays with it; 0 when all is monomer from the start. Grid and rates must outlive
  /// the system.
  BeckerDoering(const SizeGrid& grid, Rates& rates, double supply_time, Monomer monomer = Monomer::conserved);

  std::size_t unknowns() const { return grid_.classes() + 1; }
  bool rhs(double t, std::span<const double> y, std::span<double> out);
  bool linearise(double t, std::span<const double> y, double shift, std::span<double> dfdt);
  void solve(std::span<double> x) const { matrix_.solve(x); }

  /// The net flux through face i at the last rhs() or linearise() [mol/(m3 s)].
  double flux(std::size_t face) const { return flux_[face]; }
  /// P + c_1 + sum n_i N_i [mol/m3].
  double content(std::span<const double> y) const;

 private:
  using Matrix = math::BorderedBand<2, 2>;
  template <class T>
  struct Faces {
    std::vector<FaceLaw<T>> law;           // of wide faces; zero shift elsewhere
    std::vector<T> plain;                  // J/k, at its shifted place
    double monomer = 0;                    // concentration that these are for
    std::vector<std::array<T, 3>> weight;  // of faces e-1, e, e+1 in the flux through wide face e
    explicit Faces(std::size_t n) : law(n), plain(n), weight(n) {}
  };

  template <class T>
  void evaluate(const T& c, std::span<const double> y, const FaceRates& rates, Faces<T>& faces) const;
  template <class T>
  std::array<T, 3> interpolation(std::size_t face, const std::vector<FaceLaw<T>>& law) const;
  template <class T>
  T flux_through(std::size_t face, const FaceRates& rates, const Faces<T>& faces) const;
  void divergence(std::span<const double> y, std::span<double> out) const;
  void add_face(std::size_t face, const FaceRates& rates);

  const SizeGrid& grid_;
  Rates& rates_;
  double supply_rate_;
  double uptake_;  // 0 where a reservoir replaces the monomer taken up
  std::vector<double> place_, inverse_width_, flux_;
  std::size_t first_wide_;  // first face wider than one monomer
  Faces<double> faces_;
  Faces<math::Dual<1>> dual_faces_;
  std::vector<double> ahead_;
  Matrix matrix_;
};

template <RateProvider Rates>
BeckerDoering<Rates>::BeckerDoering(const SizeGrid& grid, Rates& rates, double supply_time, Monomer monomer)
    : grid_(grid),
      rates_(rates),
      supply_rate_(supply_time > 0 ? 1 / supply_time : 0),
      uptake_(monomer == Monomer::conserved ? 1 : 0),
      flux_(grid.distance.size()),
      first_wide_(grid.distance.size()),
      faces_(grid.distance.size()),
      dual_faces_(grid.distance.size()),
      ahead_(grid.classes() + 1),
      matrix_(grid.classes()) {
  for (std::size_t e = 0; e < grid.distance.size(); ++e) {
    place_.push_back(0.5 * (grid.size[e] + grid.size[e + 1]));
    if (grid.distance[e] != 1 && first_wide_ == grid.distance.size()) first_wide_ = e;
  }
  for (double w : grid.width) inverse_width_.push_back(1 / w);
}

template <RateProvider Rates>
template <class T>
std::array<T, 3> BeckerDoering<Rates>::interpolation(std::size_t e, const std::vector<FaceLaw<T>>& law) const {
  const T z0 = law[e].shift;  // distances of the three places from this face
  const T zm = (place_[e] - place_[e - 1]) + law[e - 1].shift;
  if (e + 1 == law.size()) return {-z0 / (zm - z0), zm / (zm - z0), T(0.0)};
  const T zp = (place_[e] - place_[e + 1]) + law[e + 1].shift;
  const T m0 = zm - z0, mp = zm - zp, op = z0 - zp;
  const T inverse = 1.0 / (m0 * mp * op);
  return {z0 * zp * op * inverse, -(zm * zp * mp * inverse), zm * z0 * m0 * inverse};
}

template <RateProvider Rates>
template <class T>
void BeckerDoering<Rates>::evaluate(const T& c, std::span<const double> y, const FaceRates& rates,
                                    Faces<T>& faces) const {
  using std::log;
  const std::size_t n = grid_.distance.size();
  faces.monomer = math::value(c);
  faces.plain[0] = c * c - rates.equilibrium[0] * (y[1] * inverse_width_[1]);
  for (std::size_t e = 1; e < first_wide_; ++e)
    faces.plain[e] = c * (y[e] * inverse_width_[e]) - rates.equilibrium[e] * (y[e + 1] * inverse_width_[e + 1]);
  const T log_c = log(c);
  for (std::size_t e = first_wide_; e < n; ++e) {
    faces.law[e] = wide_face(c, log_c, rates.log_equilibrium[e], rates.equilibrium[e], grid_.distance[e]);
    faces.plain[e] =
        faces.law[e].up * (y[e] * inverse_width_[e]) - faces.law[e].down * (y[e + 1] * inverse_width_[e + 1]);
  }
  for (std::size_t e = first_wide_; e < n; ++e) faces.weight[e] = interpolation(e, faces.law);
}

template <RateProvider Rates>
template <class T>
T BeckerDoering<Rates>::flux_through(std::size_t e, const FaceRates& rates, const Faces<T>& faces) const {
  if (e < first_wide_) return rates.attachment[e] * faces.plain[e];
  const auto& w = faces.weight[e];
  T sum = w[0] * faces.plain[e - 1] + w[1] * faces.plain[e];
  if (e + 1 < flux_.size()) sum = sum + w[2] * faces.plain[e + 1];
  return rates.attachment[e] * sum;
}

template <RateProvider Rates>
void BeckerDoering<Rates>::divergence(std::span<const double> y, std::span<double> out) const {
  const std::size_t n = flux_.size();
  const double supplied = supply_rate_ * y[0];
  double attached = flux_[0];
  for (std::size_t e = 0; e < n; ++e) attached += grid_.distance[e] * flux_[e];
  for (std::size_t i = 1; i < n; ++i) out[i] = flux_[i - 1] - flux_[i];
  out[n] = flux_[n - 1];
  out[0] = -supplied;
  out[n + 1] = supplied - uptake_ * attached;
}

template <RateProvider Rates>
bool BeckerDoering<Rates>::rhs(double t, std::span<const double> y, std::span<double> out) {
  const double c = y[grid_.classes()];
  if (!(c > 0)) return false;
  const FaceRates& rates = rates_.at(t);
  evaluate(c, y, rates, faces_);
  for (std::size_t e = 0; e < flux_.size(); ++e) flux_[e] = flux_through(e, rates, faces_);
  divergence(y, out);
  return true;
}

template <RateProvider Rates>
void BeckerDoering<Rates>::add_face(std::size_t e, const FaceRates& rates) {
  const auto& law = dual_faces_.law;
  const math::Dual<1> flux = flux_through(e, rates, dual_faces_);
  flux_[e] = flux.value;
  const double by_monomer = flux.slope[0];

  // dJ_e/dN of the classes e-1 ... e+2
  std::array<double, 4> slope{};
  const double k_e = rates.attachment[e];
  if (e < first_wide_) {
    slope[1] = k_e * dual_faces_.monomer * inverse_width_[e];
    slope[2] = -k_e * rates.equilibrium[e] * inverse_width_[e + 1];
  } else {
    const auto& w = dual_faces_.weight[e];
    const bool last = e + 1 == flux_.size();
    for (std::size_t k = 0; k < (last ? 2 : 3); ++k) {
      const std::size_t face = e - 1 + k;
      const bool wide = face >= first_wide_;
      const double up = wide ? law[face].up.value : dual_faces_.monomer;
      const double down = wide ? law[face].down.value : rates.equilibrium[face];
      slope[k] += k_e * w[k].value * up * inverse_width_[face];
      slope[k + 1] -= k_e * w[k].value * down * inverse_width_[face + 1];
    }
  }

  const double taken = uptake_ * (grid_.distance[e] + (e == 0 ? 1 : 0));
  for (std::size_t k = 0; k < 4; ++k) {
    const std::size_t j = e + k - 1;  // class; the monomer's own share is in by_monomer
    if (slope[k] == 0 || j == 0 || j >= grid_.classes()) continue;
    if (e > 0) matrix_.band(e)[2 + j - e] += slope[k];
    matrix_.band(e + 1)[1 + j - e] -= slope[k];
    matrix_.row(j) += taken * slope[k];
  }
  if (e > 0) matrix_.column(e) += by_monomer;
  matrix_.column(e + 1) -= by_monomer;
  matrix_.corner() += taken * by_monomer;
}

template <RateProvider Rates>
bool BeckerDoering<Rates>::linearise(double t, std::span<const double> y, double shift, std::span<double> dfdt) {
  const std::size_t classes = grid_.classes();
  const double c = y[classes];
  if (!(c > 0)) return false;

  const double time_scale = rates_.time_scale(t);
  const bool constant = !std::isfinite(time_scale);
  const double dt = constant ? 0 : 1e-5 * time_scale;
  if (!constant && !rhs(t + dt, y, ahead_)) return false;

  const FaceRates& rates = rates_.at(t);
  evaluate(math::Dual<1>::variable(c, 0), y, rates, dual_faces_);
  matrix_.set_zero();
  for (std::size_t i = 0; i < classes; ++i) matrix_.band(i)[2] = shift;
  matrix_.corner() = shift;
  matrix_.band(0)[2] += supply_rate_;
  matrix_.row(0) = -supply_rate_;
  for (std::size_t e = 0; e < flux_.size(); ++e) add_face(e, rates);

  divergence(y, dfdt);
  for (std::size_t i = 0; i <= classes; ++i) dfdt[i] = constant ? 0 : (ahead_[i] - dfdt[i]) / dt;
  return matrix_.factorise();
}

template <RateProvider Rates>
double BeckerDoering<Rates>::content(std::span<const double> y) const {
  double sum = y[0] + y[grid_.classes()];
  for (std::size_t i = 1; i < grid_.classes(); ++i) sum += grid_.size[i] * y[i];
  return sum;
}

}  // namespace nacre::population
