// Courses and classes, as lists and headings name them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/lesson_key.h"
#include "schema/read/people.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct ClassTitle {
  std::int64_t id = 0;
  int year = 0;
  int grade_level = 0;
  std::string letter;
  std::int64_t branch = 0;
  int shift = 1;
  std::optional<std::int64_t> class_teacher;

  std::string text() const { return std::to_string(grade_level) + letter; }  ///< 7А
};
/// The day's school year where it has classes already; else the last one before it that has.
int year_at_work(sync::Database& database, Date today);
/// Of a school year, in order of grade level and letter.
std::vector<ClassTitle> classes_of_year(sync::Database& database, int year);
std::optional<ClassTitle> class_title(sync::Database& database, std::int64_t school_class);

struct CourseTitle {
  std::int64_t id = 0;
  std::int64_t subject = 0;
  std::string subject_name;
  std::optional<std::int64_t> school_class, study_group;
  std::string class_name;   ///< 7А; empty for a stream over several
  std::string group_name;   ///< empty for the whole class
  std::int64_t branch = 0;  ///< of the class; 0 for a stream
  int shift = 1;
  std::optional<std::int64_t> teacher;
  PersonName teacher_name;
  std::optional<int> hours;  ///< of the school year

  std::string text() const;  ///< «7А, Алгебра», «7А, Английский язык (1 группа)»
};
std::optional<CourseTitle> course_title(sync::Database& database, std::int64_t course);
/// A teacher's own courses of a school year, and those where the teacher substitutes; in order of
/// class and subject.
std::vector<CourseTitle> courses_of(sync::Database& database, std::int64_t teacher, int year);
std::vector<CourseTitle> courses_of_class(sync::Database& database, std::int64_t school_class);
std::vector<CourseTitle> courses_of_group(sync::Database& database, std::int64_t group);
std::vector<CourseTitle> courses_of_year(sync::Database& database, int year);

struct SubjectName {
  std::int64_t id = 0;
  std::string name;
};
std::vector<SubjectName> subjects(sync::Database& database);  ///< in order of their names
/// What the curriculum asks of a class in a school year, by subject.
std::map<std::int64_t, int> curriculum_hours(sync::Database& database, std::int64_t school_class);

struct LessonTime {
  std::string starts, ends;  ///< HH:MM; empty where no bell is known
};
/// By the bells of the course's building and shift.
LessonTime lesson_time(sync::Database& database, const CourseTitle& course, std::int64_t number);

/// A lesson that somebody has on a day, held or only planned.
struct DayLesson {
  CourseTitle course;
  std::int64_t number = 0;
  std::string starts, ends;  ///< HH:MM; empty where no bell is known
  std::string room;
  std::optional<LessonKey> moved_from;  ///< its slot in the timetable
  PersonName substitute;                ///< who teaches it instead; unreadable: nobody
  bool is_held = false;                 ///< there is a lesson in the journal
  bool has_topic = false;
  bool has_homework = false;  ///< written, or «не задано»
};
/// A teacher's day: by the timetable, with what was held, substitutions included.
std::vector<DayLesson> day_of_teacher(sync::Database& database, std::int64_t teacher, Date date);

}  // namespace zimnik::journal
