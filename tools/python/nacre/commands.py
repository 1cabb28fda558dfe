"""The commands: run, sweep, reproduce, open, report."""
import json
import os
import pathlib
import tempfile
import warnings

from . import _nacre
from .places import case_path, data_folder
from .results import ComputationError, NacreWarning, Reproduction, Result, SweepResult


def _toml(value):
    """A value as it would stand in a case."""
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
    with tempfile.TemporaryDirectory(prefix="nacre-") as place:
        file = str(pathlib.Path(place) / "sweep.h5")
        _nacre.sweep(path, file, threads, False, False, folder)
        return open_result(file)


def reproduce(*papers, data=None):
    """Puts what papers measured (none named: all) beside what is computed."""
    document, headline = _nacre.reproduce([str(paper) for paper in papers], data_folder(data))
    return Reproduction(json.loads(document), headline, document)


def open_result(path):
    """Reads a result file: a Result of a run, a SweepResult of a merged sweep."""
    contents = _nacre.open(os.fspath(path))
    if contents["kind"] == "sweep":
        return SweepResult(contents)
    return Result.of_file(contents)


def report(result, output, *, measured=(), variants=(), data=None):
    """Writes a page of figures (`nacre report`) of a result, a result file, a Reproduction or a folder of `nacre reproduce -o`."""
    folder = data_folder(data)
    tables = [os.fspath(path) for path in measured]
    if isinstance(result, (str, os.PathLike)):
        _nacre.report(os.fspath(result), os.fspath(output), tables, list(variants), folder)
        return
    with tempfile.TemporaryDirectory(prefix="nacre-") as place:
        _nacre.report(result.save_in(pathlib.Path(place)), os.fspath(output), tables, list(variants), folder)
