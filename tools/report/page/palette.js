"use strict";
// Colours of both schemes. The series follow Okabe and Ito, whose colours people with any colour vision can tell apart; lines
// differ in their dashes, too, so that a print without colour can be read.

const schemes = {
  light: {
    ink: "#1b1f24", muted: "#5b6470", grid: "#e3e6ea", card: "#ffffff", fill: "rgba(0,114,178,0.18)",
    series: ["#0072B2", "#D55E00", "#009E73", "#AA4499", "#B8860B", "#4C9BD6", "#222222", "#7A5195"],
  },
  dark: {
    ink: "#e8eaed", muted: "#a5adb8", grid: "#3a414b", card: "#1d2127", fill: "rgba(108,182,240,0.22)",
    series: ["#6CB6F0", "#F59E55", "#3FCF9F", "#F0A3D0", "#F0E060", "#9FB4FF", "#E8E8E8", "#C4A3F0"],
  },
};
const dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "4px,2px", "2px,4px"];
const heat = "Viridis";

let chosenScheme = null;   // "light" or "dark" where the reader chose one
let printing = false;

function schemeName() {
  if (printing) return "light";
  if (chosenScheme) return chosenScheme;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function scheme() {
  return schemes[schemeName()];
}

/** Line of series number i. */
function lineOf(i, colours, width = 2) {
  return { color: colours.series[i % colours.series.length], dash: dashes[(i + Math.floor(i / colours.series.length)) % dashes.length], width };
}

/** "#0072B2" with an opacity. */
function faded(colour, opacity) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${opacity})`;
}

/** One of a row of n colours from dark to bright, for curves of an ordered quantity. */
function ordered(i, n) {
  const stops = schemeName() === "dark"
    ? [[110, 100, 200], [60, 150, 190], [60, 190, 130], [160, 215, 70], [250, 230, 60]]
    : [[68, 1, 84], [59, 82, 139], [33, 145, 140], [70, 170, 80], [190, 170, 20]];
  const at = (n < 2 ? 0 : i / (n - 1)) * (stops.length - 1);
  const low = Math.min(Math.floor(at), stops.length - 2);
  const mixed = stops[low].map((c, k) => Math.round(c + (at - low) * (stops[low + 1][k] - c)));
  return `rgb(${mixed.join(",")})`;
}

/** The same as a colour scale: every colour stands out from the ground, which the ends of `heat` do not. */
const orderedScale = () => Array.from({ length: 9 }, (_, i) => [i / 8, ordered(i, 9)]);
