"use strict";
// Figures of the drift of the colour: what exchange of halides makes of the light under a protocol of bias, current or light.

// name, title, and the least that its axis spans: less is rounding
const driftPanels = [["peak", "peak<br>(nm)", 1], ["fwhm", "width<br>(nm)", 1], ["iodide", "iodide", 0.01], ["voltage", "bias<br>(V)", 0.1]];

/** Variants whose bias takes more than two values: staircases. */
const stairs = () => seen("drift", "peak").filter(({ variant }) => new Set(valuesOf(variant, "drift", "voltage")).size > 2);

/** Over time, or, for staircases, over the bias. */
function plotDrift(state) {
  const colours = scheme(), data = [], axes = {}, biased = state.over === "bias", log = state.over === "log";
  const drawn = new Set((biased ? stairs() : seen("drift", "peak")).map(({ index }) => index));
  const shownIn = (name) => seen("drift", name).filter(({ index }) => drawn.has(index));
  const mixed = (variant) => valuesOf(variant, "drift", "iodide").some((share) => share > 0 && share < 1);
  const panels = driftPanels.filter(([name]) => !(biased && name === "voltage") && shownIn(name).some(({ variant }) => name !== "iodide" || mixed(variant)));
  panels.forEach(([name, title, least], k) => {
    const suffix = k === 0 ? "" : k + 1;
    for (const { variant, index } of shownIn(name)) {
      const x = valuesOf(variant, "drift", biased ? "voltage" : "time");
      data.push({ type: "scatter", mode: biased ? "lines+markers" : "lines", x: x.map((value) => (log && !(value > 0) ? NaN : value)), y: valuesOf(variant, "drift", name),
        name: label(variant), legendgroup: label(variant), showlegend: k === 0, line: lineOf(index, colours), marker: { size: 5 }, yaxis: `y${suffix}` });
    }
    axes[`yaxis${suffix}`] = axis(title, { domain: domainOf(k, panels.length),
      range: noNarrower(shownIn(name).flatMap(({ variant }) => valuesOf(variant, "drift", name)), least) });
  });
  axes.xaxis = axis(biased ? "bias (V)" : "time since the protocol began (s)", { log, anchor: `y${panels.length > 1 ? panels.length : ""}` });
  return { data, layout: layoutOf(axes) };
}

const driftControl = { id: "over", label: "over", options: () => [{ value: "log", text: "time, logarithmic" }, { value: "linear", text: "time" },
  ...(stairs().length ? [{ value: "bias", text: "bias of staircases" }] : [])] };

/** A table over time and something else as a map; each row over its largest value, or as it is. */
function plotTimeMap(state, name, title, colour) {
  const table = tableOf(page.variants[state.variant], "drift", name);
  const keep = table.rows.map((time) => time > 0);
  const z = table.z.filter((_, i) => keep[i]).map((row) => {
    const most = colour ? 1 : largest(row.filter(Number.isFinite));
    return row.map((value) => value / most);
  });
  return {
    data: [{ type: "heatmap", x: table.columns, y: table.rows.filter((_, i) => keep[i]), z, colorscale: heat, hoverongaps: false,
      colorbar: colourBar(colour ?? "over its row's maximum") }],
    layout: layoutOf({ xaxis: axis(title), yaxis: axis("time (s)", { log: table.rows.filter((time) => time > 0).length > 2 }) }), says: table.says,
  };
}

/** Spectra at some times, from the first to the last. */
function plotDriftSpectra(state) {
  const table = tableOf(page.variants[state.variant], "drift", "emission");
  const rows = evenly(table.z.map((_, i) => i), 7);
  const data = rows.map((row, i) => ({ type: "scatter", mode: "lines", x: table.columns, y: scaled(table.z[row]), name: `${shown(table.rows[row])} s`,
    line: { color: ordered(i, rows.length), width: 1.8 } }));
  return { data, layout: layoutOf({ xaxis: axis("wavelength (nm)"), yaxis: axis("emission over its largest value", { range: [0, 1.08] }) }) };
}

