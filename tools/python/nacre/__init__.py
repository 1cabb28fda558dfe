"""nacre: halide-perovskite nanocrystals from the flask to the aged LED.

    >>> import nacre
    >>> result = nacre.run("peng2022")                     # a file, or the name of an installed case
    >>> result["ln"].pl_peak, result["ln"].confinement.units["pl_peak"]
    >>> result["ln"].confinement.to_xarray()
    >>> nacre.report(result, "peng2022.html")

What goes wrong is raised with the text that the command line prints: InputError (a ValueError) for what has to be mended in
a file or an argument, ComputationError (a RuntimeError, with .result) when a stage did not reach its end, NoSpaceError (an OSError).
"""
from ._nacre import InputError, NoSpaceError, __version__, git_hash
from .commands import open_result as open
from .commands import report, reproduce, run, sweep
from .results import ComputationError, Dataset, NacreWarning, Reproduction, Result, Stage, SweepResult, Variant
from . import plot

__all__ = ["ComputationError", "Dataset", "InputError", "NacreWarning", "NoSpaceError", "Reproduction", "Result", "Stage", "SweepResult",
           "Variant", "__version__", "git_hash", "open", "plot", "report", "reproduce", "run", "sweep"]
