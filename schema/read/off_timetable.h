// Lessons that were held outside of the timetable, and the planned ones that they may stand for.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "schema/lesson_key.h"
#include "schema/read/courses.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// Planned between the days, and neither held nor moved.
std::set<LessonKey> vacant_lessons(sync::Database& database, std::int64_t course, Date from,
                                   Date to);
/// The slot of the timetable whose lesson was moved to this place; nothing where none was.
std::optional<LessonKey> moved_from(sync::Database& database, const LessonKey& place);

struct OffTimetable {
  CourseTitle course;
  LessonKey lesson;
  std::vector<LessonKey> vacant;  ///< within a week of it, the nearest first
};
/// Between the days, of a school year's courses that have a timetable, of one teacher's where one
/// is given; in order of course and day. Those that are known to be moves aren't among them.
std::vector<OffTimetable> off_timetable(sync::Database& database, int year, Date from, Date to,
                                        std::optional<std::int64_t> teacher = {});

}  // namespace zimnik::journal
