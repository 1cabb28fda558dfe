#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/case.hpp"

namespace nacre::cli {

/// A case with KEY=VALUE laid over it. Throws io::InputError.
scenarios::Case load_with(const std::string& file, const std::vector<std::string>& overrides);

/// What every command is given. Each command returns an exit code (exit.hpp) and throws io::InputError for a wrong
/// input and io::NoSpace for a full disk; results go to standard output, everything else to standard error.
struct Global {
  std::string data;  ///< folder of --data, empty for none
};

struct NewOptions {
  std::vector<std::string> stages;
};
int run_new(const NewOptions& options);

struct RunOptions {
  std::string file;
  std::string output;                  ///< empty: no file
  std::vector<std::string> overrides;  ///< KEY=VALUE
  std::string from_state;              ///< empty: the programme of a device begins at rest
  bool refine = false;
  bool json = false;
};
int run_case(const Global& global, const RunOptions& options);

struct ReproduceOptions {
  std::vector<std::string> papers;
  std::string folder;  ///< empty: no files
  bool json = false;
  bool strict = false;
  std::optional<int> samples;  ///< of the uncertainties; none: no uncertainties
  int threads = 0;
};
int run_reproduce(const Global& global, const ReproduceOptions& options);

struct SweepOptions {
  std::string file;
  std::string output;
  std::string backend = "threads";
  int threads = 0;    ///< 0: one a core
  std::string share;  ///< "3/8"; empty: all, or what Slurm's array variables say
  bool resume = false;
  bool fresh = false;        ///< begin anew, whatever was computed
  bool any_program = false;  ///< go on with points of another version
  bool dry_run = false;
  bool keep_parts = false;
  bool quiet = false;
  int slurm = 0;  ///< print a script for a Slurm array of so many tasks instead
};
int run_sweep(const Global& global, const SweepOptions& options);

struct FitOptions {
  std::string file;
  std::string output;  ///< empty: no record
  std::string backend = "threads";
  int threads = 0;                    ///< 0: one a core
  std::vector<std::string> profiles;  ///< names of parameters, or "all"
  std::optional<std::uint64_t> seed;  ///< in place of the file's
  bool resume = false;
  bool json = false;
  bool quiet = false;
};
int run_fit(const Global& global, const FitOptions& options);

struct UncertaintyOptions {
  std::string file;
  std::vector<std::string> overrides;  ///< KEY=VALUE
  std::vector<std::string> outputs;    ///< none: all scalars
  int samples = 256;
  int threads = 0;
  std::uint64_t seed = 1;
  bool json = false;
  bool quiet = false;
};
int run_uncertainty(const Global& global, const UncertaintyOptions& options);

struct SensitivityOptions {
  std::string file;
  std::vector<std::string> overrides;
  std::vector<std::string> outputs, parameters;
  int morris = 0;  ///< trajectories
  int sobol = 0;   ///< base samples
  int threads = 0;
  std::uint64_t seed = 1;
  bool json = false;
  bool quiet = false;
};
int run_sensitivity(const Global& global, const SensitivityOptions& options);

struct DesignOptions {
  std::string file;
  std::string output;  ///< table of the front; empty: none
  std::string backend = "threads";
  int threads = 0;
  bool resume = false;
  bool json = false;
  bool quiet = false;
};
int run_design(const Global& global, const DesignOptions& options);

struct MergeOptions {
  std::string output;
  bool partial = false;
  bool any_program = false;
  bool keep_parts = false;
};
int run_merge(const MergeOptions& options);
int run_verify(const std::vector<std::string>& paths);

struct CheckOptions {
  std::vector<std::string> files;
};
int run_check(const Global& global, const CheckOptions& options);

int run_show(const std::string& file);
int run_export(const std::string& file, const std::string& folder);

struct ReportOptions {
  std::string file;
  std::string output;
  std::vector<std::string> measured;  ///< CSV files laid over the figures
  std::vector<std::string> variants;  ///< empty: all
};
int run_report(const Global& global, const ReportOptions& options);

/// Whose keys `nacre inputs` lists.
enum class InputsOf { cases, sweeps, fits, designs };
int run_inputs(bool markdown, InputsOf of);
int run_outputs(bool markdown);

/// All data by kind, or one name with its numbers.
int run_materials(const Global& global, const std::string& name);
int run_version();

}  // namespace nacre::cli
