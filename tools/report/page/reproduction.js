"use strict";
// Papers beside what nacre computes: for each figure of a paper its numbers with their bands and ours, the curves behind them, and
// the table with verdicts.

const verdictWords = { within: "✓ within", outside: "✗ outside", missing: "– missing" };

/** "Fig. 4" of "Fig. 4d, text": what is drawn together. */
function figureLabel(target) {
  const found = (target.source ?? "").match(/(Fig|Table)\.? ?S?\d+/);
  return found ? found[0] : "In the text";
}

const shortWords = { plqy: "PLQY", pl: "PL", el: "EL", fwhm: "FWHM", eqe: "EQE", cie: "CIE", uv: "UV", rt: "RT", ln: "LN", tem: "TEM", t50: "T50" };

/** "x1.5, PLQY" of the identifier x1_5.plqy. */
function readable(id) {
  const words = (part) => part.replaceAll(/(\d)_(?=\d)/g, "$1.").split("_").map((word) => shortWords[word] ?? word).join(" ");
  return id.split(".").map(words).join(", ");
}

function namesOf(target) {
  const brackets = target.unit.match(/\(([^()]*)\)$/);
  const names = brackets ? brackets[1].split(",").map((name) => name.trim()) : [];
  const count = Array.isArray(target.measured) ? target.measured.length : 1;
  if (names.length === count) return names;
  if (names.length > count && count > 1) return names.slice(0, count);   // what comes after the samples is how they were measured
  return Array.from({ length: count }, (_, i) => (count === 1 ? "" : String(i + 1)));
}

const plainUnit = (target) => target.unit.replace(/ ?\([^()]*\)$/, "").replace(/^CIE.*/, "1");
const shortId = (target) => target.id.slice(target.paper.length + 1);
const listOf = (value) => (value === null || value === undefined ? null : Array.isArray(value) ? value : [value]);
const isNumeric = (target) => listOf(target.measured).every((value) => typeof value === "number");
const bandOf = (target, value) => (target.kind === "ratio" ? Math.abs(value) * target.band : target.band) ?? 0;

/** What one panel shows: an order, a list of samples, or the same quantity of several samples that are targets of their own. */
function panelsOf(targets) {
  const panels = new Map();
  for (const target of targets) {
    const [, quantity] = shortId(target).match(/^[^.]+\.(.+)$/) ?? [];
    const key = quantity && isNumeric(target) && !Array.isArray(target.measured) ? `${quantity} ${plainUnit(target)}` : target.id;
    panels.set(key, [...(panels.get(key) ?? []), target]);
  }
  return [...panels.values()];
}

/** The samples of a panel: {name, measured, band, a_priori, calibrated}. */
function samplesOf(panel) {
  const verdict = (target) => verdictWords[target.verdict].slice(0, 1);
  return panel.flatMap((target) => listOf(target.measured).map((measured, i) => ({ measured, band: bandOf(target, measured),
    name: panel.length > 1 ? `${readable(shortId(target).split(".")[0])} ${verdict(target)}` : plainNames(target)[i],
    a_priori: listOf(target.a_priori)?.[i] ?? null, calibrated: listOf(target.calibrated)?.[i] ?? null })));
}

const namesIn = (panel) => (isNumeric(panel[0]) ? samplesOf(panel).map(({ name }) => name).filter(Boolean) : ["measured", "ours"]);

/** Panels beside one another: as many as fit, fewer where each holds several samples. */
function panelsAcross(panels) {
  const room = !printing && document.documentElement.clientWidth < 700 ? 2 : 4;
  return Math.min(panels.length, panels.some((panel) => namesIn(panel).length > 2) ? Math.min(room, 3) : room);
}

const plainNames = (target) => namesOf(target).map(sampleOf);
const areSlanted = (names) => names.length > 3 || names.join("").length > 26;

/** What the names of samples need below a panel [px]. */
function roomBelow(panels) {
  const names = panels.map(namesIn);
  return names.some(areSlanted) ? 62 : names.some((list) => list.length) ? 38 : 22;
}

