"""What the program says of itself: `nacre --help` and `nacre COMMAND --help`, taken apart."""
import re
import subprocess


def helps(nacre, *command):
    return subprocess.run([nacre, *command, "--help"], capture_output=True, text=True, check=True).stdout


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


def commands(nacre):
    """(name, meaning) of every command."""
    return entries(block(helps(nacre), "Subcommands"))


def usage(help_text, name):
    """The line of usage without the program's own path."""
    found = re.search(r"^Usage: (?:\S*/)?nacre (.*)$", help_text, re.M)
    return found.group(1) if found else name


def options(help_text):
    """(what, meaning) of arguments and options, without --help."""
    both = entries(block(help_text, "Positionals")) + entries(block(help_text, "Options"))
    return [entry for entry in both if not entry[0].startswith("-h,")]


def exit_codes(help_text):
    found = re.search(r"^Exit codes: (.*?)\s*\Z", help_text, re.M | re.S)
    return " ".join(found.group(1).split()) if found else ""
