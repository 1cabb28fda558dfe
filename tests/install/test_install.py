#!/usr/bin/env python3
"""Installs a finished build, moves the installation, uses it from an outside project and runs the installed program.

usage: test_install.py --cmake CMAKE --build BUILD-FOLDER --source REPOSITORY
The program must find its data beside itself: where the kernel allows it (user namespaces), it runs with the repository hidden.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PAPERS = ("peng2022", "yang2020", "ren2024", "ye2022", "li2022")


def run(*command, ok=(0,), **options):
    """Runs a command; ends the test with its output when the exit code is not one of `ok`."""
    command = [str(part) for part in command]
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode not in ok:
        sys.exit(f"{' '.join(command)}\nexit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def expect(condition, sentence):
    if not condition:
        sys.exit(f"FAILED: {sentence}")
    print(f"ok: {sentence}")


def installed(arguments, folder):
    """Installs below `folder` and moves the result elsewhere, so that no path of the installation can have been compiled in."""
    first = folder / "first"
    run(arguments.cmake, "--install", arguments.build, "--prefix", first)
    prefix = folder / "home" / ".local"
    prefix.parent.mkdir()
    first.rename(prefix)
    return prefix


def check_files(prefix):
    expect((prefix / "bin" / "nacre").is_file(), "bin/nacre is installed")
    share = prefix / "share" / "nacre"
    for paper in PAPERS:
        expect((share / "cases" / f"{paper}.toml").is_file() and (share / "targets" / f"{paper}.toml").is_file(),
               f"case and targets of {paper} are installed")
    expect((share / "fits" / "peng2022_sizing.toml").is_file(), "fits are installed")
    expect(any((share / "data" / "materials").glob("*.toml")), "material data are installed")
    stray = [str(p.relative_to(prefix)) for p in (prefix / "include").rglob("*") if p.is_file() and p.suffix != ".hpp"]
    expect(not stray, f"include/ holds headers only {stray}")
    expect(".SS run" in (prefix / "share" / "man" / "man1" / "nacre.1").read_text(), "the manual page is installed")


def check_consumer(arguments, prefix, folder):
    """Builds tests/install/consumer, with one more file that includes every installed header."""
    project = folder / "consumer"
    shutil.copytree(pathlib.Path(__file__).parent / "consumer", project)
    root = prefix / "include" / "nacre"
    headers = sorted(p.relative_to(root).as_posix() for p in root.rglob("*.hpp"))
    (project / "all_headers.cpp").write_text("".join(f'#include "{header}"\n' for header in headers))
    with open(project / "CMakeLists.txt", "a") as script:
        script.write("target_sources(consumer PRIVATE all_headers.cpp)\n")
    build = folder / "consumer-build"
    run(arguments.cmake, "-S", project, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", f"-DCMAKE_PREFIX_PATH={prefix}")
    run(arguments.cmake, "--build", build)
    said = run(build / "consumer", folder / "consumer.h5")
    expect(said == "190 K, CsPb(I0.67Br0.33)3\n", f"an outside project links all layers and {len(headers)} headers")


def hiding(source):
    """A command prefix under which the repository is an empty folder; None where the kernel does not allow that."""
    script = 'mount -t tmpfs none "$0" && exec "$@"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, str(source)]
    try:
        allowed = subprocess.run([*command, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        allowed = False
    return command if allowed else None


def check_python(arguments, prefix, folder):
    """What the guide promises: below ~/.local, Debian's Python finds the module, and the module its cases and data, without more ado."""
    if not (arguments.build / "tools" / "python" / "nacre").is_dir():
        print("the Python module is not built (NACRE_BUILD_PYTHON)")
        return
    environment = {k: v for k, v in os.environ.items() if k not in ("NACRE_DATA", "PYTHONPATH", "PYTHONHOME")} | {"HOME": str(prefix.parent)}
    said = run(*(hiding(arguments.source) or []), "/usr/bin/python3", "-c", "import nacre; print(nacre.__file__); print(nacre.run('peng2022'))",
               cwd=folder, env=environment)
    expect(said.startswith(str(prefix)) and "pl_peak" in said, "import nacre runs an installed case")


def check_program(arguments, prefix, folder):
    """Runs the installed program away from the repository, with nothing in the environment that points to data."""
    hidden = hiding(arguments.source)
    print("the repository is hidden from the program" if hidden else "the repository cannot be hidden here (no user namespaces)")
    environment = {k: v for k, v in os.environ.items() if k != "NACRE_DATA"}
    options = {"cwd": folder, "env": environment}
    nacre = [*(hidden or []), prefix / "bin" / "nacre"]

    said = run(*nacre, "materials", "CsPbI3", **options)
    expect(str(prefix / "share" / "nacre") in said, "nacre materials names the installed file")
    case = prefix / "share" / "nacre" / "cases" / "peng2022.toml"
    run(*nacre, "check", case, **options)
    run(*nacre, "run", case, "-o", folder / "out.h5", **options)
    expect((folder / "out.h5").read_bytes()[:4] == b"\x89HDF", "nacre run writes a result")
    document = json.loads(run(*nacre, "reproduce", "--json", **options))
    expect({t["paper"] for t in document["targets"]} == set(PAPERS), "nacre reproduce knows the five papers")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("cmake", "build", "source"):
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nacre-install-") as name:
        folder = pathlib.Path(name).resolve()
        prefix = installed(arguments, folder)
        check_files(prefix)
        check_consumer(arguments, prefix, folder)
        check_program(arguments, prefix, folder)
        check_python(arguments, prefix, folder)


if __name__ == "__main__":
    main()
