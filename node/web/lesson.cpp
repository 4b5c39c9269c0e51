#include "node/web/lesson.h"

#include "node/web/lesson_value.h"
#include "schema/commands/lesson.h"
#include "schema/commands/put.h"
#include "schema/read/courses.h"

namespace zimnik::node {

namespace {

web::List options_of(const std::vector<journal::CourseTitle>& courses, std::int64_t teacher,
                     bool own) {
  web::List options;
  for (const auto& course : courses) {
    if ((course.teacher == teacher) != own) continue;
    options.push_back(web::Values{{"id", std::to_string(course.id)},
                                  {"course", course.text()},
                                  {"teacher", course.teacher_name.brief()}});
  }
  return options;
}

/// One of the timetable that was chosen, or what was typed.
journal::LessonKey lesson_of(std::int64_t course, const net::Fields& form) {
  if (form.find("slot")) {
    const auto slot = lesson_in(form, "slot");
    return {course, slot.date, slot.number};
  }
  return {course, journal::checked_date(form.get("date"), "День урока"),
          number_from(form.get("number"))};
}

}  // namespace

net::Response lesson_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto day = site.today();
  site.journal().read([&](sync::Database& database) {
    const auto courses = journal::courses_of_year(database, journal::year_at_work(database, day));
    values["own"] = options_of(courses, visitor.person, true);
    values["others"] = options_of(courses, visitor.person, false);
  });
  values["today"] = day.text();
  return site.page(request, "lesson", "Урок вне расписания или замена", std::move(values));
}

net::Response start_lesson(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto form = request.form().value_or(net::Fields());
  const auto course = number_from(form.get("course"));
  return site.submit(
      request, visitor, journal::Role::subject_teacher, "/course/" + std::to_string(course),
      [&](sync::Command& command, const net::Fields&) {
        auto& database = command.database();
        const auto title = journal::course_title(database, course);
        if (!title) journal::refuse("Нет такой страницы журнала");
        const auto lesson = lesson_of(course, form);
        journal::Assignment assignment{visitor.person, {}, {}};
        if (title->teacher != visitor.person) {
          assignment.substitutes = title->teacher;
          assignment.order_number = journal::trimmed(form.get("order"));
          journal::require(!assignment.order_number.empty(),
                           "Чужой урок ведут по приказу о замене: впишите его номер");
        }
        if (!journal::may_open_lesson(database, visitor.person, lesson, assignment, site.today())) {
          journal::refuse("Этот урок может открыть только учитель предмета.");
        }
        journal::open_lesson(command, lesson, assignment);
      });
}

}  // namespace zimnik::node
