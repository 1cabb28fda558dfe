"use strict";
// Figures of the device: curves over the bias, light, bands and profiles, the programme in time, impedance.

const elementaryCharge = 1.602176634e-19;   // [C]

const dev = (variant, name) => valuesOf(variant, "device", name);

// ---------------------------------------------------------------- curves

/** The first of lines that may lie on one another are wider, so that those below show. */
const lineAmong = (k, n, index, colours) => lineOf(index, colours, n > 1 && n <= 4 ? 2 + (1.8 * (n - 1 - k)) / (n - 1) : 2);

function plotCurrentVoltage() {
  const colours = scheme(), data = [], currents = [], luminances = [];
  const shownOnes = seen("device", "current_density");
  for (const [k, { variant, index }] of shownOnes.entries()) {
    const line = lineAmong(k, shownOnes.length, index, colours);
    const x = dev(variant, "bias"), current = dev(variant, "current_density").map(Math.abs);
    currents.push(...current);
    data.push({ type: "scatter", mode: "lines", x, y: current, name: label(variant), legendgroup: label(variant),
      line });
    const luminance = dev(variant, "luminance");
    if (!luminance) continue;
    luminances.push(...luminance);
    data.push({ type: "scatter", mode: "lines", x, y: luminance, name: `${label(variant)}, luminance`, legendgroup: label(variant),
      showlegend: false, line, yaxis: "y2" });
  }
  measuredFor("current-voltage").forEach((table, i) => {
    for (const [name, y] of [["current_density", "y"], ["luminance", "y2"]]) {
      const values = table.column(name);
      if (!values) continue;
      (y === "y" ? currents : luminances).push(...values.map(Math.abs));
      data.push({ type: "scatter", mode: "markers", x: table.column("bias"), y: values.map(Math.abs), yaxis: y,
        name: `measured: ${table.file}`, legendgroup: table.file, showlegend: y === "y" || !table.column("current_density"),
        marker: measuredMarkers(i) });
    }
  });
  return { data, layout: layoutOf({
    xaxis: axis("bias (V)", { anchor: luminances.length ? "y2" : "y" }),
    yaxis: axis("current density<br>(mA/cm²)", { log: true, range: logRange(currents, 9), domain: luminances.length ? [0.53, 1] : [0, 1] }),
    ...(luminances.length ? { yaxis2: axis("luminance<br>(cd/m²)", { log: true, range: logRange(luminances, 8), domain: [0, 0.47] }) } : {}),
  }) };
}

/** Above which luminance a curve says something: 0.1 cd/m2, or 1e-3 of the largest where all of it is dim. */
function leastLuminance(luminance) {
  const most = largest(luminance.filter(Number.isFinite));
  return most > 1 ? 0.1 : 1e-3 * most;
}

function plotEfficiency(state) {
  const colours = scheme(), data = [], curves = [], lights = [];
  const overCurrent = state.over === "current_density";
  const shownOnes = seen("device", "eqe");
  for (const [k, { variant, index }] of shownOnes.entries()) {
    const line = lineAmong(k, shownOnes.length, index, colours);
    const x = dev(variant, state.over), eqe = dev(variant, "eqe"), luminance = dev(variant, "luminance");
    const least = leastLuminance(luminance), lit = (i) => luminance[i] >= least && x[i] > 0;
    curves.push(eqe.filter((_, i) => lit(i)).map((e) => 100 * e));
    lights.push(...x.filter((_, i) => lit(i)));
    data.push({ type: "scatter", mode: "lines", x: x.filter((_, i) => lit(i)), y: eqe.filter((_, i) => lit(i)).map((e) => 100 * e),
      name: label(variant), line });
  }
  measuredEfficiencies().forEach((table, i) => {
    const x = overCurrent ? table.column("current_density") : table.column("luminance"), y = table.column("eqe");
    if (!x || !y) return;
    curves.push(y.map((e) => 100 * e));
    lights.push(...x);
    data.push({ type: "scatter", mode: "markers", x, y: y.map((e) => 100 * e), name: `measured: ${table.file}`, marker: measuredMarkers(i) });
  });
  return { data, layout: layoutOf({
    xaxis: axis(overCurrent ? "current density (mA/cm²)" : "luminance (cd/m²)", { log: true, range: logRange(lights, 7) }),
    yaxis: axis("EQE (%)", { log: true, range: logRangeOfEach(curves, 3) }),
  }) };
}

