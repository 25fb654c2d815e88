// What is typed into a form, kept in this tab until it has arrived. Ends with the tab.
//
// An entry belongs to one form of one person: another person's page never shows it.
const BEGINNING = "typed:";
const KEPT = "input:not([type=hidden]):not([type=password]):not([type=file]), textarea, select";

export const owner = (form) => form.querySelector('input[name="page-of"]')?.value ?? "";
const address = (form) => form.getAttribute("action") || location.pathname;

// Several forms of a page may be posted to one address: they are told apart by what they do, or by
// their place among those.
function keyOf(form) {
  const alike = [...document.forms].filter((other) => address(other) === address(form));
  const does = form.querySelector('input[type=hidden][name="action"]')?.value ?? alike.indexOf(form);
  return `${BEGINNING}${owner(form)}:${address(form)}:${does}`;
}

// The boxes of a form that a person fills in.
export const boxes = (form) => [...form.querySelectorAll(KEPT)].filter((box) => box.name);

function valueOf(box) {
  if (box.type === "checkbox" || box.type === "radio") return box.checked;
  if (box.multiple) return [...box.selectedOptions].map((option) => option.value);
  return box.value;
}

function put(box, value) {
  if (box.type === "checkbox" || box.type === "radio") box.checked = value;
  else if (box.multiple) for (const option of box.options) option.selected = value.includes(option.value);
  else box.value = value;
}

// How long ago a moment was, as words between two others; nothing within a minute. A time of day
// would be the browser's, and the portal's clock may stand on another day.
export function spanSince(moment, before, after = "") {
  const minutes = Math.floor((Date.now() - moment) / 60_000);
  if (minutes < 1) return "";
  const [number, unit] =
    minutes < 60 ? [minutes, "minute"] : minutes < 1440 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1440), "day"];
  return `${before}${number} ${unit}${number === 1 ? "" : "s"}${after}`;
}

const named = (box) => (box.type === "radio" || box.type === "checkbox" ? `${box.name}=${box.value}` : box.name);

// What a box is called on the page: by its question and its own label, where it has both.
function labelOf(box) {
  const text = (element) => element?.innerText.replace(/\s+/g, " ").trim() ?? "";
  const question = text(box.closest("fieldset")?.querySelector("legend"));
  if (box.type === "radio") return question;
  const own = text(box.labels?.[0]) || (box.getAttribute("aria-label") ?? "");
  return [question, own].filter(Boolean).join(": ");
}

// Sends along what the boxes are called: a page that cannot save what is in them says it so.
export function nameBoxes(form) {
  const filled = boxes(form).filter((box) => box.value && box.type !== "checkbox");
  const names = Object.fromEntries(filled.map((box) => [box.name, labelOf(box)]));
  const field = form.querySelector('input[name="called"]') ?? document.createElement("input");
  Object.assign(field, { type: "hidden", name: "called", value: JSON.stringify(names) });
  form.append(field);
}

// What the server put into a box: not what was typed before the scripts had come.
function servedIn(box) {
  if (box.type === "checkbox" || box.type === "radio") return box.defaultChecked;
  if (box.tagName !== "SELECT") return box.defaultValue;
  const chosen = [...box.options].filter((option) => option.defaultSelected).map((option) => option.value);
  if (box.multiple) return chosen;
  return chosen.at(-1) ?? [...box.options].find((option) => !option.disabled)?.value ?? "";
}

export const snapshot = (form) => Object.fromEntries(boxes(form).map((box) => [named(box), valueOf(box)]));
export const served = (form) => Object.fromEntries(boxes(form).map((box) => [named(box), servedIn(box)]));

// The boxes that hold something else than the server put into them.
export const typedIn = (form) => boxes(form).filter((box) => String(valueOf(box)) !== String(servedIn(box)));

// What a form says of what it showed: its version, and what its boxes held, a box a line; see
// typed/merging.py.
const says = (form, name) => form.querySelector(`input[name="${name}"]`);
const SHOWN = ["was", "version"];
const linesOf = (text) => new Map(text.split(/\r?\n/).filter(Boolean).map((line) => [line.slice(0, line.lastIndexOf(" ")), line]));

export function keep(form, shown, sent = false) {
  const now = snapshot(form);
  const changed = Object.fromEntries(
    Object.entries(now).filter(([name, value]) => String(value) !== String(shown[name])),
  );
  const over = Object.fromEntries(SHOWN.map((name) => [name, says(form, name)?.value ?? ""]));
  try {
    if (Object.keys(changed).length === 0) sessionStorage.removeItem(keyOf(form));
    else sessionStorage.setItem(keyOf(form), JSON.stringify({ changed, over, sent, at: Date.now() }));
  } catch {
    // The tab's store is full or forbidden: the words stay in the boxes.
  }
}

export function forget(form) {
  sessionStorage.removeItem(keyOf(form));
}

export function forgetAll() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(BEGINNING)) sessionStorage.removeItem(key);
  }
}

// What was sent and answered has arrived; an answer that says that something broke is none.
export function forgetSent() {
  const status = performance.getEntriesByType("navigation")[0]?.responseStatus;
  if (status >= 500) return;
  for (const key of Object.keys(sessionStorage)) {
    if (!key.startsWith(BEGINNING)) continue;
    if (JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key);
  }
}

// Puts back what is kept for the form; returns when it was typed, or nothing.
export function restore(form) {
  const text = sessionStorage.getItem(keyOf(form));
  if (!text) return null;
  const { changed, over, at } = JSON.parse(text);
  const back = [];
  for (const box of boxes(form)) {
    const value = changed[named(box)];
    if (value === undefined || String(value) === String(valueOf(box))) continue;
    put(box, value);
    back.push(box.name);
  }
  const done = back.length > 0;
  if (done && over) typedOver(form, back, over);
  if (!done) forget(form);
  return done ? new Date(at) : null;
}

// The boxes were typed into over what a page opened earlier had shown: what came since from somebody
// else is asked about, and not written over.
function typedOver(form, names, { was, version }) {
  const field = says(form, "was");
  if (!field) return;
  const earlier = linesOf(was);
  const lines = linesOf(field.value);
  for (const name of names) {
    if (earlier.has(name)) lines.set(name, earlier.get(name));
    else lines.delete(name);
  }
  field.value = [...lines.values()].join("\n");
  if (says(form, "version") && version) says(form, "version").value = version;
}

export function putBack(form, shown) {
  for (const box of boxes(form)) if (named(box) in shown) put(box, shown[named(box)]);
}
