// What was typed waits here until the node has it: in this browser's storage, so that it outlives a
// closed tab. Each entry has its page's id and a counter, so it is written once however often it is
// sent.
"use strict";

const Queue = (() => {
  const KEY = "zimnik.queue";
  const FIRST_PAUSE_MS = 1000, LONGEST_PAUSE_MS = 30000, STATUS_EVERY_MS = 5000;
  const login = document.body.dataset.login || "";
  const listeners = [];
  let pause = FIRST_PAUSE_MS, timer = null, sending = false, state = "all";

  const all = () => JSON.parse(localStorage.getItem(KEY) || "[]");
  const store = entries => entries.length ? localStorage.setItem(KEY, JSON.stringify(entries))
                                          : localStorage.removeItem(KEY);
  const mine = () => all().filter(it => it.login === login);
  const same = (left, right) => left.page === right.page && left.counter === right.counter;
  const tell = (event, entry, answer) => listeners.forEach(it => it(event, entry, answer));

  function add(entry) {
    store([...all(), {...entry, login}]);
    show();
    send();
  }

  const drop = entry => store(all().filter(it => !same(it, entry)));

  async function post(entry) {
    const answer = await fetch("/api/save", {
      method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(entry),
      signal: AbortSignal.timeout ? AbortSignal.timeout(20000) : undefined,
    });
    return {status: answer.status, body: await answer.json().catch(() => ({}))};
  }

  // One after the other, in the order in which they were typed.
  async function send() {
    if (sending || !login) return;
    sending = true;
    clearTimeout(timer);
    try {
      for (let entry = mine()[0]; entry; entry = mine()[0]) {
        const answer = await post(entry);
        if (answer.status === 401) { state = "door"; break; }
        // Judged: it would be refused again. What else there is passes, and nothing is dropped for it.
        const isJudged = [200, 400, 403, 413, 422].includes(answer.status);
        if (!isJudged) { state = answer.status === 500 ? "ill" : "away"; again(); break; }
        drop(entry);
        state = "all";
        pause = FIRST_PAUSE_MS;
        tell(answer.status === 200 ? "saved" : "refused", entry,
             {error: "HTTP " + answer.status, ...answer.body});
        if (answer.status === 200) showReached(answer.body);
      }
    } catch (error) {
      state = "away";
      again();
    }
    sending = false;
    show();
  }

  function again() {
    timer = setTimeout(send, pause * (0.5 + Math.random()));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  function show() {
    const badge = document.getElementById("saved");
    if (!badge) return;
    const count = mine().length;
    badge.className = count ? "bad" : "good";
    const texts = badge.dataset;
    badge.textContent = !count ? "✓ " + texts.all
      : "⚠ " + ({away: texts.away, ill: texts.ill, door: texts.door}[state] || texts.some) + " " + count;
  }

  function showReached(status) {
    const badge = document.getElementById("reached");
    if (!badge) return;
    const time = new Date(status.reached_at).toLocaleString("ru-RU",
      {day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit"});
    badge.className = status.unsent ? "" : "good";
    badge.textContent = status.unsent ? "… " + badge.dataset.some + " " + status.unsent
      : status.reached_at ? "✓ " + badge.dataset.all + " " + time : badge.dataset.never;
    badge.dataset.unsent = status.unsent;
  }

  async function askStatus() {
    if (!login) return;
    try {
      const answer = await fetch("/api/status");
      if (answer.ok) {
        const status = await answer.json();
        showReached(status);
        tell("status", null, status);
        if (mine().length) send();
      }
    } catch (error) { /* the badge of what isn't saved says it */ }
  }

  function guardSignOut() {
    const form = document.getElementById("sign-out");
    if (!form) return;
    form.addEventListener("submit", event => {
      const count = mine().length;
      if (count && !confirm(form.dataset.warning + count)) return event.preventDefault();
      store(all().filter(it => it.login !== login));
    });
  }

  function showWaitingAtDoor() {
    const note = document.getElementById("waiting");
    if (!note || !all().length) return;
    note.hidden = false;
    note.textContent = note.dataset.text + " " + all().length;
  }

  addEventListener("DOMContentLoaded", () => {
    guardSignOut();
    showWaitingAtDoor();
    show();
    send();
    askStatus();
    setInterval(askStatus, STATUS_EVERY_MS);
  });
  addEventListener("online", send);
  // Another tab of this browser may have sent, or added, some.
  addEventListener("storage", event => { if (event.key === KEY) show(); });

  return {add, mine, listen: listener => listeners.push(listener)};
})();
