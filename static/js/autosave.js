// Saves a section by itself a moment after something was typed, and says so in words.
// Without it the Save button does the same.
import { ask, signIn } from "./session.js";
import { boxes, spanSince, typedIn } from "./typed.js";

const form = document.querySelector("form[data-autosave]");
const status = document.querySelector("[data-saved]");
const variance = document.querySelector("[data-variance]");
// What a page that goes away may still send is limited by browsers.
const LEAVING = 60_000;
const AGAIN = 5000;
// Between the values of several boxes of one name.
const BETWEEN = "\u001f";
let timer = null;
let running = false;
let dirty = false;
// A refusal is not repeated: only what is typed after it is tried again.
let refused = false;
let since = null;
let submitted = false;
let changed = new Set();
// The boxes of the save that is on its way.
let sending = new Set();
// The texts that were sent and not answered, by box: they may have arrived.
let underway = {};
let onItsWay = null;
let turns = 0;
// Boxes in which somebody else typed too, until a text is chosen: {field: theirs}.
const clashing = new Map();
// What the server says that the boxes hold, and for each clashing box what it held when the other
// text came: sent until a text is chosen, so that a pressed button asks too and overwrites nothing.
let latest = null;
const before = new Map();

const field = (name) => form.querySelector(`[name="${CSS.escape(name)}"]`);

function say(words, problem = false, button = null) {
  status.textContent = words;
  status.classList.toggle("portal-saved--problem", problem);
  if (button) status.append(" ", button);
}

function signInButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary govuk-!-margin-bottom-0";
  button.textContent = "Sign in again";
  button.addEventListener("click", async () => {
    if (await signIn(form)) {
      refused = false;
      later(0);
    }
  });
  return button;
}

const nameIn = (line) => line.slice(0, line.lastIndexOf(" "));

function writeWas() {
  const was = field("was");
  if (latest === null) return;
  // With the version of the other text nothing would be asked: that is taken once one is chosen.
  if (clashing.size === 0) field("version").value = latest.version;
  if (!was) return;
  const lines = latest.was.split(/\r?\n/).filter((line) => line && !clashing.has(nameIn(line)));
  for (const name of clashing.keys()) if (before.get(name)) lines.push(before.get(name));
  was.value = lines.join("\n");
}

// What is sent: all boxes, or only those changed since the last save. Others stay as they are kept.
function content(leaving, typed) {
  const data = new FormData(form);
  for (const name of clashing.keys()) data.delete(name);
  data.delete("block");
  data.set("underway", JSON.stringify(underway));
  if (!leaving) return data;
  const small = new FormData();
  for (const [name, value] of data) {
    if (typed.has(name) || ["csrfmiddlewaretoken", "page-of", "version", "underway"].includes(name)) small.append(name, value);
  }
  const lines = (data.get("was") ?? "").split(/\r?\n/).filter((line) => typed.has(nameIn(line)));
  small.append("was", lines.join("\n"));
  return small;
}

// In bytes, with what a form says around each box.
const sizeOf = (data) => new Blob([...data].flat()).size + 200 * [...data].length;
const canLeave = (typed) => sizeOf(content(true, typed)) < LEAVING;

// ``typed`` are the names of the boxes that were changed since the last save.
async function send(leaving, typed) {
  const data = content(leaving, typed);
  return fetch(form.getAttribute("action") || location.pathname + location.search, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json" },
    signal: onItsWay.signal,
    keepalive: leaving && canLeave(typed),
  });
}

async function read(answer) {
  try {
    return await answer.json();
  } catch {
    return {};
  }
}

// ``leaving``: the page goes away, and the browser finishes the request after it.
async function save(leaving = false) {
  if (submitted || (running && leaving !== true)) return;
  if (running) {
    // What stands in the boxes now is sent in place of what is on its way.
    onItsWay.abort();
    for (const name of sending) changed.add(name);
  }
  onItsWay = new AbortController();
  const turn = ++turns;
  running = true;
  dirty = false;
  const sent = changed;
  sending = sent;
  changed = new Set();
  say("Saving");
  try {
    const request = send(leaving === true, sent);
    const data = new FormData(form);
    for (const name of sent) underway[name] = String(data.get(name) ?? "");
    let answer = await request;
    let body = await read(answer);
    if (answer.status === 403 && body.refused === "token") {
      // Signed in again in another tab: the page takes the token that stands now.
      await ask();
      answer = await send(leaving === true, sent);
      body = await read(answer);
    }
    if (answer.status >= 500) throw new Error("The server could not answer.");
    if (turn !== turns) return;
    since = null;
    underway = {};
    taken(answer, body, sent);
  } catch {
    // Another save has taken its place.
    if (turn !== turns) return;
    for (const name of sent) changed.add(name);
    dirty = true;
    since ??= new Date();
    say(`Not saved${spanSince(since, " for ")}: no connection. It is tried again.`, true);
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
    running = false;
    return;
  }
  running = false;
  if (dirty && !refused) later();
}

// Puts a text into the boxes of that name: what is ticked or chosen by its value, else as it is.
function fill(name, text) {
  for (const box of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (box.type === "radio") box.checked = box.value === text;
    else if (box.type === "checkbox") box.checked = text.split(BETWEEN).includes(box.value);
    else box.value = text;
  }
}

