#pragma once
#include <ida/ida.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_linearsolver.h>
#include <sundials/sundials_matrix.h>

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

namespace nacre::support {

/// SUNDIALS' objects, freed with their owners.
template <class Handle, auto Free>
struct Freed {
  void operator()(std::remove_pointer_t<Handle>* object) const { Free(object); }
};
template <class Handle, auto Free>
using Owned = std::unique_ptr<std::remove_pointer_t<Handle>, Freed<Handle, Free>>;

inline void free_context(SUNContext context) {
  SUNContext_Free(&context);
}
inline void free_ida(void* ida) {
  IDAFree(&ida);
}
using OwnedContext = Owned<SUNContext, free_context>;
using OwnedIda = Owned<void*, free_ida>;
using OwnedVector = Owned<N_Vector, N_VDestroy>;
using OwnedMatrix = Owned<SUNMatrix, SUNMatDestroy>;
using OwnedSolver = Owned<SUNLinearSolver, SUNLinSolFree>;

inline OwnedContext make_context() {
  SUNContext context = nullptr;
  SUNContext_Create(nullptr, &context);
  return OwnedContext(context);
}

/// A chain of blocks as SUNDIALS' matrix and direct linear solver; refers to the chain.
template <class Chain>
struct SundialsChain {
  using Blocks = std::span<typename Chain::Vector>;

  static Chain& chain(SUNMatrix a) { return *static_cast<Chain*>(a->content); }
  static Blocks blocks(N_Vector v, std::size_t nodes) {
    return {reinterpret_cast<typename Chain::Vector*>(N_VGetArrayPointer(v)), nodes};
  }

  static OwnedMatrix matrix(Chain& chain, SUNContext context) {
    OwnedMatrix a(SUNMatNewEmpty(context));
    a->content = &chain;
    a->ops->getid = [](SUNMatrix) { return SUNMATRIX_CUSTOM; };
    a->ops->zero = [](SUNMatrix) { return 0; };  // whoever fills the chain sets all of it
    a->ops->destroy = [](SUNMatrix m) { SUNMatFreeEmpty(m); };
    return a;
  }

  static OwnedSolver solver(SUNContext context) {
    OwnedSolver s(SUNLinSolNewEmpty(context));
    s->ops->gettype = [](SUNLinearSolver) { return SUNLINEARSOLVER_DIRECT; };
    s->ops->getid = [](SUNLinearSolver) { return SUNLINEARSOLVER_CUSTOM; };
    s->ops->setup = [](SUNLinearSolver, SUNMatrix a) { return chain(a).factorise() ? 0 : 1; };
    s->ops->solve = [](SUNLinearSolver, SUNMatrix a, N_Vector x, N_Vector b, realtype) {
      N_VScale(1, b, x);
      chain(a).solve(blocks(x, chain(a).nodes()));
      return 0;
    };
    s->ops->free = [](SUNLinearSolver m) { return SUNLinSolFreeEmpty(m), 0; };
    return s;
  }
};

}  // namespace nacre::support
