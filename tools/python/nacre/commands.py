"""The commands: run, sweep, reproduce, open, report."""
import json
import os
import pathlib
import shutil
import tempfile
import warnings
import weakref

from . import _nacre
from .places import case_path, data_folder
from .results import ComputationError, NacreWarning, Reproduction, Result, SourceFile, SweepResult


def _toml(value):
    """A value as it would stand in a case; None: none, which is refused as the command line refuses it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(float(value)) if isinstance(value, float) else str(value)


def run(case, overrides=None, *, data=None, output=None, check=True):
    """Runs a case through all the stages that it names.

    case       path of a case file, or the name of an installed case
    overrides  {"synthesis.precursor": "2 mol/m3"}: what --set does
    data       folder of your own data, searched first
    output     also write a result file
    check      raise ComputationError when a stage did not reach its end; else see Result.failures

    Raises InputError. Python's lock is released while computing; Ctrl-C stops at the next step.
    """
    changes = [(str(key), _toml(value)) for key, value in (overrides or {}).items()]
    done = _nacre.run(case_path(case), changes, data_folder(data))
    for text in done.warnings:
        warnings.warn(text, NacreWarning, stacklevel=2)
    result = Result.of_run(done)
    if output is not None:
        done.save(os.fspath(output))
    if check and result.failures:
        raise ComputationError("\n".join(result.failures), result)
    return result


def sweep(sweep_file, output=None, *, threads=0, resume=False, fresh=False, data=None):
    """Computes a sweep and merges it into `output`; without one only what is returned remains.

    threads  points at a time, 0: one a core
    resume   go on with points that were computed before; fresh: throw them away
    """
    path, folder = os.fspath(sweep_file), data_folder(data)
    if output is not None:
        _nacre.sweep(path, os.fspath(output), threads, resume, fresh, folder)
        return open_result(output)
    place = tempfile.mkdtemp(prefix="nacre-")
    try:
        file = os.path.join(place, "sweep.h5")
        _nacre.sweep(path, file, threads, False, False, folder)
        result = open_result(file)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    weakref.finalize(result, shutil.rmtree, place, ignore_errors=True)   # the file serves pages and copies as long as the result is there
    return result


def reproduce(*papers, data=None):
    """Puts what papers measured (none named: all) beside what is computed."""
    document, headline = _nacre.reproduce([str(paper) for paper in papers], data_folder(data))
    return Reproduction(json.loads(document), headline, document)


def open_result(path):
    """Reads a result file: a Result of a run, a SweepResult of a merged sweep."""
    source = SourceFile(os.fspath(path))
    contents = _nacre.open(source.path)
    if contents["kind"] == "sweep":
        return SweepResult(contents, source)
    return Result.of_file(contents, source)


def _listed(one_or_many):
    """A name or path stands for the list of it alone."""
    return [one_or_many] if isinstance(one_or_many, (str, os.PathLike)) else list(one_or_many)


def report(result, output, *, measured=(), variants=(), data=None):
    """Writes a page of figures (`nacre report`).

    result    a Result, a SweepResult, a Reproduction; or the path of a result file or of a folder of `nacre reproduce -o`
    measured  paths of CSV files that are laid over the figures, or one such path
    variants  names of those that are shown, or one of them; none: all
    """
    folder, tables, names = data_folder(data), [os.fspath(path) for path in _listed(measured)], _listed(variants)
    if isinstance(result, (str, os.PathLike)):
        _nacre.report(os.fspath(result), os.fspath(output), tables, names, folder)
        return
    if not isinstance(result, (Result, SweepResult, Reproduction)):
        raise _nacre.InputError(f"a page shows a Result, a SweepResult, a Reproduction or a path, and this is a {type(result).__name__}")
    with tempfile.TemporaryDirectory(prefix="nacre-") as place:
        _nacre.report(result.save_in(pathlib.Path(place)), os.fspath(output), tables, names, folder)
