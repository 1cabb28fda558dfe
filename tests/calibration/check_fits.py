#!/usr/bin/env python3
"""The constants that nacre ships as fitted are those that a refit gives.

usage: check_fits.py PATH-TO-nacre-calibrate REPOSITORY
Runs every fit of tools/calibrate/fits and compares each number with the datum or the [fitted.*] record of the case that holds it:
within 2 % of its standard error, or 0.1 % of itself. Exit 1 on a difference, 77 (skipped) where Python has no tomllib.
"""
import pathlib
import re
import subprocess
import sys

try:
    import tomllib
except ImportError:
    print("skipped: needs Python 3.11 or newer")
    sys.exit(77)

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
also_kept = {"sizing/MAPbBr3-peng2022.unresolved_spread": "sizing/microscope",
             "treatments/tppo.activity": "treatments/sppo13"}   # one number, in two files
failed = 0


def datum(file, name):
    return tomllib.loads((root / "models/data" / f"{file}.toml").read_text())[name]["value"]


def shipped(spec, parameter):
    """What the repository holds for a parameter."""
    if "file" in parameter:
        return datum(parameter["file"], parameter["datum"])
    case = tomllib.loads((root / "scenarios/cases" / f"{spec['paper']}.toml").read_text())
    record = next(r for r in case["fitted"].values() if r["key"] == parameter["keys"][0])
    return record["value"] * (1e9 if record["unit"] == "m" else 1)   # records of lengths are in m, fits in nm


for fit in sorted((root / "tools/calibrate/fits").glob("*.toml")):
    spec = tomllib.loads(fit.read_text())
    run = subprocess.run([program, str(fit)], capture_output=True, text=True, check=False)
    if run.returncode:
        print(f"FAIL {fit.stem}: {run.stderr.strip()}")
        failed += 1
        continue
    for name, parameter in spec["parameter"].items():
        value, error = map(float, re.search(rf"^{name}\s+(\S+) \+- (\S+)$", run.stdout, re.M).groups())
        want = shipped(spec, parameter)
        twin = also_kept.get(f"{parameter.get('file')}.{name}")
        ok = twin is None or datum(twin, name) == want
        ok = ok and abs(value - want) <= max(0.02 * error, 1e-3 * abs(want))
        failed += not ok
        print(f"{'ok  ' if ok else 'FAIL'} {fit.stem}.{name}: refitted {value} +- {error}, shipped {want}")
sys.exit(bool(failed))
