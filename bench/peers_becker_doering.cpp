// The same Becker-Doering problem (190 K, 900 s, 400 discrete sizes) by nacre, by CVODE with KLU and by Boost.Odeint's
// rosenbrock4 with a dense Jacobian. Compare times at equal `error`: the distance of the final distribution from one at
// a tolerance of 1e-9.
#include <benchmark/benchmark.h>
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_klu.h>
#include <sunmatrix/sunmatrix_sparse.h>

#include <map>

#include "bench/peer_problem.hpp"
#include "engine/ode/rosenbrock.hpp"
#include "engine/population/becker_doering.hpp"
#include "models/synthesis/rates.hpp"
#include "tests/support/recipes.hpp"

namespace {

using namespace nacre;
constexpr int sizes = 400;

const synthesis::Recipe& recipe() {
  static const synthesis::Recipe cold = support::reprecipitation(190);
  return cold;
}
const population::SizeGrid& grid() {
  static const population::SizeGrid all = population::hybrid_grid(sizes, sizes, sizes);
  return all;
}

bench::PeerProblem problem() {
  synthesis::Rates rates(recipe(), grid());
  const population::FaceRates& face = rates.at(0);
  bench::PeerProblem p;
  p.attachment = face.attachment;
  for (std::size_t e = 0; e < face.attachment.size(); ++e)
    p.detachment.push_back(face.attachment[e] * face.equilibrium[e]);
  p.supply_time = recipe().supply_time;
  p.supply_total = recipe().supply_total;
  p.time = 900;
  return p;
}

std::vector<double> solve_with_nacre(const bench::PeerProblem& p, double tolerance) {
  synthesis::Rates rates(recipe(), grid());
  population::BeckerDoering<synthesis::Rates> system(grid(), rates, p.supply_time);
  ode::Rosenbrock<decltype(system)> integrator(ode::rodas4(), system.unknowns());
  ode::StepControl control;
  control.relative_tolerance = tolerance;
  control.absolute_tolerance = p.tolerance(tolerance);
  std::vector<double> y = p.start();
  integrator.integrate(system, y, 0, p.time, control, [](const ode::Step&) { return true; });
  return y;
}

/// What CVODE's callbacks need: the problem, and where each entry of the sparse Jacobian lies.
struct Sparse {
  bench::PeerProblem problem;
  std::map<std::pair<std::size_t, std::size_t>, sunindextype> place;  // (column, row), in column order
  std::vector<sunindextype> of_call;  // place of each call of PeerProblem::jacobian, in its order

  explicit Sparse(bench::PeerProblem p) : problem(std::move(p)) {
    problem.jacobian(problem.start(), [&](std::size_t r, std::size_t c, double) { place[{c, r}] = 0; });
    for (std::size_t i = 0; i < problem.unknowns(); ++i) place[{i, i}] = 0;
    sunindextype k = 0;
    for (auto& [where, index] : place) index = k++;
    problem.jacobian(problem.start(), [&](std::size_t r, std::size_t c, double) { of_call.push_back(place[{c, r}]); });
  }
};

int cvode_rhs(realtype, N_Vector y, N_Vector out, void* data) {
  double* target = NV_DATA_S(out);
  static_cast<Sparse*>(data)->problem.rhs(NV_DATA_S(y), target);
  return 0;
}

int cvode_jacobian(realtype, N_Vector y, N_Vector, SUNMatrix j, void* data, N_Vector, N_Vector, N_Vector) {
  const Sparse& sparse = *static_cast<Sparse*>(data);
  SUNMatZero(j);
  sunindextype* columns = SM_INDEXPTRS_S(j);
  sunindextype* rows = SM_INDEXVALS_S(j);
  double* values = SM_DATA_S(j);
  for (const auto& [where, index] : sparse.place) {
    rows[index] = static_cast<sunindextype>(where.second);
    columns[where.first + 1] = index + 1;
  }
  std::size_t call = 0;
  sparse.problem.jacobian(NV_DATA_S(y),
                          [&](std::size_t, std::size_t, double v) { values[sparse.of_call[call++]] += v; });
  return 0;
}

std::vector<double> solve_with_cvode(Sparse& sparse, double tolerance) {
  const auto n = static_cast<sunindextype>(sparse.problem.unknowns());
  SUNContext context = nullptr;
  SUNContext_Create(nullptr, &context);
  N_Vector y = N_VNew_Serial(n, context), absolute = N_VNew_Serial(n, context);
  const std::vector<double> start = sparse.problem.start(), limits = sparse.problem.tolerance(tolerance);
  std::copy(start.begin(), start.end(), NV_DATA_S(y));
  std::copy(limits.begin(), limits.end(), NV_DATA_S(absolute));
  void* cvode = CVodeCreate(CV_BDF, context);
  CVodeInit(cvode, cvode_rhs, 0, y);
  CVodeSVtolerances(cvode, tolerance, absolute);
  SUNMatrix matrix = SUNSparseMatrix(n, n, static_cast<sunindextype>(sparse.place.size()), CSC_MAT, context);
  SUNLinearSolver solver = SUNLinSol_KLU(y, matrix, context);
  CVodeSetLinearSolver(cvode, solver, matrix);
  CVodeSetJacFn(cvode, cvode_jacobian);
  CVodeSetUserData(cvode, &sparse);
  CVodeSetMaxNumSteps(cvode, 1000000);
  CVodeSetStopTime(cvode, sparse.problem.time);
  double t = 0;
  CVode(cvode, sparse.problem.time, y, &t, CV_NORMAL);
  std::vector<double> result(NV_DATA_S(y), NV_DATA_S(y) + n);
  CVodeFree(&cvode);
  SUNLinSolFree(solver);
  SUNMatDestroy(matrix);
  N_VDestroy(y);
  N_VDestroy(absolute);
  SUNContext_Free(&context);
  return result;
}

template <class Solve>
void compare(benchmark::State& state, Solve solve) {
  static const bench::PeerProblem p = problem();
  static const std::vector<double> exact = solve_with_nacre(p, 1e-9);
  const double tolerance = std::pow(10, -static_cast<double>(state.range(0)));
  std::vector<double> y;
  for (auto _ : state) benchmark::DoNotOptimize(y = solve(p, tolerance));
  state.counters["error"] = p.error(y, exact);
}

void nacre_rodas4(benchmark::State& state) {
  compare(state, solve_with_nacre);
}
void cvode_klu(benchmark::State& state) {
  Sparse sparse(problem());
  compare(state, [&](const bench::PeerProblem&, double tolerance) { return solve_with_cvode(sparse, tolerance); });
}
void odeint_dense(benchmark::State& state) {
  compare(state, bench::solve_with_odeint);
}

}  // namespace

// The argument is -log10 of the relative tolerance.
BENCHMARK(nacre_rodas4)->Name("peers/nacre")->DenseRange(2, 6)->Unit(benchmark::kMillisecond);
BENCHMARK(cvode_klu)->Name("peers/cvode_klu")->DenseRange(3, 8)->Unit(benchmark::kMillisecond);
BENCHMARK(odeint_dense)
    ->Name("peers/odeint_rosenbrock4_dense")
    ->DenseRange(2, 3)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
