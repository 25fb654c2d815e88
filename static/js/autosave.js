// Saves a section by itself a moment after something was typed, and says so in words.
// Without it the Save button does the same.
const form = document.querySelector("form[data-autosave]");
const status = document.querySelector("[data-saved]");
const variance = document.querySelector("[data-variance]");
let timer = null;
let running = false;
let dirty = false;
let stopped = false;
let failing = false;
let submitted = false;

function say(words, problem = false) {
  status.textContent = words;
  status.classList.toggle("portal-saved--problem", problem);
}

// ``leaving``: the page goes away, and the browser finishes the request after it.
async function save(leaving = false) {
  if (running || stopped) return;
  running = true;
  dirty = false;
  say("Saving");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      keepalive: leaving === true,
    });
    const body = await answer.json();
    failing = !answer.ok;
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
    failing = true;
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
  submitted = true;
  stopped = true;
  dirty = false;
  clearTimeout(timer);
});
window.addEventListener("pagehide", () => {
  if (dirty) save(true);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && dirty) save(true);
});
// Asks before leaving only where a save has failed.
window.addEventListener("beforeunload", (event) => {
  if (failing && (dirty || stopped) && !submitted) event.preventDefault();
});
