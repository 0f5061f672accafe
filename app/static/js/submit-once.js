// A form that changes something is sent once, however often its button is pressed. Downloads may be repeated.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.dataset.sent) {
    if (form.dataset.sent) event.preventDefault();
    return;
  }
  if (form.matches("[data-download]")) return; // brings a file, the page stays
  if (form.matches("[hx-post], [data-hx-post]")) return; // htmx keeps its own requests apart (hx-disabled-elt)
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
});

// The second click of a double click is no wish of its own: by then the answer may have put the button of the next step there.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (event.detail > 1 && button?.form?.method === "post" && button.type === "submit") event.preventDefault();
}, true);

// A page brought back by the Back button can be sent again, and so can one that somebody was asked about and has not left.
window.addEventListener("pageshow", (event) => event.persisted && release());
document.addEventListener("stayed", release);

function release() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
}
