// Shows how far long work is, until it is done. Without this there is a link that does the same.
const SECONDS = 1.5;

async function look() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const here = document.querySelector("[data-progress]");
    const there = page.querySelector("[data-progress]");
    if (!answer.ok || !there) {
      location.reload();
      return;
    }
    // Only what changes is touched, so that focus stays and screen readers hear the sentence.
    if (there.querySelectorAll("*").length !== here.querySelectorAll("*").length) {
      here.replaceChildren(...there.childNodes);
    } else {
      here.querySelector("[role=status]").textContent =
        there.querySelector("[role=status]").textContent;
      const bar = here.querySelector("progress");
      if (bar) bar.value = there.querySelector("progress").value;
    }
  } catch {
    // The network may be back next time.
  }
  setTimeout(look, SECONDS * 1000);
}

setTimeout(look, SECONDS * 1000);