/** Tables of the user that hold an efficiency. */
function measuredEfficiencies() {
  return [...measuredFor("efficiency"), ...measuredFor("current-voltage")].filter((table) => table.column("eqe"));
}

const losses = [
  ["left", "light that leaves"], ["photons_kept", "light that stays inside"], ["photons_reabsorbed", "absorbed again and lost"],
  ["excitons_lost", "lost in the crystals"], ["recombination_radiative", "into the crystals"], ["recombination_traps", "traps"],
  ["recombination_auger", "Auger"], ["recombination_interfaces", "interfaces"], ["leakage_holes", "holes that leak"],
  ["leakage_electrons", "electrons that leak"], ["shunt", "shunt"],
];

/** Where electrons go, part by part [mA/cm2]; of a result without the fate of its excitons, all that reach the crystals as one. */
function partsOfCurrent(variant) {
  const known = valuesOf(variant, "device", "excitons_lost"), supplied = dev(variant, "supplied_current_density"), current = dev(variant, "current_density");
  const computed = {
    left: known ? dev(variant, "photon_flux").map((flux) => flux * elementaryCharge / 10) : null,
    shunt: supplied?.map((value, i) => value - current[i]),
  };
  return losses.filter(([name]) => !(known && name === "recombination_radiative"))
    .map(([name, text], i) => [text, name in computed ? computed[name] : setOf(variant, "device", name)?.numbers, i]).filter(([, values]) => values);
}

/** The parts of a device's current that are more than nothing: {x, current, parts: [[text, percents, place]]}. */
function sharesOfCurrent(variant) {
  const current = dev(variant, "supplied_current_density") ?? dev(variant, "current_density"), least = 1e-9 * largest(current);
  const flows = (_, i) => current[i] > least && current[i] > 0;
  const share = (values) => values.map((value, i) => (100 * Math.max(value, 0)) / current[i]).filter(flows);
  return { x: dev(variant, "bias").filter(flows), parts: partsOfCurrent(variant).map(([text, values, place]) => [text, share(values), place])
    .filter(([, shares]) => shares.some((value) => value > 0.01)) };
}

function plotLosses(state) {
  const colours = scheme(), { x, parts } = sharesOfCurrent(page.variants[state.variant]);
  const data = parts.map(([text, y, place], i) => ({ type: "scatter", mode: "lines", x, y, stackgroup: "one", name: text,
    line: { width: 0.8, color: colours.series[i % 8] }, fillcolor: faded(colours.series[i % 8], place ? 0.5 : 0.9) }));
  return { data, layout: layoutOf({ xaxis: axis("bias (V)"), yaxis: axis("share of the current (%)", { range: [0, 100] }) }, { showlegend: true }) };
}

/** The first of the devices whose current goes most ways. */
function mostWays() {
  const list = variantsWith("device", "recombination_radiative").map(({ variant, index }) => ({ index, ways: sharesOfCurrent(variant).parts.length }));
  return list.reduce((best, one) => (one.ways > best.ways ? one : best)).index;
}

// ---------------------------------------------------------------- light

function plotPeak() {
  const colours = scheme(), data = [];
  for (const { variant, index } of seen("device", "emission_peak")) {
    const x = dev(variant, "bias"), light = dev(variant, "luminance");
    const least = 0.1 * leastLuminance(light), lit = (values) => values.map((v, i) => (light[i] >= least ? v : NaN));
    data.push({ type: "scatter", mode: "lines", x, y: lit(dev(variant, "emission_peak")), name: label(variant), legendgroup: label(variant),
      line: lineOf(index, colours) });
    const width = dev(variant, "emission_fwhm");
    if (width) data.push({ type: "scatter", mode: "lines", x, y: lit(width), name: `${label(variant)}, width`, legendgroup: label(variant),
      showlegend: false, line: lineOf(index, colours), yaxis: "y2" });
  }
  const on = (place) => data.filter((trace) => (trace.yaxis ?? "y") === place).flatMap((trace) => trace.y);
  return { data, layout: layoutOf({ xaxis: axis("bias (V)", { anchor: "y2" }), yaxis: axis("EL peak<br>(nm)", { domain: [0.53, 1], range: noNarrower(on("y"), 1) }),
    yaxis2: axis("EL width, FWHM<br>(nm)", { domain: [0, 0.47], range: noNarrower(on("y2"), 1) }) }) };
}