/** The verdict on a panel: of several targets how many are within. */
function verdictOf(panel) {
  if (panel.length === 1) return verdictWords[panel[0].verdict] + (panel[0].used_in_fit ? ", fitted" : "");
  const count = (test) => panel.filter(test).length, fitted = count((target) => target.used_in_fit);
  return `${count((target) => target.verdict === "within")} of ${panel.length} within${fitted ? `, ${fitted} fitted` : ""}`;
}

/** What a panel is called, on two lines where one does not hold it. */
function panelTitle(panel, across) {
  const name = readable(panel.length > 1 ? shortId(panel[0]).split(".").slice(1).join(".") : shortId(panel[0])), verdict = verdictOf(panel);
  return name.length + verdict.length > (printing ? 0.8 : 1) * [99, 60, 34, 44, 32][across] ? `${name}<br>${verdict}` : `${name} · ${verdict}`;
}

const roomAbove = (panels) => (panels.some((panel) => panelTitle(panel, panelsAcross(panels)).includes("<br>")) ? 38 : 22);

function heightOfPanels(panels) {
  return 50 + (123 + roomAbove(panels) + roomBelow(panels)) * Math.ceil(panels.length / panelsAcross(panels));
}

/** Numbers of a panel: measured with the band, a priori, calibrated. `named`: which of these the legend lists here. */
function numberPanel(panel, place, named, colours) {
  const samples = samplesOf(panel), x = samples.map((_, i) => i), unit = plainUnit(panel[0]);
  const data = [{ type: "scatter", mode: "markers", x, y: samples.map(({ measured }) => measured), name: "measured, with the accepted band", legendgroup: "measured",
    showlegend: named.includes("measured"), ...place,
    error_y: { type: "data", array: samples.map(({ band }) => band), thickness: 9, width: 0, color: colours.fill },
    marker: { symbol: "line-ew", size: 20, line: { width: 2.6, color: colours.ink } } }];
  for (const [name, text, shift, marker] of [
    ["a_priori", "a priori", -0.12, { symbol: "circle-open", size: 9, color: colours.series[0], line: { width: 2 } }],
    ["calibrated", "calibrated", 0.12, { symbol: "diamond", size: 9, color: colours.series[1] }],
  ]) {
    if (samples.every((sample) => sample[name] === null)) continue;
    data.push({ type: "scatter", mode: "markers", x: x.map((v) => v + shift), y: samples.map((sample) => sample[name]), name: text, legendgroup: name,
      showlegend: named.includes(name), marker, ...place });
  }
  const names = samples.map(({ name }) => name);
  return { data,
    xaxis: { range: [-0.6, names.length - 0.4], tickvals: x, ticktext: names, tickangle: areSlanted(names) ? -28 : 0 },
    yaxis: { nticks: 5, title: { text: unit.length > 9 ? "" : unitText(unit), standoff: 3, font: { size: 11 } } } };
}

