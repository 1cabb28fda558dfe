#include "tools/cli/slurm.hpp"

#include <cstdlib>
#include <filesystem>

#include "engine/io/input_error.hpp"

namespace nacre::cli {
namespace {

long number_in(const char* variable, long otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr || *text == '\0' ? otherwise : std::strtol(text, nullptr, 10);
}

/// A word that a shell reads as it is.
std::string shell_word(const std::string& word) {
  std::string quoted = "'";
  for (const char letter : word) quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + "'";
}

constexpr const char* script = R"(#!/bin/bash
# Submits a sweep as an array of @TASKS@ tasks, and a job that merges what they computed. Run it on a login node:
#   bash this-file
# Change the time limit, partition and memory below as your cluster asks.
set -euo pipefail

array=$(sbatch --parsable --output=@LOG@ <<'TASK'
#!/bin/bash
#SBATCH --job-name=nacre-sweep
#SBATCH --array=1-@TASKS@
#SBATCH --cpus-per-task=@THREADS@
#SBATCH --time=01:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:USR1@120
# The shell passes the warning on; the sweep saves its points and exits with 75, and the task queues again.
@PROGRAM@@DATA@ sweep @FILE@ -o @OUTPUT@ --shard "$SLURM_ARRAY_TASK_ID/@TASKS@" --resume --backend @BACKEND@ -j "$SLURM_CPUS_PER_TASK"@FLAGS@ &
sweep=$!
trap 'kill -USR1 "$sweep"' USR1
trap 'kill -TERM "$sweep"' TERM
code=0
wait "$sweep" || code=$?
while kill -0 "$sweep" 2>/dev/null; do   # a signal ended the wait, not the sweep
  code=0
  wait "$sweep" || code=$?
done
if [ "$code" -eq 75 ]; then
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
fi
exit "$code"
TASK
)
# A merge that can never run, because a task failed, leaves the queue. Run this script again then: it goes on.
sbatch --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes --job-name=nacre-merge --time=00:30:00 --output=@LOG_MERGE@ \
  --wrap=@MERGE@
)";

/// In the names of logs Slurm reads a per cent sign as the beginning of a pattern.
std::string slurm_name(const std::string& name) {
  std::string escaped;
  for (const char letter : name) escaped += letter == '%' ? std::string("%%") : std::string(1, letter);
  return escaped;
}

void replace_all(std::string& text, const std::string& mark, const std::string& by) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size())) {
    text.replace(at, mark.size(), by);
  }
}

}  // namespace

std::string share_of_slurm() {
  const long task = number_in("SLURM_ARRAY_TASK_ID", -1);
  const long count = number_in("SLURM_ARRAY_TASK_COUNT", -1);
  const long first = number_in("SLURM_ARRAY_TASK_MIN", 1);
  const long step = number_in("SLURM_ARRAY_TASK_STEP", 1);
  if (task < first || count < 1 || step < 1) return {};
  const long last = number_in("SLURM_ARRAY_TASK_MAX", first + (count - 1) * step);
  if ((last - first) / step + 1 != count) {
    throw io::InputError({"SLURM_ARRAY_TASK_ID", 0, 0}, "", "an array of " + std::to_string(count) + " tasks with gaps",
                         "--shard I/N, or an array without gaps");
  }
  return std::to_string((task - first) / step + 1) + "/" + std::to_string(count);
}

std::string slurm_script(const Global& global, const SweepOptions& options) {
  const std::string program = options.any_program ? " --any-program" : "";
  const std::string data = global.data.empty() ? "" : std::filesystem::absolute(global.data).string();
  std::string text = script;
  replace_all(text, "@TASKS@", std::to_string(options.slurm));
  replace_all(text, "@THREADS@", std::to_string(options.threads > 0 ? options.threads : 1));
  replace_all(text, "@BACKEND@", options.backend);
  replace_all(text, "@LOG@", shell_word(slurm_name(options.output) + ".%a.log"));
  replace_all(text, "@LOG_MERGE@", shell_word(slurm_name(options.output) + ".merge.log"));
  replace_all(
      text, "@MERGE@",
      shell_word("nacre merge " + shell_word(options.output) + program + (options.keep_parts ? " --keep-parts" : "")));
  replace_all(text, "@DATA@", data.empty() ? "" : " --data " + shell_word(data));
  replace_all(text, "@FLAGS@", program + (options.quiet ? " --quiet" : ""));
  replace_all(text, "@PROGRAM@", "nacre");
  replace_all(text, "@FILE@", shell_word(options.file));
  replace_all(text, "@OUTPUT@", shell_word(options.output));
  return text;
}

}  // namespace nacre::cli
