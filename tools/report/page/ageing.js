"use strict";
// Figures of a device that ages, and of one that warms itself.

const ageingPanels = [["light", "light over<br>the start"], ["vacancies", "vacancies<br>(m⁻³)"], ["voltage", "bias<br>(V)"], ["current_density", "current<br>(mA/cm²)"], ["peak", "peak<br>(nm)"]];

/** Panels of which some variant knows a number; of bias and current, what is not held. */
function ageingPanelsSeen() {
  const moves = (values) => values.some(Number.isFinite) && !values.every((value) => Math.abs(value - values[0]) <= 1e-9 * Math.abs(values[0]));
  return ageingPanels.filter(([name]) => seen("ageing", name).some(({ variant }) => moves(valuesOf(variant, "ageing", name))) ||
    (name === "light" && measuredFor("ageing").length));
}

function plotAgeing(state) {
  const colours = scheme(), data = [], axes = {}, log = state.time === "log";
  const shownTime = (time) => time.map((t) => (log && !(t > 0) ? NaN : t));
  const panels = ageingPanelsSeen();
  panels.forEach(([name, title], k) => {
    const suffix = k === 0 ? "" : k + 1;
    for (const { variant, index } of seen("ageing", name)) {
      data.push({ type: "scatter", mode: "lines", x: shownTime(valuesOf(variant, "ageing", "time")), y: valuesOf(variant, "ageing", name), name: label(variant),
        legendgroup: label(variant), showlegend: k === 0, line: lineOf(index, colours), yaxis: `y${suffix}` });
    }
    axes[`yaxis${suffix}`] = axis(title, { domain: domainOf(k, panels.length), ...(name === "light" ? { rangemode: "tozero" } : {}),
      ...(name === "vacancies" ? { exponentformat: "power" } : {}),
      ...(name === "peak" ? { range: noNarrower(seen("ageing", name).flatMap(({ variant }) => valuesOf(variant, "ageing", name)), 1) } : {}) });
  });
  measuredFor("ageing").forEach((table, i) => {
    const light = table.column("light") ?? table.column("luminance");
    data.push({ type: "scatter", mode: "markers", x: shownTime(table.column("time")), y: light.map((l) => l / (table.column("light") ? 1 : light[0])),
      name: `measured: ${table.file}`, marker: measuredMarkers(i), yaxis: "y" });
  });
  const shares = [[0.95, "T95"], [0.5, "T50"]];
  const shapes = shares.map(([y]) => ({ type: "line", xref: "paper", x0: 0, x1: 1, y0: y, y1: y, line: { color: colours.muted, width: 1, dash: "dot" } }));
  const annotations = shares.map(([y, text]) => note(text, 1, y, { xref: "paper", xanchor: "right", yanchor: "bottom" }));
  axes.xaxis = axis("time (h)", { log, anchor: `y${panels.length > 1 ? panels.length : ""}` });
  return { data, layout: layoutOf(axes, { shapes, annotations }) };
}

/** Above the isothermal curves of the same bias: those at the temperature that the device gives itself. */
function plotHeat() {
  const colours = scheme(), data = [], currents = [];
  const heated = seen("device", "temperature");
  for (const { variant, index } of heated) {
    const x = dev(variant, "bias"), name = label(variant);
    data.push({ type: "scatter", mode: "lines", x, y: dev(variant, "temperature"), name, legendgroup: name, line: lineOf(index, colours) });
    for (const [set, width, text] of [["current_density", 1, "isothermal"], ["heated_current_density", 2.4, "with its heat"]]) {
      const current = dev(variant, set).map(Math.abs);
      currents.push(...current);
      data.push({ type: "scatter", mode: "lines", x, y: current, name: `${name}, ${text}`, legendgroup: name, showlegend: heated.length === 1, yaxis: "y2",
        opacity: width > 1 ? 1 : 0.75, line: lineOf(index, colours, width) });
    }
  }
  return { data, layout: layoutOf({ xaxis: axis("bias (V)", { anchor: "y2" }), yaxis: axis("temperature<br>(K)", { domain: [0.53, 1], range: noNarrower(heated.flatMap(({ variant }) => dev(variant, "temperature")), 1) }),
    yaxis2: axis("current density<br>(mA/cm²)", { log: true, range: logRange(currents, 8), domain: [0, 0.47] }) }) };
}

function addHeat(grid) {
  if (!page.variants.some((variant) => dev(variant, "temperature")?.some(Number.isFinite))) return;
  addFigure(grid, { id: "heat", title: "The heat that it makes", tall: true, plot: plotHeat,
    caption: "Thin: at the temperature of its surroundings; thick: with its heat. Where a line ends, no temperature balances the heat." });
}

function addAgeing(pageElement) {
  if (!variantsWith("ageing", "light").length && !measuredFor("ageing").length) return;
  const grid = addSection(pageElement, "ageing", "Ageing");
  addFigure(grid, { id: "ageing-in-time", title: "Luminance as the device ages", height: 520, plot: plotAgeing, state: { time: "linear" }, controls: [timeControl] });
}
