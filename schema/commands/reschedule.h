// A planned lesson that is held on another day or in another hour (перенос), or isn't held at all.
// Errors as in lesson.h.
#pragma once

#include <string_view>

#include "schema/lesson_key.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// `planned` of the timetable was held as `held`, a lesson of the same course. Refuses where there
/// was nothing planned, where it was held in its own hour, and where there is no such lesson.
void reschedule_lesson(sync::Command& command, const LessonKey& planned, const LessonKey& held,
                       std::string_view order_number);

/// `planned` will be held as `to`; back in its own hour it is as if it had never been moved.
/// Refuses where nothing is planned, where it was held already, and where the course has a lesson
/// at `to`.
void move_lesson(sync::Command& command, const LessonKey& planned, const LessonKey& to,
                 std::string_view order_number);
/// It won't be held. Refuses as above.
void take_off_lesson(sync::Command& command, const LessonKey& planned,
                     std::string_view order_number);
/// `slot` is held as the timetable has it. Refuses where it isn't moved, and where it was held in
/// its new hour.
void put_back_lesson(sync::Command& command, const LessonKey& slot);

}  // namespace zimnik::journal
