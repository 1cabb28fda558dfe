"use strict";
// A figure is a card: a title, what it shows in a sentence, controls, the drawing, and buttons that save it. Figures are drawn
// when they come near the window, and again when a control, the chosen variants or the scheme change.

const figures = [];
const mostNames = 14;

/** An element with attributes, texts and elements inside. */
function element(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.flat().filter((part) => part !== null && part !== undefined));
  return made;
}

/** An axis: title, log, and what Plotly takes besides. */
function axis(title, options = {}) {
  const { log, ...rest } = options;
  const colours = scheme();
  return {
    title: { text: title, standoff: 8, font: { size: 12 } }, type: log ? "log" : "linear", gridcolor: colours.grid, linecolor: colours.muted,
    zeroline: false, showline: true, ticks: "outside", tickcolor: colours.muted, automargin: true,
    ...(log ? { exponentformat: "power", ...decadeTicks(rest.range), minor: { ticks: "outside", ticklen: 2 } } : {}),
    ...rest,
  };
}

/** Ticks at whole decades where there are enough of them. */
function decadeTicks(range) {
  const decades = range ? range[1] - range[0] : 0;
  return decades >= 2 ? { dtick: Math.max(1, Math.round(decades / 5)) } : { nticks: 6 };
}

/** The range of a logarithmic axis: no more than so many decades below the largest value. */
function logRange(values, decades) {
  const positive = values.filter((v) => v > 0 && Number.isFinite(v));
  if (!positive.length) return undefined;
  const high = Math.log10(largest(positive));
  const low = Math.max(Math.log10(smallest(positive)), high - decades);
  const margin = Math.max(0.03 * (high - low), 0.05);
  return [low - margin, high + margin];
}

/** The range of a logarithmic axis on which every curve shows its largest value, and no more than so many decades below it. */
function logRangeOfEach(curves, decades) {
  const ranges = curves.map((values) => logRange(values, decades)).filter(Boolean);
  return ranges.length ? [smallest(ranges.map((r) => r[0])), largest(ranges.map((r) => r[1]))] : undefined;
}

/** The range of an axis on which rounding is no difference: at least `least` wide around what is drawn; nothing where it is wider. */
function noNarrower(values, least) {
  const finite = values.filter(Number.isFinite);
  if (!finite.length) return undefined;
  const low = smallest(finite), high = largest(finite), middle = (low + high) / 2;
  return high - low >= least ? undefined : [middle - least / 2, middle + least / 2];
}

/** The rest of a layout around its axes. */
function layoutOf(axes, options = {}) {
  const colours = scheme();
  return {
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", colorway: colours.series,
    font: { family: "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif", size: 12.5, color: colours.ink },
    margin: { l: 58, r: 18, t: 10, b: 44 }, hovermode: "closest",
    legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0, font: { size: 11.5 } },
    hoverlabel: { bgcolor: colours.card, font: { color: colours.ink } },
    ...axes, ...options,
  };
}

/** A note in the drawing itself. */
function note(text, x, y, options = {}) {
  return { text, x, y, xref: "x", yref: "y", showarrow: false, font: { size: 11, color: scheme().muted }, ...options };
}

function colourBar(title) {
  return { title: { text: title, side: "right", font: { size: 12 } }, thickness: 12, outlinewidth: 0, len: 1 };
}

/** How many finite points a drawing's traces hold. */
function pointsIn(traces) {
  let count = 0;
  for (const trace of traces) {
    if (trace.z) count += trace.z.flat().filter(Number.isFinite).length;
    else if (trace.y && trace.meta !== "decoration") count += [...trace.y].filter((y) => Number.isFinite(y)).length;
  }
  return count;
}

/** What the reader chose to see in a figure, where its axes do not say so: "with_vacancies, 5 V". */
function subjectOf(figure) {
  const parts = (figure.spec.controls ?? []).filter((control) => control.subject && (!control.when || control.when(figure.state))).map((control) => {
    const at = figure.state[control.id];
    if (control.steps) return control.steps(figure.state)[Math.min(Number(at), control.steps(figure.state).length - 1)];
    const text = control.options().find((option) => String(option.value) === String(at))?.text;
    return text && control.subject === "labelled" ? `${control.label} ${text}` : text;
  });
  return parts.filter(Boolean).join(", ");
}

