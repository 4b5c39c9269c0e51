#include "node/web/grid.h"

#include <algorithm>

#include "schema/read/courses.h"
#include "schema/read/lesson_plan.h"

namespace zimnik::node {

using nlohmann::json;

namespace {

std::string text_of(const journal::ShownMark& mark) {
  const auto text = mark.value ? std::to_string(*mark.value) : ".";
  return mark.is_rejected ? "(" + text + ")" : text;
}

json works_json(const journal::LessonColumn& lesson) {
  json works = json::array();
  for (const auto& work : lesson.works) {
    works.push_back({{"work", work.work},
                     {"type", work.work_type.value_or(0)},
                     {"weight", work.weight},
                     {"title", work.title}});
  }
  return works;
}

json mark_json(const journal::ShownMark& mark) {
  return {{"work", mark.key.work},   {"attempt", mark.key.attempt},
          {"text", text_of(mark)},   {"weight", mark.weight},
          {"comment", mark.comment}, {"protocol", mark.protocol_number}};
}

json lesson_json(const journal::LessonColumn& lesson) {
  auto substitution = json::array();
  if (lesson.substitutes) {
    substitution = {lesson.teacher_name.brief(), lesson.substituted_name.brief(),
                    lesson.order_number};
  }
  return {{"date", lesson.key.date.text()},
          {"number", lesson.key.number},
          {"topic", lesson.topic},
          {"homework", lesson.homework},
          {"kind", lesson.kind},
          {"works", works_json(lesson)},
          {"plan_position", lesson.plan_position.value_or(0)},
          {"off_timetable", lesson.is_off_timetable},
          {"no_homework", lesson.is_homework_not_assigned},
          {"planned", false},
          {"frost", lesson.is_frost},
          {"listed", lesson.is_listed},
          {"substitution", substitution}};
}

std::string final_of(const journal::PupilRow& row, const journal::JournalPage& page) {
  std::string text;
  for (std::size_t i = 0; i < row.finals.size() && i < page.periods.size(); ++i) {
    if (page.periods[i].covers(page.to) || page.periods[i].covers(page.from)) {
      text = row.finals[i].value;
    }
  }
  return text;
}

json pupil_json(const journal::PupilRow& row, const journal::JournalPage& page) {
  json cells = json::array();
  for (const auto& cell : row.cells) cells.push_back(cell_json(cell));
  return {{"id", row.pupil},
          {"name", row.name.plain()},
          {"average", row.average.text()},
          {"arithmetic", row.average.arithmetic()},
          {"final", final_of(row, page)},
          {"cells", std::move(cells)}};
}

/// Of today's timetable what isn't in the journal yet: a column to type into.
void add_planned(sync::Database& database, json& grid, std::int64_t course, std::int64_t teacher,
                 journal::Date today) {
  for (const auto& lesson : journal::day_of_teacher(database, teacher, today)) {
    if (lesson.course.id != course || lesson.is_held) continue;
    grid["lessons"].push_back({{"date", today.text()},
                               {"number", lesson.number},
                               {"topic", ""},
                               {"homework", ""},
                               {"kind", ""},
                               {"works", json::array()},
                               {"plan_position", 0},
                               {"off_timetable", false},
                               {"no_homework", false},
                               {"planned", true},
                               {"listed", false},
                               {"substitution", json::array()}});
    for (auto& pupil : grid["pupils"]) {
      pupil["cells"].push_back(cell_json({}));
    }
  }
}

/// Of lessons that have no topic yet: what the lesson plan has for them.
void propose_topics(sync::Database& database, json& grid, std::int64_t course) {
  const auto plan = journal::plan_of_course(database, course);
  if (plan.empty()) return;
  for (auto& lesson : grid["lessons"]) {
    if (!lesson.at("topic").get_ref<const std::string&>().empty()) continue;
    const auto date = journal::Date::parse(lesson.at("date").get<std::string>());
    const auto line = journal::line_for(
        database, plan, {course, date.value(), lesson.at("number").get<std::int64_t>()});
    if (!line) continue;
    lesson["proposed"] = {
        {"position", line->position}, {"topic", line->topic}, {"homework", line->homework}};
  }
}

}  // namespace

json cell_json(const journal::PageCell& cell) {
  json marks = json::array();
  std::string text = cell.attendance;
  for (const auto& mark : cell.marks) {
    text += (text.empty() ? "" : " ") + text_of(mark);
    marks.push_back(mark_json(mark));
  }
  return {{"text", text},
          {"attendance", cell.attendance},
          {"minutes", cell.late_minutes.value_or(0)},
          {"marks", std::move(marks)},
          {"listed", cell.is_listed},
          {"taught", cell.is_taught}};
}

std::optional<json> grid_json(sync::Database& database, std::int64_t course, journal::Date from,
                              journal::Date to, std::int64_t teacher, journal::Date today) {
  const auto page = journal::journal_page(database, course, from, to);
  if (!page) return std::nullopt;
  json grid{{"course", course},
            {"title", page->course.text()},
            {"teacher", page->course.teacher_name.brief()},
            {"from", from.text()},
            {"to", to.text()},
            {"work_types", json::array()},
            {"lessons", json::array()},
            {"pupils", json::array()}};
  for (const auto& type : page->work_types) {
    grid["work_types"].push_back({{"id", type.id},
                                  {"name", type.name},
                                  {"short", type.short_name},
                                  {"weight", type.weight}});
  }
  for (const auto& lesson : page->lessons) grid["lessons"].push_back(lesson_json(lesson));
  for (const auto& row : page->pupils) grid["pupils"].push_back(pupil_json(row, *page));
  if (from <= today && today <= to) add_planned(database, grid, course, teacher, today);
  propose_topics(database, grid, course);
  return grid;
}

}  // namespace zimnik::node
