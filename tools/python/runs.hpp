#pragma once
#include <string>
#include <utility>
#include <vector>

#include "scenarios/case.hpp"
#include "scenarios/result.hpp"

namespace nacre::python {

/// A case and what came out of it, one result a variant.
struct Run {
  scenarios::Case source;
  std::vector<scenarios::Result> results;
  std::vector<std::string> warnings;  ///< as the command line prints them: "ln: warning: ..." without the word
};

/// Runs a case as `nacre run` does, with Python's lock released; Ctrl-C ends it with KeyboardInterrupt. `data` is what
/// --data would be. Throws io::InputError.
Run run_case(const std::string& path, const std::vector<std::pair<std::string, std::string>>& overrides,
             const std::string& data);

/// What failed, as the command line says it: "ln: synthesis: ...".
std::vector<std::string> failures_of(const scenarios::Result& result);

/// Writes a result file as `nacre run -o` does.
void save(const Run& run, const std::string& path);

/// Computes a sweep as `nacre sweep` does and merges it into `output`; `resume` and `fresh` as there. 0 threads: one a
/// core. Throws io::InputError and io::NoSpace; after Ctrl-C what was computed stays beside the output.
void run_sweep(const std::string& path, const std::string& output, int threads, bool resume, bool fresh,
               const std::string& data);

/// The document of `nacre reproduce --json` and the headline below its tables.
std::pair<std::string, std::string> reproduce(const std::vector<std::string>& papers, const std::string& data);

}  // namespace nacre::python