/** A name for a file of a figure: the result's, the figure's, and what is shown. */
function fileName(figure, kind) {
  const plain = (text) => text.replaceAll(/[^\p{L}\p{N}_.+-]+/gu, "-").replaceAll(/^-+|-+$/g, "");
  return `${[page.file.replace(/\.[^.]*$/, ""), figure.spec.id, subjectOf(figure)].map(plain).filter(Boolean).join("-")}.${kind}`;
}

function selectOf(figure, control) {
  const options = control.options().map((option) =>
    element("option", { value: option.value, selected: String(option.value) === String(figure.state[control.id]) }, option.text));
  const select = element("select", { "aria-label": control.label, "data-control": control.id,
    onchange: (event) => change(figure, control.id, event.target.value) }, options);
  return element("label", {}, control.label, " ", select);
}

function sliderOf(figure, control) {
  const steps = control.steps(figure.state);
  const at = Math.min(Number(figure.state[control.id]), steps.length - 1);
  const said = element("output", {}, steps[at] ?? "");
  const slider = element("input", { type: "range", min: 0, max: Math.max(steps.length - 1, 0), step: 1, value: at,
    "aria-label": control.label, "data-control": control.id, disabled: steps.length < 2,
    oninput: (event) => {
      said.textContent = steps[Number(event.target.value)];
      figure.state[control.id] = Number(event.target.value);
      draw(figure);
    } });
  return element("label", { class: "slider" }, control.label, " ", slider, " ", said);
}

/** Lays out the controls anew: what one offers may depend on another. */
function layControls(figure) {
  const shownControls = (figure.spec.controls ?? []).filter((control) => !control.when || control.when(figure.state));
  figure.controls.replaceChildren(...shownControls
    .filter((control) => control.steps || control.options().length > 1)
    .map((control) => (control.steps ? sliderOf(figure, control) : selectOf(figure, control))));
}

function change(figure, id, value) {
  figure.state[id] = value;
  figure.spec.changed?.(figure.state, id);
  layControls(figure);
  draw(figure);
}

const marks = { circle: "●", square: "■", diamond: "◆", "triangle-up": "▲", star: "★", cross: "✚", x: "✖", "triangle-down": "▼", "star-diamond": "✦",
  "triangle-left": "◀", "triangle-right": "▶", "star-square": "✸" };
const hollowMarks = { circle: "○", square: "□", diamond: "◇", "triangle-up": "△", star: "☆", cross: "✛", x: "✕", "triangle-down": "▽", "star-diamond": "✧",
  "triangle-left": "◁", "triangle-right": "▷", "star-square": "✷" };
const dashLengths = { solid: "", dot: "2,3", dash: "7,4", longdash: "11,5", dashdot: "7,3,2,3", longdashdot: "11,4,2,4" };

/** A mark's colour where it is one: black and white marks are in the colour of the text. */
function markColour(trace, hollow) {
  const colour = trace.marker?.symbol?.endsWith("-open") || !hollow ? trace.marker?.color : trace.marker?.line?.color;
  return typeof colour === "string" && !["#000000", "#ffffff"].includes(colour) ? `color: ${colour}` : null;
}

/** A trace's line or mark, and its name. */
function nameOf(trace) {
  const symbol = (trace.marker?.symbol ?? "circle").replace(/-(open|dot)/g, ""), hollow = trace.marker?.color === "#ffffff" || trace.marker?.symbol?.endsWith("-open"), lines = (trace.mode ?? "").includes("lines");
  const sample = lines ? svgElement("svg", { viewBox: "0 0 34 8", width: 34, height: 8 }, svgElement("line", { x1: 1, x2: 33, y1: 4, y2: 4, "stroke-width": 2,
    stroke: trace.line?.color === schemes.light.series[6] ? scheme().series[6] : trace.line?.color, "stroke-dasharray": dashLengths[trace.line?.dash ?? "solid"] ?? trace.line.dash.replaceAll("px", "") })) : element("b", { style: markColour(trace, hollow) }, (hollow ? hollowMarks[symbol] : null) ?? marks[symbol] ?? "●");
  return element("span", {}, sample, ` ${trace.name}`);
}

