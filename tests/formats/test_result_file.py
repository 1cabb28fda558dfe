#!/usr/bin/env python3
"""A result file as its readers see it: xarray opens every group with coordinates, h5dump shows units and meanings.

usage: test_result_file.py PATH-TO-NACRE REPOSITORY
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

try:
    import h5py
    import numpy
    import xarray
except ImportError as missing:
    print(f"skipped: {missing}; tools/setup installs it")
    sys.exit(77)

NACRE, ROOT = (pathlib.Path(argument) for argument in sys.argv[1:3])


class ResultFile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.path = pathlib.Path(cls.folder.name) / "out.h5"
        subprocess.run([NACRE, "run", ROOT / "scenarios" / "cases" / "peng2022.toml", "-o", cls.path],
                       check=True, capture_output=True)
        cls.groups = []
        with h5py.File(cls.path) as file:
            file.visititems(lambda name, thing: cls.groups.append(name) if isinstance(thing, h5py.Group) and any(
                isinstance(member, h5py.Dataset) for member in thing.values()) else None)

    def results(self):
        return [group for group in self.groups if not group.startswith("provenance")]

    def test_there_is_a_group_a_variant_and_stage(self):
        for group in ("rt/synthesis", "rt/confinement", "ln/synthesis", "ln/confinement"):
            self.assertIn(group, self.groups)

    def test_xarray_finds_coordinates_units_and_meanings(self):
        for group in self.results():
            with self.subTest(group=group), xarray.open_dataset(self.path, group=group) as data:
                for dimension in data.dims:
                    self.assertIn(dimension, data.coords)
                    steps = numpy.diff(data[dimension].values.astype(float))
                    self.assertTrue((steps > 0).all() or (steps < 0).all(), f"{dimension} runs in one direction")
                for name, variable in data.variables.items():
                    if variable.dtype.kind == "f":
                        self.assertTrue(variable.attrs.get("long_name"), name)
                        self.assertTrue(variable.attrs.get("units"), name)

    def test_the_time_of_a_synthesis_stays_a_number_of_seconds(self):
        with xarray.open_dataset(self.path, group="rt/synthesis") as data:
            self.assertEqual(data["time"].dtype.kind, "f")
            self.assertEqual(data["time"].attrs["units"], "s")

    def test_a_device_is_curves_over_the_bias_and_profiles_over_nodes(self):
        led = self.path.with_name("led.h5")
        subprocess.run([NACRE, "run", ROOT / "scenarios" / "cases" / "led_reference.toml", "--refine", "-o", led],
                       check=True, capture_output=True)
        with xarray.open_dataset(led, group="with_vacancies/device") as data:
            self.assertEqual(data["current_density"].dims, ("bias",))
            self.assertEqual(data["electroluminescence"].dims, ("bias", "wavelength"))
            self.assertEqual(data["conduction_band"].dims, ("profile_bias", "node"))
            self.assertEqual(data["bias"].attrs["units"], "V")
            bright = data["luminance"].values > 1
            self.assertTrue((numpy.diff(data["luminance"].values[bright]) > 0).any())
            self.assertTrue((data["eqe"].values[bright] < 0.2).all())
            error = abs(data["current_density_extrapolated"] - data["current_density"])[1:] / data["current_density"][1:]
            self.assertLess(float(error.max()), 0.05)

    def test_h5dump_reads_as_documentation(self):
        header = subprocess.run(["h5dump", "-H", self.path], check=True, capture_output=True, text=True).stdout
        for word in ('ATTRIBUTE "long_name"', 'ATTRIBUTE "units"', 'GROUP "provenance"', 'ATTRIBUTE "git_hash"'):
            self.assertIn(word, header)

    def test_two_runs_differ_in_provenance_alone(self):
        again = self.path.with_name("again.h5")
        subprocess.run([NACRE, "run", ROOT / "scenarios" / "cases" / "peng2022.toml", "-o", again], check=True, capture_output=True)
        done = subprocess.run(["h5diff", "-v", "--exclude-path", "/provenance", self.path, again], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, re.sub(r"(?m)^.*0 differences found\n", "", done.stdout))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
