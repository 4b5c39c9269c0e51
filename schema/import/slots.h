// A timetable as a file has it, whatever the file: for the classes that it names it is the whole
// timetable from a day on, so a lesson that it hasn't got ends the day before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/import/planning.h"

namespace zimnik::journal {

/// One lesson of the week.
struct SlotWish {
  std::size_t line = 0;
  CourseNow course;
  int weekday = 1;
  int number = 1;
  std::string room;
};

/// 1 Monday … 7 Sunday, from a name (Russian or English, a beginning of two or three letters too)
/// or a number.
std::optional<int> weekday_from(std::string_view text);
/// «7А, Алгебра (1 группа)»
std::string course_text(const Planning& planning, const CourseNow& course);
/// Adds what the lessons change, and faults where two meet that can't.
void plan_slots(Planning& planning, const std::vector<SlotWish>& wishes);

}  // namespace zimnik::journal
