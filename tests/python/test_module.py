#!/usr/bin/env python3
"""import nacre, under Debian's own Python: the same numbers, units, errors and texts as the command line.

usage: test_module.py PATH-TO-NACRE REPOSITORY FOLDER-OF-THE-PACKAGE
"""
import ast
import inspect
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import unittest
import warnings

NACRE, ROOT, PACKAGE = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
sys.path.insert(0, str(PACKAGE))
try:
    import h5py
    import numpy
    import xarray
except ImportError as missing:
    print(f"skipped: {missing}; tools/setup installs it")
    sys.exit(77)
import nacre  # noqa: E402

CASES = ROOT / "scenarios" / "cases"
SIZES = 'schema = 1\ntitle = "given"\n[material]\ncomposition = "CsPb(I0.5Br0.5)3"\n[sizes]\nsource = "given"\nmean = "6 nm"\n' \
    'standard_deviation = "0.6 nm"\n[confinement]\ntemperature = "298.15 K"\n'
SWEEP = 'schema = 1\nbase = "sizes.toml"\n[[axis]]\nkey = "sizes.mean"\nfrom = "4 nm"\nto = "10 nm"\ncount = 4\n[keep]\nscalars = ["pl_peak", "cie_x"]\n'


def command(*arguments, **options):
    return subprocess.run([NACRE, *map(str, arguments)], capture_output=True, text=True, **options)


