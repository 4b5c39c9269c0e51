#include "schema/read/readiness.h"

#include <functional>

#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/read/periods.h"

namespace zimnik::journal {

using sync::Database;

namespace {

using OfClass = std::function<bool(const ClassTitle&)>;
using OfCourse = std::function<bool(const CourseTitle&)>;

ReadinessCheck check_classes(Readiness matter, const std::vector<ClassTitle>& classes,
                             const OfClass& has) {
  ReadinessCheck check{matter, classes.size(), {}};
  for (const auto& school_class : classes) {
    if (!has(school_class)) check.missing.push_back(school_class.text());
  }
  return check;
}

ReadinessCheck check_courses(Readiness matter, const std::vector<CourseTitle>& courses,
                             const OfCourse& has) {
  ReadinessCheck check{matter, courses.size(), {}};
  for (const auto& course : courses) {
    if (!has(course)) check.missing.push_back(course.text());
  }
  return check;
}

ReadinessCheck check_groups(Database& database, const std::vector<CourseTitle>& courses, Date day) {
  std::vector<CourseTitle> of_groups;
  for (const auto& course : courses) {
    if (course.study_group) of_groups.push_back(course);
  }
  auto check = check_courses(Readiness::group_pupils, of_groups, [&](const CourseTitle& course) {
    return has_row(database,
                   "SELECT 1 FROM group_member WHERE study_group = ?1 AND since <= ?2 AND "
                   "(until IS NULL OR until >= ?2) LIMIT 1",
                   {*course.study_group, date_value(day)});
  });
  if (of_groups.empty()) check.of = courses.size();  // a school without groups lacks none
  return check;
}

}  // namespace

std::vector<ReadinessCheck> readiness(Database& database, int year, Date day) {
  const Snapshot snapshot(database);
  const auto classes = classes_of_year(database, year);
  const auto courses = courses_of_year(database, year);
  const auto of_course = [&](const std::string& sql) {
    return
        [&database, sql](const CourseTitle& course) { return has_row(database, sql, {course.id}); };
  };
  return {
      {Readiness::classes, classes.size(), {}},
      check_classes(Readiness::class_teachers, classes,
                    [](const ClassTitle& one) { return one.class_teacher.has_value(); }),
      check_classes(
          Readiness::class_pupils, classes,
          [&](const ClassTitle& one) { return !pupils_of_class(database, one.id, day).empty(); }),
      check_groups(database, courses, day),
      check_classes(Readiness::periods, classes,
                    [&](const ClassTitle& one) {
                      return !periods_of_grade(database, year, one.grade_level).empty();
                    }),
      check_classes(Readiness::bells, classes,
                    [&](const ClassTitle& one) {
                      return has_row(database,
                                     "SELECT 1 FROM bell_schedule WHERE branch = ? AND shift = ?",
                                     {one.branch, std::int64_t{one.shift}});
                    }),
      check_classes(Readiness::curriculum, classes,
                    [&](const ClassTitle& one) {
                      return has_row(database, "SELECT 1 FROM curriculum WHERE school_class = ?",
                                     {one.id});
                    }),
      check_courses(Readiness::teachers, courses,
                    [](const CourseTitle& course) { return course.teacher.has_value(); }),
      check_courses(Readiness::loads, courses,
                    of_course("SELECT 1 FROM course WHERE id = ? AND hours > 0")),
      check_courses(Readiness::timetables, courses,
                    of_course("SELECT 1 FROM timetable WHERE course = ?")),
      check_courses(Readiness::lesson_plans, courses,
                    of_course("SELECT 1 FROM lesson_plan WHERE course = ?")),
  };
}

Date readiness_due(int year) { return Date::from(year, 9, 5).value(); }

}  // namespace zimnik::journal
