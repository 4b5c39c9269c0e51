// What the heads check of the journals: is what was to be taught written down, and how far is it.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "schema/dates.h"
#include "schema/lesson_key.h"
#include "schema/read/courses.h"
#include "schema/read/periods.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct CourseControl {
  CourseTitle course;
  Period period;             ///< of the course's own kind
  Date from, to;             ///< the days of it that were looked at
  int pupils = 0;            ///< on the last of the days
  int planned = 0;           ///< lessons by the timetable
  int held = 0;              ///< lessons in the journal
  int missing = 0;           ///< planned, and not in the journal
  int without_topic = 0;     ///< of those held
  int without_homework = 0;  ///< neither written nor «не задано»
  int without_entries = 0;   ///< neither a mark nor an absence
  int marks = 0;             ///< those that have a value
  int plan_hours = 0;        ///< of the lesson plan; 0: there is none
  int plan_due = 0;     ///< hours that the timetable had since the year began, as far as planned
  int plan_taught = 0;  ///< up to the last line that a lesson names; else lessons held

  /// Marks for each pupil and lesson held, in hundredths, rounded half up; nothing where there are
  /// neither.
  std::optional<int> density() const;
  /// By how many hours the course is behind its plan; below 0 where it is ahead. Nothing where
  /// there is no plan.
  std::optional<int> plan_lag() const;
};

/// Of all courses of a school year that have periods, in order of class and subject. Each in the
/// chosen period, or in that of its own kind that runs at its end; up to that end, and no further
/// than `last`.
std::vector<CourseControl> control_of_courses(sync::Database& database, const Period& chosen,
                                              Date last);

}  // namespace zimnik::journal
