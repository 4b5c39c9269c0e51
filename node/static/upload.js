// A file that the node wouldn't take is named here, before it is sent. Without this, the node refuses it.
"use strict";

const file = document.querySelector("input[type=file]");
const tooLarge = document.getElementById("too-large");
const MOST = 1024 * 1024 - 4096; // the form around it counts too
const isTooLarge = () => file.files.length > 0 && file.files[0].size > MOST;

file.addEventListener("change", () => { tooLarge.hidden = !isTooLarge(); });
file.form.addEventListener("submit", event => {
  if (!isTooLarge()) return;
  event.preventDefault();
  tooLarge.hidden = false;
  file.focus();
});
