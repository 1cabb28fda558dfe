#pragma once
#include "engine/parallel/first_failure.hpp"

namespace nacre::parallel {

/// The loops behind for_each(), one a backend: every index below `count` through shared.call().
void serial_loop(std::size_t count, const Body& body, FirstFailure& shared);
void thread_loop(int workers, std::size_t count, const Body& body, FirstFailure& shared);
void openmp_loop(int workers, std::size_t count, const Body& body, FirstFailure& shared);
void tbb_loop(int workers, std::size_t count, const Body& body, FirstFailure& shared);

}  // namespace nacre::parallel