/** Whether a device's spectra are known, over which measured ones can be laid. */
const lightOfDevice = () => variantsWith("device", "electroluminescence").length > 0;

/** The spectrum of each device where it is brightest, or nearest to a bias, and what was measured. */
function plotElectroluminescence(state) {
  const colours = scheme(), data = [], ends = [], over = state.over;
  for (const { variant, index } of seen("device", "electroluminescence")) {
    const table = tableOf(variant, "device", "electroluminescence"), sums = table.z.map((row) => row.reduce((sum, value) => sum + (value || 0), 0));
    const row = state.at === "brightest" ? sums.indexOf(largest(sums)) : nearest(table.rows, Number(state.at));
    if (!(sums[row] > 0)) continue;
    const y = scaled(table.z[row]), lit = table.columns.filter((_, i) => y[i] > 2e-3);
    ends.push(smallest(lit), largest(lit));
    data.push({ type: "scatter", mode: "lines", x: toAxis(table.columns, over), y, name: `${label(variant)}, ${shown(table.rows[row])} V`, line: lineOf(index, colours) });
  }
  const noLight = !variantsWith("confinement", "photoluminescence_wavelength").length;
  measuredFor("spectra").forEach((table, i) => {
    const wavelength = table.column("wavelength") ?? table.column("photon_energy").map((e) => photonEnergy / e);
    for (const name of ["electroluminescence", ...(noLight ? ["photoluminescence", "absorption"] : [])]) {
      const y = table.column(name);
      if (!y) continue;
      ends.push(smallest(wavelength), largest(wavelength));
      data.push({ type: "scatter", mode: "markers", x: toAxis(wavelength, over), y: scaled(y), name: `measured: ${table.file}, ${name}`, marker: { ...measuredMarkers(i), size: 5 } });
    }
  });
  const range = ends.length ? toAxis([smallest(ends) - 5, largest(ends) + 5], over).sort((a, b) => a - b) : undefined;
  return { data, layout: layoutOf({ xaxis: axis(over === "energy" ? "photon energy (eV)" : "wavelength (nm)", { range }),
    yaxis: axis("EL over its largest value", { range: [0, 1.08] }) }, { showlegend: true }) };
}

/** Which of ascending numbers is nearest to one. */
function nearest(list, value) {
  return list.reduce((best, one, i) => (Math.abs(one - value) < Math.abs(list[best] - value) ? i : best), 0);
}

/** The biases of the spectra in the page, of the variant with most of them. */
function spectralBiases() {
  const tables = variantsWith("device", "electroluminescence").map(({ variant }) => tableOf(variant, "device", "electroluminescence"));
  return tables.sort((a, b) => b.rows.length - a.rows.length)[0]?.rows ?? [];
}

/** Spectra over bias or time as a map, every row over its own largest value or all over one. */
function plotSpectralMap(state, name, rowTitle, logRows) {
  const table = tableOf(page.variants[state.variant], "device", name);
  const normal = state.scale === "row";
  const most = largest(table.z.flat().filter(Number.isFinite));
  const z = table.z.map((row) => {
    const top = normal ? largest(row.filter(Number.isFinite)) : most;
    return row.map((value) => (top > 0 && top > 1e-12 * most ? value / top : NaN));
  });
  const log = logRows && table.rows.filter((row) => row > 0).length > 2;
  const keep = table.rows.map((row) => !log || row > 0);
  return {
    data: [{ type: "heatmap", x: table.columns, y: table.rows.filter((_, i) => keep[i]), z: z.filter((_, i) => keep[i]), colorscale: heat,
      hoverongaps: false, colorbar: colourBar(normal ? "EL over its row's maximum" : "EL over its maximum") }],
    layout: layoutOf({ xaxis: axis("wavelength (nm)"), yaxis: axis(rowTitle, { log }) }), says: table.says,
  };
}

