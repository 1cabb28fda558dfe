#!/usr/bin/env python3
"""Builds the manual: every page of docs/ as HTML, with contents, search, and the command line reference that the program gives.

usage: manual.py PATH-TO-NACRE REPOSITORY OUTPUT-FOLDER        needs cmark-gfm, and no network
The pages need no server: open OUTPUT-FOLDER/index.html. Their style and their two scripts are files beside them.
"""
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys

from command_help import block, commands, exit_codes, helps, options, usage

HERE = pathlib.Path(__file__).resolve().parent
REFERENCE = "guide/commands.md"


def code(text):
    return f"`{text}`" if "`" not in text else f"`` {text} ``"


def command_reference(nacre):
    """The page of the command line, in Markdown."""
    lines = ["# Every command", "",
             "What the program says of itself: `nacre --help`, `nacre COMMAND --help`. [How the commands work together](cli.md)."]
    for name, meaning in commands(nacre):
        text = helps(nacre, name)
        lines += ["", f"## {name}", "", meaning, "", "    nacre " + usage(text, name), ""]
        rows = [(what, says.replace("|", r"\|")) for what, says in options(text)]
        if rows:
            lines += ["| | |", "|---|---|", *(f"| {code(what)} | {says} |" for what, says in rows), ""]
        lines += [f"    {line.strip()}" for line in block(text, "Examples")]
    return "\n".join([*lines, "", "## Exit codes", "", exit_codes(helps(nacre)), ""])


def to_html(markdown):
    return subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink"], input=markdown, capture_output=True, text=True, check=True).stdout


def plain(fragment):
    return html.unescape(re.sub(r"<[^>]+>", "", fragment)).strip()


def slug(title):
    """The anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def with_anchors(body):
    """Headings with anchors, and the list of (level, title, anchor)."""
    seen, found = {}, []
    def anchored(match):
        level, inner = match.groups()
        name = slug(plain(inner))
        seen[name] = seen.get(name, -1) + 1
        anchor = name if seen[name] == 0 else f"{name}-{seen[name]}"
        found.append((int(level), plain(inner), anchor))
        return f'<h{level} id="{anchor}">{inner}</h{level}>'
    return re.sub(r"<h([1-4])>(.*?)</h\1>", anchored, body, flags=re.S), found


class Manual:
    def __init__(self, nacre, root, out):
        self.docs, self.root, self.out = root / "docs", root, out
        self.pages = {str(p.relative_to(self.docs)): p.read_text() for p in sorted(self.docs.rglob("*.md"))}
        self.pages[REFERENCE] = command_reference(nacre)
        self.index = []

    def address(self, page):
        return "index.html" if page == "README.md" else page.removesuffix(".md") + ".html"

    def moved(self, page, link):
        """A link of a page as it leads from the page's place in the manual; files outside of docs/ come along."""
        path, hash_, anchor = link.partition("#")
        if not path or re.match(r"[a-z]+:", path):
            return link
        up = "../" * page.count("/")
        target = (self.docs / page).parent.joinpath(path).resolve()
        if target.is_relative_to(self.docs):
            inside = str(target.relative_to(self.docs))
            return up + (self.address(inside) if inside.endswith(".md") else inside) + hash_ + anchor
        copy = self.out / "files" / target.relative_to(self.root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(target, copy)
        return f"{up}files/{target.relative_to(self.root)}"

    def contents(self, page):
        """The list of all pages, as docs/README.md sorts them."""
        up, lines = "../" * page.count("/"), []
        for title, links in re.findall(r"^\*\*(.+?)\*\*\n(.*?)(?=^\*\*|\Z)", self.pages["README.md"], re.M | re.S):
            lines.append(f"<h2>{html.escape(title)}</h2><ul>")
            listed = re.findall(r"\[(.+?)\]\((.+?)\)", links) + [("every command", REFERENCE)] * (title == "Reference")
            for text, link in listed:
                here = ' class="here"' if link == page else ""
                lines.append(f'<li><a{here} href="{up}{self.address(link)}">{html.escape(text)}</a></li>')
            lines.append("</ul>")
        return "\n".join(lines)

    def remember(self, page, body, headings):
        """The page's sections for the search."""
        parts = re.split(r'<h[1-4] id="[^"]*">.*?</h[1-4]>', body, flags=re.S)[1:]
        for (_, title, anchor), text in zip(headings, parts):
            self.index.append({"address": f"{self.address(page)}#{anchor}", "page": headings[0][1], "title": title,
                               "text": " ".join(plain(text).split())})

    def write(self, page):
        body, headings = with_anchors(to_html(re.sub(r"^<!--.*?-->\n", "", self.pages[page], flags=re.M)))
        self.remember(page, body, headings)
        body = re.sub(r'(href|src)="([^"]+)"', lambda m: f'{m[1]}="{html.escape(self.moved(page, html.unescape(m[2])))}"', body)
        body = re.sub(r"<table>.*?</table>", lambda m: f'<div class="wide">{m[0]}</div>', body, flags=re.S)
        inside = "".join(f'<li><a href="#{anchor}">{html.escape(title)}</a></li>' for level, title, anchor in headings if level == 2)
        text = (HERE / "page.html").read_text()
        fills = {"TITLE": html.escape(headings[0][1]), "UP": "../" * page.count("/"), "CONTENTS": self.contents(page),
                 "INSIDE": f"<ul>{inside}</ul>" if inside else "", "BODY": body}
        for name, value in fills.items():
            text = text.replace(f"@{name}@", value)
        file = self.out / self.address(page)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def build(self):
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir(parents=True)
        for page in self.pages:
            self.write(page)
        for name in ("manual.css", "search.js"):
            shutil.copyfile(HERE / name, self.out / name)
        shutil.copytree(self.docs / "pictures", self.out / "pictures")
        (self.out / "sections.js").write_text(f"const sections = {json.dumps(self.index, ensure_ascii=False)};\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    if not shutil.which("cmark-gfm"):
        sys.exit("cmark-gfm is not installed; tools/setup installs it")
    manual = Manual(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve())
    manual.build()
    print(f"{len(manual.pages)} pages: {manual.out}/index.html")
