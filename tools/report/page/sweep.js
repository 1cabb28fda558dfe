"use strict";
// Figures of a sweep: any output over any two parameters as a map or as lines, point by point, and curves.

let columns = [];    // of the sweep: {name, unit, meaning, parameter, axis, numbers}

function prepareSweep() {
  columns = page.columns.map((column) => ({ ...column, numbers: numbersOf(column.values) }));
  for (const column of columns.filter((one) => one.parameter)) {
    column.levels = distinct(column.numbers);
    column.words = wordsOf(column);
  }
  page.states = numbersOf(page.status);
  for (const column of varying()) column.gridded = varying().length === 1 || isGridded(column);
}

/** Whether a parameter is one side of a grid. One that was sampled has a level a point, or draws others of its kind along: where it is the
    same, so are they. */
function isGridded(column) {
  if (page.states.length < 2 * column.levels.length) return false;
  const few = 30;   // lists that run side by side are read by their levels, too
  return column.levels.length <= few || varying().every((other) => other === column || !follows(other, column));
}

/** Whether a parameter has one value only wherever another one is the same. */
function follows(column, leader) {
  const first = new Map();
  return leader.numbers.every((level, i) => {
    if (!first.has(level)) first.set(level, column.numbers[i]);
    return first.get(level) === column.numbers[i];
  });
}

/** What the numbers of a parameter of texts mean: "0 toluene, 1 hexane". */
function wordsOf(column) {
  if (!/^0 /.test(column.meaning)) return null;
  return Object.fromEntries(column.meaning.split(", ").map((part) => [Number(part.split(" ")[0]), part.slice(part.indexOf(" ") + 1)]));
}

const columnOf = (name) => columns.find((column) => column.name === name);
const varying = () => columns.filter((column) => column.parameter && column.levels.length > 1);
const outputs = () => columns.filter((column) => !column.parameter && !column.axis);
const titleOfColumn = (column) => titleOf(column.name.split(".").at(-1).replaceAll("_", " "), column.unit);

/** "12: reason" with the parameters of point 12, where the page has it. */
function reasonText(line) {
  const [, number, reason] = line.match(/^(\d+): (.*)$/s) ?? [];
  if (number === undefined || number % page.step) return line;
  const values = varying().map((column) => `${column.name} = ${valueText(column, column.numbers[number / page.step])}`);
  return `point ${number}${values.length ? ` (${values.join(", ")})` : ""}: ${reason}`;
}

function valueText(column, value) {
  return column.words?.[value] ?? `${shown(value)} ${unitText(column.unit)}`.trim();
}

function isGeometric(levels) {
  if (levels.length < 3 || levels[0] <= 0) return false;
  const ratios = levels.slice(1).map((v, i) => v / levels[i]), steps = levels.slice(1).map((v, i) => v - levels[i]);
  const spread = (list) => (largest(list) - smallest(list)) / largest(list);
  return spread(ratios) < spread(steps) && largest(levels) / smallest(levels) > 3;
}

function axisOfColumn(column) {
  const ticks = column.words ? { tickvals: column.levels, ticktext: column.levels.map((level) => column.words[level]) } : {};
  return axis(titleOfColumn(column), { log: isGeometric(column.levels ?? []), ...ticks });
}

/** The points that lie in the chosen slices of all parameters but those named. */
function sliced(state, free) {
  const fixed = varying().filter((column) => !free.includes(column.name) && column.gridded && state[`at:${column.name}`] !== "all");
  const chosen = [];
  for (let i = 0; i < page.states.length; ++i)
    if (fixed.every((column) => column.numbers[i] === Number(state[`at:${column.name}`]))) chosen.push(i);
  return chosen;
}

/** Controls that choose the slices of the parameters that a figure leaves free. */
function sliceControls(free) {
  return varying().filter((column) => column.gridded).map((column) => ({
    id: `at:${column.name}`, label: `${column.name} =`, subject: "labelled", when: (state) => !free(state).includes(column.name),
    options: () => [...column.levels.map((level) => ({ value: level, text: valueText(column, level) })), { value: "all", text: "all" }],
  }));
}

function sliceState() {
  return Object.fromEntries(varying().map((column) => [`at:${column.name}`, column.levels[Math.floor((column.levels.length - 1) / 2)]]));
}

const choose = (id, text, list) => ({ id, label: text, options: () => list().map((column) => ({ value: column.name, text: column.name })) });

// ---------------------------------------------------------------- maps