const scaleControl = { id: "scale", label: "scale", options: () =>
  [{ value: "row", text: "each spectrum" }, { value: "all", text: "all together" }] };

// ---------------------------------------------------------------- bands and profiles

/** The axes over which profiles across the device are known: "profile_bias", and any other that runs over the nodes. */
function profileAxes(variant) {
  const sets = variant.stages.device?.sets ?? {};
  return [...new Set(Object.values(sets).filter((set) => set.axes.length === 2 && set.axes[1] === "node").map((set) => set.axes[0]))];
}

/** A profile: its dataset is NAME over the bias, and ends with or contains NAME over another axis. */
function profileTable(variant, over, name) {
  const sets = variant.stages.device?.sets ?? {};
  const found = Object.keys(sets).filter((key) => sets[key].axes.length === 2 && sets[key].axes[0] === over && sets[key].axes[1] === "node" &&
    (key === name || key.endsWith(`_${name}`)));
  return found.length ? tableOf(variant, "device", found.sort((a, b) => a.length - b.length)[0]) : null;
}

function profileStates(variant, over) {
  const set = setOf(variant, "device", over);
  const sets = variant.stages.device?.sets ?? {};
  const table = Object.values(sets).find((one) => one.axes.length === 2 && one.axes[0] === over && one.axes[1] === "node");
  if (!set || !table) return [];
  return table.rows.map((i) => `${shown(set.numbers[i])} ${unitText(set.unit)}`);
}

/** Names of the layers where their thicknesses tell which of the listed ones they are. */
function layerNames(variant, position, layer) {
  const listed = {};
  for (const [, index, key, value] of (variant.layers ?? "").matchAll(/^device\.layer\.(\d+)\.(\w+) = "?([^"\n]*)"?$/gm))
    (listed[index] ??= {})[key] = value;
  const stack = Object.entries(listed).sort((a, b) => a[0] - b[0]).map(([, one]) => one);
  const extents = layerExtents(position, layer);
  for (let first = 0; first + extents.length <= stack.length; ++first) {
    const fits = extents.every(({ from, to }, i) => Math.abs(parseFloat(stack[first + i].thickness) - (to - from)) < 0.02 * (to - from));
    if (fits) return extents.map((_, i) => stack[first + i].material);
  }
  return extents.map((_, i) => `layer ${i + 1}`);
}

/** From where to where each layer reaches, in the order of position. */
function layerExtents(position, layer) {
  const extents = [];
  position.forEach((x, i) => {
    const last = extents.at(-1);
    if (last && last.layer === layer[i]) last.to = x;
    else extents.push({ layer: layer[i], from: x, to: x });
  });
  return extents;
}

/** Letters of a layer's name that have room on the screen or on paper [px]. */
const letterWidth = 6.3;

function layerMarks(variant, wide = false) {
  const position = dev(variant, "position"), layer = dev(variant, "layer"), colours = scheme();
  if (!position || !layer) return { shapes: [], annotations: [] };
  const extents = layerExtents(position, layer), listed = layerNames(variant, position, layer);
  const card = printing ? (wide ? 700 : 340) : Math.min(document.documentElement.clientWidth - 60, wide ? 1200 : 520);
  const whole = extents.at(-1).to - extents[0].from, fits = extents.every(({ from, to }, i) => listed[i].length * letterWidth < ((card - 90) * (to - from)) / whole);
  const names = fits ? listed : listed.map((_, i) => String(i + 1));
  return {
    says: fits ? undefined : listed.map((name, i) => `${i + 1} ${name}`).join(", "),
    shapes: extents.slice(1).map(({ from }) => ({ type: "line", x0: from, x1: from, yref: "paper", y0: 0, y1: 1, xref: "x",
      line: { color: colours.muted, width: 1, dash: "dot" } })),
    annotations: extents.map(({ from, to }, i) => note(names[i], (from + to) / 2, 1, { yref: "paper", yanchor: "bottom", font: { size: 11, color: colours.ink } })),
  };
}

