#!/usr/bin/env python3
"""A real browser opens the pages of nacre report; browser.mjs says what it looks at. Skipped, aloud, where there is none.

usage: test_browser.py PATH-TO-NACRE REPOSITORY
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from samples import EL, JV, LIFE, PL, TEM, Samples  # noqa: E402

NACRE, ROOT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])


def skip(why):
    print(f"skipped: {why}; tools/setup --browser installs it")
    sys.exit(77)


def make_pages(samples):
    """One page of each kind, with everything that a page can show."""
    for name, text in {"jv.csv": JV, "pl.csv": PL, "tem.csv": TEM, "life.csv": LIFE, "el.csv": EL}.items():
        samples.write(name, text)
    samples.page(samples.case("led_reference", "led.h5"), "led.html", "--data", "jv.csv", "--data", "el.csv")
    samples.run("run", samples.cases / "ren2024.toml", "-o", "aged.h5", "--set", 'variant.led_t.device.thermal_resistance="9e-4 K m2/W"')
    samples.page("aged.h5", "aged.html", "--variant", "led_t", "--variant", "led_sqds", "--data", "life.csv")
    samples.page(samples.case("peng2022", "crystals.h5"), "crystals.html", "--data", "pl.csv", "--data", "tem.csv")
    samples.run("run", samples.cases / "peng2022.toml", "-o", "partly.h5", "--set", 'synthesis.largest_edge="4 nm"', ok=(1,))
    samples.page("partly.h5", "partly.html")
    samples.page(samples.sweep("sweep.h5", means=70, spreads=20), "sweep.html")
    samples.page(samples.sampled_sweep("sampled.h5"), "sampled.html")
    samples.page(samples.failing_sweep("nothing.h5"), "nothing.html")
    samples.run("reproduce", "-o", "papers")
    samples.page("papers", "papers.html")


def main():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        skip("there is no Chromium")
    if not shutil.which("node"):
        skip("there is no Node.js")
    if not (HERE / "node_modules" / "playwright-core").is_dir():
        skip("playwright-core is not in tests/report/node_modules")
    with tempfile.TemporaryDirectory(prefix="nacre-report-") as folder:
        make_pages(Samples(NACRE, ROOT, folder))
        sys.exit(subprocess.run(["node", HERE / "browser.mjs", chromium, folder], timeout=560).returncode)


if __name__ == "__main__":
    main()