/** The square of the CIE diagram in which tracks lie: its lower left corner and side. */
function squareAround(tracks) {
  const [x, y] = [0, 1].map((k) => tracks.flatMap((track) => track[k].filter(Number.isFinite)));
  const side = 1.12 * Math.max(largest(x) - smallest(x), largest(y) - smallest(y), 0.02), corner = (list) => (smallest(list) + largest(list) - side) / 2;
  return [corner(x), corner(y), side];
}

/** Where the colour wanders in the CIE diagram. */
function plotDriftColours(state) {
  const tracks = seen("drift", "chromaticity_x").map(({ variant }) => [valuesOf(variant, "drift", "chromaticity_x"), valuesOf(variant, "drift", "chromaticity_y")]);
  const { data, layout } = chromaticityDiagram(state.show === "tracks" && tracks.length ? squareAround(tracks) : null), colours = schemes.light;   // the diagram is bright in both schemes
  for (const { variant, index } of seen("drift", "chromaticity_x")) {
    data.push({ type: "scatter", mode: "lines+markers", x: valuesOf(variant, "drift", "chromaticity_x"), y: valuesOf(variant, "drift", "chromaticity_y"),
      name: label(variant), line: lineOf(index, colours, 1.8), marker: { size: 4, color: colours.series[index % 8] } });
  }
  return { data, layout };
}

function addDrift(pageElement) {
  if (!variantsWith("drift", "peak").length) return;
  const grid = addSection(pageElement, "drift", "Drift of the colour");
  const of = (name) => ({ state: { variant: firstVariant("drift", name) }, controls: [variantControl("drift", name)] });
  addFigure(grid, { id: "drift-in-time", title: "Peak, width and iodide as it drifts", height: 520, plot: plotDrift, state: { over: "log" }, controls: [driftControl] });
  if (variantsWith("drift", "emission").length) {
    addFigure(grid, { id: "drift-map", title: "EL in time", height: 520, plot: (state) => plotTimeMap(state, "emission", "wavelength (nm)"), ...of("emission") });
    addFigure(grid, { id: "drift-spectra", title: "Spectra at some times", tall: true, plot: plotDriftSpectra, ...of("emission") });
  }
  if (eye.wavelength.length && variantsWith("drift", "chromaticity_x").length)
    addFigure(grid, { id: "drift-colours", title: "Colour in time", tall: true, plot: plotDriftColours, state: { show: "tracks" },
      controls: [{ id: "show", label: "show", options: () => [{ value: "tracks", text: "where it goes" }, { value: "all", text: "all of the diagram" }] }], caption: "CIE 1931; a dot for every computed time." });
  const composed = variantsWith("drift", "domains").filter(({ variant }) => setOf(variant, "drift", "domains").columns > 1);   // one halide has no domains
  if (composed.length)
    addFigure(grid, { id: "drift-domains", title: "Domains by composition", tall: true, plot: (state) => plotTimeMap(state, "domains", "iodide fraction of a domain"),
      state: { variant: composed[0].index }, controls: [{ id: "variant", label: "variant", subject: true, options: () => composed.map(({ variant, index }) => ({ value: index, text: label(variant) })) }] });
  const deep = page.variants.findIndex((variant) => (setOf(variant, "drift", "depth")?.numbers.length ?? 0) > 1 && setOf(variant, "drift", "iodide_at_depth"));
  if (deep >= 0)
    addFigure(grid, { id: "drift-depth", title: "Composition through the layer", tall: true, ...of("iodide_at_depth"), state: { variant: deep },
      plot: (state) => {
        const drawn = plotTimeMap(state, "iodide_at_depth", "depth: which of the computed ones, from the anode's side", "iodide fraction");
        Object.assign(drawn.layout.xaxis, { dtick: 1, tickformat: "d" });
        return drawn;
      } });
}
