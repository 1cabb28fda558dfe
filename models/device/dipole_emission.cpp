#include "models/device/dipole_emission.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <utility>

#include "engine/math/quadrature.hpp"

namespace nacre::device {
namespace {

using Complex = std::complex<double>;
constexpr double pi = std::numbers::pi;
constexpr Complex i{0, 1};

/// What a wave that starts in a medium meets: amplitudes of the electric (TE) or magnetic (TM) field.
struct Response {
  Complex reflected;
  Complex transmitted;  ///< into the last medium
};

/// Of both polarisations, which share wave vectors and phases.
struct Responses {
  Response electric, magnetic;
};

/// Wave vectors over that of vacuum.
Complex normal(const Complex& index, const Complex& parallel) {
  return std::sqrt(index * index - parallel * parallel);  // its imaginary part is not negative below the real axis
}

/// Fresnel's coefficients of one face.
Responses face(const Complex& from, const Complex& to, const Complex& parallel) {
  const Complex a = normal(from, parallel), b = normal(to, parallel);
  const Complex c = a * to * to, d = b * from * from;
  return {{(a - b) / (a + b), 2. * a / (a + b)}, {(c - d) / (c + d), 2. * c / (c + d)}};
}

/// A face, and what is behind a layer that a wave crosses with the factor `once`.
Response joined(const Response& face, const Response& behind, const Complex& once) {
  const Complex back = behind.reflected * once * once, sum = 1. + face.reflected * back;
  return {(face.reflected + back) / sum, face.transmitted * behind.transmitted * once / sum};
}

/// Of layers in the order in which the wave meets them, before a half space.
Responses response(const Complex& from, std::span<const OpticalLayer> layers, const Complex& last,
                   const Complex& parallel, double wave_number) {
  if (layers.empty()) return face(from, last, parallel);
  const OpticalLayer& first = layers.front();
  const Responses here = face(from, first.index, parallel);
  const Responses behind = response(first.index, layers.subspan(1), last, parallel, wave_number);
  const Complex once = std::exp(i * normal(first.index, parallel) * (wave_number * first.thickness));
  return {joined(here.electric, behind.electric, once), joined(here.magnetic, behind.magnetic, once)};
}

/// Both ways from the emitting plane, for one polarisation and wave vector.
struct BothWays {
  Complex front, back;          ///< amplitudes that come back to the plane: a+ and a-
  Complex out_front, out_back;  ///< amplitudes in the half spaces
  Complex cavity() const { return 1. - front * back; }
};

/// The same for both polarisations.
struct Waves {
  BothWays electric, magnetic;
};

class Plane {
 public:
  Plane(const OpticalStack& stack, double depth, double wavelength, double horizontal)
      : stack_(stack),
        horizontal_(horizontal),
        wave_number_(2 * pi / wavelength),
        index_(stack.layers[stack.emitting].index.real()),
        to_front_(depth),
        to_back_(stack.layers[stack.emitting].thickness - depth),
        behind_(stack.layers.begin() + static_cast<std::ptrdiff_t>(stack.emitting) + 1, stack.layers.end()) {
    for (std::size_t k = stack.emitting; k-- > 0;) before_.push_back(stack.layers[k]);
  }

  double index() const { return index_; }
  double wave_number() const { return wave_number_ * index_; }
  double nearest() const { return std::min(to_front_, to_back_); }

  Waves waves(const Complex& u) const {
    const Complex parallel = u * index_, k = normal(index_, parallel);
    const Responses front = response(index_, before_, stack_.front, parallel, wave_number_);
    const Responses back = response(index_, behind_, stack_.back, parallel, wave_number_);
    const Complex there = std::exp(i * k * (wave_number_ * to_front_));
    const Complex here = std::exp(i * k * (wave_number_ * to_back_));
    const auto ways = [&](const Response& f, const Response& b) {
      return BothWays{f.reflected * there * there, b.reflected * here * here, f.transmitted * there,
                      b.transmitted * here};
    };
    return {ways(front.electric, back.electric), ways(front.magnetic, back.magnetic)};
  }

  /// 2 u K(u), an analytic function whose real part counts.
  Complex total(const Complex& u) const {
    const auto [e, m] = waves(u);
    const Complex w = std::sqrt(1. - u * u);
    const Complex upright = 0.75 * u * u / w * (1. + m.front) * (1. + m.back) / m.cavity();
    const Complex flat = 0.375 * w * (1. - m.front) * (1. - m.back) / m.cavity() +
                         0.375 / w * (1. + e.front) * (1. + e.back) / e.cavity();
    return 2. * u * ((1 - horizontal_) * upright + horizontal_ * flat);
  }

  /// Power per u into a half space, with what of it is collected.
  struct Outward {
    double reached = 0, collected = 0;
  };
  Outward outward(double u, bool to_front) const {
    if (u == 1) return {};  // along the layers: a single wave, of no power
    const Complex medium = to_front ? stack_.front : stack_.back;
    const Complex w = std::sqrt(Complex(1 - u * u)), k = normal(medium, u * index_);
    const auto [e, m] = waves(u);
    const double electric_leaves = k.real() / index_, magnetic_leaves = (k / (medium * medium)).real() * index_;
    const auto power = [&](const BothWays& way, double sign, const Complex& over) {
      const Complex from = to_front ? way.back : way.front, amplitude = to_front ? way.out_front : way.out_back;
      return std::norm((1. + sign * from) / way.cavity() * amplitude / over);
    };
    const double electric = horizontal_ * 0.1875 * power(e, 1, w) * electric_leaves;
    const double magnetic =
        ((1 - horizontal_) * 0.375 * u * u * power(m, 1, w) + horizontal_ * 0.1875 * power(m, -1, 1)) * magnetic_leaves;
    const auto [electric_through, magnetic_through] = to_front ? through_plate(u) : std::pair{0., 0.};
    return {2 * u * (electric + magnetic), 2 * u * (electric * electric_through + magnetic * magnetic_through)};
  }

