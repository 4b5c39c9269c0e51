// Keeps the pages of the diary as they were seen last, and shows them where there is no line, with
// the words that say so. What the server refuses is forgotten at once.
"use strict";

const STORE = "diary";
const NO_PAGE = "/offline";
const LATEST = "/";
const PATIENCE_MS = 8000;
const MOST_PAGES = 40;
const RETURN = "/federal/return";
const DOORS = ["/", "/activate", "/leave", "/second-factor", "/federal", RETURN];

// What a family writes goes to the school, and its answers are read there: no page of before will do.
const isOfDiary = (path) => path.startsWith("/diary/") && !/\/(messages|absence)(\/|$)/.test(path);
const placeOf = (url) => url.pathname + url.search;

/** Raised by forget(): what was asked for before it is not kept any more. */
let generation = 0;

async function forget() {
  generation += 1;
  const store = await caches.open(STORE);
  for (const request of await store.keys()) {
    if (new URL(request.url).pathname !== NO_PAGE) await store.delete(request);
  }
}

/** With the time at which it was seen in the words about the missing line. */
async function keep(url, response, page, asked) {
  if (asked !== generation) return;
  const language = /<html lang="(\w+)"/.exec(page)?.[1];
  const now = new Date().toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
  const kept = () => new Response(page.replace("<time></time>", `<time>${now}</time>`), response);
  const store = await caches.open(STORE);
  await store.delete(placeOf(url));
  await store.put(placeOf(url), kept());
  await store.put(LATEST, kept());
  const pages = (await store.keys()).filter((it) => isOfDiary(new URL(it.url).pathname));
  for (const old of pages.slice(0, Math.max(0, pages.length - MOST_PAGES))) await store.delete(old);
  if (asked !== generation) await forget();
}

/** The page as it was kept, its words about the missing line uncovered. */
async function kept(url) {
  const store = await caches.open(STORE);
  const page = (await store.match(placeOf(url))) || (await store.match(NO_PAGE));
  if (!page) return Response.error();
  const text = (await page.text()).replace('id="offline" hidden', 'id="offline"');
  return new Response(text, { headers: page.headers });
}

/** Signed out, refused, or nobody's child any more. */
const isEnded = (response, url) => [401, 403].includes(response.status) || url.pathname === LATEST ||
  (response.status === 404 && /^\/diary\/\d+$/.test(url.pathname));

/** The reply, and a diary's page in it, whole: the line may go while it comes. */
async function fetched(request, url, signal) {
  const response = await fetch(request, { signal });
  const isPage = response.ok && isOfDiary(url.pathname);
  return { response, page: isPage ? await response.clone().text() : null };
}

async function asked(request, url) {
  const begun = generation;
  let response, page;
  try {
    const signal = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE_MS) : undefined;
    ({ response, page } = await fetched(request, url, signal));
  } catch {
    return kept(url);
  }
  // A proxy answers so while the server behind it is away.
  if (response.status >= 502 && response.status <= 504) return kept(url);
  if (response.type === "opaqueredirect") return response;
  if (page !== null) {
    await keep(url, response, page, begun);
  } else if (isEnded(response, url)) {
    await forget();
  }
  return response;
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(STORE).then((store) => store.add(NO_PAGE)));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A page that was opened before the worker was there.
self.addEventListener("message", (event) => {
  const url = new URL(event.data);
  if (url.origin !== self.location.origin || !isOfDiary(url.pathname)) return;
  const begun = generation;
  event.waitUntil(fetched(url, url).then(({ response, page }) => page !== null && keep(url, response, page, begun)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || request.mode !== "navigate") return;
  // Another account's pages, or none, from now on.
  if (DOORS.includes(url.pathname) && (request.method === "POST" || url.pathname === RETURN)) event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (url.pathname === LATEST || isOfDiary(url.pathname)) event.respondWith(asked(request, url));
});
