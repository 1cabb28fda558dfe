#pragma once
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

namespace nacre::math {

/// A function and its slope at one place.
struct Sample {
  double value;
  double slope;
};

/// F(eta) and its first two derivatives.
struct Occupation {
  double value, slope, curvature;
};

/// Fermi-Dirac integral F_1/2(eta) = 2/sqrt(pi) integral of sqrt(x)/(1 + exp(x - eta)) over x > 0, normalised to
/// exp(eta) far below zero, with derivatives, to round-off for eta up to some hundred: the trapezoidal rule in sqrt(x),
/// whose error falls exponentially.
Occupation fermi_dirac_half(double eta);

/// Share of filled states of a Gaussian density of states of standard deviation `width` (in kT) about zero, at a Fermi
/// level eta, with derivatives; to round-off.
Occupation gauss_fermi(double eta, double width);

/// log F(eta) - eta, the logarithm of the degeneracy factor of carriers with n = N F(eta), as a table: quintic
/// Hermite interpolation of values with two derivatives, so that its slope is the derivative of its value to round-off.
/// Below `first` it tends to `dilute` as exp(eta); beyond `last` F is taken as proportional to eta^power.
class LogDegeneracy {
 public:
  LogDegeneracy(const std::function<Occupation(double)>& occupation, double first, double last, double spacing,
                double dilute, double power);

  Sample operator()(double eta) const;

 private:
  struct Node {
    double value, slope, curvature;  // of log F - eta
  };
  double first_, last_, spacing_, dilute_, power_;
  std::vector<Node> nodes_;
};

/// The table of F_1/2, made once: within 1e-10 of log F for every eta up to 60, 1e-3 at 200.
const LogDegeneracy& fermi_dirac_degeneracy();

/// The table of Gaussian states of a width in kT, up to 10: within 1e-8 of log F.
LogDegeneracy gaussian_degeneracy(double width);

}  // namespace nacre::math
