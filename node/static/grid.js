// The grids of a page, each of a class and subject: what is typed is painted at once and goes through
// the queue. A lesson has a column for each of its works; the first shows the absence too. A
// multi-grade class has several grids below one another, and the arrows lead from one to the next.
"use strict";

function makeGrid(table, page) {
  const texts = document.getElementById("texts").dataset;
  let grid = JSON.parse(document.getElementById(table.dataset.page).textContent);
  let counter = 0, row = 0, column = 0, rows = [], columns = [], waiting = new Map();
  const undone = [], listeners = [];

  const lessonKey = lesson => lesson.date + "#" + lesson.number;
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

  function element(name, attributes, text) {
    const made = document.createElement(name);
    Object.assign(made, attributes);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // -- what there is ---------------------------------------------------------------------------

  function worksOf(index) {
    const said = grid.lessons[index].works.map(it => it.work);
    const given = grid.pupils.flatMap(it => it.cells[index].marks.map(mark => mark.work));
    const added = grid.lessons[index].added || 1;
    return Math.max(added, ...said, ...given);
  }

  function layColumns() {
    columns = grid.lessons.flatMap((lesson, index) =>
      Array.from({length: worksOf(index)}, (_, work) => ({lesson: index, work: work + 1})));
  }

  const shapeOf = shown => JSON.stringify([shown.lessons.map(it => [lessonKey(it), it.planned, it.works]),
    shown.pupils.map(it => it.id)]);

  const lessonOf = at => grid.lessons[columns[at].lesson];
  const workOf = at => lessonOf(at).works.find(it => it.work === columns[at].work);
  const cellOf = (pupil, at) => pupil.cells[columns[at].lesson];
  const marksOf = (cell, work) => cell.marks.filter(it => it.work === work);

  /// What waits to be saved, by its place.
  function readWaiting() {
    waiting = new Map();
    for (const entry of Queue.mine()) {
      if (entry.course !== grid.course) continue;
      const key = lessonKey(entry) + "/" + (entry.pupil || 0);
      waiting.set(key, [...(waiting.get(key) || []), entry]);
    }
  }
  const waitingOf = (lesson, pupil) => waiting.get(lessonKey(lesson) + "/" + (pupil || 0)) || [];

  // -- painting --------------------------------------------------------------------------------

  function paintHead() {
    const head = element("tr");
    head.append(element("th", {scope: "col", className: "name"}, texts.pupil));
    columns.forEach(({lesson: index, work}, at) => {
      const lesson = grid.lessons[index], what = workOf(at);
      const type = what && grid.work_types.find(it => it.id === what.type);
      const button = element("button", {type: "button", title: [lesson.topic, what && what.title].filter(Boolean).join(" · ")},
        work === 1 ? lesson.date.slice(8) + "." + lesson.date.slice(5, 7) : "+" + work);
      const notes = [work === 1 ? "№" + lesson.number : "", type ? type.short : "",
        what && what.weight !== 1 ? "×" + what.weight : "", lesson.planned ? texts.planned : "",
        lesson.off_timetable && work === 1 ? texts.offTimetable : "", lesson.frost && work === 1 ? texts.frost : ""];
      button.append(element("small", {}, notes.filter(Boolean).join(" ")));
      if (lesson.listed && work === 1) button.append(element("span", {title: texts.listed}, " ⚠"));
      button.addEventListener("click", () => select(row, at));
      const th = element("th", {scope: "col"});
      th.append(button);
      head.append(th);
    });
    head.append(element("th", {scope: "col"}, texts.average), element("th", {scope: "col"}, texts.final));
    return head;
  }

  /// `held`: the cell that stays the chosen one, whatever columns come to stand beside it.
  function paint(held = placeAt(row, column)) {
    const hasFocus = table.contains(document.activeElement);
    readWaiting();
    layColumns();
    const thead = element("thead"), body = element("tbody");
    thead.append(paintHead());
    rows = grid.pupils.map((pupil, index) => paintRow(pupil, index));
    body.append(...rows.map(it => it.tr));
    table.replaceChildren(thead, body);
    if (rows.length && columns.length) goTo(held, hasFocus);
  }

  function paintRow(pupil, index) {
    const tr = element("tr");
    tr.append(element("th", {scope: "row", className: "name"}, index + 1 + ". " + pupil.name));
    const cells = columns.map((_, at) => {
      const td = element("td", {tabIndex: -1});
      td.dataset.row = index;
      td.dataset.column = at;
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
    painted.cells.forEach((td, at) => fillCell(td, pupil, at));
    painted.average.textContent = pupil.average;
    painted.average.title = pupil.arithmetic;
    painted.final.textContent = pupil.final;
  }

  /// What the cell will look like, as far as can be told here; the node has the last word.
  function typed(shown, entry) {
    const work = entry.work || 1;
    const marks = shown.marks.filter(it => it.work !== work || it.attempt !== 1);
    const first = {work, attempt: 1, text: entry.text, comment: "", protocol: ""};
    if (entry.kind === "mark") return {...shown, marks: [first, ...marks]};
    if (entry.kind === "absence") return {...shown, attendance: entry.text};
    if (entry.kind === "present") return {...shown, attendance: ""};
    if (entry.kind !== "clear") return shown;
    const last = marksOf(shown, work).pop();
    return last ? {...shown, marks: shown.marks.filter(it => it !== last)} : {...shown, attendance: ""};
  }

  function fillCell(td, pupil, at) {
    const {work} = columns[at], lesson = lessonOf(at), cell = cellOf(pupil, at);
    const entries = waitingOf(lesson, pupil.id).filter(it => work === 1 || (it.work || 1) === work);
    const shown = entries.reduce(typed, cell);
    const marks = marksOf(shown, work);
    const absence = work === 1 ? shown.attendance : "";
    const isUnsaved = entries.some(it => (it.work || 1) === work);
    const isListed = cell.listed && work === 1;
    td.className = (cell.taught ? "" : "away ") + (isListed ? "listed " : "") + (isUnsaved ? "unsaved " : "") +
      (/^[нбу]/.test(absence) ? "absent " : "") + (td.classList.contains("selected") ? "selected" : "");
    td.textContent = [absence, marks.map(it => it.text).join("→")].filter(Boolean).join(" ") +
      (marks.some(it => it.comment) ? "’" : "") + (isUnsaved ? "*" : "") + (isListed ? " ⚠" : "");
    td.title = isUnsaved ? texts.unsaved : isListed ? texts.listed
      : marks.map(it => it.comment).filter(Boolean).join("; ");
  }

  // -- moving ----------------------------------------------------------------------------------

  function select(toRow, toColumn, focus = true) {
    const before = rows[row] && rows[row].cells[column];
    if (before) { before.classList.remove("selected"); before.tabIndex = -1; }
    if (focus && page.leave(self, toRow)) return;
    row = Math.max(0, Math.min(toRow, rows.length - 1));
    column = Math.max(0, Math.min(toColumn, columns.length - 1));
    const td = rows[row] && rows[row].cells[column];
    if (!td) return;
    if (focus) page.enter(self);
    if (page.isActive(self)) td.classList.add("selected");
    td.tabIndex = 0;
    if (focus) { td.focus({preventScroll: true}); td.scrollIntoView({block: "nearest", inline: "nearest"}); }
    tell();
  }

  /// Where a cell stands: by its pupil, lesson and work.
  function placeAt(atRow, at) {
    if (!rows[atRow] || !columns[at]) return null;
    return {pupil: grid.pupils[atRow].id, lesson: lessonKey(lessonOf(at)), work: columns[at].work};
  }

  /// To that place, or to where one is if it isn't there any more; says whether it is.
  function goTo(place, focus = true) {
    const toRow = place ? grid.pupils.findIndex(it => it.id === place.pupil) : -1;
    const toColumn = place ? columns.findIndex((it, at) =>
      it.work === place.work && lessonKey(lessonOf(at)) === place.lesson) : -1;
    select(toRow >= 0 ? toRow : Math.min(row, rows.length - 1), toColumn >= 0 ? toColumn : column, focus);
    return toRow >= 0 && toColumn >= 0;
  }

  const tell = () => listeners.forEach(it => it());

  // Keys of a Latin layout too: the same place on the keyboard.
  const absenceOf = key => ({"н": "н", "y": "н", "о": "оп", "j": "оп"})[key.toLowerCase()];

  table.addEventListener("click", event => {
    const td = event.target.closest("td[data-row]");
    if (td) select(Number(td.dataset.row), Number(td.dataset.column));
  });
  table.addEventListener("dblclick", () => listeners.forEach(it => it("open")));

  table.addEventListener("keydown", event => {
    if (!rows.length || !columns.length) return;
    if ((event.ctrlKey || event.metaKey) && "zя".includes(event.key.toLowerCase())) undo();
    else if (event.ctrlKey || event.altKey || event.metaKey) return;
    else if (!move(event.key) && !enter(event.key)) return;
    event.preventDefault();
  });

  function move(key) {
    const moves = {ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1],
                   ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0]};
    if (moves[key]) select(row + moves[key][0], column + moves[key][1]);
    else if (key === "Home") select(row, 0);
    else if (key === "End") select(row, columns.length - 1);
    else return false;
    return true;
  }

  function enter(key) {
    if (/^[2-5.]$/.test(key)) saveCell("mark", key);
    else if (absenceOf(key)) saveCell("absence", absenceOf(key));
    else if (key === "Delete" || key === "Backspace") saveCell("clear", "");
    else if (key === "F2") listeners.forEach(it => it("open"));
    else if (key === "+") addColumn();
    else if (key.length === 1) say(texts.wrong);
    else return false;
    return true;
  }

  // -- saving ----------------------------------------------------------------------------------

  const say = text => { document.getElementById("message").textContent = text ? "⚠ " + text : ""; };

  /// `more` holds what the kind needs beside its text.
  function queue(kind, text, more = {}) {
    const lesson = lessonOf(column);
    counter += 1;
    Queue.add({page: grid.page, counter, seen: grid.seen, course: grid.course, date: lesson.date,
               number: lesson.number, kind, text, ...more});
    readWaiting();
  }

  function saveCell(kind, text, more = {}) {
    if (!grid.may_edit) return;
    const pupil = grid.pupils[row], cell = cellOf(pupil, column), {work} = columns[column];
    say("");
    undone.push({place: placeAt(row, column), kind, before: kind === "absence" ? cell.attendance
      : (marksOf(cell, work).find(it => it.attempt === 1) || {text: ""}).text});
    queue(kind, text, {pupil: pupil.id, work, ...more});
    fillCell(rows[row].cells[column], pupil, column);
  }

  /// Back to what stood there before the last entry of this page.
  function undo() {
    const last = undone.pop();
    if (!last) return;
    if (!goTo(last.place)) return say(texts.gone);
    const back = last.kind === "absence" ? (last.before ? ["absence", last.before] : ["present", ""])
      : (last.before ? ["mark", last.before] : ["clear", ""]);
    saveCell(...back);
    undone.pop();
  }

  function addColumn() {
    if (!grid.may_edit || !columns.length) return;
    const index = columns[column].lesson;
    grid.lessons[index].added = worksOf(index) + 1;
    paint();
    select(row, columns.findIndex(it => it.lesson === index && it.work === grid.lessons[index].added));
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
    fresh.lessons.forEach(lesson => {
      const known = grid.lessons.find(it => lessonKey(it) === lessonKey(lesson));
      if (known) lesson.added = known.added;
    });
    const before = shapeOf(grid), works = columns.length, held = placeAt(row, column);
    grid = fresh;
    readWaiting();
    layColumns();
    if (shapeOf(grid) !== before || columns.length !== works) return paint(held);
    grid.pupils.forEach((pupil, index) => fillRow(rows[index], pupil));
    tell();
  }

  function start(isFirst) {
    paint();
    if (!isFirst || !rows.length) return;
    const last = columns.findIndex(it => grid.lessons[it.lesson].date === today);
    if (columns.length) select(0, last >= 0 ? last : columns.length - 1);
  }

  const self = {
    start, table, size: () => rows.length,
    /// Comes in from another grid, to the same lesson if it is here.
    come: (toRow, lesson) => {
      const at = columns.findIndex(it => lessonKey(grid.lessons[it.lesson]) === lessonKey(lesson));
      select(toRow, at >= 0 ? at : columns.length - 1);
    },
    /// Another grid is worked in.
    rest: () => rows[row] && rows[row].cells[column].classList.remove("selected"),
    queue, saveCell, addColumn, undo, element,
    listen: listener => listeners.push(listener),
    focus: () => rows[row] && rows[row].cells[column].focus(),
    page: () => grid,
    /// Of the chosen cell: lesson, its column's work, pupil, cell; null where the grid is empty.
    chosen: () => rows[row] && columns[column] ? {lesson: lessonOf(column), work: columns[column].work,
      what: workOf(column), pupil: grid.pupils[row], cell: cellOf(grid.pupils[row], column)} : null,
    waiting: () => columns[column] ? waitingOf(lessonOf(column), 0) : [],
  };
  return self;
}

/// The grid that is worked in; what it is asked goes to that one of the page's.
const Grid = (() => {
  let active = null;
  /// Whether the row lies in the grid above or below, which is gone to.
  function leave(from, toRow) {
    const step = toRow < 0 ? -1 : toRow >= from.size() ? 1 : 0;
    const next = grids[grids.indexOf(from) + step];
    if (!step || !next || !next.size()) return false;
    next.come(step > 0 ? 0 : next.size() - 1, from.chosen().lesson);
    return true;
  }
  const page = {leave, isActive: grid => grid === active, enter: grid => { if (active !== grid) active.rest(); active = grid; }};
  const grids = [...document.querySelectorAll("table.grid")].map(table => makeGrid(table, page));
  active = grids[0];
  const asked = Object.keys(active).map(name => [name, (...told) => active[name](...told)]);
  return {
    ...Object.fromEntries(asked),
    start: () => grids.forEach((it, index) => it.start(index === 0)),
    listen: listener => grids.forEach(it => it.listen(event => { if (it === active) listener(event); })),
  };
})();
