// Starts the GOV.UK Frontend components that this page has. Every page works without it.
import { initAll } from "./govuk-frontend.min.js";

initAll();