/** A sample without what was measured of it: "SQDs" of "SQDs (8.7 cd/m2)". */
const sampleOf = (name) => name.replace(/ \(.*/, "");

/** An order of samples: as measured and as computed, the lowest at the bottom; lines cross where they differ. */
function orderPanel(target, place, colours) {
  const plain = (list) => listOf(list)?.map(sampleOf) ?? [];
  const measured = plain(target.measured), ours = plain(target.calibrated ?? target.a_priori);
  const data = measured.map((name, rank) => {
    const other = ours.indexOf(name);
    return { type: "scatter", mode: "lines+markers+text", x: other < 0 ? [0] : [0, 1], y: other < 0 ? [rank] : [rank, other], text: [name, name],
      textposition: ["middle left", "middle right"], textfont: { size: 11, color: colours.ink }, name, showlegend: false, cliponaxis: false,
      line: { color: colours.series[other === rank || other < 0 ? 0 : 1], width: 1.8 }, marker: { size: 7 }, ...place };
  });
  return { data, xaxis: { range: [-1.3, 2.3], tickvals: [0, 1], ticktext: ["measured", ours.length ? "ours" : ""] },
    yaxis: { range: [-0.6, measured.length - 0.4], tickvals: [], showgrid: false, title: undefined } };
}

/** A group of targets as small drawings beside one another. */
function plotTargets(targets) {
  const colours = scheme(), data = [], axes = {}, annotations = [], panels = panelsOf(targets);
  const across = panelsAcross(panels), down = Math.ceil(panels.length / across), numeric = panels.filter((panel) => isNumeric(panel[0]));
  const gapX = across > 2 ? 0.06 : 0.09, pixel = 1 / heightOfPanels(panels);
  const firstWith = (name) => numeric.find((panel) => panel.some((target) => target[name] !== null && target[name] !== undefined));
  panels.forEach((panel, k) => {
    const suffix = k === 0 ? "" : String(k + 1), column = k % across, row = Math.floor(k / across);
    const place = { xaxis: `x${suffix}`, yaxis: `y${suffix}` }, named = ["measured", "a_priori", "calibrated"].filter((name) => firstWith(name) === panel);
    const drawn = isNumeric(panel[0]) ? numberPanel(panel, place, named, colours) : orderPanel(panel[0], place, colours);
    data.push(...drawn.data);
    const domainX = [column / across + (column ? gapX : 0), (column + 1) / across - 0.01];
    const domainY = [1 - (row + 1) / down + (row < down - 1 ? roomBelow(panels) : 0) * pixel, 1 - row / down - roomAbove(panels) * pixel];
    axes[`xaxis${suffix}`] = axis("", { domain: domainX, anchor: `y${suffix}`, tickfont: { size: 10.5 }, showgrid: false, title: undefined, ...drawn.xaxis });
    axes[`yaxis${suffix}`] = axis("", { domain: domainY, anchor: `x${suffix}`, ...drawn.yaxis });
    annotations.push(note(panelTitle(panel, across), domainX[0], domainY[1],
      { xref: "paper", yref: "paper", xanchor: "left", yanchor: "bottom", align: "left", font: { size: 11.5, color: colours.ink } }));
  });
  return { data, layout: layoutOf(axes, { annotations, showlegend: numeric.length > 0, margin: { l: 46, r: 10, t: 4, b: 24 },
    legend: { orientation: "h", y: -(roomBelow(panels) + 4) * pixel, yanchor: "top", x: 0, font: { size: 11 } } }) };
}

function plotColours(targets) {
  const { data, layout } = chromaticityDiagram();
  for (const target of targets) {
    const at = (name) => listOf(target[name]);
    const point = (value, name, marker) => value && data.push({ type: "scatter", mode: "markers", x: [value[0]], y: [value[1]], name, marker });
    point(at("measured"), "measured", { symbol: "cross", size: 12, color: "#000000", line: { width: 1.2, color: "#ffffff" } });
    point(at("a_priori"), "a priori", { symbol: "circle", size: 10, color: "#ffffff", line: { width: 2, color: "#000000" } });
    point(at("calibrated"), "calibrated", { symbol: "diamond", size: 10, color: "#000000", line: { width: 1.2, color: "#ffffff" } });
  }
  return { data, layout };
}

// ---------------------------------------------------------------- curves behind the numbers

/** What a paper measured of single outputs: [{variant, output, value, band, name}]. */
function measuredScalars(targets) {
  return targets.filter(isNumeric).flatMap((target) => (target.from ?? []).flatMap((expression, i) => {
    const found = expression.match(/^(\w+)\.(\w+)$/);
    const value = listOf(target.measured)[i];
    return found ? [{ variant: found[1], output: found[2], value, band: bandOf(target, value), name: namesOf(target)[i] }] : [];
  }));
}

const paperOf = (name) => page.papers.find((paper) => paper.paper === name);
const inColumn = (paper, state) => (paper[state.column].length ? paper[state.column] : paper.calibrated);

function variantsNamed(paper, state, names) {
  return inColumn(paper, state).map((variant, index) => ({ variant, index })).filter(({ variant }) => names.has(variant.name));
}

/** Our spectra of the variants whose peaks were measured, and where the paper's peaks lie. */
function plotPaperSpectra(paper, scalars, state) {
  const colours = scheme(), data = [], shapes = [], ranges = [], bars = [];
  const names = new Set(scalars.filter((one) => /_peak$/.test(one.output)).map((one) => one.variant));
  const list = variantsNamed(paper, state, names).filter(({ variant }) => valuesOf(variant, "confinement", "photoluminescence_wavelength"));
  list.forEach(({ variant }, k) => {
    const trace = emissionTrace(variant, k, "wavelength", colours);
    if (list.length > 3) delete trace.fill;   // colours over colours say nothing
    data.push({ ...trace, name: `${variant.name}, ours`, legendgroup: variant.name });
    ranges.push(spectralRange([{ variant }]));
    const peak = scalars.find((one) => one.variant === variant.name && /^(pl|el)_peak$/.test(one.output));
    const width = scalars.find((one) => one.variant === variant.name && /_fwhm$/.test(one.output));
    if (!peak) return;
    data.push({ type: "scatter", mode: "lines", x: [peak.value, peak.value], y: [0, 1.06], name: `${variant.name}, measured peak`, legendgroup: variant.name,
      showlegend: false, line: { color: colours.series[k % 8], width: 1.5, dash: "dash" } });
    if (!width) return;
    const ends = [peak.value - width.value / 2, peak.value + width.value / 2], height = 0.5 - 0.025 * bars.filter(([low, high]) => low < ends[1] && high > ends[0]).length;
    bars.push(ends);
    data.push({ type: "scatter", mode: "lines+markers", x: ends, y: [height, height], showlegend: false,
      name: `${variant.name}, measured width`, legendgroup: variant.name, marker: { symbol: "line-ns", size: 9, line: { width: 2, color: colours.series[k % 8] } },
      line: { color: colours.series[k % 8], width: 1.2 } });
  });
  const range = ranges.length ? [smallest(ranges.map((r) => r[0])) + 50, largest(ranges.map((r) => r[1])) + 10] : undefined;
  return { data, layout: layoutOf({ xaxis: axis("wavelength (nm)", { range }), yaxis: axis("photoluminescence", { range: [0, 1.1] }) }, { shapes }) };
}

/** Our sizes, and normal distributions with the mean and spread that the microscope gave. */
function plotPaperSizes(paper, scalars, state) {
  const colours = scheme(), data = [], ranges = [];
  const names = new Set(scalars.filter((one) => one.output === "size_mean").map((one) => one.variant));
  variantsNamed(paper, state, names).filter(({ variant }) => valuesOf(variant, "sizes", "weight")).forEach(({ variant }, k) => {
    const { edge, weight, density } = sizesOf(variant);
    data.push({ type: "scatter", mode: "lines", x: edge, y: density, name: `${variant.name}, ours`, line: lineOf(k, colours) });
    ranges.push(sizeRange(edge, weight));
    const of = (output) => scalars.find((one) => one.variant === variant.name && one.output === output)?.value;
    const mean = of("size_mean"), spread = of("size_sd");
    if (!spread) {
      data.push({ type: "scatter", mode: "lines", x: [mean, mean], y: [0, 1.05 * largest(density)], name: `${variant.name}, measured mean`, line: { ...lineOf(k, colours, 1.5), dash: "dash" } });
      return;
    }
    const x = Array.from({ length: 81 }, (_, i) => mean + ((i - 40) / 10) * spread);
    data.push({ type: "scatter", mode: "lines", x, y: x.map((v) => Math.exp(-(((v - mean) / spread) ** 2) / 2) / (spread * Math.sqrt(2 * Math.PI))),
      name: `${variant.name}, measured mean and spread`, fill: "tozeroy", line: { color: colours.series[k % 8], width: 0.8 }, fillcolor: faded(colours.series[k % 8], 0.22) });
  });
  const range = ranges.length ? [smallest(ranges.map((r) => r[0])), largest(ranges.map((r) => r[1]))] : undefined;
  return { data, layout: layoutOf({ xaxis: axis("edge (nm)", { range }), yaxis: axis("share of crystals per edge (nm⁻¹)") }) };
}

/** Our decays, and single exponentials with the lifetimes that were measured. */
function plotPaperDecays(paper, scalars, state) {
  const colours = scheme(), data = [], ends = [];
  const lifetimes = scalars.filter((one) => /^(trpl_)?lifetime$/.test(one.output));
  variantsNamed(paper, state, new Set(lifetimes.map((one) => one.variant))).filter(({ variant }) => valuesOf(variant, "photophysics", "decay")).forEach(({ variant }, k) => {
    data.push({ type: "scatter", mode: "lines", x: valuesOf(variant, "photophysics", "time"), y: valuesOf(variant, "photophysics", "decay"),
      name: `${variant.name}, ours`, line: { color: colours.series[k % 8], width: 2 } });
    const lifetime = lifetimes.find((one) => one.variant === variant.name).value;
    ends.push(5 * lifetime);
    const x = Array.from({ length: 25 }, (_, i) => (i / 4) * lifetime);
    data.push({ type: "scatter", mode: "lines", x, y: x.map((t) => Math.exp(-t / lifetime)), name: `${variant.name}, measured ${shown(lifetime)} ns`,
      line: { color: colours.series[k % 8], width: 1.2, dash: "dot" } });
  });
  return { data, layout: layoutOf({ xaxis: axis("time after the pulse (ns)", { range: ends.length ? [0, largest(ends)] : undefined }),
    yaxis: axis("photoluminescence", { log: true, range: [-2.5, 0.1] }) }) };
}

/** Our curves of the devices that a paper's targets rest on; lines say what was measured of them. */
function plotPaperDevice(paper, targets, scalars, state) {
  const colours = scheme(), data = [], currents = [], luminances = [], efficiencies = [];
  const names = new Set(scalars.filter((one) => /^(turn_on|luminance_max|eqe_max)$/.test(one.output)).map((one) => one.variant));
  const list = variantsNamed(paper, state, names).filter(({ variant }) => valuesOf(variant, "device", "luminance"));
  list.forEach(({ variant }, k) => {
    const bias = dev(variant, "bias"), current = dev(variant, "current_density").map(Math.abs), luminance = dev(variant, "luminance"), eqe = dev(variant, "eqe");
    currents.push(...current);
    luminances.push(...luminance);
    const least = leastLuminance(luminance), lit = (i) => luminance[i] >= least;
    efficiencies.push(eqe.filter((_, i) => lit(i)).map((e) => 100 * e));
    const common = { type: "scatter", mode: "lines", legendgroup: variant.name, line: lineOf(k, colours) };
    data.push({ ...common, x: bias, y: current, name: `${label(variant)}, ours`, yaxis: "y3" });
    data.push({ ...common, x: bias, y: luminance, name: `${label(variant)}, luminance`, showlegend: false });
    data.push({ ...common, x: luminance.filter((_, i) => lit(i)), y: efficiencies.at(-1), name: `${label(variant)}, EQE`, showlegend: false, xaxis: "x2", yaxis: "y2" });
  });
  const find = (pattern) => targets.filter((target) => isNumeric(target) && pattern.test(shortId(target)));
  /** What was measured of each sample, in the colour of its curve. */
  const each = (found, make) => found.forEach((target) => listOf(target.measured).forEach((value, i) => {
    const place = list.findIndex(({ variant }) => target.from?.[i]?.startsWith(`${variant.name}.`)), colour = place < 0 ? colours.ink : colours.series[place % 8];
    data.push({ type: "scatter", ...make(value, colour), name: `measured ${readable(shortId(target))}${namesOf(target)[i] ? `, ${namesOf(target)[i]}` : ""}`,
      legendgroup: place < 0 ? undefined : list[place].variant.name, showlegend: false });
  }));
  each(find(/^turn_on$/), (value, colour) => ({ mode: "markers", x: [value], y: [1], marker: { symbol: "triangle-up", size: 11, color: colour, line: { width: 2, color: colour } } }));
  const ends = luminances.length ? [smallest(luminances.filter((l) => l > 0.01)), largest(luminances)] : [0.1, 1e4];
  const highest = find(/^luminance_max$/).flatMap((target) => listOf(target.measured));
  const biases = data.filter((trace) => !trace.xaxis).flatMap((trace) => trace.x);
  const dotted = (colour) => ({ dash: "dot", width: 1.6, color: colour });
  each(find(/^luminance_max$/), (value, colour) => ({ mode: "lines", x: [smallest(biases), largest(biases)], y: [value, value], line: dotted(colour) }));
  each(find(/^eqe_max/), (value, colour) => ({ mode: "lines", x: ends, y: [100 * value, 100 * value], xaxis: "x2", yaxis: "y2", line: dotted(colour) }));
  const maxima = find(/^eqe_max/).flatMap((target) => listOf(target.measured)).map((e) => [100 * e]);
  return { data, layout: layoutOf({
    xaxis: axis("bias (V)", { domain: [0, 0.41] }), yaxis: axis("luminance<br>(cd/m²)", { log: true, range: logRange([...luminances, ...highest], 7), domain: [0, 0.47] }),
    yaxis3: axis("current density<br>(mA/cm²)", { log: true, range: logRange(currents, 9), domain: [0.53, 1] }),
    xaxis2: axis("luminance (cd/m²)", { domain: [0.59, 1], anchor: "y2", log: true }),
    yaxis2: axis("EQE (%)", { anchor: "x2", log: true, range: logRangeOfEach([...efficiencies, ...maxima], 3) }),
  }) };
}

const rises = (voltage) => new Set(voltage.filter((v) => v > 0)).size > 2;

/** Our drift of the light, over the voltage of a staircase or in time, and how far it went in the paper. */
function plotPaperDrift(paper, scalars, state, overVoltage) {
  const colours = scheme(), data = [], shifts = scalars.some((one) => one.output === "drift_shift");
  const measured = scalars.filter((one) => (shifts ? /^drift_(shift|onset_voltage)$/ : /^drift_peak$/).test(one.output));
  const list = variantsNamed(paper, state, new Set(scalars.filter((one) => one.output.startsWith("drift_")).map((one) => one.variant)))
    .filter(({ variant }) => valuesOf(variant, "drift", "shift") && rises(valuesOf(variant, "drift", "voltage")) === overVoltage);
  list.forEach(({ variant }, k) => {
    const colour = colours.series[k % 8], x = valuesOf(variant, "drift", overVoltage ? "voltage" : "time"), y = valuesOf(variant, "drift", shifts ? "shift" : "peak");
    data.push({ type: "scatter", mode: overVoltage ? "lines+markers" : "lines", x, y, name: `${variant.name}, ours`, legendgroup: variant.name, line: lineOf(k, colours) });
    for (const one of measured.filter((scalar) => scalar.variant === variant.name)) {
      const onset = one.output === "drift_onset_voltage", error = { type: "data", array: [one.band], color: colour, thickness: 1.5 };
      data.push({ type: "scatter", mode: "markers", x: [onset ? one.value : x[x.length - 1]], y: [onset ? 1 : one.value], legendgroup: variant.name, showlegend: false,
        name: `${variant.name}, measured${onset ? " onset" : ""}`, [onset ? "error_x" : "error_y"]: error,
        marker: { symbol: onset ? "triangle-up" : "square-open", size: 11, color: colour, line: { width: 2, color: colour } } });
    }
  });
  return { data, layout: layoutOf({ xaxis: axis(overVoltage ? "voltage (V)" : "time since the protocol began (s)"), yaxis: axis(shifts ? "shift of the peak (nm)" : "peak (nm)") }) };
}

/** How our light fades, and when half of it was gone in the paper. */
function plotPaperAgeing(paper, scalars, state) {
  const colours = scheme(), data = [], halves = scalars.filter((one) => one.output === "t50");
  const list = variantsNamed(paper, state, new Set(halves.map((one) => one.variant))).filter(({ variant }) => valuesOf(variant, "ageing", "light"));
  list.forEach(({ variant }, k) => {
    const half = halves.find((one) => one.variant === variant.name), colour = colours.series[k % 8];
    data.push({ type: "scatter", mode: "lines", x: valuesOf(variant, "ageing", "time").map((t) => (t > 0 ? 60 * t : NaN)), y: valuesOf(variant, "ageing", "light"),
      name: `${label(variant)}, ours`, legendgroup: variant.name, line: lineOf(k, colours) });
    data.push({ type: "scatter", mode: "markers", x: [half.value], y: [0.5], name: `${label(variant)}, measured T50`, legendgroup: variant.name, showlegend: false,
      error_x: { type: "data", array: [half.band], color: colour, thickness: 1.5 }, marker: { symbol: "square-open", size: 11, color: colour, line: { width: 2, color: colour } } });
  });
  return { data, layout: layoutOf({ xaxis: axis("time (min)", { log: true }), yaxis: axis("light over the start", { rangemode: "tozero" }) }) };
}

// ---------------------------------------------------------------- tables

function gauge(target) {
  const computed = listOf(target.calibrated) ?? listOf(target.a_priori);
  if (!computed || !isNumeric(target) || !target.band || target.verdict === "missing") return "";
  const measured = listOf(target.measured);
  const off = computed.map((value, i) => (value - measured[i]) / bandOf(target, measured[i])).sort((a, b) => Math.abs(b) - Math.abs(a))[0];
  if (!Number.isFinite(off)) return "";
  const x = 50 + 30 * Math.max(Math.min(off, 1.5), -1.5), within = target.verdict === "within";
  const svg = svgElement("svg", { viewBox: "0 0 100 16", class: "gauge", role: "img", "aria-label": `${off.toFixed(1)} bands off` },
    svgElement("rect", { x: 20, y: 5, width: 60, height: 6, class: "band" }), svgElement("line", { x1: 50, x2: 50, y1: 2, y2: 14, class: "centre" }));
  svg.append(within ? svgElement("circle", { cx: x, cy: 8, r: 4.5, class: "dot" }) : svgElement("path", { d: `M${x - 4} 4L${x + 4} 12M${x - 4} 12L${x + 4} 4`, class: "cross" }));
  return svg;
}

function cellText(value, computed) {
  if (value === null || value === undefined) return "–";
  return listOf(value).map((one) => (typeof one === "number" ? shown(one) : computed ? sampleOf(one) : one)).join(typeof listOf(value)[0] === "number" ? ", " : " < ");
}

function targetRows(target) {
  const band = target.band === null ? "order" : target.kind === "ratio" ? `${100 * target.band} %` : `± ${shown(target.band)}`;
  const row = element("tr", { class: target.verdict },
    element("th", { scope: "row" }, readable(shortId(target)), element("small", {}, ` ${target.source ?? ""}`)),
    element("td", { class: "unit" }, unitText(plainUnit(target))), element("td", {}, cellText(target.measured)), element("td", {}, cellText(target.a_priori, true)),
    element("td", {}, cellText(target.calibrated, true)), element("td", {}, band), element("td", {}, gauge(target)),
    element("td", { class: "verdict" }, verdictWords[target.verdict] + (target.used_in_fit ? ", fitted" : target.verdict === "missing" ? "" : ", predicted")));
  if (target.verdict === "within" || !target.note) return [row];
  return [row, element("tr", { class: "why" }, element("td", { colspan: 8 }, target.note))];
}

function targetTable(targets) {
  const head = ["quantity", "unit", "measured", "a priori", "calibrated", "band", "", "verdict"].map((name) => element("th", {}, name));
  return element("div", { class: "scroll" }, element("table", { class: "targets" }, element("thead", {}, element("tr", {}, head)),
    element("tbody", {}, targets.flatMap(targetRows))));
}

function headline(targets) {
  const count = (fitted, within) => targets.filter((target) => target.verdict !== "missing" && target.used_in_fit === fitted &&
    (!within || target.verdict === "within")).length;
  return `predicted: ${count(false, true)} of ${count(false)} within; fitted: ${count(true, true)} of ${count(true)} within; missing: ` +
    `${targets.filter((target) => target.verdict === "missing").length}`;
}

function parameterTable(parameters) {
  const rows = parameters.map((one) => element("tr", {}, element("th", { scope: "row" }, one.name), element("td", {}, shown(one.value)),
    element("td", {}, one.standard_error === null ? "–" : `± ${Number(one.standard_error.toPrecision(2))}`), element("td", { class: "unit" }, unitText(one.unit)),
    element("td", { class: "meaning" }, (one.fitted_to ?? []).join(", "))));
  const head = ["fitted constant", "value", "standard error", "unit", "fitted to"].map((name) => element("th", {}, name));
  return element("div", { class: "scroll" }, element("table", {}, element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows)));
}

