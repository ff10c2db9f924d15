// Small helps on every page; each task also works without them.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  // focus goes where the eye goes: the summary of errors, once
  const errors = document.querySelector("[data-focus]");
  if (errors) errors.focus();
  // a link in the summary leads to the first control of a group of choices
  document.querySelectorAll(".error-summary a[href^='#']").forEach((link) => {
    link.addEventListener("click", (event) => {
      const target = document.getElementById(link.hash.slice(1));
      const control = target && (target.matches("fieldset") ? target.querySelector("input") : target);
      if (control) { event.preventDefault(); control.focus(); }
    });
  });
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
});

// an open menu closes with Escape or a click elsewhere
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.roles[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.roles[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// a form that asks for it carries what this device's clock says, so that the server can tell a wrong one
document.addEventListener("submit", (event) => {
  event.target.querySelectorAll("input[data-clock]").forEach((clock) => { clock.value = new Date().toISOString(); });
});

// a form sends once
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  window.setTimeout(() => delete form.dataset.sent, 4000);
});
