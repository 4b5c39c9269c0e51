// The button of pages that are for paper. Without it, the browser's own way to print does the same.
"use strict";

const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => window.print());
