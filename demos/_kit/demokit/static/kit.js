/* The kit's own script: theme switch, the drawer, toasts, messages beside forms. Everything else is HTMX. */
"use strict";

const root = document.documentElement;

/* Cookies are shared by all ports of this host, so the choice holds for the whole family of demos. */
function remember(name, value) {
  const lifetime = value ? 60 * 60 * 24 * 365 : 0;
  document.cookie = `${name}=${value}; path=/; max-age=${lifetime}; samesite=lax`;
}

/* Until somebody chooses, the system does. */
const systemIsLight = matchMedia("(prefers-color-scheme: light)");
const isLight = () => (root.dataset.theme === "system" ? systemIsLight.matches : root.dataset.theme === "light");

function showTheme() {
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.setAttribute("aria-pressed", String(isLight()));
  }
}

function setTheme(theme) {
  root.dataset.theme = theme;
  remember("theme", theme);
  showTheme();
}

systemIsLight.addEventListener("change", showTheme);
showTheme();

function setHood(open) {
  root.dataset.hood = open ? "open" : "closed";
  remember("hood", open ? "open" : "");
  const button = document.querySelector("[data-hood-switch]");
  button.setAttribute("aria-expanded", String(open));
  if (open) {
    const page = location.pathname + location.search;
    htmx.ajax("GET", page, { target: "#hood-body", swap: "outerHTML" });
  } else {
    button.focus();
  }
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-theme-switch], [data-hood-switch], [data-hood-close], [data-dismiss]");
  if (!target) return;
  if ("themeSwitch" in target.dataset) setTheme(isLight() ? "dark" : "light");
  else if ("hoodSwitch" in target.dataset) setHood(root.dataset.hood !== "open");
  else if ("hoodClose" in target.dataset) setHood(false);
  else target.closest(".toast").remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && root.dataset.hood === "open") setHood(false);
});

/* A toast leaves after a while, but not while somebody reads it. */
const LINGER = 6000;
function dismissLater(toast) {
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, LINGER) : toast.remove());
  setTimeout(leave, LINGER);
}

new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) {
      if (node.classList?.contains("toast") && !node.classList.contains("bad")) dismissLater(node);
    }
  }
}).observe(document.getElementById("toasts"), { childList: true });

function complain(html) {
  const toast = document.createElement("div");
  toast.className = "toast bad";
  toast.setAttribute("role", "alert");
  toast.innerHTML = `<div>${html}</div><button type="button" class="quiet slim" data-dismiss>Dismiss</button>`;
  document.getElementById("toasts").prepend(toast);
}

/* What was wrong is said inside the form that caused it, else in a toast; it goes when the form is sent again. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status < 400) return;
  event.detail.shouldSwap = false;
  const form = requestConfig.elt;
  const messages = form.querySelector(".messages");
  const found = new DOMParser().parseFromString(xhr.responseText, "text/html");
  found.getElementById("hood-body")?.remove();
  if (!messages) {
    complain(found.body.innerHTML);
    return;
  }
  messages.replaceChildren(...found.body.childNodes);
  const fields = [...messages.querySelectorAll("[data-field]")].map((line) => form.elements[line.dataset.field]);
  for (const field of fields) field?.setAttribute("aria-invalid", "true");
  fields.find(Boolean)?.focus();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail;
  elt.querySelector(".messages")?.replaceChildren();
  for (const field of elt.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (event.detail.successful && form.matches("form[data-reset]")) form.reset();
});

document.addEventListener("htmx:sendError", () => complain("<p>The app does not answer. Is it still running?</p>"));

/* After a swap the keyboard must not fall back to the top of the page. */
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id === "main" && document.activeElement === document.body) event.detail.target.focus();
});
