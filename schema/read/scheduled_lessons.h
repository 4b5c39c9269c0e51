// A course's lessons as the timetable has them, with what the heads changed: moved, taken off,
// taught by another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/lesson_key.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct ScheduledLesson {
  CourseTitle course;
  LessonKey slot;  ///< by the timetable
  bool is_moved = false;
  std::optional<LessonKey> to;             ///< of one that is moved; nothing: it isn't held
  std::optional<std::int64_t> substitute;  ///< who teaches in the slot for another, by an order
  PersonName substitute_name, substituted_name;
  std::string order_number;  ///< by which it is changed; empty where none is said
  bool is_opened = false;    ///< the journal has it where it is held now
  bool is_begun = false;     ///< the same, and more than an assignment (see below)

  bool is_changed() const { return is_moved || substitute.has_value(); }
};

/// Those whose slot or new place lies on these days, and lessons of substitutes outside of the
/// timetable; in order of their slots.
std::vector<ScheduledLesson> scheduled_lessons(sync::Database& database, const CourseTitle& course,
                                               Date from, Date to);

/// Whether something is written in a lesson already, or its teacher has opened it: an assignment by
/// an order alone is none of that.
bool is_begun(sync::Database& database, const LessonKey& lesson);

}  // namespace zimnik::journal
