#include "node/web/refile.h"

#include "schema/access.h"
#include "schema/commands/put.h"
#include "schema/commands/refile.h"
#include "schema/read/refiling.h"

namespace zimnik::node {

namespace {

/// «course date number» as a select's value has it.
std::string text_of(const journal::LessonKey& lesson) {
  return std::to_string(lesson.course) + " " + lesson.date.text() + " " +
         std::to_string(lesson.number);
}

journal::LessonKey lesson_in(const net::Fields& form, const char* field) {
  const auto text = form.get(field);
  const auto first = text.find(' '), last = text.rfind(' ');
  journal::require(first != std::string::npos && first != last, "Выберите урок");
  return {number_from(text.substr(0, first)),
          journal::checked_date(text.substr(first + 1, last - first - 1), "Дата урока"),
          number_from(text.substr(last + 1))};
}

}  // namespace

web::List waiting_values(sync::Database& database, std::int64_t teacher, int year) {
  web::List values;
  for (const auto& it : journal::waiting_of_teacher(database, teacher, year)) {
    web::List targets;
    const bool is_mine = it.course_now && it.course_now->teacher == teacher;
    for (const auto& target : is_mine ? it.targets : std::vector<journal::LessonKey>()) {
      targets.push_back(web::Values{{"target", text_of(target)},
                                    {"day", target.date.russian()},
                                    {"number", std::to_string(target.number)},
                                    {"is_same_day", target.date == it.lesson.date}});
    }
    values.push_back(web::Values{
        {"counter", std::to_string(values.size() + 1)},
        {"id", std::to_string(it.course.id)},
        {"title", it.course.text()},
        {"day", it.lesson.date.russian()},
        {"date", it.lesson.date.text()},
        {"from", text_of(it.lesson)},
        {"pupil", std::to_string(it.pupil)},
        {"pupil_name", it.name.plain()},
        {"entries", it.entries},
        {"course_now", it.course_now ? it.course_now->text() : std::string()},
        {"teacher_now", it.course_now && !is_mine ? it.course_now->teacher_name.brief() : ""},
        {"is_mine", is_mine},
        {"has_targets", !targets.empty()},
        {"targets", targets}});
  }
  return values;
}

net::Response refile_lesson(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(
      request, visitor, journal::Role::subject_teacher, "/",
      [&](sync::Command& command, const net::Fields& form) {
        const auto to = lesson_in(form, "to");
        journal::require(
            journal::may_edit_lesson(command.database(), visitor.person, to, site.today()),
            "Этот урок ведёте не Вы");
        journal::refile(command, lesson_in(form, "from"), number_from(form.get("pupil")), to);
      });
}

}  // namespace zimnik::node
