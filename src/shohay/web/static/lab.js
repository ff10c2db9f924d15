// What if: beside each number with a range stands a slider; moving it writes the number and asks the sample again.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const latin = (text) => text.replace(/[০-৯]/g, (digit) => "০১২৩৪৫৬৭৮৯".indexOf(digit)).replace(/,/g, "");
  const bangla = document.documentElement.lang !== "en";
  const local = (text) => bangla ? text.replace(/[0-9]/g, (digit) => "০১২৩৪৫৬৭৮৯"[digit]) : text;
  document.querySelectorAll("input[data-slide]").forEach((input) => {
    const [low, high, step] = input.dataset.slide.split(" ");
    const slider = document.createElement("input"), row = document.createElement("div");
    Object.assign(slider, { type: "range", min: low, max: high, step, className: "form-range" });
    slider.value = latin(input.value);
    slider.setAttribute("aria-label", document.querySelector(`label[for="${input.id}"]`).textContent.trim());
    row.className = "lab-slide";
    input.before(row);
    row.append(slider, input);
    input.value = local(input.value);
    slider.addEventListener("input", () => { input.value = local(slider.value); }); // the event goes on to the form
    input.addEventListener("input", () => { const value = latin(input.value); if (value !== "" && !Number.isNaN(Number(value))) slider.value = value; });
  });
});
