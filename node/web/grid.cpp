#include "node/web/grid.h"

#include <algorithm>

#include "schema/read/courses.h"

namespace zimnik::node {

using nlohmann::json;

namespace {

std::string text_of(const journal::ShownMark& mark) {
  return mark.value ? std::to_string(*mark.value) : ".";
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
          {"no_homework", lesson.is_homework_not_assigned},
          {"planned", false},
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
                               {"no_homework", false},
                               {"planned", true},
                               {"listed", false},
                               {"substitution", json::array()}});
    for (auto& pupil : grid["pupils"]) {
      pupil["cells"].push_back({{"text", ""}, {"title", ""}, {"listed", false}, {"taught", true}});
    }
  }
}

}  // namespace

json cell_json(const journal::PageCell& cell) {
  std::string text = cell.attendance, title;
  for (const auto& mark : cell.marks) {
    if (!text.empty()) text += " ";
    text += text_of(mark);
    if (!mark.comment.empty()) title += (title.empty() ? "" : "; ") + mark.comment;
  }
  return {{"text", text}, {"title", title}, {"listed", cell.is_listed}, {"taught", cell.is_taught}};
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
            {"lessons", json::array()},
            {"pupils", json::array()}};
  for (const auto& lesson : page->lessons) grid["lessons"].push_back(lesson_json(lesson));
  for (const auto& row : page->pupils) grid["pupils"].push_back(pupil_json(row, *page));
  if (from <= today && today <= to) add_planned(database, grid, course, teacher, today);
  return grid;
}

}  // namespace zimnik::node
