// A build without MPI: CMake takes this file or ranks_mpi.cpp.
#include <stdexcept>

#include "engine/parallel/ranks.hpp"

namespace nacre::parallel {

struct Ranks::State {};

bool have_mpi() {
  return false;
}

Ranks::Ranks() {
  throw std::runtime_error("this build of nacre has no MPI");
}
Ranks::~Ranks() = default;

// None of these can be reached without an object.
int Ranks::rank() const {
  return 0;
}
int Ranks::size() const {
  return 1;
}
void Ranks::barrier() const {}
long long Ranks::sum(long long mine) const {
  return mine;
}
int Ranks::largest(int mine) const {
  return mine;
}
void Ranks::end_all(int) const {
  throw std::logic_error("there are no ranks");
}
std::vector<std::string> Ranks::gather(const std::string& mine) const {
  return {mine};
}
void Ranks::for_each(int workers, std::size_t count, const Body& body, const Stop& stop, const Watch&) const {
  parallel::for_each({Backend::threads, workers}, count, body, stop);
}

}  // namespace nacre::parallel
