"""The standard figures with matplotlib. Each function takes a Result and draws every variant that has what it shows, or takes one Variant or Stage;
it returns the axes."""
import numpy

from .results import Result, Stage, SweepResult, Variant

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#AA4499", "#B8860B", "#4C9BD6", "#222222", "#7A5195")   # after Okabe and Ito
STYLES = ("-", "--", ":", "-.", (0, (10, 3)), (0, (10, 3, 2, 3)), (0, (4, 2)), (0, (2, 4)))   # those of the pages of `nacre report`
DECADES = 8   # of a current or a luminance: below, noise of the arithmetic


def _axes(axes):
    if axes is not None:
        return axes
    import matplotlib.pyplot
    return matplotlib.pyplot.subplots(layout="constrained")[1]


def _style(i):
    """Of line number i: eight colours, and of each eight dashes, before anything comes twice."""
    return {"color": COLOURS[i % 8], "linestyle": STYLES[(i + i // 8) % 8]}


def _variants(thing):
    """The variants of what a figure is asked of."""
    if isinstance(thing, Result):
        return list(thing.values())
    if isinstance(thing, Variant):
        return [thing]
    if isinstance(thing, Stage) and not isinstance(thing, SweepResult):
        return [Variant.of_stage(thing)]
    raise TypeError(f"a figure is drawn of a Result, a Variant or a Stage, and this is a {type(thing).__name__}")


def _having(thing, stage, *names):
    """(variant, stage) of the variants with these datasets."""
    variants = _variants(thing)
    found = [(variant, variant.stages[stage]) for variant in variants
             if stage in variant.stages and all(name in variant.stages[stage] for name in names)]
    if not found:
        there = ", ".join(dict.fromkeys(name for variant in variants for name in variant.stages)) or "none"
        raise ValueError(f"no variant has {', '.join(names)} of the stage {stage}; expected a result with that stage, and this one has: {there}")
    return found


def _styled(found):
    for i, (variant, stage) in enumerate(found):
        yield stage, {**_style(i), "label": variant.name or None}


def _label(axes, x, y, above=False, title=None):
    axes.set(xlabel=x, ylabel=y)
    count = len(axes.get_legend_handles_labels()[1])
    if count > 5 or above:   # above the drawing, where they hide nothing
        axes.legend(frameon=False, fontsize="small", ncols=4, handlelength=3.5 if count > 5 else 2, loc="lower center", bbox_to_anchor=(0.5, 1), title=title)
    elif count:
        axes.legend(frameon=False)
    return axes


def _at_most_decades(axes, values):
    """Cuts the foot of a logarithmic axis off."""
    values = numpy.concatenate([numpy.ravel(one) for one in values])
    values = values[numpy.isfinite(values) & (values > 0)]
    if values.size:
        highest = values.max()
        axes.set_ylim(max(values.min(), highest * 10.0**-DECADES) / 2, highest * 3)


def _readable_ticks(axis, values):
    """Decades where there are some, plain numbers on what is less than two decades long."""
    from matplotlib import ticker
    values = numpy.concatenate([numpy.ravel(one) for one in values])
    values = values[numpy.isfinite(values) & (values > 0)]
    if values.size and numpy.log10(values.max() / values.min()) < 2:
        steps = (1, 2, 5) if values.max() / values.min() > 8 else None
        axis.set_major_locator(ticker.LogLocator(subs=steps) if steps else ticker.MaxNLocator(6))
        axis.set_major_formatter(ticker.StrMethodFormatter("{x:g}"))
        axis.set_minor_locator(ticker.NullLocator())
    else:
        axis.set_minor_formatter(ticker.NullFormatter())


def lamer(result, axes=None):
    """Supersaturation and nucleation rate over time, each over its largest value."""
    found, axes = _having(result, "synthesis", "supersaturation", "nucleation_rate"), _axes(axes)
    for stage, style in _styled(found):
        axes.semilogx(stage.time, stage.supersaturation / numpy.nanmax(stage.supersaturation), **style)
        axes.semilogx(stage.time, stage.nucleation_rate / numpy.nanmax(stage.nucleation_rate), **{**style, "label": None, "alpha": 0.5})
    return _label(axes, "time since the injection (s)", "supersaturation; nucleation rate (pale), each over its largest")


def _size_range(edge, weight):
    """Where the crystals are, with a margin (nm)."""
    inside = edge[weight > 2e-3 * weight.max()]
    margin = 0.08 * (inside.max() - inside.min()) + 0.05
    return max(inside.min() - margin, 0), inside.max() + margin


def sizes(result, axes=None, bins=18):
    """Size distribution as histogram, of so many bins over the crystals' own range, and as curve."""
    found, axes = _having(result, "sizes", "edge", "weight"), _axes(axes)
    ranges = []
    for stage, style in _styled(found):
        low, high = _size_range(stage.edge, stage.weight)
        ranges.append((low, high))
        if stage.edge.size > 1:
            axes.plot(stage.edge, stage.weight / numpy.gradient(stage.edge), **style)
            style = {**style, "label": None}
        axes.hist(stage.edge, bins=bins, range=(low, high), weights=stage.weight, density=True, color=style["color"], alpha=0.25, label=style["label"])
    axes.set_xlim(min(low for low, _ in ranges), max(high for _, high in ranges))
    return _label(axes, "edge (nm)", "crystals per edge (nm$^{-1}$)")


def spectra(result, axes=None):
    """Absorption (thin) and photoluminescence over the wavelength."""
    found, axes = _having(result, "confinement", "wavelength", "absorption", "photoluminescence_wavelength"), _axes(axes)
    for stage, style in _styled(found):
        axes.plot(stage.wavelength, stage.photoluminescence_wavelength / numpy.nanmax(stage.photoluminescence_wavelength), **style)
        axes.plot(stage.wavelength, stage.absorption, **{**style, "label": None, "linewidth": 0.8})
    return _label(axes, "wavelength (nm)", "over the largest value")


def current_voltage(result, axes=None):
    """Current density, and luminance on a second axis, over the bias: the highest decades of both."""
    found, axes = _having(result, "device", "bias", "current_density", "luminance"), _axes(axes)
    right = axes.twinx()
    for stage, style in _styled(found):
        axes.semilogy(stage.bias, numpy.abs(stage.current_density), **style)
        right.semilogy(stage.bias, stage.luminance, **{**style, "label": None, "linewidth": 0.8, "marker": "o", "markersize": 3.5, "markerfacecolor": "white",
                                                      "markevery": max(1, len(stage.bias) // 25)})
    _at_most_decades(axes, [numpy.abs(stage.current_density) for _, stage in found])
    _at_most_decades(right, [stage.luminance for _, stage in found])
    right.set_ylabel("luminance (cd/m$^2$), circles")
    return _label(axes, "bias (V)", "current density (mA/cm$^2$)")


def efficiency(result, axes=None, least=0.1):
    """External quantum efficiency over the luminance, from `least` cd/m2 on."""
    found, axes = _having(result, "device", "luminance", "eqe"), _axes(axes)
    for stage, style in _styled(found):
        lit = stage.luminance >= least
        axes.loglog(stage.luminance[lit], 100 * stage.eqe[lit], **style)
    _readable_ticks(axes.yaxis, [100 * stage.eqe[stage.luminance >= least] for _, stage in found])
    _readable_ticks(axes.xaxis, [stage.luminance[stage.luminance >= least] for _, stage in found])
    return _label(axes, "luminance (cd/m$^2$)", "EQE (%)")


def _profile_at(stage, profile, bias):
    """The number of the profile at a bias (V)."""
    if bias is None:
        return profile
    biases = numpy.atleast_1d(stage.profile_bias)
    nearest = int(numpy.argmin(numpy.abs(biases - bias)))
    if abs(biases[nearest] - bias) > 1e-6:
        raise ValueError(f"there is no profile at {bias:g} V; there are some at {', '.join(f'{one:g}' for one in biases)} V")
    return nearest


def bands(variant, profile=-1, axes=None, *, bias=None):
    """Band diagram of one variant at one of its profiles: the last one, that of a number, or that at a bias (V)."""
    found = _having(variant, "device", "position", "conduction_band", "profile_bias")
    if len(found) > 1:
        raise ValueError(f"a band diagram is that of one variant; choose one of {', '.join(one.name for one, _ in found)}")
    stage = found[0][1]
    profile = _profile_at(stage, profile, bias)
    axes = _axes(axes)
    for name, colour, style in (("conduction_band", 0, "-"), ("valence_band", 1, "-"), ("electron_level", 0, "--"), ("hole_level", 1, "--")):
        axes.plot(stage.position, stage[name].values[profile], linestyle=style, color=COLOURS[colour], label=name.replace("_", " "))
    return _label(axes, "distance from the first listed end (nm)", "energy (eV)", above=True, title=f"{stage.profile_bias[profile]:g} V")
