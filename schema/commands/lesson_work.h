// What a lesson's column of marks is for. Errors as in lesson.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "schema/lesson_key.h"
#include "sync/store/command.h"

namespace zimnik::journal {

struct LessonWork {
  std::optional<std::int64_t> work_type;
  std::optional<int> weight;  ///< of the work's type, else 1, where it isn't given
  std::string title;          ///< empty where it has none
};

/// Weighs for all marks of the column, those that are there already too. Refuses a lesson or a work
/// type that isn't there, a weight outside of 0 to 10, and a closed period.
void set_lesson_work(sync::Command& command, const LessonKey& lesson, std::int64_t work,
                     const LessonWork& what);
/// Refuses where the column has marks, or isn't there.
void remove_lesson_work(sync::Command& command, const LessonKey& lesson, std::int64_t work);

}  // namespace zimnik::journal