 private:
  /// Share of the power in the plate that leaves it in the end, after reflections without phase: TE and TM.
  std::pair<double, double> through_plate(double u) const {
    if (!stack_.beyond_front) return {1, 1};
    const double parallel = u * index_;
    if (parallel >= *stack_.beyond_front) return {0, 0};
    const Responses out = face(stack_.front, *stack_.beyond_front, parallel);
    const Responses in = response(stack_.front, stack_.layers, stack_.back, parallel, wave_number_);
    const auto share = [](const Response& face_back, const Response& stack_back) {
      const double r = std::norm(face_back.reflected);
      return (1 - r) / (1 - r * std::norm(stack_back.reflected));
    };
    return {share(out.electric, in.electric), share(out.magnetic, in.magnetic)};
  }

  const OpticalStack& stack_;
  double horizontal_, wave_number_, index_, to_front_, to_back_;
  std::vector<OpticalLayer> before_, behind_;  // as waves to the front and to the back meet them
};

const math::Rule& rule() {
  static const math::Rule points = math::gauss_legendre(10);
  return points;
}

/// Half an ellipse below the real axis from 0 to where no mode lies any more, then along it until the near field of the
/// nearest face has faded.
double total_power(const Plane& plane, const OpticalStack& stack) {
  double largest = std::max(stack.front.real(), stack.back.real());
  for (const OpticalLayer& layer : stack.layers) largest = std::max(largest, layer.index.real());
  const double end = 2 * largest / plane.index();
  double sum = 0;
  const std::array edges{0., pi / 8, pi / 4, 3 * pi / 8, pi / 2, 5 * pi / 8, 3 * pi / 4, 7 * pi / 8, pi};
  const math::Rule around = math::composite(rule(), edges);
  for (std::size_t n = 0; n < around.nodes.size(); ++n) {
    const double angle = around.nodes[n];
    constexpr double flat = 0.3;  // height over half width: high enough for the poles, low enough for the exponentials
    const Complex u = end / 2 * Complex(1 - std::cos(angle), -flat * std::sin(angle));
    const Complex along = end / 2 * Complex(std::sin(angle), -flat * std::cos(angle));
    sum += around.weights[n] * (plane.total(u) * along).real();
  }
  const double fades = 1 / (2 * plane.wave_number() * std::max(plane.nearest(), 1e-12));
  std::vector<double> beyond{end};
  for (double step = std::min(fades, 1.); beyond.back() < end + 45 * fades; step *= 1.5)
    beyond.push_back(beyond.back() + step);
  const math::Rule out = math::composite(rule(), beyond);
  for (std::size_t n = 0; n < out.nodes.size(); ++n) sum += out.weights[n] * plane.total(out.nodes[n]).real();
  return sum;
}

/// Over the waves that travel in a half space, with nodes dense where the wave vectors along the layers reach those of
/// a medium.
template <class Add>
void over_waves(const Plane& plane, const OpticalStack& stack, double index, const Add& add) {
  std::vector<double> edges{0, index / plane.index()};
  const auto place = [&](double medium) {
    const double u = medium / plane.index();
    if (u > 0 && u < edges.back() * (1 - 1e-12)) edges.push_back(u);
    std::sort(edges.begin(), edges.end());
  };
  place(plane.index());
  place(stack.front.real()), place(stack.back.real());
  if (stack.beyond_front) place(*stack.beyond_front);
  for (const OpticalLayer& layer : stack.layers) place(layer.index.real());
  for (std::size_t n = 0; n + 1 < edges.size(); ++n) {
    const double middle = (edges[n] + edges[n + 1]) / 2, half = (edges[n + 1] - edges[n]) / 2;
    const std::array panels{-pi / 2, -pi / 4, 0., pi / 4, pi / 2};
    const math::Rule across = math::composite(rule(), panels);
    for (std::size_t k = 0; k < across.nodes.size(); ++k)
      add(middle + half * std::sin(across.nodes[k]), half * std::cos(across.nodes[k]) * across.weights[k]);
  }
}

}  // namespace

DipoleEmission dipole_emission(const OpticalStack& stack, double depth, double wavelength, double horizontal) {
  const Plane plane(stack, depth, wavelength, horizontal);
  DipoleEmission result;
  result.total = total_power(plane, stack);
  over_waves(plane, stack, stack.front.real(), [&](double u, double weight) {
    const Plane::Outward out = plane.outward(u, true);
    result.into_front += weight * out.reached, result.escaped += weight * out.collected;
  });
  if (stack.back.imag() == 0)
    over_waves(plane, stack, stack.back.real(),
               [&](double u, double weight) { result.into_back += weight * plane.outward(u, false).reached; });
  return result;
}

double escape_cone(double index) {
  return index <= 1 ? 1 : 1 - std::sqrt(1 - 1 / (index * index));
}

}  // namespace nacre::device
