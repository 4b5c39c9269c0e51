#include "node/web/day.h"

#include "node/web/remarks.h"
#include "schema/read/courses.h"
#include "schema/read/setup.h"

namespace zimnik::node {

namespace {

mstch::array lines_of(const std::vector<journal::CourseTitle>& courses) {
  mstch::array lines;
  for (const auto& course : courses) {
    lines.push_back(mstch::map{{"id", std::to_string(course.id)},
                               {"title", course.text()},
                               {"teacher", course.teacher_name.brief()}});
  }
  return lines;
}

mstch::array lines_of(const std::vector<journal::DayLesson>& lessons) {
  mstch::array lines;
  for (const auto& lesson : lessons) {
    lines.push_back(mstch::map{{"id", std::to_string(lesson.course.id)},
                               {"number", static_cast<int>(lesson.number)},
                               {"time", lesson.starts},
                               {"title", lesson.course.text()},
                               {"held", lesson.is_held},
                               {"no_topic", lesson.is_held && !lesson.has_topic},
                               {"no_homework", lesson.is_held && !lesson.has_homework}});
  }
  return lines;
}

}  // namespace

net::Response day_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto day = site.today();
  site.journal().read([&](sync::Database& database) {
    const auto lessons = lines_of(journal::day_of_teacher(database, visitor.person, day));
    values["has_lessons"] = !lessons.empty();
    values["lessons"] = lessons;
    const int year = journal::year_at_work(database, day);
    values["courses"] = lines_of(journal::courses_of(database, visitor.person, year));
    values["is_teacher"] = visitor.roles.has(journal::Role::subject_teacher);
    values["remarks"] = open_remarks(database, visitor, day);
    values["is_head"] = visitor.is_head();
    values["set_up"] =
        visitor.roles.has_any({journal::Role::principal, journal::Role::technical_specialist}) &&
        !journal::is_set_up(database, day.school_year());
    if (visitor.is_head()) {
      values["all_courses"] = lines_of(journal::courses_of_year(database, year));
    }
  });
  values["date"] = day.russian();
  return site.page(request, "home", "Мой день", std::move(values));
}

}  // namespace zimnik::node
