#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace nacre::parallel {

/// Who runs the calls of a loop.
enum class Backend {
  serial,   ///< the caller, in order
  threads,  ///< std::thread with a shared counter: the one that the thread sanitizer can judge
  openmp,
  tbb,
};

/// How many workers of which kind. A worker is one thread at a time, and has a number below `count`.
struct Workers {
  Backend backend = Backend::threads;
  int count = 1;
};

/// One call of a loop: by worker number `worker`, for index `index`.
using Body = std::function<void(std::size_t worker, std::size_t index)>;
/// Asked before every call, by every worker: whether no more indices are to be handed out.
using Stop = std::function<bool()>;

/// Calls body(worker, index) once for every index below `count`, each index as soon as a worker is free (cheap and
/// expensive calls mix), and returns when all calls have. No two calls with the same worker number overlap, so what is
/// kept a worker needs no lock. Once stop() holds, or a call threw, no further index is handed out; calls under way end
/// first. Rethrows the first exception of a call. Results must not depend on `worker`: it carries memory, never state.
/// Throws std::invalid_argument for fewer than one worker.
void for_each(const Workers& workers, std::size_t count, const Body& body, const Stop& stop = {});

/// "serial", "threads", "openmp", "tbb".
std::string name_of(Backend backend);
/// The names in the order of the enumeration.
std::vector<std::string> backend_names();
/// The backend of a name. Throws std::invalid_argument naming those that there are.
Backend backend_of(const std::string& name);

}  // namespace nacre::parallel
