"use strict";
// Colours as the eye sees them, from the CIE 1931 colour-matching functions that the page carries.

let eye = { wavelength: [], x: [], y: [], z: [] };

function openEyes(encoded) {
  if (!encoded) return;
  eye = Object.fromEntries(Object.entries(encoded).map(([name, values]) => [name, numbersOf(values)]));
}

/** The spectral locus from violet to red: {wavelength, x, y}. */
function spectralLocus() {
  const locus = { wavelength: [], x: [], y: [] };
  eye.wavelength.forEach((wavelength, i) => {
    const sum = eye.x[i] + eye.y[i] + eye.z[i];
    if (wavelength < 390 || wavelength > 700 || !(sum > 0)) return;
    locus.wavelength.push(wavelength);
    locus.x.push(eye.x[i] / sum);
    locus.y.push(eye.y[i] / sum);
  });
  return locus;
}

function gamma(value) {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}

/** The colour of a chromaticity at the largest brightness of a screen (sRGB); what it cannot show is clipped. */
function colourOfChromaticity(x, y) {
  const [X, Y, Z] = [x / y, 1, (1 - x - y) / y];
  const linear = [3.2406 * X - 1.5372 * Y - 0.4986 * Z, -0.9689 * X + 1.8758 * Y + 0.0415 * Z,
    0.0557 * X - 0.204 * Y + 1.057 * Z].map((c) => Math.max(c, 0));
  const most = Math.max(...linear) || 1;
  return `rgb(${linear.map((c) => Math.round(255 * gamma(c / most))).join(",")})`;
}

/** The colour of light of one wavelength [nm], as bright as a screen can show its hue; grey where no eye sees it. */
function colourOfWavelength(wavelength) {
  const table = eye.wavelength;
  if (!table.length || wavelength < 400 || wavelength > 700) return "rgb(140,140,140)";
  let i = table.findIndex((w) => w >= wavelength);
  i = Math.max(i, 1);
  const part = (wavelength - table[i - 1]) / (table[i] - table[i - 1]);
  const mixed = ["x", "y", "z"].map((n) => eye[n][i - 1] + part * (eye[n][i] - eye[n][i - 1]));
  const sum = mixed[0] + mixed[1] + mixed[2];
  return colourOfChromaticity(mixed[0] / sum, mixed[1] / sum);
}

/** A colour scale for an axis from `low` to `high`; `toWavelength` turns its numbers into nm. */
function spectralScale(low, high, toWavelength) {
  const n = 48;
  return Array.from({ length: n + 1 }, (_, i) => [i / n, colourOfWavelength(toWavelength(low + ((high - low) * i) / n))]);
}

/** The inside of the spectral locus in its colours, as a picture of a square of the diagram: its lower left corner and side. */
function chromaticityPicture(locus, [left, bottom, side], size = 220) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const context = canvas.getContext("2d");
  const at = (x, y) => [((x - left) / side) * size, size - ((y - bottom) / side) * size];
  context.beginPath();
  locus.x.forEach((x, i) => context.lineTo(...at(x, locus.y[i])));
  context.closePath();
  context.clip();
  for (let i = 0; i < size; i += 2) {
    for (let j = 0; j < size; j += 2) {
      const x = left + (side * (i + 1)) / size, y = bottom + (side * (size - j - 1)) / size;
      if (y < 0.004 || x + y > 1.02) continue;
      context.fillStyle = colourOfChromaticity(x, y);
      context.fillRect(i, j, 2, 2);
    }
  }
  return canvas.toDataURL("image/png");
}
