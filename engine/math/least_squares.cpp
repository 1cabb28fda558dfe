#include "engine/math/least_squares.hpp"

#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <unsupported/Eigen/NonLinearOptimization>

namespace nacre::math {
namespace {

/// The form that Eigen's Levenberg-Marquardt asks for.
struct Problem {
  using Scalar = double;
  using InputType = Eigen::VectorXd;
  using ValueType = Eigen::VectorXd;
  using JacobianType = Eigen::MatrixXd;
  enum { InputsAtCompileTime = Eigen::Dynamic, ValuesAtCompileTime = Eigen::Dynamic };

  const Residuals& residuals;
  Eigen::Index unknowns, count;
  mutable int evaluations = 0;

  Eigen::Index inputs() const { return unknowns; }
  Eigen::Index values() const { return count; }

  int operator()(const Eigen::VectorXd& x, Eigen::VectorXd& r) const {
    ++evaluations;
    residuals({x.data(), static_cast<std::size_t>(x.size())}, {r.data(), static_cast<std::size_t>(r.size())});
    return r.allFinite() ? 0 : -1;
  }

  int df(const Eigen::VectorXd& x, Eigen::MatrixXd& jacobian) const {
    Eigen::VectorXd here(count), there(count), moved = x;
    if ((*this)(x, here) < 0) return -1;
    for (Eigen::Index k = 0; k < unknowns; ++k) {
      const double step = 1e-7 * std::max(std::abs(x[k]), 1e-3);
      moved[k] = x[k] + step;
      if ((*this)(moved, there) < 0) return -1;
      jacobian.col(k) = (there - here) / step;
      moved[k] = x[k];
    }
    return 0;
  }
};

/// Columns of unit length keep a parameter that hardly matters from drowning the others in rounding; one that does not
/// matter at all has no error and takes no part.
std::vector<double> errors_of(const Eigen::MatrixXd& jacobian, double chi_square) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const Eigen::Index count = jacobian.rows(), unknowns = jacobian.cols();
  const double scatter = count > unknowns ? chi_square / static_cast<double>(count - unknowns) : nan;
  std::vector<double> errors(static_cast<std::size_t>(unknowns), nan);
  std::vector<std::size_t> matters;
  for (Eigen::Index k = 0; k < unknowns; ++k)
    if (jacobian.col(k).norm() > 0) matters.push_back(static_cast<std::size_t>(k));
  Eigen::MatrixXd scaled(count, static_cast<Eigen::Index>(matters.size()));
  std::vector<double> length;
  for (std::size_t m = 0; m < matters.size(); ++m) {
    const auto column = jacobian.col(static_cast<Eigen::Index>(matters[m]));
    length.push_back(column.norm());
    scaled.col(static_cast<Eigen::Index>(m)) = column / length.back();
  }
  const Eigen::MatrixXd covariance = scatter * (scaled.transpose() * scaled).inverse();
  for (std::size_t m = 0; m < matters.size(); ++m) {
    const auto k = static_cast<Eigen::Index>(m);
    errors[matters[m]] = std::sqrt(covariance(k, k)) / length[m];
  }
  return errors;
}

}  // namespace

LeastSquares least_squares(const Residuals& residuals, std::vector<double> start, std::size_t count, double tolerance,
                           int most_steps, double enough) {
  Problem problem{residuals, static_cast<Eigen::Index>(start.size()), static_cast<Eigen::Index>(count)};
  Eigen::LevenbergMarquardt<Problem> solver(problem);
  solver.parameters.ftol = solver.parameters.xtol = tolerance;
  solver.parameters.maxfev = most_steps;
  Eigen::VectorXd x = Eigen::Map<const Eigen::VectorXd>(start.data(), problem.unknowns);
  using Status = Eigen::LevenbergMarquardtSpace::Status;
  auto status = solver.minimizeInit(x);
  if (status != Status::ImproperInputParameters) {
    do {
      status = solver.minimizeOneStep(x);
    } while (status == Status::Running && !(solver.fnorm * solver.fnorm <= enough));
  }
  LeastSquares result;
  result.converged = status == Status::Running || status == Status::RelativeReductionTooSmall ||
                     status == Status::RelativeErrorTooSmall || status == Status::RelativeErrorAndReductionTooSmall ||
                     status == Status::CosinusTooSmall || status == Status::FtolTooSmall ||
                     status == Status::XtolTooSmall || status == Status::GtolTooSmall;
  result.parameters.assign(x.data(), x.data() + x.size());
  Eigen::VectorXd r(problem.count);
  Eigen::MatrixXd jacobian(problem.count, problem.unknowns);
  const bool finite = problem(x, r) == 0 && problem.df(x, jacobian) == 0;
  result.converged = result.converged && finite;
  result.chi_square = r.squaredNorm();
  if (finite) result.standard_errors = errors_of(jacobian, result.chi_square);
  result.standard_errors.resize(start.size(), std::numeric_limits<double>::quiet_NaN());
  result.evaluations = problem.evaluations;
  return result;
}

Line straight_line(std::span<const double> x, std::span<const double> y) {
  const double n = static_cast<double>(x.size());
  double mean_x = 0, mean_y = 0, sxx = 0, sxy = 0, scatter = 0;
  for (std::size_t i = 0; i < x.size(); ++i) mean_x += x[i] / n, mean_y += y[i] / n;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sxx += (x[i] - mean_x) * (x[i] - mean_x);
    sxy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  Line line{sxy / sxx, mean_y - sxy / sxx * mean_x, 0};
  for (std::size_t i = 0; i < x.size(); ++i) scatter += std::pow(y[i] - line.intercept - line.slope * x[i], 2);
  line.slope_error = x.size() > 2 ? std::sqrt(scatter / (n - 2) / sxx) : std::numeric_limits<double>::quiet_NaN();
  return line;
}

}  // namespace nacre::math
