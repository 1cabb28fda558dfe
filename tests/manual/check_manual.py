#!/usr/bin/env python3
"""The manual keeps up with the program: every command stands in the guide and in the man page, every link leads to a file.

usage: check_manual.py PATH-TO-NACRE REPOSITORY
"""
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

NACRE, ROOT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])


def commands():
    """The commands that `nacre --help` lists."""
    text = subprocess.run([NACRE, "--help"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^  (\w+) {2,}", text.split("Subcommands:")[1], re.M)


class Manual(unittest.TestCase):
    def test_every_command_stands_in_the_guide(self):
        guide = (ROOT / "docs/guide/cli.md").read_text().split("```")[1]
        self.assertIn("run", commands())
        for command in commands():
            self.assertRegex(guide, rf"\b{command}\b", f"{command} in docs/guide/cli.md")

    def test_the_man_page_holds_every_command_and_formats_without_a_warning(self):
        page = subprocess.run([sys.executable, ROOT / "tools/man_page.py", NACRE, "0"], capture_output=True, text=True, check=True).stdout
        for command in commands():
            self.assertRegex(page, rf"(?m)^\.SS {command}\b")
        for part in (".SH NAME", r"\-\-shard", "no space left", "NACRE_DATA", ".nf"):
            self.assertIn(part, page)
        if not shutil.which("groff"):
            self.skipTest("groff is not installed")
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww"], input=page, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_links_lead_to_files(self):
        for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
            for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text()):
                if not re.match(r"[a-z]+:", link):
                    self.assertTrue((page.parent / link).exists(), f"{page.relative_to(ROOT)}: {link}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
