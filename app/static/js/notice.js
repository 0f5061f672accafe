// Says so when the server can't be reached; every other answer brings its own words.
document.addEventListener("htmx:sendError", tell);
document.addEventListener("htmx:timeout", tell);
document.addEventListener("htmx:responseError", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Retarget")) tell();
});

// What went wrong before is over with the next attempt.
document.addEventListener("htmx:beforeRequest", () => {
  for (const alert of document.querySelectorAll("#notice [role=alert]")) alert.remove();
});

function tell() {
  const words = document.getElementById("no-answer");
  const notice = document.getElementById("notice");
  if (!words || !notice) return;
  notice.replaceChildren(words.content.cloneNode(true));
  notice.scrollIntoView({ block: "nearest" });
}
