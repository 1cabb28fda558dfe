// node browser.mjs CHROMIUM FOLDER: opens led.html, crystals.html, partly.html, sweep.html and papers.html of the folder.
// Every figure must be drawn with data, nothing may be asked of any network, the console stays silent, and what a reader does works.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";

const [, , executablePath, folder] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let checks = 0;

/** Opens a page and collects whatever it complains of or asks for. */
async function open(name, { width = 1280, colorScheme = "light" } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, acceptDownloads: true });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.stack));
  page.on("request", (request) => /^(data|blob):/.test(request.url()) || request.url().endsWith(`/${name}`) || complaints.push(`asked for ${request.url()}`));
  await page.goto(`file://${path.join(folder, name)}`);
  return { page, complaints, close: () => context.close() };
}

const pointsOf = (page) => page.evaluate(() => figures.map((figure) => [figure.spec.id,
  Number(figure.card.dataset.points ?? figure.card.querySelector(".parallel").dataset.points)]));

/** Draws all figures; each must hold data, and the page must fit its window. */
async function everyFigureIsDrawn({ page }, name) {
  await page.evaluate(() => drawAll());
  const points = await pointsOf(page);
  assert.ok(points.length > 0, `${name} has figures`);
  for (const [id, count] of points) assert.ok(count > 0, `${name}: ${id} is drawn with data`);
  const drawings = await page.evaluate(() => figures.map((figure) => figure.card.querySelectorAll("svg path, svg image, svg line").length));
  drawings.forEach((count, i) => assert.ok(count > 0, `${name}: ${points[i][0]} has marks on the screen`));
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `${name}: nothing is wider than the window (${wider})`);
  return points.map(([id]) => id);
}

async function check(title, action) {
  const began = performance.now();
  await action();
  checks += 1;
  console.log(`ok: ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
}

/** What a button offers as a file. */
async function saved(page, id, kind) {
  const waiting = page.waitForEvent("download");
  await page.locator(`#${id} button[data-save=${kind}]`).click();
  return readFile(await (await waiting).path(), "utf8");
}

/** From now on what a page offers stays in it: a browser stops a page that offers many files in a row. */
const offerWithoutDownload = (page) => page.evaluate(() => {
  const blobs = new Map();
  URL.createObjectURL = (blob) => { blobs.set(`blob:${blobs.size}`, blob); return `blob:${blobs.size - 1}`; };
  HTMLAnchorElement.prototype.click = function () { window.offer = { name: this.download, text: blobs.get(this.getAttribute("href")).text() }; };
});

/** What a button offers as a file, after offerWithoutDownload. */
async function offered(page, id, kind) {
  await page.evaluate(() => { window.offer = null; });
  await page.locator(`#${id} button[data-save=${kind}]`).click();
  await page.waitForFunction(() => window.offer);
  const { name, text } = await page.evaluate(async () => ({ name: window.offer.name, text: await window.offer.text }));
  assert.ok(name.endsWith(`.${kind}`), `${id}: the file is called ${name}`);
  return text;
}

/** How many cells a line of a CSV file has. */
const cellsOf = (line) => line.replace(/"([^"]|"")*"/g, "text").split(",").length;

const curvesOf = (page, id) => page.evaluate((name) => JSON.stringify(figures.find((figure) => figure.spec.id === name).traces.map((trace) => trace.y)), id);
const pathsOf = (page, id) => page.locator(`#${id} path.js-line`).evaluateAll((all) => all.map((one) => one.getAttribute("d")).join(";"));

const expected = {
  "led.html": ["current-voltage", "efficiency", "bands", "profiles", "vacancies", "losses", "electroluminescence", "chromaticity", "emission", "spectra-over-bias", "in-time", "explorer"],
  "crystals.html": ["lamer", "growth", "sizes", "levels", "spectra", "chromaticity", "decay", "bands", "explorer"],
  "aged.html": ["current-voltage", "heat", "ageing-in-time"],
  "partly.html": ["lamer", "sizes"],
  "sweep.html": ["sweep-map", "sweep-lines", "sweep-points", "sweep-curves", "parallel"],
  "papers.html": ["peng2022-spectra", "peng2022-sizes", "peng2022-fig-1", "peng2022-fig-2", "peng2022-fig-4", "yang2020-fig-5", "yang2020-fig-6", "ren2024-fig-1", "ren2024-fig-4",
    "ye2022-fig-7", "li2022-fig-5", "li2022-table-2"],
};

