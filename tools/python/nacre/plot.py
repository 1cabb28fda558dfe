"""The standard figures with matplotlib. Each function takes a Result, draws every variant that has what it shows, and returns the axes."""
import numpy

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#AA4499", "#B8860B", "#4C9BD6", "#222222", "#7A5195")   # after Okabe and Ito
STYLES = ("-", "--", ":", "-.")


def _axes(axes):
    if axes is not None:
        return axes
    import matplotlib.pyplot
    return matplotlib.pyplot.subplots(layout="constrained")[1]


def _having(result, stage, *names):
    """(variant, stage, style) of the variants with these datasets."""
    found = [(variant, variant.stages[stage]) for variant in result.values()
             if stage in variant.stages and all(name in variant.stages[stage] for name in names)]
    if not found:
        raise ValueError(f"no variant has {', '.join(names)} of the stage {stage}")
    for i, (variant, one) in enumerate(found):
        yield variant, one, {"color": COLOURS[i % 8], "linestyle": STYLES[i % 4], "label": variant.name or None}


def _label(axes, x, y):
    axes.set(xlabel=x, ylabel=y)
    if axes.get_legend_handles_labels()[1]:
        axes.legend(frameon=False)
    return axes


def lamer(result, axes=None):
    """Supersaturation and nucleation rate over time, each over its largest value."""
    axes = _axes(axes)
    for variant, stage, style in _having(result, "synthesis", "supersaturation", "nucleation_rate"):
        axes.semilogx(stage.time, stage.supersaturation / numpy.nanmax(stage.supersaturation), **style)
        axes.semilogx(stage.time, stage.nucleation_rate / numpy.nanmax(stage.nucleation_rate), **{**style, "label": None, "alpha": 0.5})
    return _label(axes, "time since the injection (s)", "supersaturation; nucleation rate (pale)")


def sizes(result, axes=None, bins=18):
    """Size distribution as histogram and curve."""
    axes = _axes(axes)
    for variant, stage, style in _having(result, "sizes", "edge", "weight"):
        density = stage.weight / numpy.gradient(stage.edge)
        axes.plot(stage.edge, density, **style)
        axes.hist(stage.edge, bins=bins, weights=stage.weight, density=True, color=style["color"], alpha=0.25)
    return _label(axes, "edge (nm)", "crystals per edge (nm$^{-1}$)")


def spectra(result, axes=None):
    """Absorption (thin) and photoluminescence over the wavelength."""
    axes = _axes(axes)
    for variant, stage, style in _having(result, "confinement", "wavelength", "absorption", "photoluminescence_wavelength"):
        axes.plot(stage.wavelength, stage.photoluminescence_wavelength / numpy.nanmax(stage.photoluminescence_wavelength), **style)
        axes.plot(stage.wavelength, stage.absorption, **{**style, "label": None, "linewidth": 0.8})
    return _label(axes, "wavelength (nm)", "over the largest value")


def current_voltage(result, axes=None):
    """Current density, and luminance on a second axis, over the bias."""
    axes = _axes(axes)
    right = axes.twinx()
    for variant, stage, style in _having(result, "device", "bias", "current_density", "luminance"):
        axes.semilogy(stage.bias, numpy.abs(stage.current_density), **style)
        right.semilogy(stage.bias, stage.luminance, **{**style, "label": None, "alpha": 0.5})
    right.set_ylabel("luminance (cd/m$^2$), pale")
    return _label(axes, "bias (V)", "current density (mA/cm$^2$)")


def efficiency(result, axes=None, least=0.1):
    """External quantum efficiency over the luminance, from `least` cd/m2 on."""
    axes = _axes(axes)
    for variant, stage, style in _having(result, "device", "luminance", "eqe"):
        lit = stage.luminance >= least
        axes.loglog(stage.luminance[lit], 100 * stage.eqe[lit], **style)
    return _label(axes, "luminance (cd/m$^2$)", "EQE (%)")


def bands(variant, profile=-1, axes=None):
    """Band diagram of a Variant at one of the biases of its profiles (an index)."""
    axes = _axes(axes)
    stage = variant.stages["device"]
    for name, colour, style in (("conduction_band", 0, "-"), ("valence_band", 1, "-"), ("electron_level", 0, "--"), ("hole_level", 1, "--")):
        axes.plot(stage.position, stage[name].values[profile], style, color=COLOURS[colour], label=name.replace("_", " "))
    axes.set_title(f"{stage.profile_bias[profile]:g} V")
    return _label(axes, "distance from the first listed end (nm)", "energy (eV)")
