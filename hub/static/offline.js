// Lets the diary open without a line (worker.js). At the first visit this very page is kept too.
"use strict";

if ("serviceWorker" in navigator) {
  const isFirst = !navigator.serviceWorker.controller;
  navigator.serviceWorker.register("/static/worker.js", { scope: "/" });
  if (isFirst && location.pathname.startsWith("/diary/")) {
    navigator.serviceWorker.ready.then(async () => {
      const page = await fetch(location.href);
      if (!page.ok) return;
      const store = await caches.open("diary");
      await store.put(location.pathname + location.search, page.clone());
      await store.put("/", page);
    });
  }
}
