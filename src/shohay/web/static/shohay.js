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

// A table that does not fit a narrow box becomes a list of cards, each value with its heading; CSS: .table.stack.
function stack(table) {
  table.classList.remove("stack");
  const box = table.parentElement;
  if (!box.clientWidth || box.clientWidth > 640 || table.scrollWidth <= box.clientWidth + 1 || table.classList.contains("keep")) return;
  const headings = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
  table.classList.add("stack");
  const part = (selector, role) => table.querySelectorAll(selector).forEach((one) => one.setAttribute("role", role));
  table.setAttribute("role", "table"); // display: block takes these meanings away
  part("thead, tbody, tfoot", "rowgroup"); part("tr", "row"); part("td", "cell"); part("thead th", "columnheader"); part("tbody th", "rowheader");
  table.querySelectorAll("tbody > tr, tfoot > tr").forEach((row) => {
    const named = [...row.cells].findIndex((cell) => !cell.classList.contains("number"));
    [...row.cells].forEach((cell, place) => {
      if (place === named) cell.classList.add("first");
      else if (!cell.textContent.trim()) cell.hidden = true;
      else if (headings[place] && !cell.dataset.label) {
        const whole = document.createElement("div"); // one thing beside the heading, however many lines it has
        whole.append(...cell.childNodes); cell.append(whole);
        cell.dataset.label = headings[place];
      }
    });
  });
}
function stackAll() { document.querySelectorAll(".table-box > .table").forEach(stack); }
document.addEventListener("DOMContentLoaded", stackAll);
document.addEventListener("toggle", stackAll, true); // tables in what was folded
let width = window.innerWidth;
window.addEventListener("resize", () => { if (window.innerWidth !== width) { width = window.innerWidth; stackAll(); } });

// the browser's own words on a file field are in the browser's language: ours are in the page's
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("input[type=file][data-choose]").forEach((input) => {
    const box = document.createElement("span"), button = document.createElement("label"), chosen = document.createElement("span");
    box.className = "file-pick"; button.className = "btn btn-outline-secondary"; button.htmlFor = input.id; button.textContent = input.dataset.choose;
    chosen.className = "soft"; chosen.textContent = input.dataset.none;
    input.before(box); box.append(input, button, chosen);
    button.setAttribute("aria-hidden", "true");
    input.addEventListener("change", () => { chosen.textContent = [...input.files].map((file) => file.name).join(", ") || input.dataset.none; });
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
