// Days on which a settlement's schools don't open for the cold (актированный день): lessons of the
// grades named are remote. Errors as in lesson.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "schema/dates.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// Grades 1 to `through_grade` of a branch's shift. `source`: who announced it. Refuses a branch
/// that isn't there and a band that isn't 4, 8, 9 or 11.
void set_frost_day(sync::Command& command, std::int64_t branch, int shift, Date date,
                   int through_grade, std::string_view source);
/// Refuses where none was announced.
void remove_frost_day(sync::Command& command, std::int64_t branch, int shift, Date date);

}  // namespace zimnik::journal
