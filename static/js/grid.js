// Makes a table of boxes behave as a spreadsheet does. The page works without it.
//
// The table's data-grid names its columns by data-grid-box; with none they are those of measures.
// Enter and the arrows up and down move between rows in one column. A block that is pasted fills
// boxes from the focused one rightwards and downwards; a blank in it never wipes. Each box that is
// filled fires "input", so that what saves the form sees it. A "portal:saved" event on the form
// brings ratings: detail.ratings = {rowKey: {rating, label, reason}}; and words for places that
// name themselves: detail.words = {name: "overspend £0.123m"} for data-grid-words="name".

const MEASURES = "value numerator denominator";
// As bcfportal/lib/pasting.py reads it: a quote that is not closed before a tab or the end of a
// line is a quote and no more.
const CELL = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*)/y;
const END = /\r\n|\r|\n|\t/y;

// The cells of a copied block, without space around them or blank lines after.
export function readBlock(text) {
  const lines = [[]];
  let at = 0;
  for (;;) {
    CELL.lastIndex = at;
    const cell = CELL.exec(text);
    const words = cell[1] === undefined ? cell[2] : cell[1].replaceAll('""', '"');
    lines.at(-1).push(words.trim());
    END.lastIndex = CELL.lastIndex;
    const end = END.exec(text);
    if (!end) break;
    if (end[0] !== "\t") lines.push([]);
    at = END.lastIndex;
  }
  while (lines.length && !lines.at(-1).some(Boolean)) lines.pop();
  return lines;
}

function start(table) {
  const columns = (table.dataset.grid || MEASURES).split(" ");
  const rows = [...table.querySelectorAll("[data-grid-row]")].map((row) => ({
    row,
    boxes: columns.map((name) => row.querySelector(`[data-grid-box="${name}"]`)),
  }));
  const status = document.querySelector("[data-grid-status]");

  // Where a box stands, as [row, column]; nothing for what is no box of figures.
  function placeOf(box) {
    const column = columns.indexOf(box.dataset?.gridBox);
    const row = rows.findIndex(({ boxes }) => boxes[column] === box);
    return column < 0 || row < 0 ? null : [row, column];
  }

  table.addEventListener("keydown", (event) => {
    const place = placeOf(event.target);
    if (!place || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || (event.shiftKey && event.key !== "Enter")) return;
    // Enter in a box would otherwise submit the whole form.
    event.preventDefault();
    const next = rows[place[0] + step]?.boxes[place[1]];
    next?.focus();
    next?.select();
  });

  table.addEventListener("paste", (event) => {
    const place = placeOf(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!place || !/[\t\r\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const block = readBlock(text);
    const outside = fill(block, place);
    const lost = outside ? ` No room beside or below for ${cells(outside)}.` : "";
    const done = block.flat().filter(Boolean).length - outside;
    if (status) status.textContent = `${cells(done)} pasted.${lost}`;
  });

  // Returns how many cells lie outside of the table.
  function fill(block, [top, left]) {
    let outside = 0;
    block.forEach((line, down) =>
      line.forEach((cell, right) => {
        if (!cell) return;
        const box = rows[top + down]?.boxes[left + right];
        if (!box) {
          outside += 1;
        } else if (box.value !== cell) {
          box.value = cell;
          box.dispatchEvent(new Event("input", { bubbles: true }));
        }
      }),
    );
    return outside;
  }

  table.closest("form")?.addEventListener("portal:saved", (event) => {
    for (const [name, words] of Object.entries(event.detail?.words ?? {})) {
      const place = table.querySelector(`[data-grid-words="${CSS.escape(name)}"]`);
      if (place) place.textContent = words;
    }
    const ratings = event.detail?.ratings ?? {};
    for (const { row } of rows) {
      const rated = ratings[row.dataset.gridRow];
      const tag = rated && document.querySelector(`[data-grid-tag="${CSS.escape(rated.rating)}"]`);
      if (!tag) continue;
      row.querySelector("[data-grid-rating]").replaceChildren(tag.content.cloneNode(true));
      row.querySelector("[data-grid-reason]").textContent = rated.reason;
      row.querySelector("[data-grid-unusual]").hidden = !rated.unusual;
      row.querySelector("[data-grid-question]").textContent = rated.unusual;
    }
  });
}

function cells(number) {
  return number === 1 ? "1 cell" : `${number} cells`;
}

if (typeof document !== "undefined") document.querySelectorAll("[data-grid]").forEach(start);
