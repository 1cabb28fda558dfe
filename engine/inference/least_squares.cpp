#include "engine/inference/least_squares.hpp"

#include <ceres/ceres.h>
#include <glog/logging.h>

#include <algorithm>

namespace nacre::inference {
namespace {

double step_of(const Point& steps, std::size_t k) {
  return steps.empty() ? 1e-3 : steps[k];
}

/// The residuals as Ceres asks for them; what was computed last is not computed again.
class Residuals final : public ceres::CostFunction {
 public:
  Residuals(const Batch& model, const Point& start, std::vector<double> first, const SearchOptions& options,
            const std::vector<bool>& held)
      : model_(model), options_(options), held_(held), last_(start), values_(std::move(first)) {
    set_num_residuals(static_cast<int>(values_.size()));
    mutable_parameter_block_sizes()->push_back(static_cast<int>(start.size()));
  }

  bool Evaluate(double const* const* parameters, double* residuals, double** jacobians) const override {
    const Point point(parameters[0], parameters[0] + last_.size());
    if (point != last_) {
      last_ = point;
      values_ = inference::at(model_, point);
    }
    if (!is_sound(values_)) return false;
    std::copy(values_.begin(), values_.end(), residuals);
    if (jacobians == nullptr || jacobians[0] == nullptr) return true;
    const Eigen::MatrixXd slopes = jacobian(model_, point, values_, options_.steps, held_);
    if (slopes.size() == 0) return false;
    Eigen::Map<Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(jacobians[0], slopes.rows(),
                                                                                       slopes.cols()) = slopes;
    return true;
  }

 private:
  const Batch& model_;
  const SearchOptions& options_;
  const std::vector<bool>& held_;
  mutable Point last_;
  mutable std::vector<double> values_;
};

ceres::Solver::Options solver_options(const SearchOptions& options) {
  ceres::Solver::Options solver;
  solver.linear_solver_type = ceres::DENSE_QR;
  solver.max_num_iterations = options.iterations;
  solver.function_tolerance = options.tolerance;
  solver.parameter_tolerance = options.tolerance;
  solver.gradient_tolerance = 1e-12;
  solver.logging_type = ceres::SILENT;
  solver.num_threads = 1;
  return solver;
}

void bound(ceres::Problem& problem, double* x, const std::vector<bool>& held, std::size_t count) {
  std::vector<int> constant;
  for (std::size_t k = 0; k < count; ++k) {
    if (!held.empty() && held[k]) constant.push_back(static_cast<int>(k));
    problem.SetParameterLowerBound(x, static_cast<int>(k), 0);
    problem.SetParameterUpperBound(x, static_cast<int>(k), 1);
  }
  if (constant.size() == count) problem.SetParameterBlockConstant(x);
  if (!constant.empty() && constant.size() < count)
    problem.SetManifold(x, new ceres::SubsetManifold(static_cast<int>(count), constant));
}

/// Runs Ceres from result.at, whose residuals are known.
void descend(const Batch& model, const SearchOptions& options, const std::vector<bool>& held, LeastSquares& result) {
  FLAGS_minloglevel = google::GLOG_FATAL;  // what went wrong is in the summary; nothing below the program prints
  ceres::Problem problem;
  Point x = result.at;
  problem.AddResidualBlock(new Residuals(model, x, result.residuals, options, held), nullptr, x.data());
  bound(problem, x.data(), held, x.size());
  ceres::Solver::Summary summary;
  ceres::Solve(solver_options(options), &problem, &summary);
  result.iterations = static_cast<int>(summary.iterations.size());
  result.converged = summary.termination_type == ceres::CONVERGENCE;
  result.message = summary.message;
  if (summary.IsSolutionUsable()) result.at = x;
}

}  // namespace

Eigen::MatrixXd jacobian(const Batch& model, const Point& at, const std::vector<double>& there, const Point& steps,
                         const std::vector<bool>& held) {
  std::vector<std::size_t> free;
  std::vector<Point> points;
  for (std::size_t k = 0; k < at.size(); ++k) {
    if (!held.empty() && held[k]) continue;
    free.push_back(k);
    Point up = at, down = at;
    up[k] = std::min(1.0, at[k] + step_of(steps, k));
    down[k] = std::max(0.0, at[k] - step_of(steps, k));
    points.push_back(std::move(up));
    points.push_back(std::move(down));
  }
  const std::vector<std::vector<double>> rows = model(points);
  Eigen::MatrixXd slopes =
      Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(there.size()), static_cast<Eigen::Index>(at.size()));
  for (std::size_t j = 0; j < free.size(); ++j) {
    const std::size_t k = free[j];
    const bool up = is_sound(rows[2 * j]), down = is_sound(rows[2 * j + 1]);
    const double above = up ? points[2 * j][k] : at[k];
    const double below = down ? points[2 * j + 1][k] : at[k];
    if (!(above > below)) return {};
    for (std::size_t i = 0; i < there.size(); ++i) {
      const double high = up ? rows[2 * j][i] : there[i];
      const double low = down ? rows[2 * j + 1][i] : there[i];
      slopes(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k)) = (high - low) / (above - below);
    }
  }
  return slopes;
}

LeastSquares least_squares(const Batch& residuals, const Point& start, const SearchOptions& options,
                           const std::vector<bool>& held) {
  LeastSquares result;
  result.at = start;
  result.residuals = at(residuals, start);
  result.misfit = std::numeric_limits<double>::infinity();
  if (!is_sound(result.residuals)) {
    result.message = "the start cannot be computed";
    return result;
  }
  descend(residuals, options, held, result);
  result.residuals = at(residuals, result.at);
  result.misfit = square_sum(result.residuals);
  result.jacobian = jacobian(residuals, result.at, result.residuals, options.steps, held);
  return result;
}

}  // namespace nacre::inference
