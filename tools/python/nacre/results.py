"""What comes out: results by variant, stage and name, with units on everything."""
import os
import shutil
from collections.abc import Mapping

import numpy

from . import tables
from ._nacre import InputError


class _Missing(KeyError):
    """A KeyError that prints its sentence as it is, without quotation marks around it."""

    def __str__(self):
        return self.args[0]


class NacreWarning(UserWarning):
    """A result beyond the range of its data."""


class ComputationError(RuntimeError):
    """A stage did not reach its end. `result` holds what was computed so far."""

    def __init__(self, message, result):
        super().__init__(message)
        self.result = result


class SourceFile:
    """The file that a result was read from, as it was then."""

    def __init__(self, path):
        self.path = os.path.abspath(path)
        self._stamp = self._now()

    def _now(self):
        try:
            stat = os.stat(self.path)
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size

    def unchanged(self):
        """Its path. Raises InputError where it is no longer what was read."""
        if self._now() is None:
            raise InputError(f"{self.path}: this result was read from the file, which is gone since")
        if self._now() != self._stamp:
            raise InputError(f"{self.path}: this result was read from the file, which has changed since; open it again")
        return self.path

    def copy_to(self, path):
        if os.path.abspath(path) != self.unchanged():
            shutil.copyfile(self.path, path)


class Dataset:
    """Numbers with their name, unit, axes and meaning. It is what NumPy takes for an array; a scalar is a float, too."""

    def __init__(self, name, values, unit, axes, meaning):
        self.name, self.values, self.unit, self.axes, self.meaning = name, values, unit, tuple(axes), meaning

    def __array__(self, dtype=None):
        return numpy.asarray(self.values, dtype=dtype)

    def __float__(self):
        return float(self.values)

    @property
    def value(self):
        """A float for a scalar, else the array itself."""
        return float(self.values) if self.values.ndim == 0 else self.values

    def __repr__(self):
        unit = "" if self.unit in ("", "1") else f" {self.unit}"
        body = f"{float(self.values):.6g}" if self.values.ndim == 0 else f"{' x '.join(map(str, self.values.shape))} over {', '.join(self.axes)}"
        return f"<{self.name}: {body}{unit}>"


class Stage(Mapping):
    """The datasets of a stage: stage["pl_peak"] is a Dataset, stage.pl_peak its value."""

    def __init__(self, name, raw):
        self._name = name
        self._sets = {key: Dataset(key, *entry[:4]) for key, entry in raw.items()}

    def __getitem__(self, name):
        return self._sets[name]

    def __iter__(self):
        return iter(self._sets)

    def __len__(self):
        return len(self._sets)

    def __getattr__(self, name):
        if name.startswith("_") or name not in self._sets:
            raise AttributeError(f"the stage {self._name} has no {name}; it has {', '.join(self._sets)}" if not name.startswith("_") else name)
        return self._sets[name].value

    def __dir__(self):
        return [*super().__dir__(), *self._sets]

    @property
    def name(self):
        return self._name

    @property
    def units(self):
        """{name: unit}."""
        return {key: one.unit for key, one in self._sets.items()}

    def to_xarray(self):
        """An xarray.Dataset with coordinates, units and long names; equal to that of the result file."""
        import xarray
        variables = {key: (one.axes, one.values, {"units": one.unit, "long_name": one.meaning}) for key, one in self._sets.items()}
        coordinates = {key: variables.pop(key) for key, one in self._sets.items() if one.axes == (key,)}
        return xarray.Dataset(variables, coordinates)

    def __repr__(self):
        return f"<stage {self._name}: {', '.join(self._sets)}>"

    def _repr_html_(self):
        return tables.of_stage(self)


class Variant:
    """What one variant came out as: its stages as attributes, and every scalar by its name, which is unique."""

    def __init__(self, name, stages, failures=()):
        self.name, self.failures = name, list(failures)
        self.stages = {key: Stage(key, raw) for key, raw in stages.items()}

    @classmethod
    def of_stage(cls, stage):
        """A nameless variant of one stage."""
        made = cls("", {})
        made.stages = {stage.name: stage}
        return made

    def __getattr__(self, name):
        stages = self.__dict__.get("stages", {})
        if name in stages:
            return stages[name]
        for stage in stages.values():
            if name in stage and stage[name].values.ndim == 0:
                return stage[name].value
        raise AttributeError(f"{name} is neither a stage ({', '.join(stages)}) nor a scalar of one")

    def __dir__(self):
        return [*super().__dir__(), *self.stages, *self.scalars()]

    def scalars(self):
        """{name: Dataset} of all scalars."""
        return {key: one for stage in self.stages.values() for key, one in stage.items() if one.values.ndim == 0}

    @property
    def units(self):
        """{name: unit} of all scalars."""
        return {key: one.unit for key, one in self.scalars().items()}

    def to_xarray(self, stage):
        """A stage as an xarray.Dataset."""
        if stage not in self.stages:
            raise _Missing(f"{stage!r} is no stage of this variant, which has {', '.join(self.stages)}")
        return self.stages[stage].to_xarray()

    def __repr__(self):
        return f"<variant {self.name or '(unnamed)'}: {', '.join(self.stages)}>"

    def _repr_html_(self):
        return tables.of_variants([self])


