#!/usr/bin/env python3
"""The README keeps its word: its counts are those of `nacre reproduce`, and so are the numbers and verdicts of its table and of that in the guide.

usage: check_readme.py PATH-TO-NACRE REPOSITORY
A row of the table names its targets in a comment at its end.
"""
import json
import pathlib
import re
import subprocess
import sys
import unittest

NACRE, ROOT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
ROW = re.compile(r"^\|([^|\n]*)\|([^|\n]*)\|([^|\n]*)\|([^|\n]*)\|([^|\n]*)<!-- (.*?) --> \|$", re.M)


def flat(value):
    return [] if value is None else [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, (int, float))]


def stands_for(text, values):
    """Whether a printed number is one of the values, rounded as it is printed."""
    decimals = len(text.partition(".")[2])
    return any(abs(float(text) - value) <= 0.5 * 10**-decimals * (1 + 1e-9) for value in values)


class Readme(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = subprocess.run([NACRE, "reproduce", "--json"], capture_output=True, text=True, check=True)
        cls.targets = {target["id"]: target for target in json.loads(done.stdout)["targets"]}
        cls.text = (ROOT / "README.md").read_text()

    def test_counts(self):
        of = lambda fitted: [t for t in self.targets.values() if t["verdict"] != "missing" and t["used_in_fit"] == fitted]
        within = lambda list_: sum(t["verdict"] == "within" for t in list_)
        said = " ".join(self.text.split())
        for sentence in (f"Of the {len(self.targets)} targets, {len(of(True)) + len(of(False))} can be computed so far",
                         f"predicted: {within(of(False))} of {len(of(False))} within", f"fitted: {within(of(True))} of {len(of(True))} within"):
            self.assertIn(sentence, said, "README.md must say so now")

    def test_rows(self):
        self.check_rows(self.text, 8)
        self.check_rows((ROOT / "docs/guide/reproduce.md").read_text(), 12)

    def check_rows(self, text, least):
        rows = [[cell.strip() for cell in row] for row in ROW.findall(text)]
        self.assertGreaterEqual(len(rows), least)
        for quantity, *cells, verdict, ids in rows:
            targets = [self.targets[name] for name in ids.split()]
            for cell, column in zip(cells, ("measured", "a_priori", "calibrated")):
                values = [value for target in targets for value in flat(target[column])]
                for number in re.findall(r"-?\d+(?:\.\d+)?", cell.partition(" (")[0] if column == "calibrated" else cell):
                    self.assertTrue(stands_for(number, values), f"{quantity}: {column} {number}, nacre reproduce has {values}")
                self.assertTrue(cell or column != "measured", quantity)
            words = {"within": "within", "outside": "outside"}
            verdicts = {target["verdict"] for target in targets if not target["used_in_fit"]}
            for word in words:
                self.assertEqual(word in verdict, word in verdicts, f"{quantity}: the verdict says {verdict!r}, nacre reproduce {sorted(verdicts)}")
            self.assertEqual("fitted" in verdict, any(target["used_in_fit"] for target in targets), f"{quantity}: {verdict!r}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
