#include "node/web/day.h"

#include <map>

#include "node/web/after_closing.h"
#include "node/web/frost_days.h"
#include "node/web/refile.h"
#include "node/web/remarks.h"
#include "node/web/timetable_changes.h"
#include "node/web/years.h"
#include "schema/access.h"
#include "schema/read/courses.h"
#include "schema/read/setup.h"
#include "schema/read/timetable.h"
#include "schema/read/years.h"

namespace zimnik::node {

namespace {

web::List lines_of(const std::vector<journal::CourseTitle>& courses) {
  web::List lines;
  for (const auto& course : courses) {
    lines.push_back(web::Values{{"id", std::to_string(course.id)},
                                {"title", course.text()},
                                {"teacher", course.teacher_name.brief()}});
  }
  return lines;
}

/// The courses that a teacher has at once, by the number of the lesson, as /together has them.
std::map<std::int64_t, std::string> together(const std::vector<journal::DayLesson>& lessons) {
  std::map<std::int64_t, std::string> courses;
  for (const auto& lesson : lessons) {
    auto& text = courses[lesson.number];
    text += (text.empty() ? "" : ",") + std::to_string(lesson.course.id);
  }
  std::erase_if(courses, [](const auto& it) { return it.second.find(',') == std::string::npos; });
  return courses;
}

web::List lines_of(const std::vector<journal::DayLesson>& lessons) {
  web::List lines;
  auto at_once = together(lessons);
  for (const auto& lesson : lessons) {
    // Beside the first of them.
    const auto found = at_once.extract(lesson.number);
    lines.push_back(web::Values{
        {"together", found.empty() ? std::string() : found.mapped()},
        {"id", std::to_string(lesson.course.id)},
        {"number", static_cast<int>(lesson.number)},
        {"time", lesson.starts},
        {"title", lesson.course.text()},
        {"moved_from", lesson.moved_from ? lesson.moved_from->date.russian() + " №" +
                                               std::to_string(lesson.moved_from->number)
                                         : std::string()},
        {"substitute", lesson.substitute.is_readable() ? lesson.substitute.brief() : std::string()},
        {"held", lesson.is_held},
        {"no_topic", lesson.is_held && !lesson.has_topic},
        {"no_homework", lesson.is_held && !lesson.has_homework}});
  }
  return lines;
}

/// Links to the pages of multi-grade classes.
web::List together_values(const std::vector<std::vector<journal::CourseTitle>>& sets) {
  web::List values;
  for (const auto& set : sets) {
    std::string courses, text;
    for (const auto& course : set) {
      courses += (courses.empty() ? "" : ",") + std::to_string(course.id);
      text += (text.empty() ? "" : " + ") + course.text();
    }
    values.push_back(web::Values{{"together", courses}, {"text", text}});
  }
  return values;
}

/// The school year that has to be prepared, for who may; empty where none has.
std::string next_to_make(sync::Database& database, const Visitor& visitor, journal::Date day) {
  const int year = journal::years_to_prepare(day).back();
  const bool is_made = !journal::classes_of_year(database, year).empty();
  const bool is_first = journal::classes_of_year(database, year - 1).empty();
  if (is_made || is_first) return "";
  return journal::may_manage_structure(database, visitor.person, day) ? year_text(year) : "";
}

}  // namespace

net::Response day_page(Site& site, const net::Request& request, const Visitor& visitor) {
  if (!visitor.roles.has_any(journal::kStaffRoles)) return net::Response::see_other("/diary");
  auto values = site.frame(request, visitor);
  const auto day = site.today();
  site.journal().read([&](sync::Database& database) {
    const auto lessons = lines_of(journal::day_of_teacher(database, visitor.person, day));
    const auto ahead = changes_ahead_of(database, visitor.person, day);
    values["has_changes"] = !ahead.empty();
    values["changes"] = ahead;
    values["has_lessons"] = !lessons.empty();
    values["lessons"] = lessons;
    const int year = shown_year(values, database, request, day);
    const auto courses = lines_of(journal::courses_of(database, visitor.person, year));
    values["is_staff"] = !courses.empty() || visitor.is_head();
    values["has_courses"] = !courses.empty();
    values["courses"] = courses;
    values["waiting"] = waiting_values(database, visitor.person, year);
    const auto sets = together_values(journal::taught_together(database, visitor.person, day));
    values["has_together"] = !sets.empty();
    values["together_sets"] = sets;
    values["is_teacher"] = visitor.roles.has(journal::Role::subject_teacher);
    values["remarks"] = open_remarks(database, visitor, day);
    values["is_head"] = visitor.is_head();
    values["roll_over"] = next_to_make(database, visitor, day);
    values["set_up"] =
        visitor.roles.has_any({journal::Role::principal, journal::Role::technical_specialist}) &&
        !journal::is_set_up(database, day.school_year());
    if (visitor.is_head()) {
      values["all_courses"] = lines_of(journal::courses_of_year(database, year));
    }
  });
  values["frost"] = frost_on(site, day);
  values["after_closing"] = undecided_after_closing(site, visitor);
  values["date"] = day.russian();
  return site.page(request, "home", "Мой день", std::move(values));
}

}  // namespace zimnik::node
