// Saves a section by itself a moment after something was typed, and says so in words.
// Without it the Save button does the same.
const form = document.querySelector("form[data-autosave]");
const status = document.querySelector("[data-saved]");
const variance = document.querySelector("[data-variance]");
let timer = null;
let running = false;
let dirty = false;
let stopped = false;

function say(words, problem = false) {
  status.textContent = words;
  status.classList.toggle("portal-saved--problem", problem);
}

async function save() {
  if (running || stopped) return;
  running = true;
  dirty = false;
  say("Saving");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    const body = await answer.json();
    if (answer.ok) {
      form.elements.version.value = body.version;
      say(body.saved);
      if (variance) variance.textContent = body.variance ? `The forecast is ${body.variance}.` : "";
      form.dispatchEvent(new CustomEvent("portal:saved", { detail: body, bubbles: true }));
    } else {
      stopped = true;
      say(
        body.signed_out
          ? "Your session has ended. Press Save: you sign in again and nothing is lost."
          : `${body.conflict || body.reason} Press Save to see both.`,
        true
      );
    }
  } catch {
    dirty = true;
    say("Not saved yet: no connection. It is tried again.", true);
    later(5000);
  }
  running = false;
  if (dirty) later();
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
  count(event.target);
  say("Not saved yet");
  later();
});
form.addEventListener("submit", () => {
  stopped = true;
  dirty = false;
  clearTimeout(timer);
});
window.addEventListener("beforeunload", (event) => {
  if (dirty && !stopped) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && dirty) save();
});
