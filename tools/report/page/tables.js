"use strict";
// What is read rather than seen: what failed, scalars with units, data with their basis, the case.

function failuresOf(variants) {
  return variants.flatMap((variant) => Object.entries(variant.stages).filter(([, stage]) => !stage.complete)
    .map(([name, stage]) => `${variant.name ? `${variant.name}: ` : ""}${name}: ${stage.message || "did not reach its end"}`));
}

function failureBox(lines, title) {
  if (!lines.length) return null;
  return element("div", { class: "failures", role: "alert", id: "failures" }, element("strong", {}, title),
    element("ul", {}, lines.map((line) => element("li", {}, line))));
}

/** A scalar with its estimated error, as `nacre show` gives it: on infinitely fine meshes where that is known. */
function scalarText(set) {
  const value = set.extrapolated ?? numbersOf(set.values)[0];
  const error = set.extrapolated !== undefined ? set.extrapolation_error : set.numerical_error;
  return shown(value) + (error === undefined || error === null ? "" : ` ± ${Number(error.toPrecision(1))}`);
}

/** All scalars of a stage: a row a quantity, a column a variant. */
function scalarTable(variants, stage) {
  const names = [...new Set(variants.flatMap((variant) => Object.entries(variant.stages[stage]?.sets ?? {})
    .filter(([, set]) => set.axes.length === 0).map(([name]) => name)))];
  if (!names.length) return null;
  const wide = variants.length > 4;   // what a number means stands with its name: beyond so many columns nobody finds it
  const rows = names.map((name) => {
    const sets = variants.map((variant) => variant.stages[stage]?.sets[name]);
    const one = sets.find(Boolean);
    return element("tr", {}, element("th", { scope: "row", title: one.meaning }, name.replaceAll("_", " "), wide ? element("small", {}, one.meaning) : null),
      element("td", { class: "unit" }, unitText(one.unit)), sets.map((set) => element("td", {}, set ? scalarText(set) : "")),
      wide ? null : element("td", { class: "meaning" }, one.meaning));
  });
  const head = element("tr", {}, element("th", {}, stage), element("th", {}, "unit"),
    variants.map((variant) => element("th", {}, label(variant))), wide ? null : element("th", {}, "meaning"));
  return element("div", { class: "scroll" }, element("table", { class: wide ? "wide" : null }, element("thead", {}, head), element("tbody", {}, rows)));
}

function folded(title, ...inside) {
  return element("details", {}, element("summary", {}, title), ...inside);
}

/** "kinetics/insoluble.x = 1 (SI, fitted, key)" as cells. */
function dataTable(text) {
  const rows = text.split("\n").filter(Boolean).map((line) => {
    const found = line.match(/^(.*) = (.*) \(SI, (\w+), (.*)\)$/);
    const cells = found ? [found[1], shown(Number(found[2])), found[3], found[4]] : [line, "", "", ""];
    return element("tr", {}, cells.map((cell, i) => element("td", { class: i === 2 ? `basis ${cell}` : null }, cell)));
  });
  const head = element("tr", {}, ["datum", "value (SI)", "basis", "source"].map((name) => element("th", {}, name)));
  return element("div", { class: "scroll" }, element("table", {}, element("thead", {}, head), element("tbody", {}, rows)));
}

function basisCounts(text) {
  const counts = ["measured", "fitted", "assumed"].map((basis) => [basis, (text.match(new RegExp(`\\(SI, ${basis},`, "g")) ?? []).length]);
  return counts.map(([basis, count]) => `${count} ${basis}`).join(", ");
}

function addTables(pageElement) {
  const stages = [...new Set(page.variants.flatMap((variant) => Object.keys(variant.stages)))];
  const tables = stages.map((stage) => scalarTable(page.variants, stage)).filter(Boolean);
  const section = element("section", { id: "numbers" }, element("h2", {}, "Numbers"), tables);
  for (const variant of page.variants) {
    if (typeof variant.data === "number") variant.data = page.variants[variant.data].data;
    if (variant.data) section.append(folded(`Data behind ${label(variant)}: ${basisCounts(variant.data)}`, dataTable(variant.data)));
  }
  if (page.overrides) section.append(folded("Changed on the command line", element("pre", {}, page.overrides)));
  if (page.input) section.append(folded("The case", element("pre", {}, page.input)));
  pageElement.append(section);
}
