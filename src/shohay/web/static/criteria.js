// Completes the names of facts and figures while an expression is written; without it the names are typed.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const field = document.querySelector("textarea[data-complete]");
  const box = document.getElementById("completions");
  const source = field && document.getElementById(field.dataset.complete);
  if (!field || !box || !source) return;
  const words = JSON.parse(source.textContent);

  const begun = () => /:?[a-z_][a-z0-9_]*$|:$/i.exec(field.value.slice(0, field.selectionStart)); // the word before the caret
  const close = () => { box.hidden = true; box.replaceChildren(); };

  const put = (name) => {
    const word = begun(), at = field.selectionStart, from = word ? word.index : at;
    field.value = field.value.slice(0, from) + name + " " + field.value.slice(at);
    field.selectionStart = field.selectionEnd = from + name.length + 1;
    close();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  field.addEventListener("input", () => {
    const word = begun();
    if (!word) { close(); return; }
    const typed = word[0].toLowerCase();
    const fits = words.filter((one) => one.name !== typed && (one.name.includes(typed) || one.label.toLowerCase().includes(typed)))
      .sort((a, b) => b.name.startsWith(typed) - a.name.startsWith(typed)).slice(0, 8);
    box.replaceChildren(...fits.map((one) => {
      const button = document.createElement("button"), label = document.createElement("span");
      button.type = "button"; button.className = "btn btn-sm btn-outline-secondary"; button.textContent = one.name + " ";
      label.className = "soft"; label.textContent = one.label;
      button.append(label);
      button.addEventListener("click", () => put(one.name));
      return button;
    }));
    box.hidden = !fits.length;
  });

  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "ArrowDown" && !box.hidden) { event.preventDefault(); box.firstElementChild.focus(); }
  });
  box.addEventListener("keydown", (event) => {
    const next = { ArrowDown: "nextElementSibling", ArrowRight: "nextElementSibling", ArrowUp: "previousElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
    if (event.key === "Escape") { close(); field.focus(); }
    if (next && document.activeElement[next]) { event.preventDefault(); document.activeElement[next].focus(); }
  });
});