for (const [name, figures] of Object.entries(expected)) {
  for (const width of [1280, 600]) {
    for (const colorScheme of ["light", "dark"]) {
      if (["aged.html", "partly.html"].includes(name) && (width === 600) !== (colorScheme === "dark")) continue;   // two of four will do
      await check(`${name} at ${width} px, ${colorScheme}`, async () => {
        const opened = await open(name, { width, colorScheme });
        const drawn = await everyFigureIsDrawn(opened, name);
        for (const id of figures) assert.ok(drawn.includes(id), `${name} has ${id}`);
        assert.deepEqual(opened.complaints, [], name);
        await opened.close();
      });
    }
  }
}

await check("figures are drawn as they come near, not before", async () => {
  const { page, close } = await open("led.html");
  await page.waitForFunction(() => figures[0].drawn);
  assert.ok(await page.evaluate(() => figures.some((figure) => !figure.drawn)), "the last figures wait");
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await page.waitForFunction(() => figures.at(-1).drawn);
  await close();
});

await check("the slider moves the band diagram and the profiles", async () => {
  const { page, complaints, close } = await open("led.html");
  await page.evaluate(() => drawAll());
  for (const id of ["bands", "profiles"]) {
    const [curves, paths] = [await curvesOf(page, id), await pathsOf(page, id)];
    await page.locator(`#${id} input[type=range]`).fill("0");
    assert.notEqual(await curvesOf(page, id), curves, `${id}: other numbers`);
    assert.notEqual(await pathsOf(page, id), paths, `${id}: other lines on the screen`);
    assert.equal(await page.locator(`#${id} output`).textContent(), "0 V");
  }
  assert.deepEqual(complaints, []);
  await close();
});

await check("every figure is saved as SVG and as CSV", async () => {
  for (const name of ["led.html", "crystals.html", "sweep.html"]) {
    const { page, complaints, close } = await open(name);
    await page.evaluate(() => drawAll());
    const ids = (await pointsOf(page)).map(([id]) => id);
    assert.match(await saved(page, ids[0], "svg"), /^<svg[^>]*xmlns/, `${name}: a file is downloaded`);
    await offerWithoutDownload(page);
    for (const id of ids) {
      const svg = await offered(page, id, "svg");
      assert.match(svg, /^<svg[^>]*xmlns/, `${name}: ${id} as SVG`);
      assert.ok(svg.trimEnd().endsWith("</svg>") && svg.length > 2000, `${name}: ${id} is a whole drawing`);
      const csv = (await offered(page, id, "csv")).trim().split("\n");
      assert.ok(csv.length > 1, `${name}: ${id} as CSV has rows`);
      assert.equal(cellsOf(csv[1]), cellsOf(csv[0]), `${name}: ${id}: rows of the CSV are as wide as its head`);
    }
    assert.deepEqual(complaints, [], name);
    await close();
  }
});

await check("a saved table holds the numbers that are drawn", async () => {
  const { page, close } = await open("led.html");
  await page.evaluate(() => drawAll());
  const csv = (await saved(page, "current-voltage", "csv")).trim().split("\n").map((line) => line.split(","));
  assert.match(csv[0][0], /with_vacancies: bias \(V\)/);
  const drawn = await page.evaluate(() => { const trace = figures[0].traces[0]; return [trace.x.at(-1), trace.y.at(-1)]; });
  const last = csv[drawn && (await page.evaluate(() => figures[0].traces[0].x.length))];
  for (const k of [0, 1]) assert.ok(Math.abs(Number(last[k]) - drawn[k]) <= 1e-5 * Math.abs(drawn[k]), `column ${k}`);
  await close();
});