/** Mean of an output at every pair of levels, or in 30 by 30 cells where a parameter was sampled. */
function meansOver(x, y, z, points) {
  const levels = (column) => (column.gridded ? column.levels
    : Array.from({ length: 30 }, (_, i) => column.levels[0] + ((i + 0.5) / 30) * (column.levels.at(-1) - column.levels[0])));
  const place = (column, list) => (column.gridded ? (value) => list.indexOf(value)
    : (value) => Math.min(Math.floor(((value - column.levels[0]) / (column.levels.at(-1) - column.levels[0])) * 30), 29));
  const xs = levels(x), ys = levels(y), atX = place(x, xs), atY = place(y, ys);
  const sums = ys.map(() => new Array(xs.length).fill(0)), counts = ys.map(() => new Array(xs.length).fill(0));
  for (const i of points) {
    if (!Number.isFinite(z.numbers[i])) continue;
    const [a, b] = [atX(x.numbers[i]), atY(y.numbers[i])];
    sums[b][a] += z.numbers[i];
    counts[b][a] += 1;
  }
  return { xs, ys, z: sums.map((row, b) => row.map((sum, a) => (counts[b][a] ? sum / counts[b][a] : NaN))) };
}

function plotMap(state) {
  const x = columnOf(state.x), y = columnOf(state.y), z = columnOf(state.z);
  const means = meansOver(x, y, z, sliced(state, [state.x, state.y]));
  const positive = means.z.flat().filter((v) => v > 0);
  const log = state.colour === "log" && positive.length > 0;
  const colours = means.z.map((row) => row.map((v) => (log ? (v > 0 ? Math.log10(v) : NaN) : v)));
  return {
    data: [{ type: "heatmap", x: means.xs, y: means.ys, z: colours, colorscale: heat, hoverongaps: false,
      colorbar: colourBar(log ? `log₁₀ of ${titleOfColumn(z)}` : titleOfColumn(z)) }],
    layout: layoutOf({ xaxis: axisOfColumn(x), yaxis: axisOfColumn(y) }),
  };
}

function plotLines(state) {
  const x = columnOf(state.x), z = columnOf(state.z), by = state.by === "none" ? null : columnOf(state.by);
  const points = sliced(state, by ? [state.x, state.by] : [state.x]);
  const groups = by ? evenly(by.levels, 12) : [null];
  const data = groups.map((level, i) => {
    const mine = points.filter((k) => level === null || by.numbers[k] === level).sort((a, b) => x.numbers[a] - x.numbers[b]);
    const single = varying().every((column) => column.gridded) && mine.every((k, j) => !j || x.numbers[k] !== x.numbers[mine[j - 1]]);
    return { type: "scatter", mode: !single ? "markers" : mine.length > 40 ? "lines" : "lines+markers", x: mine.map((k) => x.numbers[k]), y: mine.map((k) => z.numbers[k]),
      name: level === null ? titleOfColumn(z) : valueText(by, level), marker: { size: 4.5 },
      line: { color: by ? ordered(i, groups.length) : scheme().series[0], width: 1.8 } };
  });
  return { data, layout: layoutOf({ xaxis: axisOfColumn(x), yaxis: axis(titleOfColumn(z), { log: state.scale === "log" }) }) };
}

/** At most `most` of a list, evenly, with both ends. */
function evenly(list, most) {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.round((i * (list.length - 1)) / (most - 1))]);
}

const drawnPoints = 3000;   // more markers than this a browser does not move smoothly

const pointsStep = () => Math.ceil(page.states.length / drawnPoints);

function plotPoints(state) {
  const x = columnOf(state.x), y = columnOf(state.y), colour = columnOf(state.colour), step = pointsStep();
  const points = page.states.map((_, i) => i).filter((i) => i % step === 0 && Number.isFinite(x.numbers[i]) && Number.isFinite(y.numbers[i]));
  return {
    data: [{ type: "scatter", mode: "markers", x: points.map((i) => x.numbers[i]), y: points.map((i) => y.numbers[i]), name: state.y,
      marker: { size: 5, color: points.map((i) => colour.numbers[i]), colorscale: orderedScale(), colorbar: colourBar(titleOfColumn(colour)) } }],
    layout: layoutOf({ xaxis: axisOfColumn(x), yaxis: axisOfColumn(y) }),
  };
}

// ---------------------------------------------------------------- curves

