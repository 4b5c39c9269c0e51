#include "schema/read/courses.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "schema/query.h"
#include "schema/read/planned_lessons.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

constexpr const char* kClassColumns =
    "SELECT id, year, grade_level, letter, branch, shift, class_teacher FROM school_class ";

/// A course's class is its own, or its group's.
const std::string kCourses =
    "SELECT c.id, c.subject, s.name, c.school_class, c.study_group, k.grade_level, k.letter, "
    "g.name, k.branch, k.shift, c.teacher, p.family_name, p.given_name, p.patronymic, "
    "c.hours FROM course c LEFT JOIN subject s ON s.id = c.subject "
    "LEFT JOIN study_group g ON g.id = c.study_group "
    "LEFT JOIN school_class k ON k.id = coalesce(c.school_class, g.school_class) "
    "LEFT JOIN person p ON p.id = c.teacher ";

/// A stream has no class: the year in which its id was made is its own.
const std::string kOfYear = "coalesce(k.year, (c.id >> 47) + 2020) = ";

const std::string kInOrder =
    " ORDER BY k.grade_level IS NULL, k.grade_level, k.letter, s.name, g.name, c.id";

ClassTitle class_at(const Statement& row) {
  return {row.integer(0),
          static_cast<int>(row.integer(1)),
          static_cast<int>(row.integer(2)),
          string_at(row, 3),
          row.integer(4),
          static_cast<int>(row.integer(5)),
          integer_at(row, 6)};
}

CourseTitle course_at(const Statement& row) {
  CourseTitle course;
  course.id = row.integer(0);
  course.subject = row.integer(1);
  course.subject_name = string_at(row, 2);
  course.school_class = integer_at(row, 3);
  course.study_group = integer_at(row, 4);
  if (!row.is_null(5)) course.class_name = std::to_string(row.integer(5)) + string_at(row, 6);
  course.group_name = string_at(row, 7);
  course.branch = row.integer(8);
  course.shift = row.is_null(9) ? 1 : static_cast<int>(row.integer(9));
  course.teacher = integer_at(row, 10);
  course.teacher_name = PersonName::at(row, 11);
  if (!row.is_null(14)) course.hours = static_cast<int>(row.integer(14));
  return course;
}

std::vector<CourseTitle> courses_where(Database& database, const std::string& condition,
                                       std::initializer_list<sync::Value> values) {
  std::vector<CourseTitle> courses;
  each_row(database, kCourses + "WHERE " + condition + kInOrder, values,
           [&](const Statement& row) { courses.push_back(course_at(row)); });
  return courses;
}

using Place = std::pair<std::int64_t, std::int64_t>;  // course, number

}  // namespace

std::vector<ClassTitle> classes_of_year(Database& database, int year) {
  std::vector<ClassTitle> classes;
  each_row(database, std::string(kClassColumns) + "WHERE year = ? ORDER BY grade_level, letter, id",
           {std::int64_t{year}}, [&](const Statement& row) { classes.push_back(class_at(row)); });
  return classes;
}

int year_at_work(Database& database, Date today) {
  int year = today.school_year();
  each_row(database, "SELECT max(year) FROM school_class WHERE year <= ?", {std::int64_t{year}},
           [&](const Statement& row) {
             if (!row.is_null(0)) year = static_cast<int>(row.integer(0));
           });
  return year;
}

std::optional<ClassTitle> class_title(Database& database, std::int64_t school_class) {
  std::optional<ClassTitle> title;
  each_row(database, std::string(kClassColumns) + "WHERE id = ?", {school_class},
           [&](const Statement& row) { title = class_at(row); });
  return title;
}

std::string CourseTitle::text() const {
  std::string text = class_name.empty() ? subject_name : class_name + ", " + subject_name;
  if (!group_name.empty()) text += " (" + group_name + ")";
  return text;
}