// ---------------------------------------------------------------- the page

const columnControl = { id: "column", label: "column", subject: true, options: () => [{ value: "calibrated", text: "calibrated" }, { value: "a_priori", text: "a priori" }] };

function addCurves(grid, name, targets) {
  const paper = paperOf(name);
  if (!paper || !paper.calibrated.length) return;
  const scalars = measuredScalars(targets);
  const add = (id, title, plot, caption) => {
    if (plot({ column: "calibrated" }).data.length === 0) return;
    addFigure(grid, { id: `${name}-${id}`, title, caption, plot, state: { column: "calibrated" }, controls: paper.a_priori.length ? [columnControl] : [] });
  };
  add("spectra", "Light: ours, and the measured peaks", (state) => plotPaperSpectra(paper, scalars, state), "Dashed: measured peaks; bars: measured widths at half height, a little lower where another is in the way.");
  add("sizes", "Sizes: ours, and what the microscope gave", (state) => plotPaperSizes(paper, scalars, state));
  add("decays", "Decays: ours, and the measured mean lifetimes", (state) => plotPaperDecays(paper, scalars, state), "Dotted: a single exponential with the measured mean lifetime.");
  if (targets.some((target) => /^(turn_on|luminance_max|eqe_max)/.test(shortId(target))))
    add("device", "Device: ours, and what was measured of it", (state) => plotPaperDevice(paper, targets, scalars, state), "Triangles: measured turn-on; dotted: measured maxima; each in the colour of its sample, in that of the text where the paper gives one number for all.");
  add("staircase", "Drift over voltage: ours, and measured", (state) => plotPaperDrift(paper, scalars, state, true),
    "Squares: measured shift at the end; triangle: measured onset; with their bands.");
  add("drift", "Drift in time: ours, and measured", (state) => plotPaperDrift(paper, scalars, state, false), "Squares: measured at the end, with their bands.");
  add("ageing", "Ageing: ours, and measured", (state) => plotPaperAgeing(paper, scalars, state), "Squares: measured T50, with their bands.");
}

