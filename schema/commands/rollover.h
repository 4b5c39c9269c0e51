// From one school year into the next: classes go up a grade level with their pupils, teachers and
// courses, the leaving ones end. Planned, shown, and written whole or not at all, as a file is that
// is brought in (import/plan.h).
//
// What the new year has already stays as it is, so to do it again adds only what is missing. Ids
// are derived from what they are made of: two nodes that do it unaware of each other make the same
// classes, courses and groups. The old year stays open: nothing of it is written but the ends of
// stays of those who leave the school.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "schema/commands/order.h"
#include "schema/dates.h"
#include "schema/import/plan.h"
#include "schema/read/courses.h"
#include "sync/store/command.h"

namespace zimnik::journal {

enum class ClassPath : std::uint8_t {
  goes_on,    ///< into the next grade level
  graduates,  ///< leaves the school
  waits,      ///< nothing is done about it now
};

struct ClassWish {
  std::int64_t school_class = 0;
  ClassPath path = ClassPath::waits;
  // Of the new class.
  std::string letter;
  std::int64_t branch = 0;
  int shift = 1;
  std::optional<std::int64_t> class_teacher;
  bool with_courses = false;  ///< subjects, teachers, hours, curriculum, subgroups
};

struct RolloverWish {
  int year = 0;  ///< that begins, by its first year
  std::vector<ClassWish> classes;
  std::set<std::int64_t> repeating;  ///< who stay in their grade level
  std::set<std::int64_t> leaving;    ///< who leave although their class goes on
  Date last_day;                     ///< of those who leave, in the old year
  OrderPaper order;
  bool with_periods = false;  ///< those of the old year, a year later
};

/// What a class does as a rule: the ninth and the eleventh leave; the fourth and the ninth get new
/// teachers.
ClassWish usual_wish(const ClassTitle& school_class);
/// 1 September: the day from which pupils are in their new classes.
Date first_day_of_year(int year);

/// The new year that would come of it. A fault names what doesn't fit.
Plan plan_rollover(sync::Database& database, const RolloverWish& wish);
/// Writes the plan that was shown. Refuses where the school has changed so that it is another one
/// now (`shown` is its digest), and a plan with faults.
void roll_over(sync::Command& command, const RolloverWish& wish, const std::string& shown);

}  // namespace zimnik::journal
