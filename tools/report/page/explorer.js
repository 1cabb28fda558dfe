"use strict";
// Every curve of a result that no figure of its own shows, and every other: any dataset over an axis against any on the same axis.

function curvesOf(variants) {
  const list = new Map();
  for (const variant of variants) {
    for (const [stage, { sets }] of Object.entries(variant.stages)) {
      for (const [name, set] of Object.entries(sets))
        if (set.axes.length === 1 && set.axes[0] !== name) list.set(`${stage}/${name}`, { stage, name, set });
    }
  }
  return list;
}

function plotExplorer(state) {
  const colours = scheme(), chosen = curvesOf(page.variants).get(state.curve), data = [];
  const { stage, name, set } = chosen;
  for (const { variant, index } of seen(stage, name)) {
    data.push({ type: "scatter", mode: "lines", x: valuesOf(variant, stage, state.against) ?? [], y: valuesOf(variant, stage, name),
      name: label(variant), line: lineOf(index, colours) });
  }
  const over = variantsWith(stage, state.against)[0];
  const overSet = over ? setOf(over.variant, stage, state.against) : { unit: "" };
  const words = (text) => text.replaceAll("_", " ");
  return { data, layout: layoutOf({ xaxis: axis(titleOf(words(state.against), overSet.unit), { log: state.scale.startsWith("log-") }),
    yaxis: axis(titleOf(words(name), set.unit), { log: state.scale.endsWith("-log") }) }) };
}

function addExplorer(pageElement) {
  const curves = curvesOf(page.variants);
  if (!curves.size) return;
  const first = [...curves.values()][0];
  const grid = addSection(pageElement, "more", "Any other curve");
  const alike = (state) => {
    const { stage, set } = curves.get(state.curve);
    return [set.axes[0], ...[...curves.values()].filter((one) => one.stage === stage && one.set.axes[0] === set.axes[0]).map((one) => one.name)];
  };
  const state = { curve: `${first.stage}/${first.name}`, against: first.set.axes[0], scale: "linear-linear" };
  addFigure(grid, { id: "explorer", title: "Any curve against any other on its axis", wide: true, plot: plotExplorer, state,
    changed: (now, id) => { if (id === "curve") now.against = curves.get(now.curve).set.axes[0]; },
    controls: [
      { id: "curve", label: "show", options: () => [...curves].map(([key]) => ({ value: key, text: key.replaceAll("_", " ") })) },
      { id: "against", label: "against", options: () => alike(figures.find((one) => one.spec.id === "explorer")?.state ?? state)
        .map((name) => ({ value: name, text: name.replaceAll("_", " ") })) },
      { id: "scale", label: "axes", options: () => ["linear-linear", "linear-log", "log-linear", "log-log"].map((one) => ({ value: one, text: one })) },
    ] });
}
