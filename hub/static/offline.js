// Lets the diary open without a line (worker.js). At the first visit this very page is kept too.
"use strict";

if ("serviceWorker" in navigator) {
  const isFirst = !navigator.serviceWorker.controller;
  navigator.serviceWorker.register("/static/worker.js", { scope: "/" });
  if (isFirst) navigator.serviceWorker.ready.then((it) => it.active.postMessage(location.href));
}
