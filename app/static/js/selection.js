// Choosing rows: a box for all of them, a range with Shift, and how many are chosen.
// <form data-selection> … <input type="checkbox" data-all> … <input type="checkbox" name="…" data-row> …
// With data-keep on the form, what is ticked stays so when htmx shows other rows: it is held (input[data-held]) until its row is there again.
// A link or form with data-carries takes along in its address what is ticked, so that the next page can show it ticked.
// <input type="checkbox" data-every> means more than can be ticked.
// <output data-count data-one="1 person chosen" data-many="# people chosen"> … <div class="bar" data-bar>
let last = null;

document.addEventListener("click", (event) => {
  const clear = event.target.closest("[data-clear]");
  if (clear) {
    const area = clear.closest("[data-selection]");
    for (const box of rows(area)) box.checked = false;
    for (const one of held(area)) one.remove();
    for (const every of area.querySelectorAll("[data-every]")) every.checked = false;
    const carrier = area.querySelector("[data-carries]"); // of such pages the address says it, too
    if (carrier) history.replaceState(history.state, "", carrying(carrier, location.href));
    event.preventDefault();
    show(area);
    return;
  }
  const link = event.target.closest("a[data-carries]");
  if (link) link.href = carrying(link, link.href);
  const box = event.target.closest("input[type=checkbox]");
  const area = box && box.closest("[data-selection]");
  if (!area) return;
  if (box.matches("[data-all]")) for (const row of rows(area)) if (!row.closest("[hidden]")) row.checked = box.checked;
  if (box.matches("[data-row]")) {
    if (event.shiftKey && last && area.contains(last)) fill(rows(area), last, box);
    last = box;
  }
  show(area);
});

document.addEventListener("htmx:configRequest", (event) => {
  const { elt } = event.detail;
  if (elt.matches("[data-carries]")) event.detail.path = carrying(elt, event.detail.path);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const area = event.target.closest("[data-keep]");
  if (area) for (const box of rows(area)) if (box.checked) hold(area, box);
});

document.addEventListener("htmx:afterSwap", (event) => {
  const area = event.target.closest("[data-keep]");
  if (!area) return;
  const there = new Map(rows(area).map((box) => [box.value, box]));
  for (const one of held(area)) {
    const box = there.get(one.value);
    if (!box) continue;
    box.checked = true;
    one.remove();
  }
});

for (const name of ["DOMContentLoaded", "htmx:afterSwap", "pageshow"]) {
  window.addEventListener(name, () => document.querySelectorAll("[data-selection]").forEach(show));
}

function rows(area) {
  return [...area.querySelectorAll("input[data-row]")];
}

function held(area) {
  return [...area.querySelectorAll("input[data-held]")];
}

function hold(area, box) {
  const one = document.createElement("input");
  Object.assign(one, { type: "hidden", name: box.name, value: box.value });
  one.dataset.held = "";
  area.prepend(one);
}

function carrying(element, address) {
  const url = new URL(address, document.baseURI);
  const boxes = [...element.closest("[data-selection]").querySelectorAll("input[data-row], input[data-every], input[data-held]")];
  for (const { name } of boxes) url.searchParams.delete(name);
  for (const box of boxes) if (box.checked || box.matches("[data-held]")) url.searchParams.append(box.name, box.value);
  return url.href;
}

function fill(boxes, from, to) {
  const ends = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
  for (const box of boxes.slice(ends[0], ends[1] + 1)) box.checked = to.checked;
}

function show(area) {
  const boxes = rows(area);
  const here = boxes.filter((box) => box.checked).length;
  const chosen = here + held(area).length;
  const all = area.querySelector("[data-all]");
  if (all) {
    all.checked = here > 0 && here === boxes.length;
    all.indeterminate = here > 0 && here < boxes.length;
  }
  for (const count of area.querySelectorAll("[data-count]")) {
    count.textContent = (chosen === 1 ? count.dataset.one : count.dataset.many).replace("#", chosen.toLocaleString(document.documentElement.lang));
  }
  for (const bar of area.querySelectorAll("[data-bar]")) bar.hidden = chosen === 0 && !bar.querySelector("[data-every]:checked");
}
