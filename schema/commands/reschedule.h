// A planned lesson that was held on another day or in another hour (перенос). Errors as in
// lesson.h.
#pragma once

#include <string_view>

#include "schema/lesson_key.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// `planned` of the timetable was held as `held`, a lesson of the same course. Refuses where there
/// was nothing planned, where it was held in its own hour, and where there is no such lesson.
void reschedule_lesson(sync::Command& command, const LessonKey& planned, const LessonKey& held,
                       std::string_view order_number);

}  // namespace zimnik::journal
