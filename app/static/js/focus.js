// Keeps the keyboard's place when htmx replaces the part it was in: on the same link, button or field of the new part, else on the part.
let reached = null;
let place = null;

document.addEventListener("focusin", (event) => { reached = event.target; });

// A button that is put out of use for the time of its request loses the focus then.
document.addEventListener("htmx:beforeSwap", () => {
  const at = !isFree() ? document.activeElement : reached?.disabled ? reached : null;
  place = at && { at, around: idsAround(at) };
});

document.addEventListener("htmx:afterOnLoad", () => {
  const lost = place;
  place = null;
  if (!lost || lost.at.isConnected || !isFree()) return;
  const parts = lost.around.map((id) => document.getElementById(id)).filter(Boolean);
  if (!parts.length) return;
  sameAs(lost.at, [...parts[0].querySelectorAll(lost.at.tagName)])?.focus();
  for (const part of parts) {
    if (!isFree()) return;  // what can't be seen doesn't take it
    if (!part.hasAttribute("tabindex")) part.tabIndex = -1;
    part.focus({ preventScroll: true });
  }
});

function isFree() {
  return !document.activeElement || document.activeElement === document.body;
}

// A link by its address, and one whose address moves on ("Show more") by its words; else by name, value, words, and by what its form sends:
// a second Enter must not take back what came before.
function sameAs(old, others) {
  const href = old.getAttribute("href");
  return (href && others.find((one) => one.getAttribute("href") === href)) || others.find((one) => told(one) === told(old));
}

function told(element) {
  const sent = [...(element.form?.querySelectorAll("input[type=hidden]") ?? [])].filter((input) => input.name !== "csrf_token");
  const chosen = element.matches("button, [type=checkbox], [type=radio]") ? element.value : "";
  return [element.name, chosen, element.textContent, ...sent.map((input) => `${input.name}=${input.value}`)].join("\n");
}

// Of what it stands in, from the inside out.
function idsAround(element) {
  const ids = [];
  for (let part = element.parentElement; part; part = part.parentElement) if (part.id) ids.push(part.id);
  return ids;
}
