// Every form that is posted: before a press it is asked who is signed in. A session that has ended
// is begun again in place and the press is repeated; where the server cannot be reached that is
// said at the form, the words are kept, and it is tried again. Pages work without it.
import { forget, forgetAll, forgetSent, keep, nameBoxes, owner, putBack, restore, served, snapshot, spanSince } from "./typed.js";

const ADDRESS = "/account/session/";
const AGAIN = 5000;
const shown = new WeakMap();
const busy = new WeakSet();
const passed = new WeakSet();
const waiting = new WeakMap();

const isPosted = (form) =>
  form instanceof HTMLFormElement && form.getAttribute("method")?.toLowerCase() === "post";
const isSignOut = (form) => form.getAttribute("action") === "/account/sign-out/";

// Who is signed in: {page_of, post, token}. Throws where the server does not answer.
export async function ask(options = {}) {
  const answer = await fetch(ADDRESS, {
    headers: { Accept: "application/json" },
    cache: "no-store",
    ...options,
  });
  const body = await answer.json();
  renew(body.token);
  return body;
}

function renew(token) {
  if (!token) return;
  for (const box of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) box.value = token;
}

function element(name, words = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = words;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// A sentence at the form, which screen readers hear. An empty one goes.
export function say(form, words, problem = true) {
  let place = form.querySelector("[data-session-status]");
  if (!place) {
    place = element("div", "", { role: "status", "data-session-status": "" });
    const button = form.querySelector('button[type="submit"]:not([tabindex="-1"]), input[type="submit"]');
    const last = [...form.querySelectorAll('button[type="submit"], input[type="submit"]')].at(-1);
    (last ?? button)?.closest(".govuk-button-group, .govuk-form-group")?.before(place) ??
      (last ? last.before(place) : form.append(place));
  }
  place.className = words ? `portal-form-status${problem ? " portal-form-status--problem" : ""}` : "";
  place.textContent = words;
}

// Asks for a password over the page. True once the same person is signed in, false where it was
// put off; the words stay in the boxes either way.
let asking = null;
export function signIn(form) {
  asking ??= new Promise((settle) => {
    const dialog = element("dialog", "", { class: "portal-dialog", "aria-labelledby": "session-heading" });
    dialog.append(
      element("h2", "Sign in again to keep what you typed", { class: "govuk-heading-m", id: "session-heading" }),
      element("p", "Your session has ended. Nothing is lost: what you typed stays on the page, and your press is repeated.", { class: "govuk-body" }),
    );
    const inner = element("form", "", { method: "dialog", novalidate: "" });
    const problem = element("p", "", { class: "govuk-error-message", role: "alert" });
    const field = (label, id, type, autocomplete) => {
      const group = element("div", "", { class: "govuk-form-group" });
      const box = element("input", "", { class: "govuk-input", id, type, autocomplete });
      group.append(element("label", label, { class: "govuk-label", for: id }), box);
      inner.append(group);
      return box;
    };
    inner.append(problem);
    const email = field("Email address", "session-email", "email", "username");
    const password = field("Password", "session-password", "password", "current-password");
    const group = element("div", "", { class: "govuk-button-group" });
    const cancel = element("button", "Not now", { class: "govuk-button govuk-button--secondary", type: "button" });
    group.append(element("button", "Sign in and go on", { class: "govuk-button", type: "submit" }), cancel);
    inner.append(group);
    dialog.append(inner);
    document.body.append(dialog);
    const close = (answer) => {
      dialog.close();
      dialog.remove();
      asking = null;
      settle(answer);
    };
    cancel.addEventListener("click", () => close(false));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      close(false);
    });
    inner.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      problem.textContent = "";
      try {
        const { token } = await ask();
        const body = new URLSearchParams({
          csrfmiddlewaretoken: token,
          "sign-in-email": email.value,
          "sign-in-password": password.value,
        });
        const state = await ask({ method: "POST", body });
        if (!state.page_of) {
          problem.textContent = state.problem;
          password.focus();
        } else if (owner(form) && state.page_of !== owner(form)) {
          tellOther(state.post);
          close(false);
        } else {
          close(true);
        }
      } catch {
        problem.textContent = "The portal cannot be reached. Try again in a moment.";
      }
    });
    dialog.showModal();
    email.focus();
  });
  return asking;
}

