// The names of things on a page of the journal.
#pragma once

#include <compare>
#include <cstdint>

#include "schema/dates.h"

namespace zimnik::journal {

struct LessonKey {
  std::int64_t course = 0;
  Date date;
  std::int64_t number = 1;  ///< of the lesson in the day
  auto operator<=>(const LessonKey&) const = default;
};

/// A mark's place in the cell of a lesson and a pupil.
struct MarkKey {
  LessonKey lesson;
  std::int64_t pupil = 0;
  std::int64_t work = 1;     ///< of the lesson, from 1
  std::int64_t attempt = 1;  ///< a retake is the next one
  auto operator<=>(const MarkKey&) const = default;
};

}  // namespace zimnik::journal
