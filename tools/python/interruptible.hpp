#pragma once
#include <pybind11/pybind11.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <optional>

namespace nacre::python {

/// Runs an action in a thread of its own, without Python's lock, while this one listens to Ctrl-C. The action is given a
/// function that says whether it is to stop. Returns what it returns; after Ctrl-C, once it has ended, throws what the
/// handler of the signal raised (KeyboardInterrupt).
template <class Action>
auto interruptible(const Action& action) {
  std::atomic<bool> stop{false};
  std::optional<pybind11::error_already_set> interruption;
  auto work = std::async(std::launch::async, [&] { return action(std::function<bool()>([&] { return stop.load(); })); });
  {
    const pybind11::gil_scoped_release released;
    while (work.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) {
      const pybind11::gil_scoped_acquire held;
      if (PyErr_CheckSignals() == 0) continue;
      interruption.emplace();
      stop = true;
    }
  }
  if (interruption) {
    try {
      work.get();
    } catch (const std::exception&) {  // of an action that was stopped, the reason to stop is what counts
    }
    throw pybind11::error_already_set(*interruption);
  }
  return work.get();
}

}  // namespace nacre::python
