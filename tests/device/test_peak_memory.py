#!/usr/bin/env python3
"""A device run with everything in it takes less than 100 MB.

usage: test_peak_memory.py PATH-TO-NACRE REPOSITORY
"""
import pathlib
import resource
import subprocess
import sys
import tempfile

NACRE, ROOT = (pathlib.Path(argument) for argument in sys.argv[1:3])
LIMIT = 100e6  # bytes

with tempfile.TemporaryDirectory() as folder:
    case = pathlib.Path(folder) / "case.toml"
    text = (ROOT / "scenarios" / "cases" / "led_reference.toml").read_text()
    case.write_text(text + '\n[[device.impedance]]\nbias = "3 V"\n')
    subprocess.run([NACRE, "run", case, "-o", pathlib.Path(folder) / "out.h5"], check=True, capture_output=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
print(f"peak memory of the reference LED's case: {peak / 1e6:.1f} MB of {LIMIT / 1e6:.0f} MB")
sys.exit(peak > LIMIT)