await check("what is saved says what it shows: variant, bias", async () => {
  const { page, close } = await open("led.html");
  await page.evaluate(() => drawAll());
  await offerWithoutDownload(page);
  const svg = await offered(page, "bands", "svg");
  assert.match(await page.evaluate(() => window.offer.name), /^led-bands-with_vacancies-[\d.]+-V\.svg$/);
  assert.match(svg, /<text[^>]*>Band diagram: with_vacancies, [\d.]+ V<\/text>/);
  assert.match((await offered(page, "bands", "csv")).split("\n")[0], /^"with_vacancies, [\d.]+ V, conduction band: distance/);
  assert.match((await offered(page, "spectra-over-bias", "csv")).split("\n")[0], /^"with_vacancies, EL over/);
  const [svgWide, viewBox] = [svg.match(/ height="(\d+)"/)[1], svg.match(/viewBox="([^"]+)"/)[1].split(" ").map(Number)];
  assert.equal(Number(svgWide), viewBox[3]);
  assert.ok(viewBox[1] < 0, "the title has room of its own");
  await close();
});

await check("where the current goes: the lowest band is the EQE, and all of it is accounted for", async () => {
  const { page, close } = await open("crystals.html");
  await page.evaluate(() => drawAll());
  const [names, bands, eqe] = await page.evaluate(() => {
    const figure = figures.find((one) => one.spec.id === "losses"), variant = page.variants[figure.state.variant], eqe = valuesOf(variant, "device", "eqe"), bias = valuesOf(variant, "device", "bias");
    return [figure.traces.map((trace) => trace.name), figure.traces.map((trace) => trace.y.at(-1)), 100 * eqe[bias.indexOf(figure.traces[0].x.at(-1))]];
  });
  assert.equal(names[0], "light that leaves");
  assert.ok(Math.abs(bands[0] - eqe) < 1e-3 * eqe, `${bands[0]} and ${eqe}`);
  assert.ok(Math.abs(bands.reduce((sum, band) => sum + band, 0) - 100) < 0.1, `${bands}`);
  assert.ok(names.includes("light that stays inside") && !names.includes("radiative"), `${names}`);
  await close();
});

await check("a variant that is switched off leaves the figures", async () => {
  const { page, close } = await open("led.html");
  await page.evaluate(() => drawAll());
  const before = await page.evaluate(() => figures[0].traces.length);
  await page.locator("input[data-variant=without_vacancies]").uncheck();
  assert.equal(await page.evaluate(() => figures[0].traces.length), before - 2);
  await close();
});

await check("what was measured lies over its figures", async () => {
  const led = await open("led.html"), crystals = await open("crystals.html"), aged = await open("aged.html");
  for (const [opened, id, file] of [[led, "current-voltage", "jv.csv"], [led, "efficiency", "jv.csv"], [led, "electroluminescence", "el.csv"], [crystals, "spectra", "pl.csv"], [crystals, "sizes", "tem.csv"],
    [aged, "ageing-in-time", "life.csv"]]) {
    await opened.page.evaluate(() => drawAll());
    const names = await opened.page.evaluate((name) => figures.find((figure) => figure.spec.id === name).traces.map((trace) => trace.name), id);
    assert.ok(names.some((name) => name.includes(file)), `${id} shows ${file}`);
    const hiddenPoints = await opened.page.evaluate(([name, file]) => {
      const figure = figures.find((one) => one.spec.id === name), axis = figure.plot._fullLayout.xaxis, [low, high] = axis.range;
      const at = (x) => (axis.type === "log" ? Math.log10(x) : x);
      return figure.traces.filter((trace) => trace.name.includes(file) && (trace.xaxis ?? "x") === "x").flatMap((trace) => [...trace.x]).filter((x) => at(x) < low || at(x) > high);
    }, [id, file]);
    assert.deepEqual(hiddenPoints, [], `${id} has room for ${file}`);
  }
  await led.close();
  await aged.close();
  await crystals.close();
});

await check("measured electroluminescence lies over the computed one, and nothing measured stands alone", async () => {
  const { page, close } = await open("led.html");
  await page.evaluate(() => drawAll());
  const names = await page.evaluate(() => figures.find((one) => one.spec.id === "electroluminescence").traces.map((trace) => trace.name));
  assert.ok(names.some((name) => name.startsWith("with_vacancies")), `${names}`);
  assert.equal(await page.locator("#spectra").count(), 0, "an LED without crystals has no figure of their spectra");
  await close();
});

await check("counts of decays leave the lines to be seen, and the legend tells them", async () => {
  const { page, close } = await open("crystals.html");
  await page.evaluate(() => drawAll());
  const counted = await page.evaluate(() => figures.find((one) => one.spec.id === "decay").traces.filter((trace) => trace.mode === "markers").map((trace) => [trace.name, trace.x.length, trace.showlegend !== false]));
  assert.ok(counted.some(([name, , shown]) => name === "as counted" && shown), `${counted}`);
  assert.ok(counted.every(([, points]) => points <= 50), `${counted}`);
  await close();
});

await check("of many samples histogram and curve are drawn, and what is said is what is there", async () => {
  const { page, close } = await open("crystals.html");
  const [samples, histograms, says] = await page.evaluate(() => { drawAll(); const figure = figures.find((one) => one.spec.id === "sizes");
    return [figure.traces.filter((trace) => trace.showlegend !== false && !trace.name.startsWith("measured")).length, figure.traces.filter((trace) => trace.name.endsWith("histogram")).length, figure.says.textContent]; });
  assert.ok(samples > 4 && histograms === samples, `${histograms} of ${samples}`);
  assert.match(says, /Pale steps: histogram/);
  await close();
});

await check("equal ensembles are shaded once, in the colour of their curve", async () => {
  const { page, close } = await open("crystals.html");
  const [curves, ensembles, sets] = await page.evaluate(() => { drawAll(); const traces = figures.find((one) => one.spec.id === "levels").traces;
    return [traces.filter((trace) => !trace.yaxis && trace.mode === "lines").map((trace) => trace.line.color), traces.filter((trace) => trace.yaxis === "y2").map((trace) => trace.line.color),
      new Set(page.variants.filter((variant) => valuesOf(variant, "confinement", "curve_energy")).map((variant) => [valuesOf(variant, "sizes", "edge"), valuesOf(variant, "sizes", "weight")].join())).size]; });
  assert.equal(ensembles.length, sets);
  assert.ok(ensembles.every((colour) => curves.includes(colour)), `${ensembles} of ${curves}`);
  await close();
});

await check("a run that failed in part lists what failed", async () => {
  const { page, close } = await open("partly.html");
  const text = await page.locator("#failures").textContent();
  assert.match(text, /rt: synthesis: .*largest/);
  await close();
});

await check("of a sweep without any point the reasons stand alone", async () => {
  const { page, close, complaints } = await open("nothing.html");
  assert.match(await page.locator("#failures").textContent(), /No point was computed.*point 0 \(synthesis\.largest_edge = 3 nm.*\): .*largest/s);
  assert.equal(await page.evaluate(() => { drawAll(); return figures.length; }), 0);
  assert.deepEqual(complaints, []);
  await close();
});

await check("each curve of the LaMer diagram shows its largest value", async () => {
  const { page, close } = await open("crystals.html");
  const outside = await page.evaluate(() => {
    drawAll();
    const figure = figures.find((one) => one.spec.id === "lamer");
    return figure.traces.filter((trace) => {
      const axis = figure.plot._fullLayout[trace.yaxis.replace("y", "yaxis")];
      const most = Math.max(...[...trace.y].filter(Number.isFinite)), [low, high] = axis.range;
      return axis.type === "log" ? Math.log10(most) < low || Math.log10(most) > high : most < low || most > high;
    }).map((trace) => `${trace.name} ${trace.yaxis}`);
  });
  assert.deepEqual(outside, []);
  await close();
});

await check("selectors of a sweep change map, lines and curves", async () => {
  const { page, complaints, close } = await open("sweep.html");
  await page.evaluate(() => drawAll());
  const state = (id) => page.evaluate((name) => JSON.stringify(figures.find((figure) => figure.spec.id === name).traces.map((trace) => [trace.z, trace.y, trace.x])), id);
  for (const [id, control, value] of [["sweep-map", "z", "pl_fwhm"], ["sweep-lines", "x", "sizes.standard_deviation"], ["sweep-lines", "by", "none"],
    ["sweep-points", "x", "cie_x"], ["sweep-curves", "by", "confinement.temperature"], ["sweep-map", "at:confinement.temperature", "all"]]) {
    const before = await state(id);
    await page.locator(`#${id} select[data-control="${control}"]`).selectOption(value);
    assert.notEqual(await state(id), before, `${id}: ${control} = ${value}`);
  }
  assert.deepEqual(complaints, []);
  await close();
});

await check("a grid of many levels is a grid", async () => {
  const { page, close } = await open("sweep.html");
  const [across, modes] = await page.evaluate(() => { drawAll(); const of = (id) => figures.find((one) => one.spec.id === id).traces; return [of("sweep-map")[0].x.length, of("sweep-lines").map((trace) => trace.mode)]; });
  assert.equal(across, 70);
  assert.ok(modes.every((mode) => mode === "lines"), `${modes}`);
  await close();
});

await check("what was sampled has no slices, what runs over levels has", async () => {
  const { page, close, complaints } = await open("sampled.html");
  await page.evaluate(() => drawAll());
  const [gridded, cells, points] = await page.evaluate(() => { const of = (id) => figures.find((one) => one.spec.id === id).traces;
    return [varying().filter((column) => column.gridded).map((column) => column.name), of("sweep-map")[0].z.flat().filter(Number.isFinite).length, of("sweep-lines")[0].x.length]; });
  assert.deepEqual(gridded, ["material.composition"]);
  assert.ok(cells > 40, `${cells} cells of a map of 64 points`);
  assert.equal(points, 64);
  assert.deepEqual(complaints, []);
  await close();
});

await check("one yield over several samples is one panel, each measured number in its place", async () => {
  const { page, close } = await open("papers.html");
  const yields = await page.evaluate(() => { drawAll();
    return figures.find((one) => one.spec.id === "peng2022-fig-4").traces.filter((trace) => trace.name.startsWith("measured")).map((trace) => trace.y); });
  assert.ok(yields.some((values) => values.length === 3), `${JSON.stringify(yields)}`);
  await close();
});

await check("a brush on parallel coordinates keeps what passes there", async () => {
  const { page, close } = await open("sweep.html");
  await page.locator("#parallel").scrollIntoViewIfNeeded();
  const holder = page.locator("#parallel .parallel");
  const all = Number(await holder.getAttribute("data-points"));
  const box = await page.locator("#parallel rect.brush").first().boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.up();
  const kept = Number(await holder.getAttribute("data-points"));
  assert.ok(kept > 0 && kept < all, `${kept} of ${all}`);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  assert.equal(Number(await holder.getAttribute("data-points")), all);
  await close();
});

await check("verdicts stand in words, and misses with their reasons", async () => {
  const { page, close } = await open("papers.html");
  const text = await page.locator("#page").textContent();
  assert.match(text, /predicted: \d+ of \d+ within; fitted: \d+ of \d+ within/);
  for (const word of ["✓ within", "✗ outside", "a priori", "calibrated"]) assert.ok(text.includes(word), word);
  const misses = await page.locator("#misses li").count();
  assert.ok(misses > 0 && (await page.locator("tr.outside").count()) === misses, "each miss is explained");
  assert.doesNotMatch(text, /prototype|known miss/, "no notes of the work");
  await close();
});

await check("the figures of the papers that matter most stand beside ours", async () => {
  const { page, close } = await open("papers.html");
  const figures = { peng2022: ["fig-1", "fig-2", "fig-4", "fig-6"], yang2020: ["fig-5", "fig-6", "staircase", "drift", "device"],
    ren2024: ["fig-1", "fig-4", "device"], ye2022: ["table-1", "fig-7", "drift"], li2022: ["fig-5", "table-1", "table-2", "device"] };
  for (const [paper, names] of Object.entries(figures))
    for (const name of names) assert.equal(await page.locator(`#${paper}-${name}`).count(), 1, `${paper} ${name}`);
  await close();
});

await check("every sample of a paper is called by its name, with what was measured of it", async () => {
  const { page, close } = await open("papers.html");
  const decays = await page.evaluate(() => {
    drawAll();
    return figures.find((figure) => figure.spec.id === "ren2024-decays").traces.filter((trace) => trace.showlegend !== false).map((trace) => trace.name);
  });
  for (const lifetime of ["12.6", "14.9", "15.3"]) assert.ok(decays.some((name) => name.includes(`measured ${lifetime} ns`)), `${lifetime} of ${decays}`);
  const names = await page.evaluate(() => namesOf(page.document.targets.find((target) => target.id === "ren2024.t50")));
  assert.deepEqual(names, ["SQDs", "SQDs-T"]);
  await close();
});

await check("the scheme is the reader's to choose", async () => {
  const { page, close } = await open("led.html");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.locator("#scheme").click();
  await page.locator("#scheme").click();
  assert.notEqual(await ground(), light);
  await close();
  const sweep = await open("sweep.html");
  const words = () => sweep.page.locator("#parallel text").first().getAttribute("fill");
  const dark = await words();
  for (const _ of [0, 1]) await sweep.page.locator("#scheme").click();
  assert.notEqual(await words(), dark, "parallel coordinates follow");
  assert.deepEqual(sweep.complaints, []);
  await sweep.close();
});

await check("printing draws every figure, in the light scheme", async () => {
  const { page, complaints, close } = await open("crystals.html", { colorScheme: "dark" });
  const paper = await page.pdf({ format: "A4", printBackground: true });
  assert.ok(paper.length > 50000, `${paper.length} bytes`);
  assert.ok(await page.evaluate(() => figures.every((figure) => figure.drawn)), "all figures were drawn");
  assert.deepEqual(complaints, []);
  await close();
});

await check("on A4 no drawing leaves its card, and afterwards all is as before", async () => {
  const narrow = () => figures.flatMap((figure) => [...figure.card.querySelectorAll("svg.main-svg, .parallel svg")].filter((svg) => {
    const [drawing, card] = [svg, figure.card].map((one) => one.getBoundingClientRect());
    return !(drawing.width > 0) || drawing.left < card.left || drawing.right > card.right || drawing.bottom > card.bottom;
  }).map(() => figure.spec.id));
  // Texts that stand at the edges: titles of axes and of colour bars, names in legends.
  const outside = () => figures.flatMap((figure) => [...figure.card.querySelectorAll(".plot text, .parallel text")].filter((text) => {
    const [words, card] = [text, figure.card].map((one) => one.getBoundingClientRect());
    return words.width > 0 && (words.left < card.left - 1 || words.right > card.right + 1 || words.bottom > card.bottom + 1);
  }).map((text) => `${figure.spec.id}: ${text.textContent}`));
  for (const name of ["led.html", "crystals.html", "sweep.html", "papers.html"]) {
    const { page, complaints, close } = await open(name, { colorScheme: "dark" });
    await page.evaluate(() => drawAll());
    const widths = () => page.evaluate(() => figures.filter((figure) => figure.plot).map((figure) => figure.plot.querySelector("svg.main-svg").getBoundingClientRect().width));
    const before = await widths();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    for (const width of [718, 740, 1047]) {  // A4, Letter, A4 on its side
      await page.setViewportSize({ width, height: 1000 });
      assert.deepEqual(await page.evaluate(narrow), [], `${name}: drawings outside their cards at ${width} px`);
      assert.deepEqual(await page.evaluate(outside), [], `${name}: words outside their cards at ${width} px`);
    }
    const ink = await page.evaluate(() => document.querySelector(".parallel text")?.getAttribute("fill"));
    assert.ok(!ink || ink === await page.evaluate(() => schemes.light.ink), `${name}: parallel coordinates in the colours for print`);
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    assert.deepEqual(await widths(), before, `${name}: drawings have their own size again`);
    assert.deepEqual(complaints, [], name);
    await close();
  }
});

await check("a page stays small in the browser", async () => {
  const { page, close } = await open("sweep.html");
  await page.evaluate(() => drawAll());
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  assert.ok(elements < 12000, `${elements} elements`);
  const frames = await page.evaluate(async () => {
    const times = [];
    let last = performance.now();
    for (let i = 0; i < 60; ++i) {
      window.scrollBy(0, 40);
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times.sort((a, b) => a - b);
  });
  console.log(`    scrolling: ${frames[30].toFixed(0)} ms a frame (median), ${frames[57].toFixed(0)} ms (95 %), ${elements} elements`);
  await close();
});

await browser.close();
console.log(`${checks} passed, 0 failed`);
