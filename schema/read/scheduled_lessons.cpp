#include "schema/read/scheduled_lessons.h"

#include <map>
#include <set>

#include "schema/query.h"
#include "schema/read/planned_lessons.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

using BySlot = std::map<LessonKey, ScheduledLesson>;

void add_moves(Database& database, std::int64_t course, BySlot& lessons) {
  each_row(database,
           "SELECT date, number, order_number FROM rescheduled_lesson WHERE course = ? AND "
           "order_number IS NOT NULL",
           {course}, [&](const Statement& row) {
             const auto date = date_at(row, 0);
             if (!date) return;
             const auto found = lessons.find({course, *date, row.integer(1)});
             if (found != lessons.end()) found->second.order_number = string_at(row, 2);
           });
}

void add_substitutes(Database& database, std::int64_t course, Date from, Date to, BySlot& lessons) {
  each_row(database,
           "SELECT l.date, l.number, l.teacher, l.order_number, p.family_name, p.given_name, "
           "p.patronymic, q.family_name, q.given_name, q.patronymic FROM lesson l "
           "LEFT JOIN person p ON p.id = l.teacher LEFT JOIN person q ON q.id = l.substitutes "
           "WHERE l.course = ? AND l.date BETWEEN ? AND ? AND l.substitutes IS NOT NULL AND "
           "l.order_number IS NOT NULL",
           {course, date_value(from), date_value(to)}, [&](const Statement& row) {
             const auto date = date_at(row, 0);
             if (!date) return;
             const LessonKey slot{course, *date, row.integer(1)};
             auto& lesson = lessons[slot];
             lesson.slot = slot;
             lesson.substitute = integer_at(row, 2);
             lesson.order_number = string_at(row, 3);
             lesson.substitute_name = PersonName::at(row, 4);
             lesson.substituted_name = PersonName::at(row, 7);
           });
}

std::set<LessonKey> lessons_of_journal(Database& database, std::int64_t course) {
  std::set<LessonKey> lessons;
  each_row(database, "SELECT date, number FROM lesson WHERE course = ?", {course},
           [&](const Statement& row) {
             if (const auto date = date_at(row, 0)) lessons.insert({course, *date, row.integer(1)});
           });
  return lessons;
}

}  // namespace

std::vector<ScheduledLesson> scheduled_lessons(Database& database, const CourseTitle& course,
                                               Date from, Date to) {
  BySlot by_slot;
  for (const auto& planned : timetable_lessons(database, course.id, from, to)) {
    auto& lesson = by_slot[planned.slot];
    lesson.slot = planned.slot;
    lesson.is_moved = planned.is_moved;
    lesson.to = planned.to;
  }
  add_moves(database, course.id, by_slot);
  add_substitutes(database, course.id, from, to, by_slot);
  const auto opened = lessons_of_journal(database, course.id);
  std::vector<ScheduledLesson> lessons;
  for (auto& [slot, lesson] : by_slot) {
    lesson.course = course;
    const auto place = lesson.to.value_or(slot);
    lesson.is_opened = opened.contains(place);
    lesson.is_begun = lesson.is_opened && is_begun(database, place);
    lessons.push_back(std::move(lesson));
  }
  return lessons;
}

bool is_begun(Database& database, const LessonKey& lesson) {
  return has_row(
      database,
      "SELECT 1 FROM lesson l WHERE l.course = ?1 AND l.date = ?2 AND l.number = ?3 AND "
      "(l.order_number IS NULL OR l.topic IS NOT NULL OR l.homework IS NOT NULL OR "
      "l.not_assigned IS NOT NULL OR EXISTS (SELECT 1 FROM mark WHERE course = ?1 AND date = ?2 "
      "AND number = ?3) OR EXISTS (SELECT 1 FROM attendance WHERE course = ?1 AND date = ?2 AND "
      "number = ?3))",
      {lesson.course, date_value(lesson.date), lesson.number});
}

}  // namespace zimnik::journal
