// The lessons that the timetable has on given days, and what became of them before they were held.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/lesson_key.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// A lesson of the timetable on one day.
struct PlannedLesson {
  LessonKey slot;    ///< its place by the timetable
  std::string room;  ///< empty where none is said
  bool is_moved = false;
  std::optional<LessonKey> to;  ///< of one that is moved: where it is held; nothing: taken off

  std::optional<LessonKey> place() const { return is_moved ? to : std::optional(slot); }
};

/// Those of a course whose slot or place lies on these days, of limits::kTimetableDays at the most,
/// in order of their slots. Slots are within the course's reporting periods, but for days off.
std::vector<PlannedLesson> timetable_lessons(sync::Database& database, std::int64_t course,
                                             Date from, Date to);
/// Their places on these days: one that was moved at its new place, one that was taken off at none.
std::set<LessonKey> planned_lessons(sync::Database& database, std::int64_t course, Date from,
                                    Date to);

/// Lessons that were moved, by their slots: to where, or nothing where they are taken off.
using Moves = std::map<LessonKey, std::optional<LessonKey>>;
Moves moves_of_course(sync::Database& database, std::int64_t course);

/// The school's days without lessons, with their names.
std::map<Date, std::string> days_off(sync::Database& database);

}  // namespace zimnik::journal
