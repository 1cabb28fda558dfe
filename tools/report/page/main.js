"use strict";
// Puts the page together from the document in it.

function schemeButton() {
  const names = { null: "scheme: as the system", light: "scheme: light", dark: "scheme: dark" };
  const next = { null: "light", light: "dark", dark: null };
  return element("button", { type: "button", id: "scheme", onclick: (event) => {
    chosenScheme = next[chosenScheme];
    event.target.textContent = names[chosenScheme];
    document.documentElement.dataset.scheme = schemeName();
    redrawAll();
  } }, names[null]);
}

function headOf(title, lines) {
  return element("header", {}, element("div", {}, element("h1", {}, title), lines.filter(Boolean).map((line) => element("p", { class: "about" }, line))), schemeButton());
}

/** Switches that show and hide variants in all figures that lay several over one another. */
function variantSwitches() {
  if (page.variants.length < 2) return null;
  return element("div", { class: "variants" }, "variants: ", page.variants.map((variant, index) => element("label", {},
    element("input", { type: "checkbox", checked: true, "data-variant": variant.name, onchange: (event) => {
      if (event.target.checked) hidden.delete(variant.name);
      else hidden.add(variant.name);
      redrawAll();
    } }), " ", element("span", { class: "swatch", style: `--swatch: var(--series-${index % 8})` }), label(variant))));
}

function showRun(pageElement) {
  pageElement.append(headOf(page.title || page.file, [`${page.file} · nacre ${page.program}${page.time ? ` · computed ${page.time}` : ""}`,
    page.measured.length ? `measured: ${page.measured.map((table) => table.file).join(", ")}` : ""]));
  const box = failureBox(failuresOf(page.variants), "This run is not complete. What there is, is shown; these stages failed:");
  if (box) pageElement.append(box);
  const warnings = [...new Set(page.variants.flatMap((variant) => (variant.warnings ?? "").split("\n").filter(Boolean)
    .map((line) => `${variant.name ? `${variant.name}: ` : ""}${line}`)))];
  if (warnings.length) pageElement.append(folded(`Beyond the range of the data: ${warnings.length}`, element("ul", {}, warnings.map((line) => element("li", {}, line)))));
  const switches = variantSwitches();
  if (switches) pageElement.append(switches);
  addCrystals(pageElement);
  addDevice(pageElement);
  addDrift(pageElement);
  addAgeing(pageElement);
  addExplorer(pageElement);
  addTables(pageElement);
}

function showSweep(pageElement) {
  prepareSweep();
  const missing = page.points - page.ok - page.failed;
  pageElement.append(headOf(page.title || page.file, [`${page.file} · nacre ${page.program}${page.time ? ` · computed ${page.time}` : ""}`,
    `${page.points} points: ${page.ok} ok, ${page.failed} failed${missing ? `, ${missing} not computed` : ""}`,
    page.step > 1 ? `One point in ${page.step} is in this page.` : "", page.curve_step > 1 ? `Curves keep one value in ${page.curve_step} of their axis.` : ""]));
  const more = page.failed > page.reasons.length ? [`and ${page.failed - page.reasons.length} more`] : [];
  const box = failureBox(page.failed ? [...(page.ok ? [] : ["No point was computed: there is nothing to draw."]), ...page.reasons.map(reasonText), ...more] : [], "Points that failed, and why:");
  if (box) pageElement.append(box);
  if (page.warnings.length)
    pageElement.append(folded(`Beyond the range of the data, ${page.warned} points: ${page.warnings.length}`, element("ul", {}, page.warnings.map((line) => element("li", {}, line)))));
  addSweep(pageElement);
}

function showReproduction(pageElement) {
  pageElement.append(headOf(page.title, [`${page.file} · nacre ${page.document.version ?? ""}`]));
  addReproduction(pageElement);
}

function showPage() {
  page = JSON.parse(document.getElementById("data").textContent);
  const pageElement = document.getElementById("page");
  pageElement.replaceChildren();
  document.documentElement.dataset.scheme = schemeName();
  schemes.light.series.forEach((colour, i) => document.documentElement.style.setProperty(`--series-light-${i}`, colour));
  schemes.dark.series.forEach((colour, i) => document.documentElement.style.setProperty(`--series-dark-${i}`, colour));
  openEyes(page.eye);
  [page.variants ?? [], ...(page.papers ?? []).flatMap((paper) => [paper.calibrated, paper.a_priori])].forEach(shareSets);
  ({ run: showRun, sweep: showSweep, reproduction: showReproduction })[page.kind](pageElement);
  watchFigures();
}

showPage();