std::optional<CourseTitle> course_title(Database& database, std::int64_t course) {
  const auto found = courses_where(database, "c.id = ?", {course});
  return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<CourseTitle> courses_of(Database& database, std::int64_t teacher, int year) {
  return courses_where(database,
                       kOfYear +
                           "?2 AND (c.teacher = ?1 OR EXISTS (SELECT 1 FROM lesson l WHERE "
                           "l.course = c.id AND l.teacher = ?1 AND l.order_number IS NOT NULL))",
                       {teacher, std::int64_t{year}});
}

std::vector<CourseTitle> courses_of_class(Database& database, std::int64_t school_class) {
  return courses_where(database, "k.id = ?", {school_class});
}

std::vector<CourseTitle> courses_of_group(Database& database, std::int64_t group) {
  return courses_where(database, "c.study_group = ?", {group});
}

std::vector<CourseTitle> courses_of_year(Database& database, int year) {
  return courses_where(database, kOfYear + "?", {std::int64_t{year}});
}

std::vector<SubjectName> subjects(Database& database) {
  std::vector<SubjectName> found;
  each_row(database, "SELECT id, name FROM subject ORDER BY name, id", {},
           [&](const Statement& row) {
             found.push_back({row.integer(0), string_at(row, 1)});
           });
  return found;
}

std::map<std::int64_t, int> curriculum_hours(Database& database, std::int64_t school_class) {
  std::map<std::int64_t, int> hours;
  each_row(database, "SELECT subject, hours FROM curriculum WHERE school_class = ?", {school_class},
           [&](const Statement& row) { hours[row.integer(0)] = static_cast<int>(row.integer(1)); });
  return hours;
}

LessonTime lesson_time(Database& database, const CourseTitle& course, std::int64_t number) {
  LessonTime bell;
  each_row(database,
           "SELECT starts, ends FROM bell_schedule WHERE branch = ? AND shift = ? AND number = ?",
           {course.branch, std::int64_t{course.shift}, number}, [&](const Statement& row) {
             bell = {string_at(row, 0), string_at(row, 1)};
           });
  return bell;
}

namespace {

void add_planned(Database& database, std::int64_t course, Date date,
                 std::map<Place, DayLesson>& lessons) {
  for (const auto& planned : timetable_lessons(database, course, date, date)) {
    const auto place = planned.place();
    if (!place || place->date != date) continue;
    auto& lesson = lessons[{course, place->number}];
    lesson.room = planned.room;
    if (planned.is_moved) lesson.moved_from = planned.slot;
  }
}

}  // namespace

std::vector<DayLesson> day_of_teacher(Database& database, std::int64_t teacher, Date date) {
  const Snapshot snapshot(database);
  std::map<Place, DayLesson> lessons;
  for (const auto& course : courses_of(database, teacher, date.school_year())) {
    const bool is_own = course.teacher == teacher;
    if (is_own) add_planned(database, course.id, date, lessons);
    each_row(database,
             "SELECT l.number, l.topic IS NOT NULL, l.homework IS NOT NULL OR l.not_assigned = 1, "
             "l.teacher, p.family_name, p.given_name, p.patronymic FROM lesson l "
             "LEFT JOIN person p ON p.id = l.teacher WHERE l.course = ? AND l.date = ?",
             {course.id, date_value(date)}, [&](const Statement& row) {
               const bool is_anothers = row.integer(3) != teacher;
               if (is_anothers && !is_own) return;
               auto& lesson = lessons[{course.id, row.integer(0)}];
               lesson.is_held = true;
               lesson.has_topic = row.integer(1) != 0;
               lesson.has_homework = row.integer(2) != 0;
               if (is_anothers) lesson.substitute = PersonName::at(row, 4);
             });
    for (auto& [place, lesson] : lessons) {
      if (place.first == course.id) lesson.course = course;
    }
  }
  std::vector<DayLesson> result;
  for (auto& [place, lesson] : lessons) {
    lesson.number = place.second;
    auto bell = lesson_time(database, lesson.course, lesson.number);
    lesson.starts = std::move(bell.starts);
    lesson.ends = std::move(bell.ends);
    result.push_back(std::move(lesson));
  }
  std::stable_sort(result.begin(), result.end(), [](const DayLesson& left, const DayLesson& right) {
    return std::tie(left.starts, left.number) < std::tie(right.starts, right.number);
  });
  return result;
}

}  // namespace zimnik::journal
