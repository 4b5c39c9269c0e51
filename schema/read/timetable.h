// The timetable of a class, as it stands on a day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/read/courses.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct TimetableSlot {
  CourseTitle course;
  std::int64_t weekday = 1;  ///< 1 Monday … 7 Sunday
  std::int64_t number = 1;
  Date since;
  std::optional<Date> until;  ///< the last day
  std::string room;
};
/// Of the class and its subgroups: what holds on the day, and what begins later; in order of
/// weekday, number and course.
std::vector<TimetableSlot> timetable_of_class(sync::Database& database, std::int64_t school_class,
                                              Date day);

/// The courses that a teacher has in one hour, by the timetable of the day: of a multi-grade class.
/// Each set once, in order of weekday and number.
std::vector<std::vector<CourseTitle>> taught_together(sync::Database& database,
                                                      std::int64_t teacher, Date day);

}  // namespace zimnik::journal
