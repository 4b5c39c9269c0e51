// What a family's page has beside the diary, as the values of its template. Pure; any thread.
#pragma once

#include <mstch/mstch.hpp>
#include <string>

#include "hub/web/family.h"

namespace zimnik::hub {

mstch::map freshness_values(const Freshness& freshness, const std::string& zone);
/// Links to the children's diaries, the one that is shown marked. Empty where there is one child.
mstch::array children_values(const Family& family, std::int64_t shown);
/// Schools of the family that can't be read now.
mstch::array silent_values(const Family& family);

}  // namespace zimnik::hub
