// Makes a table of boxes behave as a spreadsheet does. The page works without it.
//
// The table's data-grid names its columns by data-grid-box; with none they are those of measures.
// Enter and the arrows up and down move between rows in one column. A block of several cells that is
// pasted into a box goes where the page's box for blocks goes: to a preview of what goes where, for its
// heads and names say that, not the box in which the cursor stood. A "portal:saved" event on the form
// brings ratings: detail.ratings = {rowKey: {rating, label, reason}}; and words for places that
// name themselves: detail.words = {name: "overspend £0.123m"} for data-grid-words="name".

const MEASURES = "value numerator denominator";

function start(table) {
  const columns = (table.dataset.grid || MEASURES).split(" ");
  const rows = [...table.querySelectorAll("[data-grid-row]")].map((row) => ({
    row,
    boxes: columns.map((name) => row.querySelector(`[data-grid-box="${name}"]`)),
  }));

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
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const form = table.closest("form");
    const block = form?.querySelector("[data-paste-block]");
    if (!block || !placeOf(event.target) || !/[\t\r\n]/.test(text.trim())) return;
    event.preventDefault();
    block.value = text;
    form.querySelector("[data-paste-at]").value = event.target.name;
    form.requestSubmit(form.querySelector("[data-paste-place]"));
  });

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
      // A tick is of the value that it was given to.
      const tick = row.querySelector("[data-grid-unusual] input[type=checkbox]");
      if (tick.value !== rated.right) tick.checked = false;
      tick.value = rated.right;
    }
  });
}

if (typeof document !== "undefined") document.querySelectorAll("[data-grid]").forEach(start);
