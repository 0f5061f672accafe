// Lets a file be dropped onto <div class="drop"> around a file input; without JavaScript the input itself takes it.
document.addEventListener("dragover", (event) => {
  const area = event.target.closest(".drop");
  if (!area) return;
  event.preventDefault();
  area.classList.add("over");
});

document.addEventListener("dragleave", (event) => {
  const area = event.target.closest(".drop");
  if (area && !area.contains(event.relatedTarget)) area.classList.remove("over");
});

document.addEventListener("drop", (event) => {
  const area = event.target.closest(".drop");
  const input = area && area.querySelector("input[type=file]");
  if (!input || !event.dataTransfer.files.length) return;
  event.preventDefault();
  area.classList.remove("over");
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.form.requestSubmit();
});
