// The grid of a class and subject. What is typed is painted at once and goes through the queue.
"use strict";

(() => {
  const table = document.getElementById("grid");
  const texts = table.dataset;
  let grid = JSON.parse(document.getElementById("page").textContent);
  let counter = 0, row = 0, column = 0, rows = [];

  const lessonKey = lesson => lesson.date + "#" + lesson.number;
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

  function element(name, attributes, text) {
    const made = document.createElement(name);
    Object.assign(made, attributes);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  const unsavedOf = (lesson, pupil) => Queue.mine().filter(it =>
    it.course === grid.course && it.date === lesson.date && it.number === lesson.number &&
    (it.pupil || 0) === (pupil || 0));

  // -- painting --------------------------------------------------------------------------------

  function paint() {
    const head = element("tr");
    head.append(element("th", {scope: "col", className: "name"}, texts.pupil));
    grid.lessons.forEach((lesson, index) => {
      const th = element("th", {scope: "col"});
      const button = element("button", {type: "button", title: lesson.topic},
        lesson.date.slice(8) + "." + lesson.date.slice(5, 7));
      button.append(element("small", {}, "№" + lesson.number + (lesson.planned ? " " + texts.planned : "")));
      if (lesson.listed) button.append(element("span", {title: texts.listed}, " ⚠"));
      button.addEventListener("click", () => select(row, index));
      th.append(button);
      head.append(th);
    });
    head.append(element("th", {scope: "col"}, texts.average), element("th", {scope: "col"}, texts.final));
    const body = element("tbody");
    rows = grid.pupils.map((pupil, index) => paintRow(pupil, index));
    body.append(...rows.map(it => it.tr));
    const thead = element("thead");
    thead.append(head);
    table.replaceChildren(thead, body);
    if (rows.length && grid.lessons.length) select(Math.min(row, rows.length - 1), column, false);
  }

  function paintRow(pupil, index) {
    const tr = element("tr");
    tr.append(element("th", {scope: "row", className: "name"}, index + 1 + ". " + pupil.name));
    const cells = pupil.cells.map((cell, lesson) => {
      const td = element("td", {tabIndex: -1});
      td.addEventListener("click", () => select(index, lesson));
      tr.append(td);
      return td;
    });
    const average = element("td", {className: "average"}), final = element("td", {className: "final"});
    tr.append(average, final);
    const painted = {tr, cells, average, final};
    fillRow(painted, pupil);
    return painted;
  }

  function fillRow(painted, pupil) {
    painted.cells.forEach((td, lesson) => fillCell(td, pupil.cells[lesson], grid.lessons[lesson], pupil));
    painted.average.textContent = pupil.average;
    painted.average.title = pupil.arithmetic;
    painted.final.textContent = pupil.final;
  }

  function fillCell(td, cell, lesson, pupil) {
    const waiting = unsavedOf(lesson, pupil.id);
    td.className = (cell.taught ? "" : "away ") + (cell.listed ? "listed " : "") +
                   (waiting.length ? "unsaved " : "") + (/^[нбу]/.test(cell.text) ? "absent " : "");
    td.textContent = waiting.reduce((text, it) => typed(text, it), cell.text) +
                     (waiting.length ? "*" : "") + (cell.listed ? " ⚠" : "");
    td.title = waiting.length ? texts.unsaved : cell.listed ? texts.listed : cell.title;
  }

  // What the cell will look like, as far as can be told here; the node has the last word.
  function typed(text, entry) {
    const absence = (text.match(/^(н|оп|б|у)/) || [""])[0];
    const marks = text.slice(absence.length).trim();
    const join = (one, other) => [one, other].filter(Boolean).join(" ");
    if (entry.kind === "mark") return join(absence, entry.text + marks.slice(1));
    if (entry.kind === "absence") return join(entry.text, marks);
    return marks ? join(absence, marks.slice(0, -1).trim()) : "";
  }

  // -- moving ----------------------------------------------------------------------------------

  function select(toRow, toColumn, focus = true) {
    table.querySelectorAll(".selected").forEach(it => { it.classList.remove("selected"); it.tabIndex = -1; });
    row = Math.max(0, Math.min(toRow, rows.length - 1));
    column = Math.max(0, Math.min(toColumn, grid.lessons.length - 1));
    const td = rows[row] && rows[row].cells[column];
    if (!td) return;
    td.classList.add("selected");
    td.tabIndex = 0;
    if (focus) { td.focus({preventScroll: true}); td.scrollIntoView({block: "nearest", inline: "nearest"}); }
    showLesson();
  }

  // Keys of a Latin layout too: the same place on the keyboard.
  const absenceOf = key => ({"н": "н", "y": "н", "о": "оп", "j": "оп"})[key.toLowerCase()];

  table.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || !rows.length) return;
    const moves = {ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1],
                   ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0]};
    const move = moves[event.key];
    if (move) select(row + move[0], column + move[1]);
    else if (event.key === "Home") select(row, 0);
    else if (event.key === "End") select(row, grid.lessons.length - 1);
    else if (/^[2-5.]$/.test(event.key)) save("mark", event.key);
    else if (absenceOf(event.key)) save("absence", absenceOf(event.key));
    else if (event.key === "Delete" || event.key === "Backspace") save("clear", "");
    else if (event.key.length === 1) say(texts.wrong);
    else return;
    event.preventDefault();
  });

  // -- saving ----------------------------------------------------------------------------------

  const say = text => { document.getElementById("message").textContent = text ? "⚠ " + text : ""; };

  function queue(kind, text, pupil) {
    const lesson = grid.lessons[column];
    counter += 1;
    Queue.add({page: grid.page, counter, seen: grid.seen, course: grid.course, date: lesson.date,
               number: lesson.number, kind, text, ...(pupil ? {pupil} : {})});
  }

  function save(kind, text) {
    const pupil = grid.pupils[row];
    if (!grid.may_edit) return;
    say("");
    queue(kind, text, pupil.id);
    fillCell(rows[row].cells[column], pupil.cells[column], grid.lessons[column], pupil);
    rows[row].cells[column].classList.add("selected");
  }

  Queue.listen((event, entry, answer) => {
    if (event === "status") { if (answer.arrival !== grid.seen.arrival) refresh(); return; }
    if (event === "refused") say(answer.error || "");
    refreshSoon();
  });

  let refreshTimer = null;
  function refreshSoon() {
    clearTimeout(refreshTimer);
    refreshTimer = setTimeout(refresh, 150);
  }

  // The page's id and counter stay: they belong to this page, whatever it shows.
  async function refresh() {
    const answer = await fetch("/api/course/" + grid.course + "?from=" + grid.from + "&to=" + grid.to)
      .catch(() => null);
    if (!answer || !answer.ok) return;
    const fresh = {...await answer.json(), page: grid.page};
    const isSameShape = JSON.stringify(fresh.lessons.map(lessonKey)) === JSON.stringify(grid.lessons.map(lessonKey)) &&
      JSON.stringify(fresh.pupils.map(it => it.id)) === JSON.stringify(grid.pupils.map(it => it.id));
    grid = fresh;
    if (!isSameShape) return paint();
    grid.pupils.forEach((pupil, index) => fillRow(rows[index], pupil));
    rows[row].cells[column].classList.add("selected");
    showLesson();
  }

  // -- the lesson ------------------------------------------------------------------------------

  const topic = document.getElementById("topic"), homework = document.getElementById("homework");
  const noHomework = document.getElementById("no-homework");

  function showLesson() {
    const lesson = grid.lessons[column];
    document.getElementById("lesson").hidden = false;
    document.getElementById("lesson-title").textContent =
      lesson.date.split("-").reverse().join(".") + " №" + lesson.number;
    document.getElementById("substitution").textContent = lesson.substitution.length
      ? texts.substitution.replace(/\{(\d)\}/g, (place, number) => lesson.substitution[number - 1]) : "";
    const waiting = kind => unsavedOf(lesson, 0).filter(it => it.kind === kind).map(it => it.text).pop();
    const fill = (field, value) => { if (document.activeElement !== field) field.value = value; };
    fill(topic, waiting("topic") ?? lesson.topic);
    fill(homework, waiting("homework") ?? lesson.homework);
    noHomework.checked = lesson.no_homework;
    for (const field of [topic, homework, noHomework]) field.disabled = !grid.may_edit;
  }

  topic.addEventListener("change", () => queue("topic", topic.value.trim()));
  homework.addEventListener("change", () => queue("homework", homework.value.trim()));
  noHomework.addEventListener("change", () =>
    noHomework.checked ? queue("no_homework", "") : queue("homework", ""));

  paint();
  const last = grid.lessons.findIndex(it => it.date === today);
  if (grid.lessons.length) select(0, last >= 0 ? last : grid.lessons.length - 1);
})();
