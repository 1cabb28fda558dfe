// Sections that hold every word of the query; words in titles count most. Reads `sections` of sections.js.
"use strict";
const field = document.getElementById("search"), found = document.getElementById("found"), up = document.body.dataset.up;
for (const section of sections) {
  section.lowerTitle = `${section.title} ${section.page}`.toLowerCase();
  section.lowerText = section.text.toLowerCase();
}

function score(section, words) {
  let sum = 0;
  for (const word of words) {
    const inTitle = section.lowerTitle.includes(word), times = section.lowerText.split(word).length - 1;
    if (!inTitle && times === 0) return 0;
    sum += (inTitle ? 10 : 0) + Math.min(times, 5);
  }
  return sum;
}

function around(section, word) {
  const at = Math.max(0, section.lowerText.indexOf(word) - 60);
  return (at > 0 ? "… " : "") + section.text.slice(at, at + 180) + (at + 180 < section.text.length ? " …" : "");
}

function entry(section, word) {
  const item = document.createElement("li"), link = document.createElement("a"), text = document.createElement("small");
  link.href = up + section.address;
  link.textContent = section.title === section.page ? section.title : `${section.page}: ${section.title}`;
  text.textContent = around(section, word);
  item.append(link, text);
  return item;
}

function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter(word => word.length > 1);
  const hits = words.length === 0 ? [] : sections.map(section => [score(section, words), section]).filter(hit => hit[0] > 0);
  hits.sort((a, b) => b[0] - a[0]);
  found.replaceChildren(...hits.slice(0, 20).map(hit => entry(hit[1], words[0])));
  if (words.length > 0 && hits.length === 0) found.append(Object.assign(document.createElement("li"), {textContent: "nothing found"}));
  found.hidden = words.length === 0;
}
field.addEventListener("input", search);
document.addEventListener("keydown", event => {
  if (event.key === "Escape") field.value = "", search();
  if (event.key === "/" && document.activeElement !== field) event.preventDefault(), field.focus();
});
document.addEventListener("click", event => { if (!found.contains(event.target) && event.target !== field) found.hidden = true; });