// Says at the head of the page that somebody else is signed in by now.
export function tellOther(post) {
  const words = `You are now signed in as ${post}. This page was opened by somebody else, so nothing on it is saved. Copy what you need, then open it again.`;
  const main = document.getElementById("main-content");
  let place = document.querySelector("[data-session-other]");
  if (!place) {
    place = element("div", "", { class: "portal-form-status portal-form-status--problem", role: "alert", "data-session-other": "" });
    main.prepend(place);
  }
  place.textContent = words;
}

function press(form, button) {
  passed.add(form);
  nameBoxes(form);
  keep(form, shown.get(form) ?? {}, true);
  form.dispatchEvent(new CustomEvent("portal:sending"));
  HTMLFormElement.prototype.requestSubmit.call(form, button);
}

async function attempt(form, button) {
  let state;
  try {
    state = await ask();
  } catch {
    const since = waiting.get(form)?.since ?? new Date();
    const timer = setTimeout(() => attempt(form, button), AGAIN);
    waiting.set(form, { since, timer });
    keep(form, shown.get(form) ?? {});
    say(form, `Not sent${spanSince(since, " for ")}: the portal cannot be reached. It is tried again. What you typed is kept.`);
    return;
  }
  waiting.delete(form);
  if (!state.page_of && owner(form)) {
    if (!(await signIn(form))) {
      say(form, "Not sent: your session has ended. What you typed is still here. Press again to sign in.");
      busy.delete(form);
      return;
    }
  } else if (owner(form) && state.page_of !== owner(form)) {
    tellOther(state.post);
    say(form, `Not sent: you are now signed in as ${state.post}. Copy what you need.`);
    busy.delete(form);
    return;
  }
  say(form, "");
  press(form, button);
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!isPosted(form) || !owner(form)) return;
    if (isSignOut(form)) {
      forgetAll();
      return;
    }
    if (passed.has(form)) {
      passed.delete(form);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    // A second press while the first is on its way does nothing.
    if (busy.has(form)) return;
    busy.add(form);
    attempt(form, event.submitter);
  },
  true,
);

// A page that comes back out of the browser's memory can be sent again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) busy.delete(form);
});

window.addEventListener("beforeunload", (event) => {
  if ([...document.forms].some((form) => waiting.has(form))) event.preventDefault();
});

function start(form) {
  const before = served(form);
  shown.set(form, before);
  // What the browser would put back by itself may have been saved, and been changed by others since.
  form.autocomplete = "off";
  let timer = null;
  // What was pressed is marked as sent already: that must not be written over.
  const keepUnlessSent = () => {
    if (!busy.has(form)) keep(form, shown.get(form));
  };
  // What has arrived is no longer kept here, but for boxes that hold something else by now.
  form.addEventListener("portal:saved", ({ detail }) => {
    const stands = Object.entries(snapshot(form)).filter(([name]) => !detail.left.has(name.split("=")[0]));
    shown.set(form, { ...shown.get(form), ...Object.fromEntries(stands) });
    keepUnlessSent();
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keepUnlessSent, 300);
  });
  window.addEventListener("pagehide", keepUnlessSent);
  const typedAt = restore(form);
  if (!typedAt) return;
  const place = element("div", `What you typed${spanSince(typedAt, " ", " ago")} and had not saved is back in the boxes. `, {
    class: "portal-form-status",
    role: "status",
  });
  const button = element("button", "Take it out again", { class: "govuk-button govuk-button--secondary govuk-!-margin-bottom-0", type: "button" });
  button.addEventListener("click", () => {
    putBack(form, before);
    forget(form);
    form.dispatchEvent(new Event("input", { bubbles: true }));
    place.remove();
  });
  place.append(button);
  form.prepend(place);
  form.dispatchEvent(new CustomEvent("portal:restored"));
}

forgetSent();
const mine = document.querySelector('input[name="page-of"]')?.value;
for (const form of document.forms) if (isPosted(form) && owner(form) && !isSignOut(form)) start(form);

if (mine && "BroadcastChannel" in window) {
  const channel = new BroadcastChannel("portal-session");
  const post = document.querySelector("[data-signed-in-as]")?.textContent ?? "";
  channel.addEventListener("message", ({ data }) => {
    if (data.mine !== mine) tellOther(data.post);
    else document.querySelector("[data-session-other]")?.remove();
  });
  channel.postMessage({ mine, post });
}
