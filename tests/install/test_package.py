#!/usr/bin/env python3
"""Makes the Debian package of a finished build, unpacks it without root, and uses what is in it.

usage: test_package.py --cpack CPACK --build BUILD-FOLDER --source REPOSITORY
"""
import argparse
import gzip
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from test_install import PAPERS, expect, hiding, run


def fields(package):
    """What the package says of itself, {field: text}."""
    lines = run("dpkg-deb", "-f", package).splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line and not line.startswith(" "))


def check_fields(package, with_python):
    said = fields(package)
    expect(said["Package"] == "nacre" and said["Architecture"] == run("dpkg", "--print-architecture").strip(), "the package says what it is")
    names = [part.split()[0] for part in said["Depends"].split(", ")]
    wanted = ["libc6", "libhdf5", "libtbb", "libfmt", "libnlopt"] + ["python3-numpy"] * with_python
    missing = [name for name in wanted if not any(known.startswith(name) for known in names)]
    expect(not missing, f"it depends on the libraries that the program needs {missing}")


def check_installable(package):
    """Whether apt would install it here, with all that it depends on; nothing is changed."""
    done = subprocess.run(["apt-get", "--simulate", "install", str(package)], capture_output=True, text=True)
    if done.returncode and "Unable to locate" not in done.stderr and "unmet dependencies" not in done.stdout + done.stderr:
        print(f"apt cannot be asked here: {done.stderr.strip()}")
        return
    expect(done.returncode == 0, f"apt would install it {done.stdout[-2000:] + done.stderr[-2000:] if done.returncode else ''}")


def check_files(root):
    share = root / "usr" / "share"
    page = next((share / "man" / "man1").glob("nacre.1*"), None)
    expect(page is not None, "it holds the manual page")
    text = gzip.decompress(page.read_bytes()) if page.suffix == ".gz" else page.read_bytes()
    expect(b".SS run" in text and b".SS report" in text, "the manual page holds the commands")
    expect(all((share / "nacre" / "cases" / f"{paper}.toml").is_file() for paper in PAPERS), "it holds the papers' cases")
    for part in ("data/materials/CsPbBr3.toml", "data/sources.bib", "sweeps/halide-gate.toml", "fits/peng2022_sizing.toml"):
        expect((share / "nacre" / part).is_file(), f"it holds {part}")
    for part in ("README.md", "LICENSE", "LICENSE.plotly", "docs/README.md", "docs/guide/first-case.md"):
        expect((share / "doc" / "nacre" / part).is_file(), f"it holds {part}")


def check_program(arguments, root, folder):
    environment = {k: v for k, v in os.environ.items() if k not in ("NACRE_DATA", "PYTHONPATH", "PYTHONHOME")}
    options = {"cwd": folder, "env": environment}
    hidden = hiding(arguments.source) or []
    nacre = [*hidden, root / "usr" / "bin" / "nacre"]
    case = root / "usr" / "share" / "nacre" / "cases" / "peng2022.toml"
    run(*nacre, "run", case, "-o", folder / "out.h5", **options)
    run(*nacre, "report", folder / "out.h5", "-o", folder / "out.html", **options)
    expect((folder / "out.html").stat().st_size > 1.5e6, "the program of the package runs a case and draws its page")
    return hidden, options


def check_python(root, hidden, options):
    module = root / "usr" / "lib" / "python3" / "dist-packages"
    options["env"]["PYTHONPATH"] = str(module)
    said = run(*hidden, "/usr/bin/python3", "-c", "import nacre; print(nacre.__file__); print(nacre.run('peng2022'))", **options)
    expect(said.startswith(str(module)) and "pl_peak" in said, "the Python module of the package runs an installed case")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("cpack", "build", "source"):
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    for tool in ("dpkg-deb", "dpkg-shlibdeps"):
        if not shutil.which(tool):
            print(f"skipped: no {tool}; tools/setup installs dpkg-dev")
            sys.exit(77)
    with_python = (arguments.build / "tools" / "python" / "nacre").is_dir()
    with tempfile.TemporaryDirectory(prefix="nacre-package-") as name:
        folder = pathlib.Path(name).resolve()
        run(arguments.cpack, "-G", "DEB", "-B", folder / "made", "--config", arguments.build / "CPackConfig.cmake", cwd=arguments.build)
        package, = (folder / "made").glob("*.deb")
        print(f"{package.name}: {package.stat().st_size / 1e6:.1f} MB")
        check_fields(package, with_python)
        check_installable(package)
        root = folder / "root"
        run("dpkg-deb", "-x", package, root)
        check_files(root)
        hidden, options = check_program(arguments, root, folder)
        if with_python:
            check_python(root, hidden, options)
        else:
            print("the Python module is not built (NACRE_BUILD_PYTHON)")


if __name__ == "__main__":
    main()
