// A diary's week, and how old it is, as the values of its template. Pure; any thread.
#pragma once

#include <mstch/mstch.hpp>
#include <string>

#include "hub/web/family.h"
#include "schema/read/diary_week.h"
#include "sync/web/catalogue.h"

namespace zimnik::hub {

mstch::map week_values(const journal::DiaryWeek& week, journal::Date today,
                       const web::Translator& translate);
mstch::map freshness_values(const Freshness& freshness, const std::string& zone);
/// Links to the children's diaries, the one that is shown marked. Empty where there is one child.
mstch::array children_values(const Family& family, std::int64_t shown);
/// Schools of the family that can't be read now.
mstch::array silent_values(const Family& family);

}  // namespace zimnik::hub
