"use strict";
// What stands in the page as JSON, decoded: lists of numbers come as they are, long ones as bytes in base64.

/** Bytes of a base64 text. */
function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** Numbers of numbers.hpp: a list, {"f32": ...}, {"q16": ..., low, high}, {"all": value, count}, or {"parts"} of these in a row;
    what was not computed is NaN. */
function numbersOf(encoded) {
  if (Array.isArray(encoded)) return encoded.map((value) => (value === null ? NaN : value));
  if (encoded.parts) return encoded.parts.flatMap(numbersOf);
  if (encoded.all !== undefined) return new Array(encoded.count).fill(encoded.all ?? NaN);
  if (encoded.f32 !== undefined) {
    const view = new DataView(bytesOf(encoded.f32).buffer);
    return Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
  }
  const view = new DataView(bytesOf(encoded.q16).buffer);
  const step = (encoded.high - encoded.low) / 65534;
  return Array.from({ length: view.byteLength / 2 }, (_, i) => {
    const code = view.getUint16(2 * i, true);
    return code === 65535 ? NaN : encoded.low + code * step;
  });
}

/** Gives datasets that stand in the page once to every variant that has them. */
function shareSets(variants) {
  for (const variant of variants) {
    for (const [stage, { sets }] of Object.entries(variant.stages)) {
      for (const [name, set] of Object.entries(sets)) {
        if (set.as !== undefined) {
          const { unit, meaning, axes } = variants[set.as].stages[stage].sets[name];
          Object.assign(set, { unit, meaning, axes });
        }
        if (set.same === undefined) continue;
        const { values, rows, columns, first_column } = variants[set.same].stages[stage].sets[name];
        Object.assign(set, { values, rows, columns, first_column });
      }
    }
  }
}

/** A dataset of a variant with its numbers decoded; decoding happens once, when it is first asked for. */
function setOf(variant, stage, name) {
  const set = variant.stages[stage]?.sets[name];
  if (!set) return null;
  if (!set.numbers) set.numbers = numbersOf(set.values);
  return set;
}

/** The numbers of a dataset; null when it is not there or holds nothing. */
function valuesOf(variant, stage, name) {
  const set = setOf(variant, stage, name);
  return set && set.numbers.some(Number.isFinite) ? set.numbers : null;
}

/** A scalar; NaN when it was not computed. */
function scalarOf(variant, stage, name) {
  return valuesOf(variant, stage, name)?.[0] ?? NaN;
}

/** A table over two axes: {rows, columns: the axes' numbers, z: one list a row, set}; null when it is not there. */
function tableOf(variant, stage, name) {
  const set = setOf(variant, stage, name);
  if (!set || set.axes.length !== 2 || !set.rows) return null;
  const down = valuesOf(variant, stage, set.axes[0]) ?? [];
  const across = valuesOf(variant, stage, set.axes[1]) ?? [];
  const z = set.rows.map((_, i) => set.numbers.slice(i * set.columns, (i + 1) * set.columns));
  return {
    set,
    z,
    says: set.rows.length < down.length ? `${set.rows.length} of ${down.length} rows are in this page; nacre report --variant ${variant.name || "NAME"} has more.` : "",
    rows: set.rows.map((i) => down[i] ?? i),
    columns: across.slice(set.first_column, set.first_column + set.columns),
  };
}

/** Different finite numbers, ascending. */
function distinct(values) {
  return [...new Set(values.filter(Number.isFinite))].sort((a, b) => a - b);
}

function largest(values) {
  return values.reduce((most, value) => (value > most ? value : most), -Infinity);
}

function smallest(values) {
  return values.reduce((least, value) => (value < least ? value : least), Infinity);
}

/** A number for people: four digits, no more. */
function shown(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) {
    const [digits, power] = value.toExponential(3).split("e");
    return `${Number(digits)} × 10${superscript(Number(power))}`;
  }
  return String(Number(value.toPrecision(4)));
}

function superscript(power) {
  return [...String(power)].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("");
}

/** "m-3 s-1" -> "m⁻³ s⁻¹", "mA/cm2" -> "mA/cm²". */
function unitText(unit) {
  if (!unit || unit === "1") return "";
  return unit.replace(/([A-Za-z])(-?\d+)/g, (_, letter, power) => letter + superscript(Number(power)));
}

/** "current density (mA/cm²)". */
function titleOf(name, unit) {
  const text = unitText(unit);
  return text ? `${name} (${text})` : name;
}
