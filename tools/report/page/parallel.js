"use strict";
// Parallel coordinates, drawn by ourselves as SVG: a line a point, an axis a quantity. Dragging along an axis keeps what passes there.

const shape = { width: 1180, height: 380, left: 60, right: 60, top: 46, bottom: 18 };
const colourSteps = 10;

function svgElement(tag, attributes = {}, ...inside) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** A scale from a column's numbers to the height of the picture. */
function heightScale(column) {
  const finite = column.numbers.filter(Number.isFinite);
  const log = isGeometric(distinct(finite)) && smallest(finite) > 0;
  const of = (value) => (log ? Math.log10(value) : value);
  const low = of(smallest(finite)), high = of(largest(finite));
  const bottom = shape.height - shape.bottom, span = bottom - shape.top;
  return { low: log ? 10 ** low : low, high: log ? 10 ** high : high, middle: log ? 10 ** ((low + high) / 2) : (low + high) / 2,
    place: (value) => bottom - ((of(value) - low) / (high - low || 1)) * span };
}

/** The points as paths, one for each step of colour and one for those that the brushes leave out. */
function parallelPaths(axes, brushes, colourBy) {
  const paths = Array.from({ length: colourSteps + 1 }, () => []);
  const finite = colourBy.numbers.filter(Number.isFinite);
  const low = smallest(finite), high = largest(finite);
  for (let i = 0; i < page.states.length; ++i) {
    const heights = axes.map((one) => one.scale.place(one.column.numbers[i]));
    if (!heights.every(Number.isFinite)) continue;
    const kept = axes.every((one, k) => !brushes[one.column.name] ||
      (heights[k] >= brushes[one.column.name][0] && heights[k] <= brushes[one.column.name][1]));
    const value = colourBy.numbers[i];
    const step = Math.min(Math.floor(((value - low) / (high - low || 1)) * colourSteps), colourSteps - 1);
    const line = heights.map((y, k) => `${k ? "L" : "M"}${axes[k].x.toFixed(0)} ${y.toFixed(1)}`).join("");
    paths[kept && Number.isFinite(value) ? step : colourSteps].push(line);
  }
  return paths;
}

function drawParallel(holder, state) {
  const chosen = [...varying(), ...outputs()].filter((column) => state.shown.has(column.name));
  const step = (shape.width - shape.left - shape.right) / Math.max(chosen.length - 1, 1);
  const axes = chosen.map((column, k) => ({ column, scale: heightScale(column), x: shape.left + k * step }));
  const colours = scheme();
  const svg = svgElement("svg", { viewBox: `0 0 ${shape.width} ${shape.height}`, role: "img", "aria-label": "parallel coordinates",
    "font-family": "system-ui, sans-serif", "font-size": "12", xmlns: "http://www.w3.org/2000/svg" });
  const paths = parallelPaths(axes, state.brushes, columnOf(state.colour));
  const dense = page.states.length > 400;
  const opacity = Math.max(Math.min(60 / Math.sqrt(page.states.length) / (dense ? 4 : 1), 0.9), 0.12);
  [colourSteps, ...Array.from({ length: colourSteps }, (_, i) => i)].forEach((i) => {
    if (!paths[i].length) return;
    const left = i === colourSteps;
    svg.append(svgElement("path", { d: paths[i].join(""), fill: "none", stroke: left ? colours.grid : ordered(i, colourSteps),
      "stroke-width": dense ? 0.7 : 1.2, "stroke-opacity": left ? 0.25 : opacity }));
  });
  axes.forEach((one) => svg.append(axisElement(one, state, colours, () => drawParallel(holder, state))));
  holder.replaceChildren(svg);
  holder.dataset.points = paths.slice(0, colourSteps).reduce((sum, list) => sum + list.length, 0);
}

