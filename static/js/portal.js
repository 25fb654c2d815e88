// Starts the GOV.UK Frontend components that this page has. Every page works without it.
import { initAll } from "./govuk-frontend.min.js";

initAll();

// A table that does not scroll sideways is no stop for the keyboard: its links are.
const scrolls = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const region of document.querySelectorAll(".portal-scroll[tabindex]")) scrolls.observe(region);
