// Whether a school year can begin: what its structure still lacks (due by 5 September).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "sync/store/database.h"

namespace zimnik::journal {

enum class Readiness : std::uint8_t {
  classes,         ///< there is one at all
  class_teachers,  ///< of each class
  class_pupils,    ///< somebody is in each class
  group_pupils,    ///< somebody is in each group that is taught
  periods,         ///< of each class
  bells,           ///< of each class's building and shift
  curriculum,      ///< of each class
  teachers,        ///< of each course
  loads,           ///< hours of each course
  timetables,      ///< of each course
  lesson_plans,    ///< of each course
};

struct ReadinessCheck {
  Readiness matter = Readiness::classes;
  std::size_t of = 0;                ///< how many were looked at
  std::vector<std::string> missing;  ///< names of those that lack it: «7А», «7А, Алгебра»

  bool is_ready() const { return of > 0 && missing.empty(); }
};

/// All matters, in the order above. `day` is the one on which pupils and timetable are looked at.
std::vector<ReadinessCheck> readiness(sync::Database& database, int year, Date day);
/// Until when it is due: 5 September.
Date readiness_due(int year);

}  // namespace zimnik::journal
