// Turns and enlarges the image under review, and lets keys press the buttons (data-key) while the review has the focus.
for (const review of document.querySelectorAll("[data-review]")) {
  const viewer = review.querySelector("[data-viewer]");
  const frame = viewer.querySelector(".frame");
  const leaf = viewer.querySelector(".leaf");
  const img = viewer.querySelector("img");
  const full = [Number(img.getAttribute("width")), Number(img.getAttribute("height"))];
  let turns = 0;
  let zoom = 1;

  const draw = () => {
    const [wide, high] = turns % 2 ? [full[1], full[0]] : full;
    const fit = Math.min((frame.clientWidth - 2) / wide, (frame.clientHeight - 2) / high, 1) * zoom;
    Object.assign(leaf.style, { width: `${wide * fit}px`, height: `${high * fit}px` });
    Object.assign(img.style, { width: `${full[0] * fit}px`, height: `${full[1] * fit}px`, rotate: `${turns * 90}deg` });
  };
  const acts = {
    turn: () => { turns = (turns + 1) % 4; },
    larger: () => { zoom = Math.min(zoom * 1.5, 8); },
    smaller: () => { zoom = Math.max(zoom / 1.5, 1); },
  };

  viewer.classList.add("on");
  for (const hidden of review.querySelectorAll("[data-tools], [data-keys]")) hidden.hidden = false;
  new ResizeObserver(draw).observe(frame);
  review.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (!act) return;
    acts[act]();
    draw();
  });
  review.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.key === " ") return;
    const button = review.querySelector(`[data-key~="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