class Result(Mapping):
    """A run: its variants by name. A case without variants has one, "", whose attributes are the result's own."""

    def __init__(self, title, variants, run=None, source=None):
        self.title, self._variants, self._run, self._source = title, {variant.name: variant for variant in variants}, run, source

    @classmethod
    def of_run(cls, run):
        variants = [Variant(name, run.datasets(i), run.failures(i)) for i, name in enumerate(run.variants)]
        return cls(run.title, variants, run)

    @classmethod
    def of_file(cls, contents, source):
        failures = contents["failures"]
        names = list(contents["datasets"])
        mine = lambda name: [line for line in failures if not name or line.startswith(f"{name}: ")]
        return cls(contents["title"], [Variant(name, contents["datasets"][name], mine(name)) for name in names], source=source)

    def __getitem__(self, name):
        try:
            return self._variants[name]
        except KeyError:
            raise _Missing(f"{name!r} is no variant of this result, which has {', '.join(self._variants)}") from None

    def __iter__(self):
        return iter(self._variants)

    def __len__(self):
        return len(self._variants)

    def __getattr__(self, name):
        variants = self.__dict__.get("_variants", {})
        if name in variants:
            return variants[name]
        if len(variants) == 1 and not name.startswith("__"):
            return getattr(next(iter(variants.values())), name)
        raise AttributeError(f"{name} is no variant; there are {', '.join(variants)}")

    @property
    def failures(self):
        """What did not reach its end, as the command line says it."""
        return [line for variant in self._variants.values() for line in variant.failures]

    def to_xarray(self):
        """All scalars over the axis "variant", as an xarray.Dataset."""
        import xarray
        names = list(dict.fromkeys(key for variant in self.values() for key in variant.scalars()))
        def column(key):
            sets = [variant.scalars().get(key) for variant in self.values()]
            one = next(found for found in sets if found is not None)
            values = [numpy.nan if found is None else float(found) for found in sets]
            return ("variant",), values, {"units": one.unit, "long_name": one.meaning}
        return xarray.Dataset({key: column(key) for key in names}, {"variant": list(self)}, {"title": self.title})

    def save(self, path):
        """Writes a result file, as `nacre run -o` does; of a result that was read from a file, a copy of that."""
        if self._run is None:
            self._source.copy_to(os.fspath(path))
        else:
            self._run.save(os.fspath(path))

    def save_in(self, folder):
        """A file of this result, in the folder if there is none yet; returns its path."""
        if self._run is None:
            return self._source.unchanged()
        self.save(folder / "result.h5")
        return str(folder / "result.h5")

    def __repr__(self):
        lines = [self.title or "result of nacre"]
        for variant in self.values():
            shown = {key: one for key, one in variant.scalars().items() if key in tables.HEADLINE and numpy.isfinite(one.values)}
            text = ", ".join(f"{key} {float(one):.4g}{'' if one.unit == '1' else ' ' + one.unit}" for key, one in shown.items())
            lines.append(f"  {variant.name or 'case'}: {text or 'no numbers'}")
        return "\n".join([*lines, *(f"  FAILED {line}" for line in self.failures)])

    def _repr_html_(self):
        return tables.of_variants(list(self.values()), self.title, self.failures)


class SweepResult(Stage):
    """A sweep: every dataset lies over "point"; `parameters` names those that were varied, `failures` why points failed."""

    def __init__(self, contents, source):
        super().__init__("sweep", contents["datasets"])
        self.title, self._source = contents["title"], source
        self.parameters = [key for key, entry in contents["datasets"].items() if entry[4]]
        lines = (line.partition(": ") for line in contents.get("reasons", "").splitlines())
        self.failures = {int(number): reason for number, _, reason in lines}

    def to_xarray(self):
        """An xarray.Dataset over "point"; parameters are coordinates."""
        return super().to_xarray().set_coords(self.parameters)

    def save(self, path):
        """Writes the merged sweep's file."""
        self._source.copy_to(os.fspath(path))

    def save_in(self, _):
        """The merged sweep's file."""
        return self._source.unchanged()

    def __repr__(self):
        return f"<sweep {self.title!r}: {len(self['point'].values)} points over {', '.join(self.parameters)}; {len(self.failures)} failed>"


class Reproduction:
    """Papers beside what is computed: `targets` and `parameters` as `nacre reproduce --json` gives them."""

    def __init__(self, document, headline, text):
        self.targets, self.parameters, self.version = document["targets"], document["parameters"], document["version"]
        self.headline, self._text = headline, text

    def __getitem__(self, identifier):
        for target in self.targets:
            if target["id"] == identifier:
                return target
        raise _Missing(f"{identifier!r} is no target of {', '.join(dict.fromkeys(target['paper'] for target in self.targets))}: such as "
                       f"{', '.join(target['id'] for target in self.targets[:5])}")

    def save_in(self, folder):
        """Writes the document into a folder; returns its path."""
        (folder / "targets.json").write_text(self._text)
        return str(folder / "targets.json")

    def __repr__(self):
        return f"<{self.headline}>"

    def _repr_html_(self):
        return tables.of_targets(self.targets, self.headline)