/** Where any of the curves is above 1/500 of the largest value, and a little more; all of the axis where that is most of it. */
function occupiedRange(data) {
  const least = largest(data.flatMap((trace) => trace.y.filter(Number.isFinite)).map(Math.abs)) / 500;
  const there = data.flatMap((trace) => trace.x.filter((_, i) => Math.abs(trace.y[i]) > least));
  if (!there.length) return undefined;
  const low = smallest(there), high = largest(there), room = 0.08 * (high - low) || 1e-9, all = data[0].x;
  return [Math.max(low - room, smallest(all)), Math.min(high + room, largest(all))];
}

/** Which point a curve is of: the value that it stands for, and those of parameters that were sampled. */
function pointText(k, by) {
  const sampled = varying().filter((column) => !column.gridded && column !== by).map((column) => `${column.name.split(".").at(-1).replaceAll("_", " ")} ${valueText(column, column.numbers[k])}`);
  return [...(by ? [valueText(by, by.numbers[k])] : []), ...sampled].join(", ");
}

function plotSweptCurves(state) {
  const curve = columnOf(state.curve), by = columnOf(state.by);
  const over = page.axes.find((one) => one.name === curve.axis), x = numbersOf(over.values);
  const known = (k) => Number.isFinite(curve.numbers[k * x.length]), points = sliced(state, [state.by]).filter(known);
  const drawn = by ? evenly(by.levels, 12).map((level) => points.find((k) => by.numbers[k] === level)).filter((k) => k !== undefined) : evenly(points, 12);
  const data = drawn.map((k, i) => ({ type: "scatter", mode: "lines", x, y: curve.numbers.slice(k * x.length, (k + 1) * x.length), name: pointText(k, by),
    line: { color: ordered(i, drawn.length), width: 1.8 } }));
  return { data, layout: layoutOf({ xaxis: axis(titleOf(over.name.replaceAll("_", " "), over.unit), { range: occupiedRange(data) }), yaxis: axis(titleOfColumn(curve)) }) };
}

// ---------------------------------------------------------------- the page

function addSweep(pageElement) {
  if (!page.ok) return;
  const parameters = varying(), results = outputs();
  const grid = addSection(pageElement, "sweep", "The sweep");
  if (!results.length || !parameters.length) {
    grid.append(element("p", {}, "Nothing varies here, or no number was kept."));
    return;
  }
  const [first, second] = [parameters[0].name, (parameters[1] ?? parameters[0]).name];
  if (parameters.length > 1) {
    addFigure(grid, { id: "sweep-map", title: "Over two parameters", tall: true, plot: plotMap,
      state: { x: first, y: second, z: results[0].name, colour: "linear", ...sliceState() },
      controls: [choose("z", "show", () => results), choose("x", "across", varying), choose("y", "up", varying),
        { id: "colour", label: "colours", options: () => ["linear", "log"].map((one) => ({ value: one, text: one })) },
        ...sliceControls((state) => [state.x, state.y])] });
  }
  addFigure(grid, { id: "sweep-lines", title: "As lines", tall: true, plot: plotLines,
    state: { x: first, z: results[0].name, by: parameters.length > 1 && parameters[1].gridded ? second : "none", scale: "linear", ...sliceState() },
    controls: [choose("z", "show", () => results), choose("x", "over", varying),
      { id: "by", label: "a line for each", options: () => [...varying().filter((column) => column.gridded)
        .map((column) => ({ value: column.name, text: column.name })), { value: "none", text: "none" }] },
      { id: "scale", label: "axis", options: () => ["linear", "log"].map((one) => ({ value: one, text: one })) },
      ...sliceControls((state) => [state.x, state.by])] });
  const all = () => [...varying(), ...outputs()];
  addFigure(grid, { id: "sweep-points", title: "Point by point", plot: plotPoints, tall: true, caption: pointsStep() > 1 ? `One point in ${pointsStep()} of those in this page is drawn.` : null,
    state: { x: results[0].name, y: (results[1] ?? results[0]).name, colour: first },
    controls: [choose("x", "across", all), choose("y", "up", all), choose("colour", "colour", all)] });
  const curves = columns.filter((column) => column.axis);
  const gridded = varying().filter((column) => column.gridded);
  if (curves.length) {
    addFigure(grid, { id: "sweep-curves", title: "Curves", tall: true, plot: plotSweptCurves,
      state: { curve: curves[0].name, by: gridded[0]?.name ?? "none", ...sliceState() },
      controls: [choose("curve", "show", () => curves), ...(gridded.length ? [choose("by", "for each", () => gridded)] : []), ...sliceControls((state) => [state.by])] });
  }
  addParallel(pageElement);
}
