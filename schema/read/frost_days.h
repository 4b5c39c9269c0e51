// Days that are remote for the cold.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct FrostDay {
  std::int64_t branch = 0;
  std::string branch_name;
  std::int64_t shift = 1;
  Date date;
  std::int64_t through_grade = 11;
  std::string source;
};
/// Between the days, in order of day, branch and shift.
std::vector<FrostDay> frost_days(sync::Database& database, Date from, Date to);
/// Of a class, between the days.
std::set<Date> frost_days_of_class(sync::Database& database, std::int64_t school_class, Date from,
                                   Date to);

}  // namespace zimnik::journal