const bandLines = [
  ["conduction_band", "conduction band", 0, "solid", 2.2], ["valence_band", "valence band", 1, "solid", 2.2],
  ["electron_level", "electrons' Fermi level", 0, "dash", 1.4], ["hole_level", "holes' Fermi level", 1, "dash", 1.4],
];

/** Ranges that hold all states, so that a moving slider moves the curves and not the axes. */
function rangeOfTables(tables) {
  const all = tables.flatMap((table) => table.z.flat()).filter(Number.isFinite);
  const margin = 0.05 * (largest(all) - smallest(all)) || 0.1;
  return [smallest(all) - margin, largest(all) + margin];
}

function plotBands(state) {
  const variant = page.variants[state.variant], colours = scheme(), { says, ...marks } = layerMarks(variant, true);
  const found = bandLines.map(([name, ...rest]) => [profileTable(variant, state.over, name), ...rest]).filter(([table]) => table);
  const data = found.map(([table, text, colour, dash, width]) => ({ type: "scatter", mode: "lines",
    x: dev(variant, "position"), y: table.z[Math.min(state.step, table.z.length - 1)], name: text,
    line: { color: colours.series[colour], dash, width } }));
  return { data, layout: layoutOf({ xaxis: axis("distance from the first listed end (nm)"),
    yaxis: axis("energy (eV)", { range: found.length ? rangeOfTables(found.map(([table]) => table)) : undefined }) },
  { ...marks, margin: { l: 58, r: 18, t: 26, b: 44 }, legend: { orientation: "h", y: -0.22, x: 0 } }), says };
}

const carrierLines = [
  ["electrons", "electrons", 0, "solid"], ["holes", "holes", 1, "dash"], ["vacancies", "mobile vacancies", 2, "dot"],
  ["trapped_charge", "trapped charge, of either sign", 5, "dashdot"],
];
const rateLines = [["radiative_rate", "radiative", 3, "solid"], ["trap_rate", "through traps", 4, "dash"]];

function profileTraces(variant, state, lines, yaxis, all) {
  const colours = scheme();
  return lines.flatMap(([name, text, colour, dash]) => {
    const table = profileTable(variant, state.over, name);
    if (!table) return [];
    const size = name === "trapped_charge" ? Math.abs : (v) => v, values = table.z.flat().map(size);
    if (!values.some((v) => v > 0)) return [];
    all.push(...values);
    const y = table.z[Math.min(state.step, table.z.length - 1)].map(size).map((v) => (v > 0 ? v : NaN));
    return [{ type: "scatter", mode: "lines", x: dev(variant, "position"), y, name: text, yaxis,
      line: { color: colours.series[colour], dash, width: 2 } }];
  });
}

function plotProfiles(state) {
  const variant = page.variants[state.variant], densities = [], rates = [], { says, ...marks } = layerMarks(variant);
  const data = [...profileTraces(variant, state, carrierLines, "y", densities), ...profileTraces(variant, state, rateLines, "y2", rates)];
  return { data, layout: layoutOf({ xaxis: axis("distance from the first listed end (nm)", { anchor: "y2" }),
    yaxis: axis("density<br>(m⁻³)", { log: true, range: logRange(densities, 12), domain: [0.53, 1] }),
    yaxis2: axis("recombination<br>(m⁻³ s⁻¹)", { log: true, range: logRange(rates, 10), domain: [0, 0.47] }) },
  { ...marks, margin: { l: 58, r: 18, t: 26, b: 44 }, legend: { orientation: "h", y: -0.17, x: 0 } }), says };
}

/** One quantity across the device at every state of its axis. */
function plotAllStates(state, name, title) {
  const variant = page.variants[state.variant], table = profileTable(variant, state.over, name), { says, ...marks } = layerMarks(variant);
  const states = profileStates(variant, state.over);
  const data = table ? table.z.map((row, i) => ({ type: "scatter", mode: "lines", x: dev(variant, "position"),
    y: row.map((v) => (v > 0 ? v : NaN)), name: states[i], line: { color: ordered(i, table.z.length), width: 1.8 } })) : [];
  return { data, layout: layoutOf({ xaxis: axis("distance from the first listed end (nm)"),
    yaxis: axis(title, { log: true, range: logRange(data.flatMap((trace) => trace.y), 10) }) },
  { ...marks, margin: { l: 58, r: 18, t: 26, b: 44 }, legend: { orientation: "h", y: -0.22, x: 0 }, showlegend: data.length <= 12 }), says };
}

