// Narrows a table to the rows that hold all words typed, without marks (đ = d). What is hidden stays chosen.
// <div data-narrows="ID of the tbody" hidden> <input type="search"> </div> … <tr data-words="Trường THCS Minh Họa 00104-01">
for (const area of document.querySelectorAll("[data-narrows]")) {
  const rows = [...document.getElementById(area.dataset.narrows).rows];
  const texts = rows.map((row) => unmarked(row.dataset.words));
  area.hidden = false;
  area.querySelector("input").addEventListener("input", (event) => {
    const words = unmarked(event.target.value).split(/\s+/);
    rows.forEach((row, at) => { row.hidden = !words.every((word) => texts[at].includes(word)); });
  });
  area.querySelector("input").addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // Enter here looks for something, it doesn't save
  });
}

function unmarked(text) {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}
