// When pupils were away, across all that they are taught.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/lesson_key.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// A lesson that a pupil wasn't at, or came late to.
struct PupilAbsence {
  LessonKey lesson;
  std::string subject_name;
  std::string fact;  ///< «н», «оп»: what the lesson's teacher saw
  std::string code;  ///< as it is shown: «б», «у» where «н» has an excuse
  std::optional<int> late_minutes;

  bool is_unexcused() const;  ///< away without a reason that is known yet
};

/// Of these pupils, in all courses that they were taught in that school year, from `from` to `to`;
/// each one's in order of day and number. Who was always there isn't among them.
std::map<std::int64_t, std::vector<PupilAbsence>> absences_of(
    sync::Database& database, const std::vector<std::int64_t>& pupils, int school_year, Date from,
    Date to);

}  // namespace zimnik::journal
