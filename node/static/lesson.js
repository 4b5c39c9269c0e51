// Beside the grid: the chosen lesson, what its column is for, and the chosen cell with its history.
"use strict";

(() => {
  const get = id => document.getElementById(id);
  const section = get("lesson"), cell = get("cell"), texts = get("texts").dataset;
  const topic = get("topic"), homework = get("homework"), noHomework = get("no-homework");
  const kind = get("kind"), proposal = get("proposal"), substitution = get("substitution");
  const workType = get("work-type"), weight = get("weight"), workTitle = get("work-title");
  const comment = get("comment"), minutes = get("minutes"), retake = get("retake"), history = get("history");
  const fields = [topic, homework, noHomework, kind, workType, weight, workTitle, comment, minutes];
  let shown = "";

  const fill = (field, value) => { if (document.activeElement !== field) field.value = value; };
  const filled = (phrase, values) => phrase.replace(/\{(\d)\}/g, (place, number) => values[number - 1]);
  const dayOf = date => date.split("-").reverse().join(".");

  // -- the lesson ------------------------------------------------------------------------------

  function showLesson({lesson, work, what}) {
    section.hidden = false;
    get("lesson-title").textContent = dayOf(lesson.date) + " №" + lesson.number;
    substitution.textContent = lesson.substitution.length ? filled(texts.substitution, lesson.substitution) : "";
    const waits = name => Grid.waiting().filter(it => it.kind === name).map(it => it.text).pop();
    fill(topic, waits("topic") ?? lesson.topic);
    fill(homework, waits("homework") ?? lesson.homework);
    noHomework.checked = lesson.no_homework;
    fill(kind, lesson.kind);
    proposal.hidden = !lesson.proposed || !Grid.page().may_edit || Boolean(waits("topic") ?? waits("plan"));
    if (lesson.proposed) proposal.textContent = filled(texts.proposed, [lesson.proposed.topic]);
    get("work-name").textContent = filled(texts.column, [work]);
    fill(workType, what && what.type ? String(what.type) : "");
    fill(weight, what ? what.weight : "");
    fill(workTitle, what ? what.title : "");
    for (const field of [...fields, get("add-work")]) field.disabled = !Grid.page().may_edit;
  }

  topic.addEventListener("change", () => Grid.queue("topic", topic.value.trim()));
  homework.addEventListener("change", () => Grid.queue("homework", homework.value.trim()));
  noHomework.addEventListener("change", () =>
    noHomework.checked ? Grid.queue("no_homework", "") : Grid.queue("homework", ""));
  kind.addEventListener("change", () => Grid.queue("lesson", kind.value));
  proposal.addEventListener("click", () => {
    const {proposed} = Grid.chosen().lesson;
    topic.value = proposed.topic;
    proposal.hidden = true;
    Grid.queue("plan", String(proposed.position));
    if (proposed.homework && !homework.value) {
      homework.value = proposed.homework;
      Grid.queue("homework", proposed.homework);
    }
    topic.focus();
  });

  // -- what the column is for ------------------------------------------------------------------

  function saveWork() {
    const type = Grid.page().work_types.find(it => String(it.id) === workType.value);
    Grid.queue("work", workTitle.value.trim(), {work: Grid.chosen().work,
      ...(type ? {work_type: type.id} : {}), ...(weight.value === "" ? {} : {weight: Number(weight.value)})});
  }
  workType.addEventListener("change", () => { weight.value = ""; saveWork(); });
  weight.addEventListener("change", saveWork);
  workTitle.addEventListener("change", saveWork);
  get("add-work").addEventListener("click", Grid.addColumn);

  // -- the cell --------------------------------------------------------------------------------

  function showCell({lesson, work, pupil, cell: chosen}) {
    const marks = chosen.marks.filter(it => it.work === work);
    get("cell-title").textContent = pupil.name + ", " + dayOf(lesson.date) + " №" + lesson.number;
    fill(comment, marks.length ? marks[marks.length - 1].comment : "");
    comment.disabled = !marks.length || !Grid.page().may_edit;
    get("late").hidden = chosen.attendance !== "оп";
    fill(minutes, chosen.minutes || "");
    retake.hidden = !Grid.page().may_edit;
    get("cell-arithmetic").textContent = pupil.arithmetic;
  }

  async function showHistory({lesson, pupil}) {
    const place = [Grid.page().course, lesson.date, lesson.number, pupil.id].join("/");
    history.replaceChildren();
    get("evidence").hidden = !Grid.page().may_prove;
    get("evidence").firstElementChild.href = "/evidence/cell/" + place;
    const answer = await fetch("/api/history/" + place)
      .catch(() => null);
    const versions = answer && answer.ok ? await answer.json() : [];
    history.replaceChildren(...versions.map(it => {
      const item = Grid.element("li");
      item.append(Grid.element("b", {}, it.what + ": " + it.text), " — " + it.author + ", " + it.role + ", " +
        it.time + ", " + it.device + " (" + it.state + ")");
      return item;
    }));
    get("no-history").hidden = versions.length > 0;
  }

  comment.addEventListener("change", () => Grid.saveCell("comment", comment.value.trim()));
  minutes.addEventListener("change", () => Grid.saveCell("absence", "оп", {minutes: Number(minutes.value)}));
  retake.addEventListener("submit", event => {
    event.preventDefault();
    Grid.saveCell("retake", get("retake-value").value,
      {protocol: {number: get("protocol-number").value.trim(), date: get("protocol-date").value}});
    retake.reset();
    close();
  });
  cell.addEventListener("keydown", event => { if (event.key === "Escape") close(); });
  get("close-cell").addEventListener("click", close);

  function close() {
    cell.hidden = true;
    Grid.focus();
  }

  function open(chosen) {
    cell.hidden = false;
    showCell(chosen);
    showHistory(chosen);
    (comment.disabled ? get("close-cell") : comment).focus();
  }

  Grid.listen(event => {
    const chosen = Grid.chosen();
    if (!chosen) return;
    showLesson(chosen);
    if (event === "open") return open(chosen);
    if (cell.hidden) return;
    showCell(chosen);
    const now = [chosen.lesson.date, chosen.lesson.number, chosen.pupil.id, Grid.page().seen.arrival].join();
    if (now !== shown) showHistory(chosen);
    shown = now;
  });

  Grid.page().work_types.forEach(it =>
    workType.append(Grid.element("option", {value: String(it.id)}, it.name + " (" + it.short + ", ×" + it.weight + ")")));
  Grid.start();
})();