function addPaper(pageElement, name, targets) {
  const title = paperOf(name)?.title;
  const grid = addSection(pageElement, name, title ? `${name}: ${title}` : name);
  grid.before(element("p", { class: "headline" }, headline(targets)));
  const drawn = targets.filter((target) => isNumeric(target) || Array.isArray(target.measured));
  const colours = drawn.filter((target) => /^CIE/.test(target.unit));
  const groups = Map.groupBy ? Map.groupBy(drawn.filter((target) => !colours.includes(target)), figureLabel)
    : drawn.reduce((map, target) => map.set(figureLabel(target), [...(map.get(figureLabel(target)) ?? []), target]), new Map());
  addCurves(grid, name, targets);
  for (const [figure, list] of [...groups].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))) {
    const panels = panelsOf(list);
    addFigure(grid, { id: `${name}-${figure.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`, title: `${figure}: its numbers beside ours`, plot: () => plotTargets(list),
      caption: list.every(isNumeric) ? null : "Of an order the lowest stands at the bottom; where ours differs its lines cross.",
      height: heightOfPanels(panels), wide: panels.length > 2 || panels.some((panel) => panels.length > 1 && namesIn(panel).length > 2) });
  }
  if (colours.length && eye.wavelength.length) addFigure(grid, { id: `${name}-colour`, title: `${colours[0].source}: colour`, plot: () => plotColours(colours), tall: true });
  grid.after(targetTable(targets));
}

function addReproduction(pageElement) {
  const { targets, parameters } = page.document;
  page.variants = [];
  pageElement.append(element("p", { class: "headline big" }, headline(targets)),
    element("p", {}, "Measured: the paper's number. A priori: with data of the literature alone. Calibrated: with the fitted constants. A target that took part in " +
      "a fit says so; only what did not is a prediction. All drawings are our own, of numbers that the papers print."));
  const names = [...new Set(targets.map((target) => target.paper))];
  for (const name of names) addPaper(pageElement, name, targets.filter((target) => target.paper === name));
  const misses = targets.filter((target) => target.verdict === "outside");
  pageElement.append(element("section", { id: "misses" }, element("h2", {}, `Outside the band, and why (${misses.length})`),
    element("ul", {}, misses.map((target) => element("li", {}, element("strong", {}, target.id), `: ${target.note || "no reason is known."}`)))));
  if (parameters.length) pageElement.append(element("section", { id: "parameters" }, element("h2", {}, "Fitted constants"), parameterTable(parameters)));
}
