// Cells of a review that are typed anew: what stands in the others, not sent yet, outlives the new review that an answer brings, and the
// next cell gets the focus. Who leaves the page with something typed and not sent is asked.
const CELLS = "#rosters-review .typed input.cell";
let typed = new Map();
let onward = [];

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "rosters-review") return;
  const cells = [...document.querySelectorAll(CELLS)];
  const sent = cells.find((cell) => cell.form === event.detail.requestConfig.elt);
  const taken = sent && event.detail.xhr.status < 400;
  typed = new Map(cells.filter((cell) => isUnsent(cell) && !(taken && cell === sent)).map((cell) => [address(cell), cell.value]));
  onward = sent ? cells.slice(cells.indexOf(sent)).map(address) : [];
});

document.addEventListener("htmx:afterSettle", () => {
  if (!typed.size && !onward.length) return;
  const cells = new Map([...document.querySelectorAll(CELLS)].map((cell) => [address(cell), cell]));
  for (const [where, text] of typed) if (cells.has(where)) cells.get(where).value = text;
  cells.get(onward.find((where) => cells.has(where)))?.focus();
  typed = new Map();
  onward = [];
});

// In a large file the answer leads to the page that shows how far it is: what was sent is on its way, and nobody is asked about it.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
  const sent = [...document.querySelectorAll(CELLS)].find((cell) => cell.form === event.detail.requestConfig.elt);
  if (sent) sent.defaultValue = sent.value;
});

window.addEventListener("beforeunload", (event) => {
  if (![...document.querySelectorAll(CELLS)].some(isUnsent)) return;
  event.preventDefault();
  setTimeout(() => document.dispatchEvent(new Event("stayed"))); // comes only when somebody stays
});

function isUnsent(cell) {
  return cell.value !== cell.defaultValue;
}

function address(cell) {
  const { sheet, row, column } = cell.form.elements;
  return [sheet.value, row.value, column.value].join("\n");
}