function profileControls() {
  return [variantControl("device", "node"),
    { id: "over", label: "over", options: () => overOptions() },
    { id: "step", label: "at", subject: true, steps: (state) => profileStates(page.variants[state.variant], state.over) }];
}

function overOptions() {
  const all = new Set(page.variants.flatMap(profileAxes));
  return [...all].map((over) => ({ value: over, text: over === "profile_bias" ? "bias" : over.includes("time") ? "time" : over }));
}

/** After another variant is chosen, an axis that it has. */
function keepProfileState(state) {
  const axes = profileAxes(page.variants[state.variant]);
  if (!axes.includes(state.over)) state.over = axes[0];
  state.step = Math.min(state.step, profileStates(page.variants[state.variant], state.over).length - 1);
}

function profileState(name) {
  const withMost = variantsWith("device", "node").filter(({ variant }) => profileAxes(variant).some((over) => profileTable(variant, over, name)))
    .sort((a, b) => profileStates(b.variant, profileAxes(b.variant)[0]).length - profileStates(a.variant, profileAxes(a.variant)[0]).length)[0];
  if (!withMost) return null;
  const over = profileAxes(withMost.variant)[0];
  return { variant: withMost.index, over, step: profileStates(withMost.variant, over).length - 1 };
}

// ---------------------------------------------------------------- in time

const timePanels = [
  ["time_bias", "bias<br>(V)"], ["time_current_density", "current<br>(mA/cm²)"], ["time_luminance", "luminance<br>(cd/m²)"],
  ["time_emission_peak", "EL peak<br>(nm)"],
];

function plotInTime(state) {
  const colours = scheme(), data = [], axes = {};
  const panels = timePanels.filter(([name]) => seen("device", name).length);
  panels.forEach(([name, title], k) => {
    const suffix = k === 0 ? "" : k + 1;
    for (const { variant, index } of seen("device", name)) {
      const time = dev(variant, "time"), log = state.time === "log";
      data.push({ type: "scatter", mode: "lines", x: time.map((t) => (log && !(t > 0) ? NaN : t)), y: dev(variant, name), name: label(variant),
        legendgroup: label(variant), showlegend: k === 0, line: lineOf(index, colours), yaxis: `y${suffix}` });
    }
    axes[`yaxis${suffix}`] = axis(title, { domain: domainOf(k, panels.length),
      range: name.endsWith("peak") ? noNarrower(seen("device", name).flatMap(({ variant }) => dev(variant, name)), 1) : undefined });
  });
  axes.xaxis = axis("time since the programme began (s)", { log: state.time === "log", anchor: `y${panels.length > 1 ? panels.length : ""}` });
  return { data, layout: layoutOf(axes) };
}

const timeControl = { id: "time", label: "time", options: () => [{ value: "log", text: "logarithmic" }, { value: "linear", text: "linear" }] };

// ---------------------------------------------------------------- impedance

/** The datasets of an impedance, whatever their prefix: real and imaginary part, and the frequency that they lie over. */
function impedanceOf(variant) {
  const sets = variant.stages.device?.sets ?? {};
  const names = Object.keys(sets);
  const real = names.find((name) => /impedance.*real|real.*impedance/.test(name));
  const imaginary = names.find((name) => /impedance.*imag|imag.*impedance/.test(name));
  return real && imaginary ? { real, imaginary, over: sets[real].axes } : null;
}

/** The rests about which the device was shaken, as texts behind a variant's name. */
const nyquistRests = () => [...new Set(page.variants.filter(impedanceOf).flatMap((variant) => nyquistRows(variant, impedanceOf(variant)).map(([, , text]) => text)))];