/** Draws a figure as it stands. */
function draw(figure) {
  if (figure.redraw) return figure.redraw();   // one that we draw ourselves
  const { data, layout, says } = figure.spec.plot(figure.state);
  figure.says.textContent = says ?? "";
  figure.subject.textContent = subjectOf(figure);
  const named = data.filter((trace) => trace.showlegend !== false && trace.name && trace.type !== "heatmap");
  // Names that would take the place of the drawing stand below it.
  const crowded = layout.showlegend !== false && named.length > mostNames;
  if (crowded) layout.showlegend = false;
  figure.names.replaceChildren(...(crowded ? named.map(nameOf) : []));
  if (printing) Object.assign(layout, paperSize(figure.plot));
  figure.traces = data;
  figure.card.dataset.points = pointsIn(data);
  figure.card.dataset.drawn = Number(figure.card.dataset.drawn ?? 0) + 1;
  Plotly.react(figure.plot, data, layout, { responsive: true, displaylogo: false, displayModeBar: "hover",
    modeBarButtonsToRemove: ["toImage", "select2d", "lasso2d", "autoScale2d"] });
  figure.drawn = true;
  fitPaper(figure.plot);
}

// On paper a figure is drawn somewhat larger than its place and scaled into it: letters of 7.5 points, as in journals, and it fits
// whatever the sheet's true width is.
const paperScale = 1.25;

const paperSize = (plot) => ({ autosize: false, width: Math.round(paperScale * plot.clientWidth), height: Math.round(paperScale * plot.clientHeight) });

/** Lets the layers of a drawing shrink into their place on paper; on the screen they have their own size. */
function fitPaper(plot) {
  for (const layer of plot.querySelectorAll("svg.main-svg")) {
    if (printing) layer.setAttribute("viewBox", `0 0 ${layer.getAttribute("width")} ${layer.getAttribute("height")}`);
    else layer.removeAttribute("viewBox");
  }
}

function redrawAll() {
  figures.filter((figure) => figure.drawn).forEach(draw);
}

function drawAll() {
  figures.filter((figure) => !figure.drawn).forEach(draw);
}

/** Offers a text to the reader as a file. */
function save(name, type, text) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** The drawing as SVG, on white, in the colours for print. */
async function svgOf(figure) {
  printing = true;
  const { data, layout } = figure.spec.plot(figure.state);
  printing = false;
  const size = figure.plot.getBoundingClientRect();
  const width = Math.max(Math.round(size.width), 480), height = Math.max(Math.round(size.height), 320);
  const url = await Plotly.toImage({ data, layout: { ...layout, paper_bgcolor: "#ffffff" } }, { format: "svg", width, height });
  return titled(decodeURIComponent(url.slice(url.indexOf(",") + 1)), width, height, [figure.spec.title, subjectOf(figure)].filter(Boolean).join(": "));
}

const titleHeight = 26;   // [px]

