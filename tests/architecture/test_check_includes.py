#!/usr/bin/env python3
"""The checker of includes, on small trees: each planted violation is found, and what is allowed passes."""
import pathlib
import tempfile
import unittest

import check_includes

CLEAN = {
    "engine/math/dual.hpp": "#include <vector>\n",
    "engine/units/quantity.hpp": "// std::abort() and \"exit\" in words are no calls\nconst char* text = \"exit(1)\";\n",
    "engine/io/hdf5.cpp": "#include <hdf5.h>\n#include <fstream>\n#include \"engine/units/quantity.hpp\"\n",
    "models/materials/composition.hpp": "#include \"engine/units/quantity.hpp\"\n",
    "models/synthesis/recipe.hpp": "#include \"models/materials/composition.hpp\"\n#include \"engine/math/dual.hpp\"\n",
    "models/confinement/bands.hpp": "#include \"models/materials/composition.hpp\"\n",
    "models/instruments/urbach_fit.hpp": "#include \"models/confinement/bands.hpp\"\n",
    "scenarios/pipeline.cpp": "#include <iostream>\n#include \"models/synthesis/recipe.hpp\"\n#include \"engine/io/hdf5.cpp\"\n",
    "tests/support/main.cpp": "#include <catch2/catch.hpp>\n#include \"scenarios/pipeline.cpp\"\n",
    "tests/engine/roots.cpp": "",
    "bench/peer.hpp": "#include \"tests/support/main.cpp\"\n",
    "tools/cli/main.cpp": "#include <CLI/CLI.hpp>\n",
}
# What is planted -> what the one message must say.
PLANTED = {
    ("engine/math/roots.hpp", '#include "models/synthesis/recipe.hpp"'): "engine must not know models",
    ("engine/math/roots.hpp", '#include "engine/io/hdf5.cpp"\n'): "ring",
    ("models/synthesis/rates.cpp", '#include "engine/io/hdf5.cpp"'): "models see engine/",
    ("models/synthesis/rates.cpp", '#include "models/confinement/bands.hpp"'): "must not know models/confinement",
    ("models/confinement/line.hpp", '#include "models/instruments/urbach_fit.hpp"'): "must not know models/instruments",
    ("models/materials/alloy.hpp", '#include "models/synthesis/recipe.hpp"'): "must not know models/synthesis",
    ("models/synthesis/rates.cpp", '#include "scenarios/pipeline.cpp"'): "models must not know scenarios",
    ("scenarios/load.cpp", '#include "tools/cli/main.cpp"'): "scenarios must not know tools",
    ("scenarios/load.cpp", '#include "tests/support/main.cpp"'): "scenarios must not know tests",
    ("bench/exciton.cpp", '#include "tests/engine/roots.cpp"'): "bench may share tests/support only",
    ("tools/cli/main.hpp", '#include "bench/peer.hpp"'): "tools must not know bench",
    ("scenarios/load.cpp", '#include "engine/math/nothing.hpp"'): "does not exist",
    ("engine/math/roots.hpp", '#include "dual.hpp"'): "from the repository root",
    ("scenarios/load.cpp", "#include <hdf5.h>"): "belongs to engine/io",
    ("scenarios/load.cpp", "#include <toml++/toml.h>"): "belongs to engine/io",
    ("engine/math/roots.hpp", "#include <cvode/cvode.h>"): "belongs to engine/ode",
    ("models/synthesis/rates.cpp", "#include <chrono>"): "no clock",
    ("engine/math/roots.hpp", "#include <chrono>"): "no clock",
    ("engine/parallel/loop.cpp", "auto f() { return std::chrono::steady_clock::now(); }"): "chrono below scenarios",
    ("models/synthesis/rates.cpp", "#include <fstream>"): "no file",
    ("engine/math/roots.hpp", "inline void f() { std::abort(); }"): "abort below scenarios",
    ("engine/math/roots.hpp", "inline void f() {\n  exit(3);\n}"): "exit below scenarios",
    ("models/synthesis/rates.cpp", "void f() { std::cout << 1; }"): "cout below scenarios",
    ("models/synthesis/rates.cpp", "void f() { printf(\"1'000\"); }"): "printf below scenarios",
    ("models/synthesis/rates.cpp", "void f() { fmt::print(\"x\"); }"): "fmt::print below scenarios",
}


def tree(files):
    """A folder with these files; the caller closes it."""
    folder = tempfile.TemporaryDirectory()
    for name, text in files.items():
        path = pathlib.Path(folder.name) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
    return folder


class Checker(unittest.TestCase):
    def test_allowed_arrows_pass(self):
        with tree(CLEAN) as root:
            self.assertEqual(check_includes.violations(root), [])

    def test_each_planted_violation_is_found(self):
        for (name, text), message in PLANTED.items():
            with self.subTest(file=name, text=text), tree(CLEAN | {name: text}) as root:
                extra = {"engine/units/quantity.hpp": '#include "engine/math/roots.hpp"\n'} if message == "ring" else {}
                for other, content in extra.items():
                    (pathlib.Path(root) / other).write_text(content)
                found = check_includes.violations(root)
                self.assertEqual(len(found), 1, found)
                self.assertIn(message, found[0])

    def test_a_line_number_is_the_includes_line(self):
        with tree(CLEAN | {"engine/math/roots.hpp": '#pragma once\n\n#include "scenarios/pipeline.cpp"'}) as root:
            self.assertTrue(check_includes.violations(root)[0].startswith("engine/math/roots.hpp:3: "))


if __name__ == "__main__":
    unittest.main()
