#!/usr/bin/env python3
"""Runs the examples of README.md and docs/: what a reader is told to type works, and says what the page says.

usage: run_examples.py PATH-TO-NACRE REPOSITORY FOLDER-OF-THE-PYTHON-PACKAGE [PAGE...]
A comment on a line of its own marks the block of code that follows it:
    <!-- file: NAME -->      the block is written to the file NAME (with `append`: added to it)
    <!-- run -->             the block is run: by bash -e, or by Debian's Python where the block is Python; C++ is compiled
    <!-- run: exit N -->     the same, and N is its exit code
    <!-- in: STAGES -->      the block, laid over the case that `nacre new STAGES` writes, is one that `nacre check` accepts: a layer of the block changes
                             the layer of its material, other tables of lists come after those of the case
    <!-- says -->            every line of the block stands in what the last block that ran said ("..." stands for anything)
The blocks of a page run one after the other in one folder, in which `scenarios` and `models` are those of the repository.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import unittest

NACRE, ROOT, PACKAGE = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
BLOCK = re.compile(r"^<!-- (file|run|says|in)(?:: (.*?))? -->\n(?:```(\w*)\n(.*?)^```$|((?:    .*\n|\n)+))", re.M | re.S)
# Pages that would be of no use if their examples were not run.
WITH_EXAMPLES = ("README.md", "docs/guide/tutorial.md", "docs/guide/first-case.md", "docs/guide/python.md", "docs/guide/errors.md",
                 *(f"docs/guide/add-a-{what}.md" for what in ("material", "layer", "rate-law")), "docs/guide/slurm.md",
                 "docs/guide/results-in-python.md", "docs/guide/fit-a-parameter.md")


def with_module():
    return (PACKAGE / "nacre").is_dir()


def laid_over(case, block):
    """A table of TOML with another one laid over it."""
    if isinstance(case, dict) and isinstance(block, dict):
        return case | {key: laid_over(case[key], value) if key in case else value for key, value in block.items()}
    if not (isinstance(case, list) and isinstance(block, list) and all(isinstance(one, dict) for one in block)):
        return block
    changed = {one["material"]: one for one in block if "material" in one}
    known = {one.get("material") for one in case}
    return [laid_over(one, changed.get(one.get("material"), {})) for one in case] + [one for one in block if one.get("material") not in known - {None}]


def toml(value):
    """A value as TOML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {toml(one)}' for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else '"' + value + '"' if isinstance(value, str) else repr(value)


class Page:
    """A page's blocks, run in a folder of their own."""

    def __init__(self, test, path, folder):
        self.test, self.path, self.folder, self.said = test, path, folder, ""
        for name in ("scenarios", "models", "engine"):
            (folder / name).symlink_to(ROOT / name)
        self.environment = {k: v for k, v in os.environ.items() if k != "NACRE_DATA"} | {
            "PATH": f"{NACRE.parent}:{os.environ['PATH']}", "PYTHONPATH": str(PACKAGE), "MPLBACKEND": "Agg", "HOME": str(folder)}

    def file(self, what, _, body):
        name, _, how = what.partition(" ")
        with open(self.folder / name, "a" if how == "append" else "w") as file:
            file.write(body)

    def run(self, what, language, body):
        if language == "python" and not with_module():
            self.said = None
            return
        command = {"python": ["/usr/bin/python3", "-c", body], "cpp": ["g++", "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", f"-I{ROOT}", "-I/usr/include/eigen3", "-xc++", "-"]}
        done = subprocess.run(command.get(language, ["bash", "-euo", "pipefail", "-c", body]), cwd=self.folder, env=self.environment,
                              input=body if language == "cpp" else "", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said = done.stdout
        wanted = int(what.removeprefix("exit ")) if what else 0
        self.test.assertEqual(done.returncode, wanted, f"{self.path}:\n{body}\n{done.stdout}")

    def in_(self, stages, _, body):
        said = subprocess.run([NACRE, "new", *stages.split()], capture_output=True, text=True, check=True).stdout
        case = laid_over(tomllib.loads(said), tomllib.loads(body))
        (self.folder / "whole.toml").write_text("\n".join(f'{key} = {toml(value)}' for key, value in case.items()) + "\n")
        self.run("", "", "nacre check whole.toml")

    def says(self, _, __, body):
        if self.said is None:
            return
        said = " ".join(self.said.split())
        for line in filter(None, (" ".join(line.split()) for line in body.splitlines())):
            pattern = ".*?".join(map(re.escape, re.split(r" ?\.\.\. ?", line)))
            self.test.assertRegex(said, pattern, f"{self.path}")


class Examples(unittest.TestCase):
    def check(self, page):
        blocks = BLOCK.findall((ROOT / page).read_text())
        marks = re.findall(r"^<!-- (?:file|run|says|in)\b", (ROOT / page).read_text(), re.M)
        self.assertEqual(len(blocks), len(marks), f"{page}: a mark without a block of code below it")
        if page in WITH_EXAMPLES:
            self.assertIn("run", [block[0] for block in blocks], f"{page} runs nothing")
        if not blocks:
            return
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="nacre-examples-") as name:
            runner = Page(self, page, pathlib.Path(name))
            for mark, what, language, fenced, indented in blocks:
                getattr(runner, "in_" if mark == "in" else mark)(what, language, fenced or indented)
        print(f"{page}: {len(blocks)} blocks, {time.monotonic() - began:.1f} s", flush=True)

    def test_pages(self):
        for page in WITH_EXAMPLES:
            self.assertTrue((ROOT / page).exists(), page)
        asked = sys.argv[4:]
        for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
            page = str(path.relative_to(ROOT))
            if asked and page not in asked:
                continue
            with self.subTest(page):
                self.check(page)


if __name__ == "__main__":
    if not with_module():
        print("the Python module is not built (NACRE_BUILD_PYTHON): its examples are left out")
    unittest.main(argv=sys.argv[:1])
