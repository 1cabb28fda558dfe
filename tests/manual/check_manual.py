#!/usr/bin/env python3
"""The manual keeps up with the program: every command stands in the guide, in the man page and, with every option, in the HTML
manual; every page is listed; every link leads to a file, and in the HTML manual to its heading.

usage: check_manual.py PATH-TO-NACRE REPOSITORY
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
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
        page = subprocess.run([sys.executable, "-B", ROOT / "tools/pages/man_page.py", NACRE, "0"], capture_output=True, text=True, check=True).stdout
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
            prose = re.sub(r"^```.*?^```$|^    .*?$", "", page.read_text(), flags=re.M | re.S)
            for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose):
                if not re.match(r"[a-z]+:", link):
                    self.assertTrue((page.parent / link).exists(), f"{page.relative_to(ROOT)}: {link}")

    def test_every_page_is_listed(self):
        listed = (ROOT / "docs/README.md").read_text() + (ROOT / "docs/decisions/README.md").read_text().replace("](", "](decisions/")
        for page in (ROOT / "docs").rglob("*.md"):
            if page.name != "README.md":
                self.assertIn(f"]({page.relative_to(ROOT / 'docs')})", listed)

    def test_paths_that_pages_name_are_there(self):
        for page in (ROOT / "docs").rglob("*.md"):
            for path in re.findall(r"`((?:engine|models|scenarios|tools|tests)/[\w./-]+\.\w+)`", page.read_text()):
                if not re.search(r"NAME|PAPER|my-", path):
                    self.assertTrue((ROOT / path).exists(), f"{page.relative_to(ROOT)}: {path}")


@unittest.skipUnless(shutil.which("cmark-gfm"), "cmark-gfm is not installed; tools/setup installs it")
class Html(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.out = pathlib.Path(folder.name) / "manual"
        subprocess.run([sys.executable, "-B", ROOT / "tools/pages/manual.py", NACRE, ROOT, cls.out], check=True, stdout=subprocess.DEVNULL)
        cls.pages = {page: page.read_text() for page in cls.out.rglob("*.html")}

    def test_every_page_is_there_with_contents_and_tables(self):
        for source in (ROOT / "docs").rglob("*.md"):
            name = source.relative_to(ROOT / "docs").with_suffix(".html")
            page = self.pages[self.out / ("index.html" if str(name) == "README.html" else name)]
            self.assertIn("<nav", page)
            self.assertIn("tutorial.html", page)
            text = re.sub(r"<pre>.*?</pre>|<code>.*?</code>", "", page, flags=re.S)
            self.assertNotRegex(text, r"\|---|^\s*[-*] |\]\(|```|@[A-Z]+@", f"{name}: Markdown that was not understood")

    def test_links_lead_to_pages_and_headings_and_nowhere_else(self):
        for page, text in self.pages.items():
            self.assertIn("default-src 'none'", text)
            for link in re.findall(r'(?:href|src)="([^"]+)"', text):
                if link.startswith("https:"):
                    continue
                path, _, anchor = link.partition("#")
                target = (page.parent / path).resolve() if path else page
                self.assertTrue(target.is_file(), f"{page.relative_to(self.out)}: {link}")
                if anchor:
                    self.assertIn(f'id="{anchor}"', target.read_text(), f"{page.relative_to(self.out)}: {link}")

    def test_the_reference_holds_every_command_and_option(self):
        page = re.sub(r"<[^>]+>", "", self.pages[self.out / "guide/commands.html"])
        for command in commands():
            said = subprocess.run([NACRE, command, "--help"], capture_output=True, text=True, check=True).stdout
            options = re.findall(r"--[a-z][a-z-]*", said.split("Options:")[1].split("Examples:")[0]) if "Options:" in said else []
            section = re.search(rf"^{command}$.*?(?=^\w+$|\Z)", page, re.M | re.S).group(0)
            for option in set(options) - {"--help"}:
                self.assertIn(option, section, f"{command} {option}")

    def test_the_search_knows_every_page(self):
        index = (self.out / "sections.js").read_text()
        for page in self.pages:
            self.assertIn(f'"{page.relative_to(self.out)}#', index)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
