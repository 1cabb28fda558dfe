#!/usr/bin/env python3
"""nacre report: what it writes, how large it is, and what it says to wrong input. No browser. Times are printed, not judged.

usage: test_report.py PATH-TO-NACRE REPOSITORY
"""
import base64
import hashlib
import json
import os
import pathlib
import re
import struct
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from samples import JV, LIFE, PL, TEM, Samples  # noqa: E402

try:
    import h5py
except ImportError as missing:
    print(f"skipped: {missing}; tools/setup installs it")
    sys.exit(77)

NACRE, ROOT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])


def data_of(page):
    """The document in a page."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text(), re.S)
    return json.loads(found.group(1))


def processor_seconds(action):
    """Processor time of the program in an action, the least of two: the machine may be busy with other things."""
    least = float("inf")
    for _ in range(2):
        before = os.times()
        action()
        after = os.times()
        least = min(least, after.children_user + after.children_system - before.children_user - before.children_system)
    return least


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.samples = Samples(NACRE, ROOT, folder.name)
        cls.led = cls.samples.case("led_reference", "led.h5")

    def refused(self, *arguments):
        done = self.samples.run("report", *arguments, ok=(2,))
        self.assertEqual(done.stdout, "")
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        return done.stderr

    # ------------------------------------------------------------ what is written

    def test_the_largest_case_gives_a_small_page(self):
        result = self.samples.case("ren2024", "ren2024.h5")
        seconds = processor_seconds(lambda: self.samples.page(result, "ren2024.html"))
        size = self.samples.path("ren2024.html").stat().st_size
        print(f"run: {size / 1e6:.2f} MB in {seconds:.2f} s")
        self.assertLess(size, 3e6)

    def test_ten_thousand_points_give_a_page_below_10_MB(self):
        result = self.samples.sweep("large.h5", means=100, spreads=50)
        seconds = processor_seconds(lambda: self.samples.page(result, "large.html"))
        size = self.samples.path("large.html").stat().st_size
        print(f"sweep of 10 000 points: {size / 1e6:.2f} MB in {seconds:.2f} s")
        self.assertLess(size, 10e6)
        document = data_of(self.samples.path("large.html"))
        self.assertEqual((document["points"], document["ok"], document["failed"]), (10000, 10000, 0))

    def test_a_page_carries_the_numbers_of_its_result(self):
        document = data_of(self.samples.page(self.led, "led.html"))
        self.assertEqual([v["name"] for v in document["variants"]], ["with_vacancies", "without_vacancies", "step_and_hold"])
        with h5py.File(self.led) as file:
            expected = file["with_vacancies/device/bias"][:]
            scalar = file["with_vacancies/device/eqe_max"][()]
        sets = document["variants"][0]["stages"]["device"]["sets"]
        self.assertEqual(len(sets["bias"]["values"]), len(expected))
        for shown, exact in zip(sets["bias"]["values"], expected):
            self.assertAlmostEqual(shown, exact, delta=1e-5 * max(abs(exact), 1e-9))
        self.assertAlmostEqual(sets["eqe_max"]["values"][0], scalar, delta=1e-5 * scalar)

    def test_tables_keep_the_numbers_of_their_rows(self):
        document = data_of(self.samples.page(self.led, "led.html"))
        with h5py.File(self.led) as file:
            exact = file["with_vacancies/device/electroluminescence"][:]
        table = document["variants"][0]["stages"]["device"]["sets"]["electroluminescence"]
        parts = table["values"]["parts"]
        self.assertEqual(len(parts), len(table["rows"]))
        drawn = 0
        for row, part in zip(table["rows"], parts):
            inside = exact[row][table["first_column"]:table["first_column"] + table["columns"]]
            if "all" in part:   # no light
                self.assertEqual(part["count"], table["columns"])
                self.assertTrue((inside == part["all"]).all())
                continue
            codes = struct.unpack(f"<{table['columns']}H", base64.b64decode(part["q16"]))
            shown = [part["low"] + (part["high"] - part["low"]) * code / 65534 for code in codes]
            for number, expected in zip(shown, inside):
                self.assertAlmostEqual(number, expected, delta=2e-5 * exact[row].max())
            drawn += 1
        self.assertGreater(drawn, 30)

    def test_maps_of_many_variants_hold_rows_enough_to_be_read(self):
        document = data_of(self.samples.page(self.samples.case("ren2024", "ren2024.h5"), "ren.html"))
        rows = {len(s["rows"]) for v in document["variants"] for s in [v["stages"]["synthesis"]["sets"]["density"]] if "rows" in s}
        self.assertGreater(min(rows), 24, rows)

    def test_only_chosen_variants_are_shown(self):
        page = self.samples.page(self.led, "one.html", "--variant", "step_and_hold")
        self.assertEqual([v["name"] for v in data_of(page)["variants"]], ["step_and_hold"])

    def test_a_page_asks_for_nothing(self):
        text = self.samples.page(self.led, "alone.html").read_text()
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text).group(1)
        self.assertTrue(policy.startswith("default-src 'none'; script-src 'nonce-"), policy)
        self.assertNotIn("http", policy)
        self.assertNotRegex(text.split("<script")[0], r'src="|href="(?!data:)')

    def test_texts_of_a_result_cannot_become_elements(self):
        case = (ROOT / "scenarios/cases/led_reference.toml").read_text()
        evil = '</script><script>alert(1)</script><img src=x onerror=alert(1)>'
        self.samples.write("evil.toml", re.sub(r'(?m)^title = .*$', f"title = '{evil}'", case, count=1))
        self.samples.run("run", "evil.toml", "-o", "evil.h5")
        text = self.samples.page("evil.h5", "evil.html").read_text()
        self.assertNotIn("<script>alert", text)
        self.assertNotIn("<img src=x", text)
        self.assertEqual(data_of(self.samples.path("evil.html"))["title"], evil)

    def test_measured_tables_come_in_the_units_of_their_figures(self):
        for name, text in {"jv.csv": JV, "pl.csv": PL, "tem.csv": TEM, "life.csv": LIFE}.items():
            self.samples.write(name, text)
        page = self.samples.page(self.led, "over.html", "--data", "jv.csv", "--data", "pl.csv", "--data", "tem.csv", "--data", "life.csv")
        tables = {table["file"]: table for table in data_of(page)["measured"]}
        self.assertEqual({name: table["figure"] for name, table in tables.items()},
                         {"jv.csv": "current-voltage", "pl.csv": "spectra", "tem.csv": "sizes", "life.csv": "ageing"})
        columns = {column["name"]: column["values"] for column in tables["jv.csv"]["columns"]}
        self.assertEqual(columns["current_density"], [0.8, 9.5, 70])
        self.assertEqual(columns["eqe"], [0.14, 0.16, 0.17])

    def test_a_run_that_failed_shows_what_there_is_and_lists_what_failed(self):
        self.samples.run("run", self.samples.cases / "peng2022.toml", "-o", "partly.h5", "--set", 'synthesis.largest_edge="4 nm"', ok=(1,))
        document = data_of(self.samples.page("partly.h5", "partly.html"))
        stages = {variant["name"]: variant["stages"] for variant in document["variants"]}
        self.assertFalse(stages["rt"]["synthesis"]["complete"])
        self.assertIn("largest", stages["rt"]["synthesis"]["message"])
        self.assertTrue(stages["ln"]["synthesis"]["complete"])
        self.assertGreater(len(stages["rt"]["synthesis"]["sets"]), 0)

    def test_plotly_is_the_published_one(self):
        folder = ROOT / "tools/report/plotly"
        for line in (folder / "SHA256SUMS").read_text().splitlines():
            digest, name = line.split()
            self.assertEqual(hashlib.sha256((folder / name).read_bytes()).hexdigest(), digest, name)

    def test_reproduce_gives_a_page_with_and_without_its_curves(self):
        document = self.samples.run("reproduce", "li2022", "-o", "papers", "--json").stdout
        self.assertEqual(json.loads(document)["targets"][0]["source"], "Table 1")
        page = data_of(self.samples.page("papers", "papers.html"))
        self.assertEqual(page["kind"], "reproduction")
        self.assertTrue(page["papers"][0]["calibrated"])
        self.samples.write("bare.json", document)
        (self.samples.path("elsewhere")).mkdir()
        self.samples.path("bare.json").rename(self.samples.path("elsewhere") / "bare.json")
        page = data_of(self.samples.page("elsewhere/bare.json", "bare.html"))
        self.assertEqual(page["document"]["targets"], json.loads(document)["targets"])
        self.assertFalse(page["papers"][0]["calibrated"])

    # ------------------------------------------------------------ wrong input

    def test_files_that_are_not_ours(self):
        self.samples.path("short.h5").write_bytes(self.led.read_bytes()[:5000])
        self.samples.write("text.h5", "hello")
        self.assertIn("short.h5", self.refused("short.h5", "-o", "x.html"))
        self.assertIn("a file of another kind", self.refused("text.h5", "-o", "x.html"))
        self.assertIn("none by this name", self.refused("nothing.h5", "-o", "x.html"))
        with h5py.File(self.samples.path("foreign.h5"), "w") as file:
            file["x"] = 1.0
        self.assertIn("foreign.h5", self.refused("foreign.h5", "-o", "x.html"))
        self.assertFalse(self.samples.path("x.html").exists())

    def test_documents_that_are_not_ours(self):
        for text, says in (('{"targets": [', "no whole JSON document"), ('{"a": 1}', "without targets"),
                           ('{"targets": [{"id": "x"}], "parameters": []}', "number 1, which lacks"), ("{" * 100000, "no whole JSON")):
            self.samples.write("wrong.json", text)
            self.assertIn(says, self.refused("wrong.json", "-o", "x.html"))
        self.assertIn("without targets.json", self.refused(self.samples.folder, "-o", "x.html"))

    def test_a_newer_schema_is_said_to_be_newer(self):
        # Sealed as nacre seals: FNV-1a with 64 bits of all bytes before the last line.
        image = self.led.read_bytes()
        image = image[:image.rindex(b"\nnacre fnv1a64 ")]
        path = self.samples.path("newer.h5")
        path.write_bytes(image)
        with h5py.File(path, "a") as file:
            file.attrs.modify("schema_version", 99)
        value = 14695981039346656037
        image = path.read_bytes()
        for byte in image:
            value = (value ^ byte) * 1099511628211 % 2**64
        path.write_bytes(image + b"\nnacre fnv1a64 %016x\n" % value)
        self.assertIn("a newer nacre wrote this file", self.refused(path, "-o", "x.html"))

    def test_a_variant_that_is_not_there(self):
        said = self.refused(self.led, "-o", "x.html", "--variant", "warm")
        self.assertIn('"warm"', said)
        self.assertIn("with_vacancies, without_vacancies, step_and_hold", said)

    def test_measured_tables_that_cannot_be_understood(self):
        for text, says in (("voltage [nm],luminance [cd/m2]\n1,2\n", "expected a voltage"), ("voltage,luminance [cd/m2]\n1,2\n", "no unit"),
                           ("charge [C],luminance [cd/m2]\n1,2\n", "a column"), ("voltage [V],luminance [cd/m2]\n1,x\n", "wrong.csv:2"),
                           ("voltage [V],luminance [cd/m2]\n1\n", "1 columns"), ("voltage [V]\n1\n", "no figure"), ("", "no rows"),
                           ("voltage [V],bias [V]\n1,1\n", "twice"), ("size [nm],count\n", "no rows"),
                           ("wavelength [nm];pl\n458;0,5\n", 'read "0,5", expected a decimal point, 0.5'),
                           ("wavelength [nm],pl\n458,0,0,5\n", "read 4 columns, expected 2; where these are decimal commas, write points"), ("size [nm]\nnan\n", "expected a number"),
                           ("size [\xff]\n1\n", "wrong.csv")):
            self.samples.path("wrong.csv").write_bytes(text.encode("latin-1"))
            self.assertIn(says, self.refused(self.led, "-o", "x.html", "--data", "wrong.csv"))

    def test_places_that_cannot_be_written(self):
        self.assertIn("/nowhere", self.refused(self.led, "-o", "/nowhere/x.html"))
        self.assertIn("the file that is to be shown", self.refused(self.led, "-o", self.led))
        self.assertIn("--output is required", self.refused(self.led))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