function axisElement({ column, scale, x }, state, colours, redraw) {
  const bottom = shape.height - shape.bottom;
  const group = svgElement("g", { "data-axis": column.name });
  const words = (value) => column.words?.[value] ?? shown(value);
  group.append(svgElement("line", { x1: x, x2: x, y1: shape.top, y2: bottom, stroke: colours.muted }));
  const title = svgElement("text", { x, y: 16, "text-anchor": "middle", fill: colours.ink, "font-weight": "600" },
    column.name.split(".").at(-1).replaceAll("_", " "));
  const unit = svgElement("text", { x, y: 31, "text-anchor": "middle", fill: colours.muted }, unitText(column.unit));
  group.append(title, unit);
  for (const [value, y] of [[scale.high, shape.top + 4], [scale.middle, scale.place(scale.middle) + 4], [scale.low, bottom]])
    group.append(svgElement("text", { x: x + 5, y, fill: colours.ink, "font-size": "11", "paint-order": "stroke", stroke: colours.card,
      "stroke-width": 3 }, words(value)));
  const brush = state.brushes[column.name];
  if (brush) group.append(svgElement("rect", { x: x - 8, width: 16, y: brush[0], height: brush[1] - brush[0], fill: colours.series[0], "fill-opacity": 0.3,
    stroke: colours.series[0] }));
  group.append(brushArea(x, (range) => {
    if (range) state.brushes[column.name] = range;
    else delete state.brushes[column.name];
    redraw();
  }));
  return group;
}

/** Where the pointer is dragged along an axis; a click takes the brush away. */
function brushArea(x, done) {
  const area = svgElement("rect", { x: x - 14, width: 28, y: shape.top, height: shape.height - shape.top - shape.bottom, fill: "transparent",
    class: "brush", cursor: "ns-resize" });
  const heightOf = (event) => {
    const box = area.ownerSVGElement.getBoundingClientRect();
    return ((event.clientY - box.top) / box.height) * shape.height;
  };
  area.addEventListener("pointerdown", (event) => {
    const from = heightOf(event);
    area.setPointerCapture(event.pointerId);
    area.addEventListener("pointerup", (end) => {
      const to = heightOf(end);
      done(Math.abs(to - from) < 3 ? null : [Math.min(from, to), Math.max(from, to)]);
    }, { once: true });
  });
  return area;
}

function parallelCsv(state) {
  const chosen = [...varying(), ...outputs()].filter((column) => state.shown.has(column.name));
  const rows = page.states.map((_, i) => chosen.map((column) => csvCell(column.numbers[i])).join(","));
  return [chosen.map((column) => csvCell(column.name + (column.unit === "1" ? "" : ` [${column.unit}]`))).join(","), ...rows].join("\n") + "\n";
}

function addParallel(pageElement) {
  const all = [...varying(), ...outputs()];
  const state = { shown: new Set(all.slice(0, 9).map((column) => column.name)), brushes: {}, colour: outputs()[0].name };
  const holder = element("div", { class: "parallel" });
  const redraw = () => drawParallel(holder, state);
  const boxes = all.map((column) => element("label", {}, element("input", { type: "checkbox", checked: state.shown.has(column.name),
    onchange: (event) => { state.shown[event.target.checked ? "add" : "delete"](column.name); redraw(); } }), " ", column.name));
  const colour = element("select", { "aria-label": "colour", onchange: (event) => { state.colour = event.target.value; redraw(); } },
    all.map((column) => element("option", { value: column.name, selected: column.name === state.colour }, column.name)));
  const saves = element("div", { class: "saves" },
    element("button", { type: "button", "data-save": "svg", onclick: () => save(fileName(figure, "svg"), "image/svg+xml", svgForPrint(state)) }, "SVG"),
    element("button", { type: "button", "data-save": "csv", onclick: () => save(fileName(figure, "csv"), "text/csv", parallelCsv(state)) }, "CSV"));
  const card = element("figure", { class: "card wide", id: "parallel" },
    element("figcaption", {}, element("h3", {}, "Parallel coordinates"), saves,
      element("p", {}, "A line a point. Drag along an axis to keep what passes there, click to let all through again.")),
    element("div", { class: "controls" }, element("label", {}, "colour ", colour), boxes), element("div", { class: "scroll" }, holder));
  addSection(pageElement, "parallel-section", "All at once").append(card);
  redraw();
  const figure = { spec: { id: "parallel" }, card, drawn: true, parallel: true, redraw };
  figures.push(figure);
}

function svgForPrint(state) {
  printing = true;
  const holder = element("div");
  drawParallel(holder, state);
  printing = false;
  return new XMLSerializer().serializeToString(holder.firstChild);
}