/** A drawing with a line above it that says what it shows. */
function titled(svg, width, height, title) {
  const text = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const above = `<rect x="0" y="${-titleHeight}" width="${width}" height="${titleHeight}" fill="#ffffff"/><text x="8" y="-8" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="14" font-weight="600" fill="${schemes.light.ink}">${text}</text>`;
  return svg.replace(/^<svg[^>]*>/, (head) => head.replace(/ height="[^"]*"/, ` height="${height + titleHeight}"`)
    .replace(/ viewBox="[^"]*"/, ` viewBox="0 ${-titleHeight} ${width} ${height + titleHeight}"`) + above);
}

function csvCell(value) {
  if (value === null || value === undefined || (typeof value === "number" && !Number.isFinite(value))) return "";
  const text = typeof value === "number" ? String(Number(value.toPrecision(6))) : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function axisTitle(layout, letter, name) {
  const key = (name ?? letter).replace(letter, `${letter}axis`);
  return (layout[key]?.title?.text ?? letter).replaceAll("<br>", " ");
}

function tableCsv(trace, layout, subject) {
  const head = `${subject}${trace.colorbar?.title?.text ?? trace.name ?? "value"}; ${axisTitle(layout, "y", trace.yaxis)} down; ` +
    `${axisTitle(layout, "x", trace.xaxis)} across`;
  const rows = trace.z.map((row, i) => [trace.y[i], ...row].map(csvCell).join(","));
  return [[csvCell(head), ...[...trace.x].map(csvCell)].join(","), ...rows].join("\n");
}

/** What a figure shows as CSV: the columns of its curves side by side; tables below one another. */
function csvOf(figure) {
  const layout = figure.spec.plot(figure.state).layout;
  const curves = figure.traces.filter((trace) => !trace.z && trace.y && trace.meta !== "decoration");
  const columns = [];
  const subject = subjectOf(figure) ? `${subjectOf(figure)}, ` : "";
  for (const trace of curves) {
    const name = subject || trace.name ? `${subject}${trace.name ?? ""}: ` : "";
    columns.push([name + axisTitle(layout, "x", trace.xaxis), trace.x ?? []]);
    columns.push([name + axisTitle(layout, "y", trace.yaxis), trace.y]);
  }
  const length = Math.max(0, ...columns.map(([, values]) => values.length));
  const lines = columns.length ? [columns.map(([head]) => csvCell(head)).join(",")] : [];
  for (let i = 0; i < length; ++i) lines.push(columns.map(([, values]) => csvCell(values[i])).join(","));
  const tables = figure.traces.filter((trace) => trace.z).map((trace) => tableCsv(trace, layout, subject));
  return [lines.join("\n"), ...tables].filter(Boolean).join("\n\n") + "\n";
}

/** Puts a figure into a part of the page. spec: {id, title, caption, wide, tall, state, controls, plot(state)}. */
function addFigure(parent, spec) {
  const figure = { spec, state: { ...spec.state }, drawn: false, traces: [] };
  figure.plot = element("div", { class: spec.tall ? "plot tall" : "plot", style: spec.height ? `height: ${spec.height}px` : null });
  figure.controls = element("div", { class: "controls" });
  figure.names = element("div", { class: "names" });
  figure.says = element("p", { class: "says" });
  figure.subject = element("p", { class: "subject" });   // on paper, in place of the controls
  const saves = element("div", { class: "saves" },
    element("button", { type: "button", "data-save": "svg",
      onclick: async () => save(fileName(figure, "svg"), "image/svg+xml", await svgOf(figure)) }, "SVG"),
    element("button", { type: "button", "data-save": "csv", onclick: () => {
      if (!figure.drawn) draw(figure);
      save(fileName(figure, "csv"), "text/csv", csvOf(figure));
    } }, "CSV"));
  figure.card = element("figure", { class: spec.wide ? "card wide" : "card", id: spec.id },
    element("figcaption", {}, element("h3", {}, spec.title), saves, spec.caption ? element("p", {}, spec.caption) : null),
    figure.controls, figure.subject, figure.says, figure.plot, figure.names);
  parent.append(figure.card);
  layControls(figure);
  figures.push(figure);
  return figure;
}

/** A part of the page with a heading; figures go into its grid. */
function addSection(page, id, title) {
  const grid = element("div", { class: "grid" });
  const section = element("section", { id }, element("h2", {}, title), grid);
  page.append(section);
  return grid;
}

/** Draws figures as they come near the window, and keeps them right on paper. */
function watchFigures() {
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const figure = figures.find((one) => one.card === entry.target);
      if (entry.isIntersecting && !figure.drawn) draw(figure);
    }
  }, { rootMargin: "600px" });
  figures.forEach((figure) => observer.observe(figure.card));
  // A browser asks once, before it knows the sheet: the page takes the width of A4 between its margins meanwhile.
  const paper = (on) => {
    printing = on;
    document.documentElement.dataset.scheme = schemeName();
    document.documentElement.classList.toggle("paper", on);
    if (on) drawAll();
    else figures.forEach((figure) => figure.plot && Plotly.purge(figure.plot));   // a drawing keeps its size otherwise
    redrawAll();
  };
  window.addEventListener("beforeprint", () => paper(true));
  window.addEventListener("afterprint", () => paper(false));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    document.documentElement.dataset.scheme = schemeName();
    redrawAll();
  });
}
