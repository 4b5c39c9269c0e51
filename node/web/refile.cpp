#include "node/web/refile.h"

#include "node/web/lesson_value.h"
#include "schema/access.h"
#include "schema/commands/put.h"
#include "schema/commands/refile.h"
#include "schema/read/refiling.h"

namespace zimnik::node {

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
