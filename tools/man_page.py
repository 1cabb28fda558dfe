#!/usr/bin/env python3
"""Writes the manual page of nacre from what the program says of itself: `nacre --help` and `nacre COMMAND --help`.

usage: man_page.py PATH-TO-NACRE VERSION > nacre.1
"""
import re
import subprocess
import sys


def helps(nacre, *command):
    return subprocess.run([nacre, *command, "--help"], capture_output=True, text=True, check=True).stdout


def roff(text):
    """A line of text as roff takes it."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return r"\&" + text if text[:1] in ".'" else text


def block(help_text, title):
    """The lines below a title such as "Options:", up to the next blank line."""
    found = re.search(rf"^{title}:\n(.*?)(?:\n\n|\Z)", help_text, re.M | re.S)
    return found.group(1).rstrip().splitlines() if found else []


def entries(lines):
    """(what, meaning) of lines in two columns; a meaning may go on below its column."""
    list_ = []
    for line in lines:
        found = re.match(r"^  (\S.*?)(?: {2,}(.*))?$", line)
        if found and not line.startswith("    "):
            list_.append([found.group(1), found.group(2) or ""])
        elif list_:
            list_[-1][1] = f"{list_[-1][1]} {line.strip()}".strip()
    return list_


def described(what, meaning):
    return [".TP", f".B {roff(what)}", roff(meaning) or r"\&"]


def command_section(nacre, name, meaning):
    text = helps(nacre, name)
    usage = re.search(r"^Usage: (?:\S*/)?nacre (.*)$", text, re.M)
    lines = [".SS " + roff(usage.group(1) if usage else name), roff(meaning)]
    for title in ("Positionals", "Options"):
        for what, says in entries(block(text, title)):
            if not what.startswith("-h,"):
                lines += described(what, says)
    examples = block(text, "Examples")
    return lines + ([".PP", ".nf", *(roff(line) for line in examples), ".fi"] if examples else [])


def page(nacre, version):
    text = helps(nacre)
    commands = entries(block(text, "Subcommands"))
    lines = [f'.TH NACRE 1 "" "nacre {roff(version)}" "User commands"', ".SH NAME", roff("nacre") + r" \- " + roff(text.splitlines()[0].removeprefix("nacre: ")),
             ".SH SYNOPSIS", r".B nacre [\-\-data DIR] COMMAND [OPTION]...", ".SH OPTIONS"]
    for what, says in entries(block(text, "Options")):
        lines += described(what, says)
    lines.append(".SH COMMANDS")
    for name, meaning in commands:
        lines += command_section(nacre, name, meaning)
    codes = re.search(r"^Exit codes: (.*?)\s*\Z", text, re.M | re.S)
    lines += [".SH EXIT STATUS", roff(" ".join(codes.group(1).split()))] if codes else []
    lines += [".SH ENVIRONMENT", *described("NACRE_DATA", "Folders of data, separated by colons, searched after that of --data and before the installed ones."),
              ".SH SEE ALSO", roff("Guides, theory and the layout of result files are in share/doc/nacre/docs.")]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page(sys.argv[1], sys.argv[2]))
