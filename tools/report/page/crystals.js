"use strict";
// Figures of the crystals: their birth, their sizes, their levels and their light.

let page = null;            // the document in the page
const hidden = new Set();   // names of variants that the reader switched off

function label(variant) {
  return variant.name || "case";
}

/** The variants that have a stage's dataset, with their place in the list, which decides their line. */
function variantsWith(stage, name) {
  return page.variants.map((variant, index) => ({ variant, index })).filter(({ variant }) => valuesOf(variant, stage, name));
}

/** Of these, the ones that the reader wants to see. */
function seen(stage, name) {
  return variantsWith(stage, name).filter(({ variant }) => !hidden.has(variant.name));
}

function variantControl(stage, name) {
  return { id: "variant", label: "variant", subject: page.variants.some((variant) => variant.name), options: () =>
    variantsWith(stage, name).map(({ variant, index }) => ({ value: index, text: label(variant) })) };
}

function firstVariant(stage, name) {
  return variantsWith(stage, name)[0]?.index ?? 0;
}

/** Variants in which all these datasets are the same share one line: [{variant, index, name}]. */
function seenOnce(stage, ...names) {
  const found = [];
  for (const one of seen(stage, names[0])) {
    const same = found.find(({ variant }) =>
      names.every((name) => sameNumbers(valuesOf(variant, stage, name), valuesOf(one.variant, stage, name))));
    if (same) same.names.push(label(one.variant));
    else found.push({ ...one, names: [label(one.variant)] });
  }
  return found.map(({ names, ...one }) => ({ ...one, name: namesTogether(names) }));
}

function namesTogether(names) {
  return names.length > 3 ? `${names[0]} and ${names.length - 1} alike` : names.join(", ");
}

