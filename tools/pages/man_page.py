#!/usr/bin/env python3
"""Writes the manual page of nacre from what the program says of itself: `nacre --help` and `nacre COMMAND --help`.

usage: man_page.py PATH-TO-NACRE VERSION > nacre.1
"""
import sys

from command_help import block, commands, entries, exit_codes, helps, options, usage


FILES = [("share/nacre/cases/NAME.toml", "Cases that come with nacre; `nacre run NAME` finds them. Copy one to change it."),
         ("share/nacre/sweeps, share/nacre/fits, share/nacre/designs", "Ready sweeps, fits and designs."),
         ("share/nacre/targets", "What the papers measured, for `nacre reproduce`."),
         ("share/nacre/data", "Data of materials, with the source of each number."),
         ("share/doc/nacre", "The manual: guides, theory, formats.")]


def roff(text):
    """A line of text as roff takes it."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return r"\&" + text if text[:1] in ".'" else text


def described(what, meaning):
    return [".TP", f".B {roff(what)}", roff(meaning) or r"\&"]


def command_section(nacre, name, meaning):
    text = helps(nacre, name)
    lines = [".SS " + roff(usage(text, name)), roff(meaning)]
    for what, says in options(text):
        lines += described(what, says)
    examples = block(text, "Examples")
    return lines + ([".PP", ".nf", *(roff(line) for line in examples), ".fi"] if examples else [])


def page(nacre, version):
    text = helps(nacre)
    lines = [f'.TH NACRE 1 "" "nacre {roff(version)}" "User commands"', ".SH NAME", roff("nacre") + r" \- " + roff(text.splitlines()[0].removeprefix("nacre: ")),
             ".SH SYNOPSIS", r".B nacre [\-\-data DIR] COMMAND [OPTION]...", ".SH OPTIONS"]
    for what, says in entries(block(text, "Options")):
        lines += described(what, says)
    lines.append(".SH COMMANDS")
    for name, meaning in commands(nacre):
        lines += command_section(nacre, name, meaning)
    lines += [".SH EXIT STATUS", roff(exit_codes(text))]
    lines += [".SH ENVIRONMENT", *described("NACRE_DATA", "Folders of data, separated by colons, searched after that of --data and before the installed ones."),
              ".SH FILES", *(line for what, meaning in FILES for line in described(what, meaning)),
              ".SH SEE ALSO", roff("Guides, theory and the layout of result files are in share/doc/nacre/docs.")]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page(sys.argv[1], sys.argv[2]))
