#!/usr/bin/env python3
"""Checks the numbers that come with nacre: models/data and scenarios/targets. Needs Python's standard library alone.

usage: check_data.py [REPOSITORY-ROOT]
Every datum has value, unit, sigma, basis, source and note; its basis is measured, fitted or assumed; its source is in
sources.bib; a fitted one names targets or reference tables that exist, and one constant in several files is one number.
Every target is complete, has an id of its own and says how it is computed or what it awaits; every variant that it
names is in its case. Prints a line a defect; exit code 1 when there is one.
"""
import pathlib
import re
import sys

try:
    import tomllib
except ImportError:  # before Python 3.11
    print("check_data.py: skipped, it needs Python 3.11 or newer (tomllib)")
    sys.exit(77)

NUMBER = (int, float)
TARGETS = 91  # of the five papers


def number(value):
    return isinstance(value, NUMBER) and not isinstance(value, bool) and value == value and abs(value) != float("inf")


KEYS = {"id", "paper", "value", "unit", "band", "kind", "source", "note", "from", "chain", "between", "awaits",
        "stands_for", "known_miss"}


class Check:
    def __init__(self, root):
        self.root = root
        self.defects = []
        self.data = 0
        # scalars have no axes; a test holds this page to what the program says
        formats = (root / "docs/formats.md").read_text(encoding="utf-8")
        self.outputs = set(re.findall(r"^\| \w+ \| `(\w+)` \|  \|", formats, re.MULTILINE))
        bib = (root / "models/data/sources.bib").read_text(encoding="utf-8")
        keys = re.findall(r"^@\w+\{([^,\s]+),", bib, re.MULTILINE)
        self.sources = set(keys)
        for key in sorted({k for k in keys if keys.count(k) > 1}):
            self.defect("models/data/sources.bib", f"{key} appears twice")
        self.references = {p.stem for p in (root / "models/data/reference").glob("*.csv")}
        self.targets = {}
        self.twins = {}

    def defect(self, where, what):
        self.defects.append(f"{where}: {what}")

    def load(self, path):
        name = path.relative_to(self.root)
        try:
            return name, tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.defect(name, f"is not TOML: {error}")
            return name, {}

    def fitted_to(self, where, record):
        names = record.get("fitted_to", [])
        if not names:
            self.defect(where, "is fitted but names nothing in fitted_to")
        for name in names:
            target, _, entry = name.partition("[")
            value = self.targets.get(target, {}).get("value")
            if entry and not (isinstance(value, list) and entry[:-1].isdigit() and int(entry[:-1]) < len(value)):
                self.defect(where, f"is fitted to {name}, an entry that the target does not have")
            elif target not in self.targets and name not in self.references:
                self.defect(where, f"is fitted to {name}, neither a target nor a table of models/data/reference")

    def datum(self, where, d):
        self.data += 1
        for key in sorted(set(d) - {"value", "unit", "sigma", "basis", "source", "fitted_to", "note"}):
            self.defect(where, f"has an unknown key {key}")
        if not number(d.get("value")):
            self.defect(where, f"value is {d.get('value')!r}, expected a number")
        for key in ("unit", "source", "note"):
            if not isinstance(d.get(key), str) or not d[key].strip():
                self.defect(where, f"lacks {key}")
        if d.get("basis") not in ("measured", "fitted", "assumed"):
            self.defect(where, f"basis is {d.get('basis')!r}, expected measured, fitted or assumed")
        if "source" in d and d["source"] not in self.sources:
            self.defect(where, f"source {d['source']!r} is not in sources.bib")
        if d.get("basis") == "fitted":
            self.fitted_to(where, d)
        elif "fitted_to" in d:
            self.defect(where, "has fitted_to but is not fitted")
        self.sigma(where, d)

    def sigma(self, where, d):
        if "sigma" in d:
            if not number(d["sigma"]) or d["sigma"] < 0:
                self.defect(where, f"sigma is {d['sigma']!r}, expected a number, zero or more")
        elif d.get("basis") != "fitted" or "uncertainty" not in d.get("note", "").lower():
            self.defect(where, "lacks sigma (only a fitted datum may, when its note tells of its uncertainty)")

    def twin(self, where, name, record):
        """One constant in two places is one number: of one name and fitted to the same, it has one value."""
        if record.get("basis", "fitted") != "fitted":
            return
        key = (name, tuple(sorted(record.get("fitted_to", []))))
        number = (record.get("value"), record.get("sigma"), record.get("unit"))
        first, known = self.twins.setdefault(key, (where, number))
        if known != number and first.split(" ")[0] != where.split(" ")[0]:   # two models in one case are two fits
            self.defect(where, f"is fitted to what {first} is fitted to, and holds another number: {number} for {known}")

    def data_files(self):
        files = sorted((self.root / "models/data").rglob("*.toml"))
        if not files:
            self.defect("models/data", "holds no data")
        for path in files:
            name, document = self.load(path)
            if document.get("schema") != 1:
                self.defect(name, "lacks schema = 1")
            tables = {k: v for k, v in document.items() if isinstance(v, dict)}
            if not tables:
                self.defect(name, "holds no datum")
            for key, datum in tables.items():
                self.datum(f"{name} [{key}]", datum)
                if path.parent.name != "kinetics":  # two documented sets that the same fit finds
                    self.twin(f"{name} [{key}]", key, datum)

    def target_files(self):
        for path in sorted((self.root / "scenarios/targets").glob("*.toml")):
            name, document = self.load(path)
            case = self.load(self.root / "scenarios/cases" / path.name)[1]
            for t in document.get("target", []):
                where = f"{name} {t.get('id', '(a target without id)')}"
                if t.get("id") in self.targets:
                    self.defect(where, "appears twice")
                self.targets[t.get("id")] = t
                self.target(where, path.stem, t, case)
        if len(self.targets) != TARGETS:
            self.defect("scenarios/targets", f"{len(self.targets)} targets where {TARGETS} were expected")

    def target(self, where, paper, t, case):
        for key in sorted(set(t) - KEYS):
            self.defect(where, f"has an unknown key {key}")
        for key in ("id", "paper", "value", "unit", "kind", "source"):
            if key not in t:
                self.defect(where, f"lacks {key}")
        if t.get("paper") != paper or not str(t.get("id")).startswith(paper + "."):
            self.defect(where, f"does not belong to {paper}")
        if paper not in self.sources:
            self.defect(where, f"{paper} is not in sources.bib")
        if t.get("kind") not in ("predict", "calibrate", "order", "ratio"):
            self.defect(where, f"kind is {t.get('kind')!r}")
        if t.get("kind") != "order" and not (number(t.get("band")) and t["band"] > 0):
            self.defect(where, f"band is {t.get('band')!r}")
        if ("from" in t) == ("awaits" in t):
            self.defect(where, "needs either from or awaits")
        if "from" in t:
            self.expressions(where, t, "from", case)
        if "chain" in t:
            if "from" not in t:
                self.defect(where, "has chain but not from")
            self.expressions(where, t, "chain", case)

    def expressions(self, where, t, key, case):
        entries = len(t["value"]) if isinstance(t["value"], list) else 1
        if len(t[key]) != entries:
            self.defect(where, f"{key} has {len(t[key])} entries for {entries} values")
        for expression in t[key]:
            for term in expression.split(" - "):
                variant, _, output = term.partition(".")
                if variant not in case.get("variant", {}):
                    self.defect(where, f"{term}: the case has no variant {variant}")
                if output not in self.outputs:
                    self.defect(where, f"{term}: {output} is not an output")

    def fitted_in_cases(self):
        for path in sorted((self.root / "scenarios/cases").glob("*.toml")):
            name, document = self.load(path)
            for key, record in document.get("fitted", {}).items():
                where = f"{name} [fitted.{key}]"
                for field in ("key", "value", "unit", "note"):
                    if field not in record:
                        self.defect(where, f"lacks {field}")
                self.fitted_to(where, record)
                self.twin(where, record.get("key", "").rpartition(".")[2], record)
                if not self.reaches(document, record.get("key", "")):
                    self.defect(where, f"key {record.get('key')!r} is not in the case")

    @staticmethod
    def reaches(document, key):
        here = document
        for part in key.split("."):
            if isinstance(here, list):   # of tables
                here = dict(zip(map(str, range(len(here))), here))
            if not isinstance(here, dict) or part not in here:
                return False
            here = here[part]
        return True


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent)
    check = Check(root)
    check.target_files()
    check.data_files()
    check.fitted_in_cases()
    for line in check.defects:
        print(line)
    counts = f"{check.data} data, {len(check.targets)} targets, {len(check.sources)} sources"
    print(f"{counts}: {len(check.defects)} defects")
    return 1 if check.defects else 0


if __name__ == "__main__":
    sys.exit(main())
