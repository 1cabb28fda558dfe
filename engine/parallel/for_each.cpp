#include "engine/parallel/for_each.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include "engine/parallel/executors.hpp"

namespace nacre::parallel {
namespace {

constexpr std::array<std::pair<Backend, const char*>, 4> names{{
    {Backend::serial, "serial"},
    {Backend::threads, "threads"},
    {Backend::openmp, "openmp"},
    {Backend::tbb, "tbb"},
}};

}  // namespace

void for_each(const Workers& workers, std::size_t count, const Body& body, const Stop& stop) {
  if (workers.count < 1) throw std::invalid_argument("a loop needs at least one worker");
  FirstFailure shared(stop);
  switch (workers.backend) {
    case Backend::serial:
      serial_loop(count, body, shared);
      break;
    case Backend::threads:
      thread_loop(workers.count, count, body, shared);
      break;
    case Backend::openmp:
      openmp_loop(workers.count, count, body, shared);
      break;
    case Backend::tbb:
      tbb_loop(workers.count, count, body, shared);
      break;
  }
  shared.rethrow();
}

std::string name_of(Backend backend) {
  return names[static_cast<std::size_t>(backend)].second;
}

std::vector<std::string> backend_names() {
  std::vector<std::string> all;
  for (const auto& [backend, name] : names) all.emplace_back(name);
  return all;
}

Backend backend_of(const std::string& name) {
  std::string known;
  for (const auto& [backend, its_name] : names) {
    if (name == its_name) return backend;
    known += (known.empty() ? "" : ", ") + std::string(its_name);
  }
  throw std::invalid_argument("\"" + name + "\" is none of " + known);
}

}  // namespace nacre::parallel