function sameNumbers(a, b) {
  if (!a || !b) return a === b;
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

/** User's tables of a figure, as {file, column(name)}. */
function measuredFor(figure) {
  return (page.measured ?? []).filter((table) => table.figure === figure).map((table) => ({
    file: table.file,
    column: (name) => {
      const found = table.columns.find((column) => column.name === name);
      return found ? numbersOf(found.values) : null;
    },
  }));
}

function measuredMarkers(i) {
  return { symbol: ["circle-open", "square-open", "diamond-open", "triangle-up-open"][i % 4], size: 7, color: scheme().ink,
    line: { width: 1.4 } };
}

// ---------------------------------------------------------------- birth

const birthPanels = [
  { name: "supersaturation", title: "supersaturation", log: true, decades: 8 },
  { name: "nucleation_rate", title: "nucleation<br>(m⁻³ s⁻¹)", log: true, decades: 12 },
  { name: "number", title: "crystals<br>(m⁻³)", log: true, decades: 8 },
  { name: "mean_edge", title: "mean edge<br>(nm)" },
];

function plotBirth() {
  const colours = scheme(), data = [], axes = {};
  const panels = birthPanels.filter((panel) => seen("synthesis", panel.name).length);
  panels.forEach((panel, k) => {
    const suffix = k === 0 ? "" : k + 1;
    const curves = [];
    for (const { variant, index, name } of seenOnce("synthesis", "supersaturation", "number", "time")) {
      const y = valuesOf(variant, "synthesis", panel.name);
      if (!y) continue;
      curves.push(y);
      data.push({ type: "scatter", mode: "lines", x: valuesOf(variant, "synthesis", "time"), y, name, line: lineOf(index, colours),
        xaxis: "x", yaxis: `y${suffix}`, legendgroup: name, showlegend: k === 0 });
    }
    axes[`yaxis${suffix}`] = axis(panel.title, { log: panel.log, domain: domainOf(k, panels.length),
      range: panel.log ? logRangeOfEach(curves, panel.decades) : undefined });
  });
  axes.xaxis = axis("time since the injection (s)", { log: true, anchor: `y${panels.length > 1 ? panels.length : ""}` });
  return { data, layout: layoutOf(axes, { hovermode: "x" }) };
}

/** The part of the height that panel k of n takes, from the top. */
function domainOf(k, n) {
  const gap = 0.035;
  return [(n - 1 - k) / n + (k === n - 1 ? 0 : gap), (n - k) / n - gap / 2];
}

function plotGrowth(state) {
  const variant = page.variants[state.variant];
  const table = tableOf(variant, "synthesis", "density");
  const edges = table.columns;
  const most = largest(table.z.flat().filter(Number.isFinite));
  const z = table.z.map((row) => row.map((value) => (value > most * 1e-9 ? Math.log10(value) : NaN)));
  return {
    data: [{ type: "heatmap", x: edges, y: table.rows, z, colorscale: heat, hoverongaps: false,
      colorbar: colourBar("log₁₀ of crystals (m⁻³ nm⁻¹)") }],
    layout: layoutOf({ xaxis: axis("edge (nm)"), yaxis: axis("time since the injection (s)", { log: true }) }),
    says: table.says,
  };
}

// ---------------------------------------------------------------- sizes

/** Widths of the classes around ascending sizes. */
function classWidths(sizes) {
  return sizes.map((_, i) => (sizes[Math.min(i + 1, sizes.length - 1)] - sizes[Math.max(i - 1, 0)]) /
    (i === 0 || i === sizes.length - 1 ? 1 : 2));
}

/** The sizes between which all but 1e-3 of the crystals lie, with a margin. */
function sizeRange(edge, weight) {
  const most = largest(weight);
  const inside = edge.filter((_, i) => weight[i] > 2e-3 * most);
  const margin = 0.08 * (largest(inside) - smallest(inside)) + 0.05;
  return [Math.max(smallest(inside) - margin, 0), largest(inside) + margin];
}

/** The edge below which a share of the crystals lies. */
function quantile(edge, weight, share) {
  const most = share * weight.reduce((sum, w) => sum + w, 0);
  let sum = 0;
  return edge[weight.findIndex((w) => (sum += w) >= most)];
}

/** Shares in bins of equal width as a density. */
function histogram(edge, weight, [low, high], bins) {
  const width = (high - low) / bins, height = new Array(bins).fill(0);
  edge.forEach((size, i) => {
    const bin = Math.floor((size - low) / width);
    if (bin >= 0 && bin < bins) height[bin] += weight[i] / width;
  });
  return { x: height.map((_, i) => low + (i + 0.5) * width), y: height, width };
}

function sizesOf(variant) {
  const edge = valuesOf(variant, "sizes", "edge"), weight = valuesOf(variant, "sizes", "weight");
  const widths = classWidths(edge);
  return { edge, weight, density: weight.map((w, i) => (widths[i] > 0 ? w / widths[i] : NaN)) };
}

/** A range that holds these values too, with some room beside them. */
function reaching([low, high], values) {
  if (!values.length) return [low, high];
  const room = 0.03 * (Math.max(high, largest(values)) - Math.min(low, smallest(values)));
  return [smallest(values) < low ? smallest(values) - room : low, largest(values) > high ? largest(values) + room : high];
}

const mostBars = 4;   // samples whose bars can be told apart

/** Bars of width about that of a microscope's histogram, each the mean of the curve over it; of many samples their outlines. */
function histogramTrace({ edge, weight }, name, colour, filled) {
  const bars = histogram(edge, weight, sizeRange(edge, weight), 18);
  const common = { name: `${name}, histogram`, legendgroup: name, showlegend: false };
  if (filled) return { ...common, type: "bar", x: bars.x, y: bars.y, width: bars.width * 0.94, marker: { color: colour, opacity: 0.28 } };
  return { ...common, type: "scatter", mode: "lines", x: bars.x, y: bars.y, fill: "tozeroy", fillcolor: faded(colour, 0.09), line: { shape: "hvh", color: faded(colour, 0.55), width: 0.8 } };
}

function plotSizes() {
  const colours = scheme(), data = [], samples = seenOnce("sizes", "weight", "edge"), few = samples.length <= mostBars;
  let counted = 0;
  for (const { variant, index, name } of samples) {
    const { edge, weight, density } = sizesOf(variant), colour = colours.series[index % 8];
    data.push(histogramTrace({ edge, weight }, name, colour, few));
    data.push({ type: "scatter", mode: "lines", x: edge, y: density, name, legendgroup: name, line: lineOf(index, colours) });
    const bin = valuesOf(variant, "instruments", "bin"), frequency = valuesOf(variant, "instruments", "frequency");
    if (!bin || !frequency || bin.length < 2) continue;
    ++counted;
    if (few) data.push({ type: "scatter", mode: "lines", x: bin, y: frequency.map((f) => f / (bin[1] - bin[0])), legendgroup: name,
      showlegend: false, name: `${name}, as a microscope counts it`, line: { shape: "hvh", color: colour, width: 1.2 } });
  }
  measuredFor("sizes").forEach((table, i) => data.push(measuredSizes(table, i)));
  const ranges = seen("sizes", "weight").map(({ variant }) => sizeRange(...Object.values(sizesOf(variant)).slice(0, 2)));
  const edges = measuredFor("sizes").flatMap((table) => [...table.column("edge")]);
  const range = ranges.length ? reaching([smallest(ranges.map((r) => r[0])), largest(ranges.map((r) => r[1]))], edges) : undefined;
  return { data, layout: layoutOf({ xaxis: axis("edge (nm)", { range }), yaxis: axis("crystals per edge (nm⁻¹)",
    { rangemode: "tozero" }) }, { barmode: "overlay" }),
  says: !samples.length ? "" : few ? `Bars: histogram; line: the same as a curve${counted ? "; steps: as a microscope counts it" : ""}. By number.`
    : `Pale steps: histogram; line: the same as a curve. By number.${counted ? ` What a microscope counts is drawn of up to ${mostBars} samples.` : ""}` };
}

/** A user's histogram, or single particles counted here, on the scale of the curve. */
function measuredSizes(table, i) {
  const edge = table.column("edge");
  const frequency = table.column("frequency");
  let x = edge, y;
  if (frequency) {
    const widths = classWidths(edge), sum = frequency.reduce((a, b) => a + b, 0);
    y = frequency.map((f, k) => f / sum / widths[k]);
  } else {
    const counted = histogram(edge, edge.map(() => 1 / edge.length), sizeRange(edge, edge.map(() => 1)), Math.max(4, Math.min(16, Math.ceil(1.5 * Math.sqrt(edge.length)))));
    [x, y] = [counted.x, counted.y];
  }
  return { type: "scatter", mode: "lines+markers", x, y, name: `measured: ${table.file}`, marker: measuredMarkers(i),
    line: { shape: "hvh", color: scheme().ink, width: 1 } };
}

// ---------------------------------------------------------------- levels

/** What several variants have in common stands once: the first with each value of `key`, and the names of all. */
function groupedBy(list, key) {
  const groups = new Map();
  for (const one of list) {
    const found = groups.get(key(one));
    if (found) found.names.push(label(one.variant));
    else groups.set(key(one), { ...one, names: [label(one.variant)] });
  }
  return [...groups.values()].map(({ names, ...one }) => ({ ...one, name: namesTogether(names) }));
}

function plotLevels() {
  const colours = scheme(), data = [], curves = seenOnce("confinement", "curve_energy", "curve_size");
  let range = null, smallestShown = Infinity;   // [nm]: below it a few crystals would stretch the energies
  for (const { variant, index, name } of curves) {
    data.push({ type: "scatter", mode: "lines", x: valuesOf(variant, "confinement", "curve_size"),
      y: valuesOf(variant, "confinement", "curve_energy"), name, line: lineOf(index, colours) });
  }
  // Marks and ensembles in the colour of the curve that they lie on.
  const all = seen("confinement", "curve_energy");
  const colourOf = ({ variant }) => colours.series[(curves.find((curve) => ["curve_energy", "curve_size"].every((set) =>
    sameNumbers(valuesOf(curve.variant, "confinement", set), valuesOf(variant, "confinement", set))))?.index ?? 0) % 8];
  const point = ({ variant }) => [scalarOf(variant, "sizes", "size_mean"), scalarOf(variant, "confinement", "pl_peak_energy")];
  const ensembles = groupedBy(all.filter(({ variant }) => valuesOf(variant, "sizes", "weight")), ({ variant }) =>
    [valuesOf(variant, "sizes", "edge"), valuesOf(variant, "sizes", "weight")].join(";"));
  for (const one of ensembles) {
    const { edge, weight, density } = sizesOf(one.variant);
    data.push({ type: "scatter", mode: "lines", x: edge, y: density, yaxis: "y2", showlegend: false, fill: "tozeroy",
      name: `${one.name}: ensemble`, line: { color: colourOf(one), width: 0.8 }, fillcolor: faded(colourOf(one), ensembles.length > 4 ? 0.07 : 0.16) });
    smallestShown = Math.min(smallestShown, quantile(edge, weight, 0.02));
    const [low, high] = sizeRange(edge, weight);
    range = range ? [Math.min(range[0], low), Math.max(range[1], high)] : [low, high];
  }
  for (const one of groupedBy(all.filter((each) => point(each).every(Number.isFinite)), (each) => point(each).join(";"))) {
    const [mean, energy] = point(one);
    data.push({ type: "scatter", mode: "markers", x: [mean], y: [energy], showlegend: false, name: `${one.name}: mean edge, peak`,
      marker: { size: 11, color: colourOf(one), line: { color: colours.card, width: 1.5 } } });
  }
  if (range) range = [Math.max(range[0] - 0.5, 0), range[1] + 1.5];
  const near = data.filter((trace) => !trace.yaxis).flatMap((trace) => trace.y.filter((_, i) => !range || (trace.x[i] >= smallestShown && trace.x[i] <= range[1])));
  const room = near.length ? 0.04 * (largest(near) - smallest(near)) || 0.05 : 0;
  const energies = near.length ? [smallest(near) - room, largest(near) + room] : undefined;
  const densities = data.filter((trace) => trace.yaxis === "y2").flatMap((trace) => trace.y).filter(Number.isFinite);
  return { data, layout: layoutOf({ xaxis: axis("edge (nm)", { range }), yaxis: axis("emission energy (eV)", { range: energies }),
    yaxis2: { overlaying: "y", side: "right", showgrid: false, visible: false, rangemode: "tozero",
      range: densities.length ? [0, 3 * largest(densities)] : undefined } }) };
}

// ---------------------------------------------------------------- light

const photonEnergy = 1239.8419843320026;   // of light of 1 nm [eV]

function scaled(values) {
  const most = largest(values.filter(Number.isFinite));
  return values.map((value) => value / most);
}

function toAxis(wavelength, over) {
  return over === "energy" ? wavelength.map((w) => photonEnergy / w) : wavelength;
}

/** Between which wavelengths there is anything to see: around the light, and some absorption above it. */
function spectralRange(list) {
  let low = Infinity, high = -Infinity;
  for (const { variant } of list) {
    const light = scaled(valuesOf(variant, "confinement", "photoluminescence_wavelength"));
    valuesOf(variant, "confinement", "wavelength").forEach((w, i) => {
      if (light[i] > 5e-3) [low, high] = [Math.min(low, w), Math.max(high, w)];
    });
  }
  return [Math.max(low - 90, 300), high + 25];
}

function emissionTrace(variant, index, over, colours) {
  const wavelength = valuesOf(variant, "confinement", "wavelength");
  const x = toAxis(wavelength, over);
  const light = valuesOf(variant, "confinement", over === "energy" ? "photoluminescence" : "photoluminescence_wavelength");
  const lit = x.filter((_, i) => light[i] > 2e-3 * largest(light));
  const [low, high] = [smallest(lit), largest(lit)];
  return { type: "scatter", mode: "lines", x, y: scaled(light), name: `${label(variant)}, PL`, legendgroup: label(variant),
    line: lineOf(index, colours), fill: "tozeroy",
    fillgradient: { type: "horizontal", start: low, stop: high,
      colorscale: spectralScale(low, high, (value) => (over === "energy" ? photonEnergy / value : value)) } };
}

function absorptionTrace(variant, index, over, colours, range) {
  const wavelength = valuesOf(variant, "confinement", "wavelength");
  const absorption = valuesOf(variant, "confinement", "absorption");
  const inside = absorption.filter((_, i) => wavelength[i] >= range[0]);
  const most = largest(inside.filter(Number.isFinite)) || 1;
  return { type: "scatter", mode: "lines", x: toAxis(wavelength, over), y: absorption.map((a) => a / most),
    name: `${label(variant)}, absorption`, legendgroup: label(variant), showlegend: false,
    line: { ...lineOf(index, colours, 1.3) } };
}

function plotSpectra(state) {
  const colours = scheme(), data = [], over = state.over;
  const list = seen("confinement", "photoluminescence_wavelength");
  const range = spectralRange(list);
  for (const { variant, index } of list) {
    if (state.absorption === "with" && valuesOf(variant, "confinement", "absorption"))
      data.push(absorptionTrace(variant, index, over, colours, range));
    data.push(emissionTrace(variant, index, over, colours));
  }
  measuredFor("spectra").forEach((table, i) => {
    const wavelength = table.column("wavelength") ?? table.column("photon_energy").map((e) => photonEnergy / e);
    for (const name of ["photoluminescence", "absorption", "electroluminescence"]) {
      const y = table.column(name);
      if (y && !(name === "electroluminescence" && lightOfDevice())) data.push({ type: "scatter", mode: "markers", x: toAxis(wavelength, over), y: scaled(y),
        name: `measured: ${table.file}, ${name}`, marker: { ...measuredMarkers(i), size: 5 } });
    }
  });
  const measured = measuredFor("spectra").flatMap((table) => [...(table.column("wavelength") ?? table.column("photon_energy").map((e) => photonEnergy / e))]);
  const ends = list.length ? toAxis(reaching(range, measured), over).sort((a, b) => a - b) : undefined;
  return { data, layout: layoutOf({ xaxis: axis(over === "energy" ? "photon energy (eV)" : "wavelength (nm)", { range: ends }),
    yaxis: axis("over its largest value", { range: [0, 1.08] }) }, { showlegend: true }) };
}

// ---------------------------------------------------------------- colour

// Primaries of the gamuts [CIE 1931 x, y].
const gamuts = {
  "Rec. 2020": [[0.708, 0.292], [0.17, 0.797], [0.131, 0.046]],
  "NTSC 1953": [[0.67, 0.33], [0.21, 0.71], [0.14, 0.08]],
};

/** The diagram without points: the locus in its colours, and the gamuts; all of it, or a square of it (lower left corner, side). */
function chromaticityDiagram(square = null) {
  const colours = scheme(), locus = spectralLocus(), data = [], shown = square ?? [0, 0, 0.9];
  data.push({ type: "scatter", mode: "lines", x: [...locus.x, locus.x[0]], y: [...locus.y, locus.y[0]], name: "spectral locus",
    showlegend: false, meta: "decoration", line: { color: colours.muted, width: 1.2 }, hoverinfo: "skip" });
  Object.entries(gamuts).forEach(([name, corners], i) => {
    const ring = [...corners, corners[0]];
    data.push({ type: "scatter", mode: "lines", x: ring.map((c) => c[0]), y: ring.map((c) => c[1]), name, meta: "decoration",
      line: { color: colours.ink, width: 1.3, dash: i ? "dot" : "solid" } });
  });
  const marks = [460, 480, 500, 520, 540, 560, 580, 600, 620].map((w) => locus.wavelength.indexOf(w)).filter((i) => i >= 0);
  const layout = layoutOf({
    xaxis: axis("CIE 1931 x", { range: square ? [square[0], square[0] + square[2]] : [0, 0.8], constrain: "domain" }),
    yaxis: axis("CIE 1931 y", { range: square ? [square[1], square[1] + square[2]] : [0, 0.88], scaleanchor: "x", constrain: "domain" }),
  }, {
    images: [{ source: chromaticityPicture(locus, shown), xref: "x", yref: "y", x: shown[0], y: shown[1] + shown[2], sizex: shown[2], sizey: shown[2], sizing: "stretch",
      layer: "below", opacity: 0.85 }],
    annotations: marks.map((i) => note(String(locus.wavelength[i]), locus.x[i], locus.y[i],
      { xanchor: locus.x[i] < 0.3 ? "right" : "left", xshift: locus.x[i] < 0.3 ? -5 : 5, font: { size: 10, color: colours.muted } })),
  });
  return { data, layout };
}

function plotChromaticity() {
  const { data, layout } = chromaticityDiagram();
  const symbols = Object.keys(marks);
  const point = (variant, index, stage, prefix, name) => {
    const x = scalarOf(variant, stage, `${prefix}_x`), y = scalarOf(variant, stage, `${prefix}_y`);
    if (!Number.isFinite(x)) return;
    const round = Math.floor(index / symbols.length), ink = round ? schemes.light.series[(round - 1) % 8] : "#000000";   // after all marks, all marks in a colour
    data.push({ type: "scatter", mode: "markers", x: [x], y: [y], name: `${label(variant)}, ${name}`,
      marker: { size: 11, symbol: symbols[index % symbols.length], color: name === "EL" ? "#ffffff" : ink, line: { color: name === "EL" ? ink : "#ffffff", width: 1.6 } } });
  };
  page.variants.forEach((variant, index) => {
    if (hidden.has(variant.name)) return;
    point(variant, index, "confinement", "cie", "PL");
    point(variant, index, "device", "el_cie", "EL");
  });
  return { data, layout };
}

function addChromaticity(grid) {
  if (!eye.wavelength.length) return;
  addFigure(grid, { id: "chromaticity", title: "Colour", plot: plotChromaticity, tall: true,
    caption: "CIE 1931: filled marks are photoluminescence, hollow ones electroluminescence." });
}

// ---------------------------------------------------------------- decays

const countedMarks = 45;   // of a decay: more hide the line under them

/** Counts from their largest on, over it; neighbouring channels together, as many as leave `countedMarks` up to `end` [ns]. */
function countedDecay(variant, end) {
  const channel = valuesOf(variant, "instruments", "channel"), counts = valuesOf(variant, "instruments", "counts"), first = counts.indexOf(largest(counts));
  const last = channel.findLastIndex((time) => time <= end) + 1, group = Math.max(Math.ceil((last - first) / countedMarks), 1), x = [], y = [];
  for (let i = first; i + group <= last; i += group) {
    const mean = (values) => values.slice(i, i + group).reduce((sum, value) => sum + value, 0) / group;
    x.push(mean(channel));
    y.push(mean(counts) / counts[first] || NaN);   // nothing was counted there
  }
  return { x, y };
}

function plotDecay() {
  const colours = scheme(), data = [];
  for (const { variant, index } of seen("photophysics", "decay")) {
    data.push({ type: "scatter", mode: "lines", x: valuesOf(variant, "photophysics", "time"),
      y: valuesOf(variant, "photophysics", "decay"), name: label(variant), legendgroup: label(variant), line: lineOf(index, colours) });
  }
  const ends = seen("photophysics", "decay").map(({ variant }) => {
    const time = valuesOf(variant, "photophysics", "time"), decay = valuesOf(variant, "photophysics", "decay");
    return time[Math.max(decay.findIndex((d) => d < 1e-4), 1)] ?? time.at(-1);
  });
  const counted = seen("instruments", "counts");
  for (const { variant, index } of counted) {
    const computed = valuesOf(variant, "photophysics", "decay");
    data.push({ type: "scatter", mode: "markers", ...countedDecay(variant, ends.length ? largest(ends) : Infinity), name: `${label(variant)}, as counted`, legendgroup: label(variant),
      showlegend: !computed, marker: { size: 5, symbol: "circle-open", color: colours.series[index % 8], line: { width: 1 } } });
  }
  if (counted.length && ends.length)
    data.push({ type: "scatter", mode: "markers", x: [null], y: [null], name: "as counted", meta: "decoration", marker: { size: 6, symbol: "circle-open", color: colours.ink, line: { width: 1 } } });
  return { data, layout: layoutOf({ xaxis: axis("time after the pulse (ns)", { range: ends.length ? [0, largest(ends)] : undefined }),
    yaxis: axis("photoluminescence", { log: true, range: [-4, 0.1] }) }) };
}

function plotQuenching() {
  const colours = scheme(), data = [];
  for (const { variant, index } of seen("photophysics", "yield_at_temperature")) {
    data.push({ type: "scatter", mode: "lines+markers", x: valuesOf(variant, "photophysics", "temperature"),
      y: valuesOf(variant, "photophysics", "yield_at_temperature"), name: label(variant), line: lineOf(index, colours) });
  }
  return { data, layout: layoutOf({ xaxis: axis("temperature (K)"), yaxis: axis("quantum yield", { rangemode: "tozero" }) }) };
}

function addCrystals(pageElement) {
  if (variantsWith("synthesis", "supersaturation").length) {
    const grid = addSection(pageElement, "synthesis", "From the flask");
    addFigure(grid, { id: "lamer", title: "LaMer diagram", height: 600, plot: plotBirth,
      caption: "Supersaturation drives nucleation until the crystals have taken the monomer; then they grow." });
    if (variantsWith("synthesis", "density").length) {
      addFigure(grid, { id: "growth", title: "Sizes in time", height: 600, plot: plotGrowth,
        state: { variant: firstVariant("synthesis", "density") }, controls: [variantControl("synthesis", "density")],
        caption: "Crystals and clusters per volume and edge, over nine decades." });
    }
  }
  const hasSizes = variantsWith("sizes", "weight").length, hasLight = variantsWith("confinement", "photoluminescence_wavelength").length;
  const alone = measuredFor("spectra").length && !lightOfDevice();
  if (!hasSizes && !hasLight && !measuredFor("sizes").length && !alone) return;
  const grid = addSection(pageElement, "crystals", "Crystals and their light");
  if (hasSizes || measuredFor("sizes").length)
    addFigure(grid, { id: "sizes", title: "Size distribution", plot: plotSizes });
  if (variantsWith("confinement", "curve_energy").length)
    addFigure(grid, { id: "levels", title: "Energy against size, E(D)", plot: plotLevels,
      caption: "Emission energy of one crystal; the ensemble on it is shaded, a dot marks its mean and its peak." });
  if (hasLight || alone) {
    addFigure(grid, { id: "spectra", title: "Absorption and photoluminescence", plot: plotSpectra, wide: true,
      state: { over: "wavelength", absorption: "with" },
      controls: [{ id: "over", label: "over", options: () => [{ value: "wavelength", text: "wavelength" }, { value: "energy", text: "energy" }] },
        { id: "absorption", label: "absorption", options: () => [{ value: "with", text: "shown" }, { value: "without", text: "hidden" }] }],
      caption: hasLight ? "Photoluminescence filled in its true colours; the thin lines are absorption." : "Measured alone: this result has no spectra to compare them with." });
  }
  if (hasLight) addChromaticity(grid);
  if (variantsWith("photophysics", "decay").length)
    addFigure(grid, { id: "decay", title: "Decay of the photoluminescence", tall: true, plot: plotDecay,
      caption: variantsWith("instruments", "counts").length ? "Lines: computed. Circles: as an instrument counts it, from its largest count on, neighbouring channels together." : null });
  if (variantsWith("photophysics", "yield_at_temperature").length)
    addFigure(grid, { id: "quenching", title: "Quantum yield against temperature", tall: true, plot: plotQuenching });
}