function plotNyquist(state) {
  const colours = scheme(), data = [];
  let unit = "";
  page.variants.forEach((variant, index) => {
    const found = impedanceOf(variant);
    if (!found || hidden.has(variant.name)) return;
    unit = unitText(setOf(variant, "device", found.real).unit);
    for (const [real, imaginary, text] of nyquistRows(variant, found)) {
      if (state.rest !== "all" && text !== state.rest) continue;
      data.push({ type: "scatter", mode: "lines+markers", x: real, y: imaginary.map((v) => -v), name: `${label(variant)}${text}`,
        marker: { size: 4 }, line: lineOf(data.length || index, colours, 1.5) });
    }
  });
  return { data, layout: layoutOf({ xaxis: axis(`real part (${unit})`, { rangemode: "tozero" }),
    yaxis: axis(`− imaginary part (${unit})`, { scaleanchor: "x", rangemode: "tozero" }) }) };
}

function nyquistRows(variant, { real, imaginary, over }) {
  if (over.length === 1) return [[dev(variant, real), dev(variant, imaginary), ""]];
  const [a, b] = [tableOf(variant, "device", real), tableOf(variant, "device", imaginary)];
  const unit = unitText(setOf(variant, "device", over[0])?.unit);
  return a.z.map((row, i) => [row, b.z[i], `, ${shown(a.rows[i])} ${unit}`]);
}

function plotCapacitance() {
  const colours = scheme(), data = [], all = [];
  for (const { variant, index } of variantsWith("device", "capacitance").filter((one) => !hidden.has(one.variant.name))) {
    const table = tableOf(variant, "device", "capacitance");
    if (!table) continue;
    table.z.forEach((row, i) => {
      all.push(...row.map(Math.abs));
      const name = `${label(variant)}, ${shown(table.rows[i])} V`, line = lineOf(index + i, colours);
      data.push({ type: "scatter", mode: "lines", x: table.columns, y: row.map((v) => (v > 0 ? v : NaN)), name, legendgroup: name, line });
      if (row.some((v) => v < 0))
        data.push({ type: "scatter", mode: "markers", x: table.columns, y: row.map((v) => (v < 0 ? -v : NaN)), name: `${name}, negative`, legendgroup: name,
          marker: { symbol: "triangle-down-open", size: 6, color: line.color } });
    });
  }
  return { data, layout: layoutOf({ xaxis: axis("frequency (Hz)", { log: true }), yaxis: axis("capacitance (nF/cm²)", { log: true, range: logRange(all, 8) }) }) };
}

function addDevice(pageElement) {
  const has = (name) => variantsWith("device", name).length;
  if (!has("bias") && !measuredFor("current-voltage").length && !measuredFor("efficiency").length) return;
  const grid = addSection(pageElement, "device", "Device");
  addFigure(grid, { id: "current-voltage", title: "Current and luminance against voltage, J-V-L", tall: true, plot: plotCurrentVoltage });
  if (has("eqe") || measuredEfficiencies().length) {
    addFigure(grid, { id: "efficiency", title: "Efficiency against luminance, EQE-L", tall: true, plot: plotEfficiency, state: { over: "luminance" },
      controls: [{ id: "over", label: "over", options: () => [{ value: "luminance", text: "luminance" }, { value: "current_density", text: "current density" }] }],
      caption: "From 0.1 cd/m² on, or from 1/1000 of the largest luminance of a dimmer device." });
  }
  addProfiles(grid);
  if (has("recombination_radiative")) {
    addFigure(grid, { id: "losses", title: "Where the current goes", tall: true, plot: plotLosses, state: { variant: mostWays() },
      controls: [variantControl("device", "recombination_radiative")],
      caption: has("excitons_lost") ? "Shares of what the source supplies. The lowest band is the EQE. Lost in the crystals: excitons that end in their traps or on charges before any light." :
        "Shares of what the source supplies. What reaches the crystals makes light with their yield; this file does not tell how much of it leaves." });
  }
  if (lightOfDevice()) {
    addFigure(grid, { id: "electroluminescence", title: "Electroluminescence", tall: true, plot: plotElectroluminescence, state: { over: "wavelength", at: "brightest" },
      controls: [{ id: "at", label: "at", subject: true, options: () => [{ value: "brightest", text: "the brightest" }, ...spectralBiases().map((bias) => ({ value: bias, text: `${shown(bias)} V` }))] },
        { id: "over", label: "over", options: () => [{ value: "wavelength", text: "wavelength" }, { value: "energy", text: "energy" }] }],
      caption: "Of each device where it is brightest, or at the computed bias nearest to the chosen one; the legend tells which." });
  }
  if (has("el_cie_x") && !variantsWith("confinement", "photoluminescence_wavelength").length) addChromaticity(grid);   // with crystals it stands beside their light
  if (has("emission_peak")) addFigure(grid, { id: "emission", title: "EL peak and width against voltage", tall: true, plot: plotPeak });
  addSpectralMaps(grid);
  if (has("time_luminance"))
    addFigure(grid, { id: "in-time", title: "The programme in time", tall: true, plot: plotInTime, state: { time: "log" }, controls: [timeControl] });
  addHeat(grid);
  if (page.variants.some(impedanceOf))
    addFigure(grid, { id: "impedance", title: "Impedance (Nyquist)", tall: true, plot: plotNyquist, state: { rest: nyquistRests().at(-1) },
      controls: [{ id: "rest", label: "at", subject: true, options: () => (nyquistRests().length < 2 ? [] : [...nyquistRests().map((text) => ({ value: text, text: text.slice(2) })), { value: "all", text: "all" }]) }] });
  if (has("capacitance"))
    addFigure(grid, { id: "capacitance", title: "Capacitance against frequency", tall: true, plot: plotCapacitance,
      caption: "Triangles: the size of a negative one." });
}

