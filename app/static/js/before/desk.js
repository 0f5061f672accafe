// At a desk's counter a key presses the button that shows it, unless a field has the focus; and what a card reader types reaches the search
// box wherever the focus is. A reader types much faster than people do, so a digit waits a moment for the next. It doesn't wait for the page
// either: this file is no deferred one, the page isn't shown before it listens.
// <section data-desk tabindex="-1"> … <button data-key="1"> … </section> and <form data-counter> … <input name="q"> … </form>
const APART = 200; // milliseconds
let waiting = "";
let timer = 0;

document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-counter] input[name=q]");
  if (!box || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select")) return;
  const part = event.target === document.body ? document.querySelector("[data-desk]") : event.target.closest("[data-desk]");
  const button = part?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (event.key.length > 1) {
    if (button) button.click();
    return;
  }
  if (event.key === " ") return;
  clearTimeout(timer);
  event.preventDefault();
  waiting += event.key;
  if (waiting.length === 1 && button) {
    timer = setTimeout(() => {
      waiting = "";
      button.click();
    }, APART);
    return;
  }
  box.focus();
  box.value += waiting;
  waiting = "";
});