class Module(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        (cls.folder / "sizes.toml").write_text(SIZES)
        (cls.folder / "sweep.toml").write_text(SWEEP)
        command("run", CASES / "led_reference.toml", "-o", cls.folder / "led.h5", check=True)
        cls.led = nacre.run(CASES / "led_reference.toml")

    # ------------------------------------------------------------ runs

    def test_every_dataset_is_that_of_the_result_file(self):
        with h5py.File(self.folder / "led.h5") as file:
            for variant in self.led.values():
                for stage in variant.stages.values():
                    group = file[f"{variant.name}/{stage.name}"]
                    self.assertEqual(set(stage), set(group))
                    for name, one in stage.items():
                        numpy.testing.assert_array_equal(one.values, group[name][()], err_msg=name)
                        units = group[name].attrs["units"]
                        self.assertEqual(one.unit, units.decode() if isinstance(units, bytes) else units)
                        self.assertTrue(one.meaning)

    def test_attributes_reach_stages_scalars_and_arrays(self):
        variant = self.led.with_vacancies
        self.assertIsInstance(variant.eqe_max, float)
        self.assertEqual(variant.eqe_max, variant.device.eqe_max)
        self.assertEqual(variant.device["eqe_max"].unit, "1")
        self.assertEqual(variant.units["luminance_max"], "cd/m2")
        self.assertEqual(variant.device.electroluminescence.shape, (len(variant.device.bias), len(variant.device.wavelength)))
        self.assertIn("device", dir(variant))
        with self.assertRaisesRegex(AttributeError, "neither a stage"):
            variant.nonsense
        with self.assertRaisesRegex(KeyError, "with_vacancies"):
            self.led["warm"]
        try:
            self.led["warm"]
        except KeyError as error:
            self.assertTrue(str(error).startswith("'warm' is no variant of this result"), error)

    def test_cases_that_come_with_nacre_are_found_by_name(self):
        self.assertGreater(nacre.run("mapbbr3_dots").pl_peak, 400)
        with self.assertRaisesRegex(nacre.InputError, "mapbbr4_dots"):
            nacre.run("mapbbr4_dots")

    def test_arrays_own_their_numbers(self):
        bias = nacre.run(self.folder / "sizes.toml").confinement.wavelength
        self.assertGreater(bias.sum(), 0)
        self.assertEqual(bias.dtype, numpy.float64)

    def test_xarray_equals_the_file(self):
        ours = self.led.with_vacancies.to_xarray("device")
        with xarray.open_dataset(self.folder / "led.h5", group="with_vacancies/device") as theirs:
            self.assertEqual(set(ours.variables), set(theirs.variables))
            xarray.testing.assert_equal(ours, theirs.load())
        table = self.led.to_xarray()
        self.assertEqual(list(table["variant"].values), list(self.led))
        self.assertEqual(table["eqe_max"].attrs["units"], "1")

    def test_overrides_are_those_of_set(self):
        changed = nacre.run(self.folder / "sizes.toml", {"sizes.mean": "9 nm", "confinement.shape": "cube"})
        said = command("run", self.folder / "sizes.toml", "--set", "sizes.mean=9 nm", "--set", "confinement.shape=cube", "--json").stdout
        self.assertIn("9", said)
        self.assertAlmostEqual(changed.size_mean, 9, delta=0.05)
        self.assertGreater(changed.pl_peak, nacre.run(self.folder / "sizes.toml").pl_peak)

    def test_a_saved_result_reads_back_the_same(self):
        self.led.save(self.folder / "again.h5")
        again = nacre.open(self.folder / "again.h5")
        self.assertEqual(list(again), list(self.led))
        numpy.testing.assert_array_equal(again.with_vacancies.device.bias, self.led.with_vacancies.device.bias)
        self.assertIsInstance(again.step_and_hold.device.time_luminance, numpy.ndarray)

    def test_notebooks_get_tables_without_markup_of_results(self):
        (self.folder / "evil.toml").write_text(SIZES.replace('"given"\n[mat', '"<script>x</script>"\n[mat'))
        html = nacre.run(self.folder / "evil.toml")._repr_html_()
        self.assertIn("<table>", html)
        self.assertIn("pl_peak", html)
        self.assertNotIn("<script>", html)
        for part in (self.led, self.led.with_vacancies, self.led.with_vacancies.device):
            self.assertIn("<table>", part._repr_html_())
        self.assertIn("with_vacancies", repr(self.led))

    # ------------------------------------------------------------ errors

    def test_errors_say_what_the_command_line_says(self):
        for arguments, options in ((("nowhere.toml",), ()), ((str(self.folder / "sizes.toml"), "sizes.mean=5 K"), ("--set",)),
                                   ((str(self.folder / "sizes.toml"), "sizes.men=5 nm"), ("--set",)), ((str(self.folder / "sizes.toml"), "sizes.mean="), ("--set",))):
            case, *changes = arguments
            shell = command("run", case, *(part for change in changes for part in ("--set", change)))
            self.assertEqual(shell.returncode, 2)
            with self.assertRaises(nacre.InputError) as caught:
                nacre.run(case, {key: value or None for key, value in (change.split("=") for change in changes)})
            self.assertEqual(str(caught.exception), shell.stderr.strip())
            self.assertIsInstance(caught.exception, ValueError)

    def test_a_stage_that_fails_raises_with_what_there_is(self):
        case, change = CASES / "peng2022.toml", {"synthesis.largest_edge": "4 nm"}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", nacre.NacreWarning)
            with self.assertRaises(nacre.ComputationError) as caught:
                nacre.run(case, change)
            quiet = nacre.run(case, change, check=False)
        self.assertIn("rt: synthesis: ", str(caught.exception))
        shell = command("run", case, "--set", "synthesis.largest_edge=4 nm").stderr
        for line in str(caught.exception).splitlines():
            self.assertIn(line, shell)
        self.assertEqual(quiet.failures, caught.exception.result.failures)
        self.assertGreater(len(quiet["ln"].synthesis), 0)

    def test_warnings_are_warnings(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            nacre.run(CASES / "peng2022.toml")
        shell = command("run", CASES / "peng2022.toml").stderr
        said = [str(one.message) for one in caught if issubclass(one.category, nacre.NacreWarning)]
        self.assertTrue(said)
        for text in said:
            self.assertIn(text.split(": ", 1)[1], shell)

    def test_files_that_are_not_ours(self):
        (self.folder / "text.h5").write_text("hello")
        with self.assertRaises(nacre.InputError) as caught:
            nacre.open(self.folder / "text.h5")
        self.assertEqual(str(caught.exception), command("show", self.folder / "text.h5").stderr.strip())

    # ------------------------------------------------------------ sweeps, papers, pages

    def test_a_sweep_is_that_of_the_command_line(self):
        ours = nacre.sweep(self.folder / "sweep.toml")
        command("sweep", self.folder / "sweep.toml", "-o", self.folder / "sweep.h5", "--quiet", check=True)
        theirs = nacre.open(self.folder / "sweep.h5")
        self.assertEqual(ours.parameters, ["sizes.mean"])
        numpy.testing.assert_array_equal(ours["pl_peak"].values, theirs["pl_peak"].values)
        self.assertIn("sizes.mean", ours.to_xarray().coords)
        kept = nacre.sweep(self.folder / "sweep.toml", self.folder / "kept.h5", threads=1)
        numpy.testing.assert_array_equal(kept["pl_peak"].values, theirs["pl_peak"].values)
        self.assertFalse((self.folder / "kept.h5.parts").exists())

    def test_papers_beside_what_is_computed(self):
        ours = nacre.reproduce("li2022")
        self.assertRegex(ours.headline, r"^predicted: \d+ of \d+ within")
        self.assertEqual(ours["li2022.pl_peak"]["measured"], 517)
        self.assertIn("<table>", ours._repr_html_())
        with self.assertRaises(nacre.InputError):
            nacre.reproduce("nobody1900")

    def test_pages_of_whatever_there_is(self):
        for name, thing in {"run": self.led, "file": self.folder / "led.h5"}.items():
            nacre.report(thing, self.folder / f"{name}.html", variants=["with_vacancies"])
            self.assertIn("Content-Security-Policy", (self.folder / f"{name}.html").read_text()[:2000])
        with self.assertRaisesRegex(nacre.InputError, "which is not in the file"):
            nacre.report(self.led, self.folder / "x.html", variants="warm")
        with self.assertRaisesRegex(nacre.InputError, "a SweepResult, a Reproduction or a path, and this is a Variant"):
            nacre.report(self.led.with_vacancies, self.folder / "x.html")
        self.assertFalse((self.folder / "x.html").exists())

    def test_pages_of_what_was_read_from_a_file(self):
        path = self.folder / "opened.h5"
        path.write_bytes((self.folder / "led.h5").read_bytes())
        opened = nacre.open(path)
        nacre.report(opened, self.folder / "opened.html")
        nacre.report(self.folder / "led.h5", self.folder / "led.html")
        drawn = lambda name: (self.folder / name).read_text().replace("opened.h5", "led.h5").split('id="data">')[1].split("</script>")[0]
        self.assertEqual(drawn("opened.html"), drawn("led.html"))
        opened.save(self.folder / "copy.h5")
        self.assertEqual((self.folder / "copy.h5").read_bytes(), path.read_bytes())
        opened.save(path)
        self.assertEqual((self.folder / "copy.h5").read_bytes(), path.read_bytes(), "onto itself")
        self.led.save(path)
        with self.assertRaisesRegex(nacre.InputError, "has changed since; open it again"):
            nacre.report(opened, self.folder / "x.html")
        path.unlink()
        with self.assertRaisesRegex(nacre.InputError, "opened.h5: .*which is gone since"):
            opened.save(self.folder / "x.h5")
        self.assertFalse((self.folder / "x.html").exists() or (self.folder / "x.h5").exists())

    def test_pages_of_sweeps(self):
        passing, kept = nacre.sweep(self.folder / "sweep.toml"), nacre.sweep(self.folder / "sweep.toml", self.folder / "here.h5")
        for name, result in {"passing": passing, "kept": kept}.items():
            nacre.report(result, self.folder / f"{name}.html")
            self.assertIn("sizes.mean", (self.folder / f"{name}.html").read_text())
        passing.save(self.folder / "saved.h5")
        numpy.testing.assert_array_equal(nacre.open(self.folder / "saved.h5")["pl_peak"].values, kept["pl_peak"].values)

    def test_one_path_is_a_list_of_one(self):
        (self.folder / "jv.csv").write_text("voltage [V],luminance [cd/m2]\n3,95\n4,700\n")
        for name, measured in {"text": str(self.folder / "jv.csv"), "path": self.folder / "jv.csv", "list": [self.folder / "jv.csv"]}.items():
            nacre.report(self.led, self.folder / f"{name}.html", measured=measured)
            self.assertIn('"jv.csv"', (self.folder / f"{name}.html").read_text(), name)
        (self.folder / "comma.csv").write_text("wavelength [nm];pl\n458;0,5\n")
        with self.assertRaises(nacre.InputError) as caught:
            nacre.report(self.folder / "led.h5", self.folder / "x.html", measured=self.folder / "comma.csv")
        shell = command("report", self.folder / "led.h5", "-o", self.folder / "x.html", "--data", self.folder / "comma.csv")
        self.assertEqual(str(caught.exception), shell.stderr.strip())
        self.assertIn("a decimal point, 0.5", shell.stderr)

    def test_matplotlib_draws_the_standard_figures(self):
        try:
            import matplotlib
        except ImportError:
            self.skipTest("python3-matplotlib is not installed")
        matplotlib.use("Agg")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", nacre.NacreWarning)
            crystals = nacre.run(CASES / "peng2022.toml")
        for axes in (nacre.plot.lamer(crystals), nacre.plot.sizes(crystals), nacre.plot.spectra(crystals), nacre.plot.current_voltage(self.led),
                     nacre.plot.efficiency(self.led), nacre.plot.bands(self.led.with_vacancies)):
            self.assertGreater(len(axes.lines), 0)
            self.assertTrue(axes.get_xlabel())
            axes.figure.canvas.draw()
        self.draws_one_thing(crystals)
        self.draws_what_can_be_told_apart(crystals)

    def draws_one_thing(self, crystals):
        for thing in (crystals["rt"], crystals["rt"].synthesis):
            self.assertEqual(len(nacre.plot.lamer(thing).lines), 2)
        for thing in (self.led.with_vacancies.device, nacre.run(CASES / "led_reference.toml", {"device.bias_step": "0.5 V"})["with_vacancies"]):
            self.assertEqual(len(nacre.plot.bands(thing).lines), 4)
        only = nacre.run(self.folder / "sizes.toml")
        self.assertEqual(len(nacre.plot.sizes(only).lines), 1)
        with self.assertRaisesRegex(ValueError, "one variant; choose one of with_vacancies, without_vacancies"):
            nacre.plot.bands(self.led)
        last = float(self.led.with_vacancies.device.profile_bias[-1])
        self.assertEqual(nacre.plot.bands(self.led.with_vacancies, bias=last).get_legend().get_title().get_text(), f"{last:g} V")
        with self.assertRaisesRegex(ValueError, "no profile at 77 V; there are some at 0, "):
            nacre.plot.bands(self.led.with_vacancies, bias=77)
        with self.assertRaisesRegex(ValueError, "no variant has supersaturation, nucleation_rate of the stage synthesis.*has: device"):
            nacre.plot.lamer(self.led)
        with self.assertRaisesRegex(TypeError, "a Result, a Variant or a Stage, and this is a float"):
            nacre.plot.sizes(5.0)

    def draws_what_can_be_told_apart(self, crystals):
        lines = nacre.plot.spectra(crystals).lines[::2]
        self.assertGreater(len(lines), 8)
        looks = {(line.get_color(), line.get_dash_pattern() if hasattr(line, "get_dash_pattern") else str(line._dash_pattern)) for line in lines}
        self.assertEqual(len(looks), len(lines), "two variants are drawn alike")
        axes = nacre.plot.sizes(crystals)
        low, high = axes.get_xlim()
        self.assertLess(high, 9, "the axis ends where the crystals do")
        for bars in axes.containers:
            self.assertGreater(sum(bar.get_height() > 0 for bar in bars), 5, "bins that show a shape")
        axes = nacre.plot.efficiency(self.led)
        axes.figure.canvas.draw()
        ticks = [label.get_text() for axis in (axes.yaxis,) for label in axis.get_ticklabels(which="both") if label.get_text()]
        self.assertGreaterEqual(len(ticks), 3)
        for text in ticks:
            self.assertGreater(float(text), 0, "plain numbers")
        axes = nacre.plot.current_voltage(self.led)
        low, high = axes.get_ylim()
        self.assertLess(high / low, 1e10)

    # ------------------------------------------------------------ manners

    def test_the_lock_is_free_while_computing(self):
        counted, stop = [0], threading.Event()
        def count():
            while not stop.is_set():
                counted[0] += 1
                time.sleep(0.001)
        other = threading.Thread(target=count)
        other.start()
        before = counted[0]
        nacre.run(CASES / "led_reference.toml")
        during = counted[0] - before
        stop.set()
        other.join()
        self.assertGreater(during, 10, "another thread went on")

    def test_ctrl_c_ends_what_takes_long(self):
        endless = f"nacre.run({str(CASES / 'led_reference.toml')!r}, {{'device.bias_step': '0.1 mV', 'device.nodes': 3000}})"
        for call in (f"nacre.run({str(CASES / 'peng2022.toml')!r})", endless, "nacre.reproduce()"):
            script = textwrap.dedent(f"""
                import sys, warnings
                sys.path.insert(0, {str(PACKAGE)!r})
                import nacre
                warnings.simplefilter("ignore")
                print("begun", flush=True)
                try:
                    while True:
                        {call}
                except KeyboardInterrupt:
                    print("stopped", flush=True)
            """)
            with self.subTest(call):
                child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
                self.assertEqual(child.stdout.readline(), "begun\n")
                time.sleep(0.5)
                child.send_signal(signal.SIGINT)
                out, _ = child.communicate(timeout=60)
                self.assertEqual((child.returncode, out), (0, "stopped\n"))

    def test_what_binding_costs_is_below_a_hundredth_of_a_run(self):
        def least(action, repeats):
            times = []
            for _ in range(repeats):
                before = time.process_time()
                action()
                times.append(time.process_time() - before)
            return min(times)
        from nacre import _nacre
        case = str(CASES / "led_reference.toml")
        computing = least(lambda: _nacre.run(case, [], ""), 5)
        done = _nacre.run(case, [], "")
        handing = least(lambda: nacre.Result.of_run(done), 20)
        print(f"a run takes {1e3 * computing:.0f} ms, its arrays and objects {1e3 * handing:.2f} ms: {100 * handing / computing:.2f} %")
        self.assertLess(handing, 0.01 * computing)

    def test_stubs_name_what_there_is(self):
        stub = (PACKAGE / "nacre" / "__init__.pyi").read_text()
        for function in (one for one in ast.parse(stub).body if isinstance(one, ast.FunctionDef)):
            own = list(inspect.signature(getattr(nacre, function.name)).parameters)
            told = function.args
            self.assertEqual([one.arg for one in (*told.posonlyargs, *told.args, *filter(None, [told.vararg]), *told.kwonlyargs)], own, function.name)
        for described in (one for one in ast.parse(stub).body if isinstance(one, ast.ClassDef)):
            for method in (one for one in described.body if isinstance(one, ast.FunctionDef)):
                self.assertTrue(hasattr(getattr(nacre, described.name), method.name), f"{described.name}.{method.name}")
        for name in nacre.__all__:
            self.assertRegex(stub, rf"\b{re.escape(name)}\b")
        self.assertTrue((PACKAGE / "nacre" / "py.typed").exists())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
