// Why something was entered after its deadline. Errors as in lesson.h.
#pragma once

#include <string_view>

#include "schema/lesson_key.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// `matter` is lesson (its topic), attendance, marks or homework. Refuses an empty reason.
void explain_late_entry(sync::Command& command, const LessonKey& lesson, std::string_view matter,
                        std::string_view reason);

}  // namespace zimnik::journal
