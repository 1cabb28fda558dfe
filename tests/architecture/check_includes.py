#!/usr/bin/env python3
"""Reads every include of the repository and fails on an arrow that docs/architecture.md forbids.

usage: check_includes.py [REPOSITORY-ROOT]
Prints one line a violation, FILE:LINE: what and why; exit 1 when there is one. Needs only Python's standard library.
"""
import pathlib
import re
import sys

LAYERS = ("engine", "models", "scenarios", "tools", "tests", "bench")
SUFFIXES = {".hpp", ".cpp", ".h", ".cc"}
# Who may know whom: layer -> layers that its includes may name.
KNOWS = {
    "engine": {"engine"},
    "models": {"models", "engine"},
    "scenarios": {"scenarios", "models", "engine"},
    "tools": {"tools", "scenarios", "models", "engine"},
    "tests": {"tests", "scenarios", "models", "engine"},
    "bench": {"bench", "tests", "scenarios", "models", "engine"},
}
# What benchmarks measure and tests verify is one problem, set up in one place.
TESTS_FOR_BENCH = {"support"}
# Models are pure physics: of the engine they see these folders, of other models the materials alone.
ENGINE_FOR_MODELS = {"math", "fvm", "population", "ode", "units"}
SHARED_MODELS = {"materials"}
# Instruments read what the confinement of carriers computes.
MODELS_SEEN_BY = {"instruments": {"confinement"}}
# Libraries that stay behind one wall: pattern of the include -> folders that may use it.
WALLS = {
    r"hdf5|H5\w*\.h": ("engine/io", "tests"),
    r"toml\+\+/|toml\.hpp": ("engine/io",),
    r"CLI/": ("tools/cli",),
    r"pybind11/": ("tools/python",),
    r"nlohmann/": ("tools/report",),
    r"catch2/": ("tests",),
    r"benchmark/": ("bench",),
    r"tbb/|oneapi/|omp\.h|mpi\.h": ("engine/parallel",),
    r"ceres/|nlopt": ("engine/inference",),
    r"sundials|cvode|\bida/|nvector|sunmatrix|sunlinsol": ("engine/ode", "tests", "bench"),
}
# Below scenarios nothing prints, aborts, opens a file or reads a clock; engine/io is where files live.
QUIET = ("engine", "models")
LOUD_FOLDER = "engine/io"
WAITING_FOLDER = "engine/parallel"  # threads wait for one another for so long, which reads no clock
LOUD_HEADERS = {"iostream", "fstream", "cstdio", "stdio.h", "chrono", "ctime", "time.h", "filesystem", "print"}
LOUD_CALLS = re.compile(
    r"\b(?:std::)?(cout|cerr|clog|abort|exit|_exit|_Exit|quick_exit|terminate|printf|fprintf|vprintf|puts|fputs|fopen)\b"
    r"|\bfmt::(print)\b|\bstd::(chrono(?!::(?:micro|milli)seconds\b)|ifstream|ofstream|fstream|filesystem)\b")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])+\'', re.S)


def sources(root):
    """Every C++ file of the layers, as paths relative to the root."""
    for layer in LAYERS:
        for path in sorted((root / layer).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                yield path.relative_to(root)


def without_noise(text):
    """The text with comments and literals blanked; lines keep their numbers."""
    return NOISE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def folder(path):
    """"engine/math" of "engine/math/dual.hpp"; a file that lies in the layer itself belongs to the layer."""
    return "/".join(path.parts[:2]) if len(path.parts) > 2 else path.parts[0]


def forbidden_arrow(source, target):
    """Why `source` may not include the repository's file `target`; None when it may."""
    here, there = source.parts[0], target.parts[0]
    if there not in KNOWS[here]:
        return f"{here} must not know {there}"
    if here == "bench" and there == "tests" and target.parts[1] not in TESTS_FOR_BENCH:
        return "bench may share tests/support only"
    if here == "models" and there == "engine" and target.parts[1] not in ENGINE_FOR_MODELS:
        return f"models see engine/{{{','.join(sorted(ENGINE_FOR_MODELS))}}} only"
    if here == there == "models" and source.parts[1] != target.parts[1] and target.parts[1] not in SHARED_MODELS | MODELS_SEEN_BY.get(source.parts[1], set()):
        return f"{folder(source)} must not know {folder(target)}: scenarios passes plain structs between them"
    return None


def forbidden_library(source, name):
    """Why `source` may not include the library header `name`; None when it may."""
    waits = name == "chrono" and folder(source) == WAITING_FOLDER
    if source.parts[0] in QUIET and folder(source) != LOUD_FOLDER and name in LOUD_HEADERS and not waits:
        return f"<{name}> below scenarios: no printing, no file, no clock"
    for pattern, allowed in WALLS.items():
        if re.match(pattern, name) and not any(source.as_posix().startswith(a + "/") for a in allowed):
            return f"<{name}> belongs to {' and '.join(allowed)}"
    return None


def cycle(arrows):
    """A list of folders that include one another in a ring, first one repeated at the end; None when there is no ring."""
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        found = next((ring for nxt in sorted(arrows.get(node, {})) if (ring := visit(nxt))), None)
        path.pop()
        done.add(node)
        return found

    return next((ring for node in sorted(arrows) if (ring := visit(node))), None)


def check_includes(root, source, text, arrows):
    """Yields (line, reason) for each bad include of a file; notes the arrows between folders of the engine."""
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        bracket, name = found.groups()
        target = pathlib.PurePosixPath(name)
        if target.parts[0] not in LAYERS:
            reason = forbidden_library(source, name) if bracket == "<" else None
            if bracket == '"' and (root / source.parent / name).exists():
                reason = f'"{name}": name it from the repository root'
        elif not (root / name).is_file():
            reason = f"{name} does not exist"
        else:
            reason = forbidden_arrow(source, target)
            if source.parts[0] == target.parts[0] == "engine" and folder(source) != folder(target):
                arrows.setdefault(folder(source), {})[folder(target)] = f"{source}:{number}"
        if reason:
            yield number, reason


def check_calls(source, text):
    """Yields (line, reason) for each call that has no place below scenarios."""
    if source.parts[0] not in QUIET or folder(source) == LOUD_FOLDER:
        return
    for number, line in enumerate(without_noise(text).splitlines(), 1):
        found = LOUD_CALLS.search(line)
        if found and not line.lstrip().startswith("#"):
            yield number, f"{found.group()} below scenarios: return a status or throw"


def violations(root):
    """Every violation in the tree below `root`, as text."""
    root, arrows, found = pathlib.Path(root), {}, []
    for source in sources(root):
        text = (root / source).read_text(encoding="utf-8")
        for number, reason in [*check_includes(root, source, text, arrows), *check_calls(source, text)]:
            found.append(f"{source}:{number}: {reason}")
    ring = cycle(arrows)
    if ring:
        steps = ", ".join(arrows[a][b] for a, b in zip(ring, ring[1:]))
        found.append(f"folders of the engine include one another in a ring: {' -> '.join(ring)} ({steps})")
    return found


if __name__ == "__main__":
    top = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    bad = violations(top)
    print("\n".join(bad) if bad else f"{sum(1 for _ in sources(pathlib.Path(top)))} files, no forbidden arrow")
    sys.exit(bool(bad))