function addProfiles(grid) {
  const bands = profileState("conduction_band");
  if (bands) {
    addFigure(grid, { id: "bands", title: "Band diagram", wide: true, tall: true, plot: plotBands, state: bands, controls: profileControls(),
      changed: keepProfileState, caption: "0 is the Fermi level of the cathode." });
    addFigure(grid, { id: "profiles", title: "Carriers, vacancies and recombination", tall: true, plot: plotProfiles, state: { ...bands },
      controls: profileControls(), changed: keepProfileState });
  }
  const vacancies = profileState("vacancies");
  const mobile = page.variants.map((variant, index) => ({ value: index, text: label(variant) }))
    .filter(({ value }) => profileAxes(page.variants[value]).some((over) => profileTable(page.variants[value], over, "vacancies")?.z.flat().some((v) => v > 0)));
  if (vacancies && mobile.length) {
    if (!mobile.some(({ value }) => value === vacancies.variant)) vacancies.variant = mobile[0].value;
    addFigure(grid, { id: "vacancies", title: "Mobile vacancies across the device", plot: (state) => plotAllStates(state, "vacancies", "vacancies (m⁻³)"),
      tall: true, state: vacancies, controls: [{ id: "variant", label: "variant", subject: true, options: () => mobile }, profileControls()[1]], changed: keepProfileState });
  }
  const name = page.variants.flatMap((variant) => Object.keys(variant.stages.device?.sets ?? {})).find((key) => /iodide_profile|iodide_fraction|composition/.test(key));
  const composition = name ? profileState(name) : null;
  if (composition) {
    addFigure(grid, { id: "composition", title: "Halide composition across the device", plot: (state) => plotAllStates(state, name, "iodide share"),
      state: composition, controls: profileControls().slice(0, 2), changed: keepProfileState });
  }
}

/** Every table of spectra over a wavelength: over the bias, over time. */
function addSpectralMaps(grid) {
  const names = new Set(page.variants.flatMap((variant) => Object.entries(variant.stages.device?.sets ?? {})
    .filter(([, set]) => set.axes.length === 2 && set.axes[1].includes("wavelength")).map(([name]) => name)));
  for (const name of names) {
    const over = variantsWith("device", name)[0] && setOf(variantsWith("device", name)[0].variant, "device", name).axes[0];
    if (!over) continue;
    const inTime = over.includes("time");
    addFigure(grid, { id: inTime ? "spectra-in-time" : "spectra-over-bias", title: inTime ? "Electroluminescence in time" : "Electroluminescence against voltage",
      plot: (state) => plotSpectralMap(state, name, inTime ? "time (s)" : "bias (V)", inTime), state: { variant: firstVariant("device", name), scale: "row" },
      controls: [variantControl("device", name), scaleControl] });
  }
}
