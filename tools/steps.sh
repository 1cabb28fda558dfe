# Read by the scripts beside it: where the repository is, and how they say what they do.
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
started=$SECONDS
jobs=$(nproc 2>/dev/null || echo 2)

say() { printf '%s: %s\n' "${0##*/}" "$*"; }
fail() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
elapsed() { local s=$((SECONDS - started)); printf '%d min %02d s' $((s / 60)) $((s % 60)); }

# configure PRESET: writes build/PRESET; says nothing unless it fails, for CMake's report is long.
configure() {
  local log
  say "configuring preset $1 in build/$1"
  log=$(cmake --preset "$1" -S "$root" "${@:2}" 2>&1) || { printf '%s\n' "$log" >&2; fail "configuring preset $1 failed"; }
}

# build PRESET [TARGET...]: configures and compiles what changed.
build() {
  local preset=$1
  shift
  configure "$preset"
  say "building preset $preset with $jobs jobs"
  cmake --build "$root/build/$preset" --parallel "$jobs" ${1:+--target "$@"} || fail "building preset $preset failed"
}
