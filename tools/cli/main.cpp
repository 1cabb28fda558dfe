// The command line of nacre. The only translation unit that includes CLI11.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "engine/io/input_error.hpp"
#include "engine/io/input_table.hpp"
#include "engine/io/whole_file.hpp"
#include "scenarios/inputs.hpp"
#include "scenarios/version.hpp"
#include "scenarios/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/cli/told.hpp"

namespace nacre::cli {
namespace {

/// Everything that the command line can say, and what it asks to be done.
struct CommandLine {
  Global global;
  NewOptions create;
  RunOptions run;
  ReproduceOptions reproduce;
  SweepOptions sweep;
  FitOptions fit;
  UncertaintyOptions uncertainty;
  SensitivityOptions sensitivity;
  DesignOptions design;
  MergeOptions merge;
  ReportOptions report;
  CheckOptions check;
  std::string file, folder, name;
  std::vector<std::string> paths;
  bool markdown = false;
  bool of_sweeps = false, of_fits = false, of_designs = false;
  std::function<int()> action;
};

CLI::App* command(CLI::App& app, const std::string& name, const std::string& meaning, const std::string& examples) {
  CLI::App* sub = app.add_subcommand(name, meaning);
  sub->footer("Examples:\n" + examples);
  sub->fallthrough();  // --data may stand behind the command, too
  return sub;
}

void add_new(CLI::App& app, CommandLine& line) {
  CLI::App* sub = command(app, "new", "Write a commented case to start from to standard output.",
                          "  nacre new > case.toml\n  nacre new sizes confinement > spectrum.toml");
  sub->add_option("STAGE", line.create.stages, "Tables to write: " + scenarios::joined(scenarios::stage_tables()));
  sub->callback([&line] { line.action = [&line] { return run_new(line.create); }; });
}

void add_run(CLI::App& app, CommandLine& line) {
  CLI::App* sub = command(app, "run", "Run a case through all the stages that it names.",
                          "  nacre run peng2022 -o out.h5\n"
                          "  nacre run case.toml -o more.h5 --set synthesis.precursor=\"2 mol/m3\"\n"
                          "  nacre run case.toml -o out.h5 --refine\n"
                          "  nacre run led.toml -o second.h5 --from-state first.h5");
  sub->add_option("CASE", line.run.file, "Case file, or the name of a case that comes with nacre")->required();
  sub->add_option("-o,--output", line.run.output, "Result file (HDF5) or pipe; without it only the summary is printed");
  sub->add_option("--set", line.run.overrides, "KEY=VALUE laid over the case, see `nacre inputs`; may be repeated")
      ->take_all()
      ->allow_extra_args(false);
  sub->add_option("--from-state", line.run.from_state,
                  "Result file whose device the programme in time goes on from, bit by bit: device.programme.from")
      ->type_name("FILE");
  sub->add_flag("--refine", line.run.refine, "Compute once more with finer numerics and report the differences");
  sub->add_flag("--json", line.run.json, "Print the summary as one JSON document");
  sub->callback([&line] { line.action = [&line] { return run_case(line.global, line.run); }; });
}

void add_sweep(CLI::App& app, CommandLine& line) {
  CLI::App* sub = command(app, "sweep", "Run a case at many points, on all cores or as one of many tasks.",
                          "  nacre sweep scenarios/sweeps/temperature-precursor.toml --dry-run\n"
                          "  nacre sweep sweep.toml -o out.h5 -j 8\n  nacre sweep sweep.toml -o out.h5 --resume\n"
                          "  nacre sweep sweep.toml -o out.h5 --shard 3/8 && nacre merge out.h5\n"
                          "  nacre sweep sweep.toml -o out.h5 --slurm 20 > submit.sh");
  SweepOptions& sweep = line.sweep;
  sub->add_option("SWEEP", sweep.file, "Sweep file, see `nacre inputs --sweep`")->required();
  sub->add_option("-o,--output", sweep.output, "Result file (HDF5); points gather in the folder FILE.parts beside it");
  sub->add_option("--backend", sweep.backend,
                  "serial, threads (default), openmp, tbb, or mpi under mpirun; none changes a result");
  sub->add_option("-j,--threads", sweep.threads, "Points at a time; default: one a core, with mpi one a rank")
      ->check(CLI::Range(1, 4096));
  sub->add_option("--shard", sweep.share,
                  "I/N: only every N-th point, from the I-th; without it, what Slurm's array variables say")
      ->check(
          [](const std::string& text) { return text.empty() ? std::string("needs I/N, such as 3/8") : std::string(); });
  sub->add_flag("--resume", sweep.resume, "Verify what is there and compute what is missing");
  sub->add_flag("--fresh", sweep.fresh, "Throw away what is there");
  sub->add_flag("--any-program", sweep.any_program, "Go on with points that another version of nacre computed");
  sub->add_flag("--keep-parts", sweep.keep_parts, "Keep the folder of shards when all is merged");
  sub->add_flag("--dry-run", sweep.dry_run, "Count the points, show the first, time a few; write nothing");
  sub->add_flag("--quiet", sweep.quiet, "No progress, no summary");
  sub->add_option("--slurm", sweep.slurm, "Print a script that submits the sweep as a Slurm array of so many tasks")
      ->check(CLI::Range(1, 100000));
  sub->callback([&line] { line.action = [&line] { return run_sweep(line.global, line.sweep); }; });
}

/// Whole numbers that every file can hold, too.
const CLI::Validator a_seed(
    [](std::string& text) {
      const bool whole =
          !text.empty() && text.size() <= 16 && text.find_first_not_of("0123456789") == std::string::npos;
      return whole && std::stoull(text) <= 9007199254740992ULL
                 ? std::string()
                 : "\"" + text + "\" is no seed: a whole number from 0 to 9007199254740992";
    },
    "0..9007199254740992");

/// Options that the commands around fits share.
template <class Options>
void add_search(CLI::App* sub, Options& options) {
  sub->add_option("-j,--threads", options.threads, "Runs at a time; default: one a core")->check(CLI::Range(1, 4096));
  sub->add_flag("--json", options.json, "Print one JSON document");
  sub->add_flag("--quiet", options.quiet, "No progress");
}

void add_fit(CLI::App& app, CommandLine& line) {
  CLI::App* sub = command(app, "fit", "Fit named numbers of cases and data to named targets.",
                          "  nacre fit scenarios/fits/peng2022_sizing.toml\n"
                          "  nacre fit my-fit.toml -o my.fitted.toml -j 8\n"
                          "  nacre fit my-fit.toml -o my.fitted.toml --resume\n"
                          "  nacre fit my-fit.toml --profile size_ratio");
  FitOptions& fit = line.fit;
  sub->add_option("FIT", fit.file, "Fit file, see `nacre inputs --fit`")->required();
  sub->add_option("-o,--output", fit.output, "Record of the fit (TOML), which a case takes over by fits = [...]");
  sub->add_option("--backend", fit.backend, "serial, threads (default), openmp or tbb; none changes a result");
  sub->add_option("--profile", fit.profiles, "Parameters whose profile likelihood is computed, or all")
      ->take_all()
      ->allow_extra_args(false);
  sub->add_option("--seed", fit.seed, "In place of the seed of the file")->check(a_seed);
  sub->add_flag("--resume", fit.resume, "Go on where an interrupted fit with this -o stopped");
  add_search(sub, fit);
  sub->callback([&line] { line.action = [&line] { return run_fit(line.global, line.fit); }; });
}

/// A case, KEY=VALUE laid over it, and outputs.
template <class Options>
void add_case(CLI::App* sub, Options& options, const std::string& outputs) {
  sub->add_option("CASE", options.file, "Case file")->required();
  sub->add_option("--set", options.overrides, "KEY=VALUE laid over the case, see `nacre inputs`; may be repeated")
      ->take_all()
      ->allow_extra_args(false);
  sub->add_option("--output", options.outputs, outputs)->take_all()->allow_extra_args(false);
  sub->add_option("--seed", options.seed, "Other samples for another seed")->check(a_seed);
}

void add_uncertainty(CLI::App& app, CommandLine& line) {
  CLI::App* sub =
      command(app, "uncertainty", "Say how far the outputs of a case can be off, from what is known of its data.",
              "  nacre uncertainty peng2022\n"
              "  nacre uncertainty case.toml --output pl_peak --samples 1024\n"
              "  nacre reproduce --uncertainty");
  add_case(sub, line.uncertainty,
           "A scalar of `nacre outputs`, as VARIANT.NAME; may be repeated; all of them if none is named");
  sub->add_option("-n,--samples", line.uncertainty.samples, "Quasi-random samples (256)")
      ->check(CLI::Range(8, 1 << 24));
  add_search(sub, line.uncertainty);
  sub->callback([&line] { line.action = [&line] { return run_uncertainty(line.global, line.uncertainty); }; });
}

void add_sensitivity(CLI::App& app, CommandLine& line) {
  CLI::App* sub = command(
      app, "sensitivity", "Say which numbers of a case and its data an output depends on.",
      "  nacre sensitivity peng2022 --output ln.pl_peak\n"
      "  nacre sensitivity case.toml --output pl_peak --by \"sizes.mean=4 nm..8 nm\" --by materials/CsPbBr3.band_gap\n"
      "  nacre sensitivity case.toml --output pl_peak --morris 20\n"
      "  nacre sensitivity case.toml --output pl_peak --sobol 512");
  add_case(sub, line.sensitivity, "A scalar of `nacre outputs`, as VARIANT.NAME; may be repeated");
  sub->add_option("--by", line.sensitivity.parameters,
                  "A key of `nacre inputs` or a datum KIND/FILE.NAME, perhaps with =FROM..TO; all data with a sigma if "
                  "none is named")
      ->take_all()
      ->allow_extra_args(false);
  sub->add_option("--morris", line.sensitivity.morris, "Screening over the ranges, with so many trajectories")
      ->check(CLI::Range(2, 1 << 20));
  sub->add_option("--sobol", line.sensitivity.sobol, "Sobol indices over the ranges, with so many base samples")
      ->check(CLI::Range(8, 1 << 24));
  add_search(sub, line.sensitivity);
  sub->callback([&line] { line.action = [&line] { return run_sensitivity(line.global, line.sensitivity); }; });
}

void add_design(CLI::App& app, CommandLine& line) {
  CLI::App* sub =
      command(app, "design", "Choose numbers within bounds to reach goals.",
              "  nacre design scenarios/designs/blue-dots.toml\n  nacre design goals.toml -o front.csv -j 8");
  DesignOptions& design = line.design;
  sub->add_option("DESIGN", design.file, "Design file, see `nacre inputs --design`")->required();
  sub->add_option("-o,--output", design.output, "Table of the choices (CSV)");
  sub->add_option("--backend", design.backend, "serial, threads (default), openmp or tbb; none changes a result");
  sub->add_flag("--resume", design.resume, "Go on where an interrupted design with this -o stopped");
  add_search(sub, design);
  sub->callback([&line] { line.action = [&line] { return run_design(line.global, line.design); }; });
}

void add_merge(CLI::App& app, CommandLine& line) {
  CLI::App* sub = command(app, "merge", "Make one file of the points that gathered beside it.",
                          "  nacre merge out.h5\n  nacre merge out.h5 --partial");
  sub->add_option("FILE", line.merge.output, "Result file; its points are in FILE.parts")->required();
  sub->add_flag("--partial", line.merge.partial, "Also when points are missing; their status is 0");
  sub->add_flag("--any-program", line.merge.any_program, "Also when several versions of nacre computed them");
  sub->add_flag("--keep-parts", line.merge.keep_parts, "Keep the folder of shards");
  sub->callback([&line] { line.action = [&line] { return run_merge(line.merge); }; });
  CLI::App* verify = command(app, "verify", "Check that files are as nacre wrote them.",
                             "  nacre verify out.h5\n  nacre verify out.h5.parts");
  verify->add_option("FILE", line.paths, "Result files, or folders of shards")->required();
  verify->callback([&line] { line.action = [&line] { return run_verify(line.paths); }; });
}

/// "--uncertainty 1000", or "--uncertainty peng2022", where what follows is a paper already.
void ask_uncertainty(const std::string& text, ReproduceOptions& options) {
  options.samples = 128;
  if (text.find_first_not_of("0123456789") != std::string::npos) {
    options.papers.push_back(text);
    return;
  }
  if (text.size() > 7 || std::stoi(text) < 8 || std::stoi(text) > 1 << 20)
    throw CLI::ValidationError("--uncertainty", "\"" + text + "\" is not from 8 to 1048576");
  options.samples = std::stoi(text);
}

void add_reproduce(CLI::App& app, CommandLine& line) {
  CLI::App* sub = command(app, "reproduce", "Put what papers measured beside what is computed.",
                          "  nacre reproduce\n  nacre reproduce peng2022 -o results\n  nacre reproduce --uncertainty\n "
                          " nacre reproduce --json > targets.json");
  sub->add_option("PAPER", line.reproduce.papers, "Papers; all of them if none is named");
  sub->add_option("-o,--output", line.reproduce.folder,
                  "Folder for result files and the table as CSV, Markdown and JSON");
  sub->add_flag("--json", line.reproduce.json, "Print one JSON document instead of tables");
  sub->add_flag("--strict", line.reproduce.strict, "Exit with 1 when a target is missed");
  sub->add_option_function<std::string>(
         "--uncertainty", [&line](const std::string& text) { ask_uncertainty(text, line.reproduce); },
         "Sample data and fitted constants within their uncertainties, N times (128), and show intervals and sigmas")
      ->expected(0, 1)
      ->default_str("128")
      ->type_name("N");
  sub->add_option("-j,--threads", line.reproduce.threads, "Samples at a time; default: one a core")
      ->check(CLI::Range(1, 4096));
  sub->callback([&line] { line.action = [&line] { return run_reproduce(line.global, line.reproduce); }; });
}

void add_results(CLI::App& app, CommandLine& line) {
  CLI::App* show = command(app, "show", "Say in words what is in a result file.", "  nacre show out.h5");
  show->add_option("FILE", line.file, "Result file")->required();
  show->callback([&line] { line.action = [&line] { return run_show(line.file); }; });
  CLI::App* save = command(app, "export", "Write a result file as CSV.", "  nacre export out.h5 --csv tables");
  save->add_option("FILE", line.file, "Result file")->required();
  save->add_option("--csv", line.folder, "Folder for the CSV files; it is made when it is not there")->required();
  save->callback([&line] { line.action = [&line] { return run_export(line.file, line.folder); }; });
}

void add_report(CLI::App& app, CommandLine& line) {
  CLI::App* sub = command(app, "report", "Write one HTML page of figures that any browser shows, without a network.",
                          "  nacre report out.h5 -o report.html\n  nacre report out.h5 -o report.html --data jv.csv\n"
                          "  nacre reproduce -o results && nacre report results -o papers.html");
  sub->add_option("FILE", line.report.file,
                  "Result of a run, merged sweep, or what `nacre reproduce` wrote (targets.json, or its folder)")
      ->required();
  sub->add_option("-o,--output", line.report.output, "The page (HTML)")->required();
  sub->add_option(
         "--data", line.report.measured,
         "CSV of your own (J-V, PL, sizes), laid over the figure that it belongs to; may be repeated. A folder "
         "of data stands before the command: nacre --data DIR report")
      ->take_all()
      ->allow_extra_args(false);
  sub->add_option("--variant", line.report.variants, "Only this variant of a run; may be repeated")
      ->take_all()
      ->allow_extra_args(false);
  sub->callback([&line] { line.action = [&line] { return run_report(line.global, line.report); }; });
}

void add_check(CLI::App& app, CommandLine& line) {
  CLI::App* sub = command(app, "check", "Check cases without running them.", "  nacre check scenarios/cases/*.toml");
  sub->add_option("CASE", line.check.files, "Case files")->required();
  sub->callback([&line] { line.action = [&line] { return run_check(line.global, line.check); }; });
}

void add_lists(CLI::App& app, CommandLine& line) {
  CLI::App* inputs = command(app, "inputs", "List every key of a case.", "  nacre inputs\n  nacre inputs --markdown");
  inputs->add_flag("--markdown", line.markdown, "As Markdown");
  inputs->add_flag("--sweep", line.of_sweeps, "The keys of a sweep file instead");
  inputs->add_flag("--fit", line.of_fits, "The keys of a fit file instead");
  inputs->add_flag("--design", line.of_designs, "The keys of a design file instead");
  inputs->callback([&line] {
    const InputsOf of = line.of_sweeps    ? InputsOf::sweeps
                        : line.of_fits    ? InputsOf::fits
                        : line.of_designs ? InputsOf::designs
                                          : InputsOf::cases;
    line.action = [&line, of] { return run_inputs(line.markdown, of); };
  });
  CLI::App* outputs =
      command(app, "outputs", "List every quantity of a result.", "  nacre outputs\n  nacre outputs --markdown");
  outputs->add_flag("--markdown", line.markdown, "As Markdown");
  outputs->callback([&line] { line.action = [&line] { return run_outputs(line.markdown); }; });
  CLI::App* materials =
      command(app, "materials", "List the data, or show one set with units, basis and sources.",
              "  nacre materials\n  nacre materials CsPbI3\n  nacre --data mine materials solvents/toluene");
  materials->add_option("NAME", line.name, "A material, solvent, ligand, ...; every kind if none is named");
  materials->callback([&line] { line.action = [&line] { return run_materials(line.global, line.name); }; });
  CLI::App* version = command(app, "version", "Print version and commit.", "  nacre version");
  version->callback([&line] { line.action = [] { return run_version(); }; });
}

void describe(CLI::App& app, CommandLine& line) {
  app.require_subcommand(1);
  app.set_version_flag("--version", "nacre " + scenarios::program_version());
  app.add_option("--data", line.global.data,
                 "Folder of your own data, searched before NACRE_DATA and the installed data");
  app.footer(
      "Examples:\n  nacre reproduce\n  nacre new > case.toml\n  nacre run case.toml -o out.h5\n  nacre report out.h5 "
      "-o report.html\n"
      "Exit codes: 0 done, 1 computation failed, 2 wrong input, 4 no space left, 75 warned and saved, 130 or 143 "
      "interrupted.");
  add_new(app, line);
  add_run(app, line);
  add_sweep(app, line);
  add_merge(app, line);
  add_fit(app, line);
  add_sensitivity(app, line);
  add_uncertainty(app, line);
  add_design(app, line);
  add_reproduce(app, line);
  add_results(app, line);
  add_report(app, line);
  add_check(app, line);
  add_lists(app, line);
}

/// The first word that is neither an option nor the folder of --data must be a command.
void require_known_command(const CLI::App& app, int argc, char** argv) {
  std::vector<std::string> known;
  for (const CLI::App* sub : app.get_subcommands(nullptr)) known.push_back(sub->get_name());
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--data") ++i;
    if (word.starts_with("-")) continue;
    if (std::find(known.begin(), known.end(), word) != known.end()) return;
    const std::string near = io::nearest(word, known);
    throw io::InputError({"nacre", 0, 0}, "", "\"" + word + "\", which is no command",
                         near.empty() ? "one that `nacre --help` lists" : "perhaps \"" + near + "\"");
  }
}

int parse_and_run(int argc, char** argv) {
  CommandLine line;
  CLI::App app("nacre: halide-perovskite nanocrystals from the flask to the aged LED", "nacre");
  describe(app, line);
  require_known_command(app, argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked_for_help) {
    return app.exit(asked_for_help);
  } catch (const CLI::ParseError& error) {
    complain("nacre: " + std::string(error.what()) + "; `nacre --help` and `nacre COMMAND --help` say more");
    return exit_code::wrong_input;
  }
  return line.action();
}

/// What a result was written to may be full or gone, and only the last flush says so.
int after_flush(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  const int reason = errno;
  complain("standard output cannot be written");
  return reason == ENOSPC ? exit_code::no_space : exit_code::failed;
}

}  // namespace
}  // namespace nacre::cli

int main(int argc, char** argv) {
  using namespace nacre::cli;
  return told([&] { return after_flush(parse_and_run(argc, argv)); });
}
