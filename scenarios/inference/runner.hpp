#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/inference/batch.hpp"
#include "engine/parallel/for_each.hpp"
#include "scenarios/inference/journal.hpp"
#include "scenarios/inference/model.hpp"

namespace nacre::scenarios::inference {

/// How far a work has come. Written by the runner, read by whoever shows it.
struct Progress {
  std::atomic<std::uint64_t> evaluations{0};  ///< points that were computed
  std::atomic<std::uint64_t> failed{0};       ///< of these
  std::atomic<std::uint64_t> recalled{0};     ///< points that a journal knew
  std::atomic<double> best{-1};               ///< smallest misfit so far; negative: none
};

/// How many runs at a time, and who may stop them.
struct Running {
  parallel::Workers workers;
  parallel::Stop stop;
};

/// Computes points of a model, many at a time; each point once.
class Runner {
 public:
  Runner(const Model& model, Running running, Journal& journal, Progress& progress)
      : model_(model), running_(std::move(running)), journal_(journal), progress_(progress) {}

  /// Rows of Model::width() values for points given as shares of the ranges; empty for a point that failed. Once
  /// stopped, points that the journal does not know come back empty at once. Throws as Journal::save().
  std::vector<std::vector<double>> rows(const std::vector<nacre::inference::Point>& points);
  /// The same for values of the parameters in their units.
  std::vector<std::vector<double>> rows_at(const std::vector<std::vector<double>>& values);

  bool stopped() const { return running_.stop && running_.stop(); }
  /// Why points failed, with how many did so; reasons that differ in their numbers alone count as the first of them.
  const std::map<std::string, int>& reasons() const { return reasons_; }
  /// Time that was spent on computing points [s].
  double seconds() const { return seconds_; }
  const Model& model() const { return model_; }
  Progress& progress() { return progress_; }

 private:
  const Model& model_;
  Running running_;
  Journal& journal_;
  Progress& progress_;
  void count(const std::string& reason);

  std::map<std::string, int> reasons_;
  std::map<std::string, std::string> told_;  ///< of reasons that differ in numbers alone, the first
  double seconds_ = 0;
};

}  // namespace nacre::scenarios::inference
