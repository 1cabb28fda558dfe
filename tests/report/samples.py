"""Results to make pages of: small ones that hold every figure, and damaged ones."""
import pathlib
import subprocess

SIZES = """schema = 1
title = "given sizes"
[material]
composition = "CsPb(I0.5Br0.5)3"
[sizes]
source = "given"
mean = "6 nm"
standard_deviation = "0.6 nm"
[confinement]
temperature = "298.15 K"
"""

SWEEP = """schema = 1
title = "sizes <b>and</b> temperatures"
base = "sizes.toml"
[[axis]]
key = "sizes.mean"
from = "4 nm"
to = "12 nm"
count = {means}
[[axis]]
key = "sizes.standard_deviation"
from = "0.2 nm"
to = "1 nm"
count = {spreads}
[[axis]]
key = "confinement.temperature"
from = "100 K"
to = "300 K"
count = 2
[keep]
scalars = ["pl_peak", "pl_fwhm", "abs_peak", "cie_x", "exciton_binding"]
[[keep.curve]]
name = "photoluminescence"
from = "1.5 eV"
to = "3.5 eV"
points = 100
outside = "zero"
"""

SAMPLED = """schema = 1
title = "sampled"
base = "sizes.toml"
[[axis]]
key = "sizes.mean"
from = "4 nm"
to = "12 nm"
[[axis]]
key = "sizes.standard_deviation"
from = "0.2 nm"
to = "1 nm"
[[axis]]
key = "material.composition"
values = ["CsPbBr3", "CsPbI3", "CsPb(Br0.5I0.5)3"]
[[axis]]
key = "confinement.sizing"
values = ["none"]
[sampling]
method = "sobol"
points = 64
seed = 1
[keep]
scalars = ["pl_peak", "pl_fwhm"]
"""

FAILING = """schema = 1
title = "no point"
base = "{base}"
variant = "rt"
[[axis]]
key = "synthesis.largest_edge"
values = ["3 nm", "3.5 nm"]
[[axis]]
key = "confinement.temperature"
values = ["290 K", "300 K"]
[keep]
scalars = ["pl_peak", "pl_fwhm"]
"""

JV = "# a device\nvoltage [V], current density (A/m2), luminance [cd/m2], eqe [%]\n2.5, 8, 120, 14\n3, 95, 1500, 16\n4, 700, 9000, 17\n"
EL = "wavelength [nm],el\n620,0.2\n630,0.7\n640,1\n650,0.7\n660,0.2\n"
PL = "wavelength [nm];pl\n440;0.1\n458;1\n480;0.1\n"
LIFE = "time [min], light [%]\n0,100\n300,70\n600,48\n"
TEM = "size [nm],count\n1.5,3\n2,25\n2.5,9\n9,1\n"


class Samples:
    """Makes files in a folder by running nacre."""

    def __init__(self, nacre, root, folder):
        self.nacre, self.cases, self.folder = nacre, pathlib.Path(root) / "scenarios" / "cases", pathlib.Path(folder)

    def path(self, name):
        return self.folder / name

    def write(self, name, text):
        self.path(name).write_text(text)
        return self.path(name)

    def run(self, *arguments, ok=(0,)):
        done = subprocess.run([self.nacre, *arguments], capture_output=True, text=True, cwd=self.folder)
        if done.returncode not in ok:
            raise AssertionError(f"nacre {arguments}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def case(self, name, output):
        """The result of a case of the repository."""
        self.run("run", self.cases / f"{name}.toml", "-o", output)
        return self.path(output)

    def sweep(self, output, means=4, spreads=3):
        self.write("sizes.toml", SIZES)
        sweep = self.write(f"{output}.toml", SWEEP.format(means=means, spreads=spreads))
        self.run("sweep", sweep, "-o", output, "--quiet", "-j", "2")
        return self.path(output)

    def sampled_sweep(self, output):
        """Points of a Sobol sequence at each of a few compositions."""
        self.write("sizes.toml", SIZES)
        sweep = self.write(f"{output}.toml", SAMPLED)
        self.run("sweep", sweep, "-o", output, "--quiet", "-j", "2")
        return self.path(output)

    def failing_sweep(self, output):
        """A sweep of which no point could be computed."""
        sweep = self.write(f"{output}.toml", FAILING.format(base=self.cases / "peng2022.toml"))
        self.run("sweep", sweep, "-o", output, "--quiet", ok=(1,))
        return self.path(output)

    def page(self, result, output, *options):
        self.run("report", result, "-o", output, *options)
        return self.path(output)
