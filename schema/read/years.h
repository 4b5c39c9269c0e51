// Which school years there are to be looked at, and to be prepared.
#pragma once

#include <vector>

#include "schema/dates.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// All that have classes, of those that ids have room for (ids.h), and the one at work (courses.h),
/// in their order.
std::vector<int> years_of_school(sync::Database& database, Date today);
/// The school year of the day, and from 1 June on the one that comes.
std::vector<int> years_to_prepare(Date today);

}  // namespace zimnik::journal