function taken(answer, body, sent) {
  if ("version" in body) {
    const lines = (field("was")?.value ?? "").split(/\r?\n/);
    for (const clash of body.clashes ?? []) {
      if (clashing.has(clash.field)) continue;
      before.set(clash.field, lines.find((line) => nameIn(line) === clash.field) ?? "");
      clashing.set(clash.field, clash.theirs);
    }
    latest = { was: body.was, version: body.version };
    writeWas();
    for (const [name, text] of Object.entries(body.values ?? {})) {
      const box = field(name);
      if (box && !changed.has(name) && box !== document.activeElement) fill(name, text);
    }
  }
  if (answer.ok) {
    refused = false;
    say(clashing.size ? `${body.saved}. ${choose()}` : body.saved, clashing.size > 0);
    if (variance) variance.textContent = body.variance ? `The forecast is ${body.variance}.` : "";
    const left = new Set([...changed, ...clashing.keys()]);
    form.dispatchEvent(new CustomEvent("portal:saved", { detail: { ...body, left }, bubbles: true }));
    return;
  }
  if (body.clashes) {
    for (const clash of body.clashes) show(clash, body.conflict);
    say(`${body.conflict} ${choose()}`, true);
    return;
  }
  for (const name of sent) changed.add(name);
  refused = true;
  if (body.signed_out) {
    say("Not saved: your session has ended. Nothing is lost.", true, signInButton());
  } else if (body.refused === "other person") {
    say(body.reason, true);
  } else {
    const words =
      body.reason ||
      { 400: "The page holds more than can be sent.", 413: "The page holds more than can be sent." }[answer.status] ||
      "You may not change this any more.";
    say(`Not saved: ${words} Copy what you need; what you typed stays on this page.`, true);
  }
}

function choose() {
  return clashing.size === 1 ? "Choose a text in one box." : `Choose a text in ${clashing.size} boxes.`;
}

// Both texts stand at the box until one is chosen; the other stays to be copied.
function show(clash, words) {
  const box = field(clash.field);
  if (!box) return;
  clashing.set(clash.field, clash.theirs);
  document.querySelector(`[data-clash="${CSS.escape(clash.field)}"]`)?.remove();
  const place = document.createElement("div");
  place.className = "portal-form-status portal-form-status--problem";
  place.setAttribute("role", "alert");
  place.dataset.clash = clash.field;
  const line = (title, text) => {
    const paragraph = document.createElement("p");
    const strong = document.createElement("strong");
    strong.textContent = `${title}: `;
    paragraph.append(strong, text || "(empty)");
    place.append(paragraph);
  };
  line(clash.label, words);
  line("Theirs", clash.theirs);
  line("Yours", clash.mine);
  const button = (title, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "govuk-button govuk-button--secondary govuk-!-margin-right-2";
    made.textContent = title;
    made.addEventListener("click", () => {
      clashing.delete(clash.field);
      writeWas();
      act();
      for (const each of place.querySelectorAll("button")) each.remove();
      changed.add(clash.field);
      box.focus();
      later(0);
    });
    place.append(made);
  };
  button("Keep yours", () => {});
  button("Take theirs", () => fill(clash.field, clash.theirs));
  (box.closest(".govuk-form-group") ?? box).after(place);
}

function later(wait = 1200) {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

function count(box) {
  const words = document.querySelector(`[data-count-for="${box.name}"]`);
  const fits = box.closest("[data-fits]")?.dataset.fits;
  if (!words || !fits) return;
  const over = box.value.length - Number(fits);
  words.textContent =
    over > 0
      ? `${box.value.length} characters: about ${over} more than fit on the page.`
      : `${box.value.length} characters; about ${fits} fit on the page.`;
}

form.addEventListener("input", (event) => {
  if (event.target.name === "block") return;
  if (event.target.name) changed.add(event.target.name);
  else for (const box of boxes(form)) changed.add(box.name);
  count(event.target);
  refused = false;
  if (since === null) say("Not saved yet");
  later();
});
// Typed before this script had come, or put back into the boxes when the page opened.
function takeTyped(boxesTyped) {
  for (const box of boxesTyped) changed.add(box.name);
  if (boxesTyped.length) later(0);
}
form.addEventListener("portal:restored", () => takeTyped(typedIn(form)));
takeTyped(typedIn(form));
form.addEventListener("portal:sending", () => {
  submitted = true;
  dirty = false;
  const sent = field("underway") ?? document.createElement("input");
  Object.assign(sent, { type: "hidden", name: "underway", value: JSON.stringify(underway) });
  form.append(sent);
  clearTimeout(timer);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) submitted = false;
});
window.addEventListener("pagehide", () => {
  if (dirty || running) save(true);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && dirty && since === null) save(true);
});
// Asks before leaving only where a save has failed, a choice between two texts is open, or more is
// not saved yet than a page that goes away may send: that is lost with the tab.
window.addEventListener("beforeunload", (event) => {
  const tooMuch = (dirty || running) && !canLeave(new Set([...changed, ...sending]));
  if ((since !== null || refused || clashing.size || tooMuch) && !submitted) event.preventDefault();
});
