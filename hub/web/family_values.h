// What a family's page has beside the diary, as the values of its template. Pure; any thread.
#pragma once

#include <string>

#include "hub/family.h"
#include "hub/freshness.h"
#include "sync/web/values.h"

namespace zimnik::hub {

web::Values freshness_values(const Freshness& freshness, const std::string& zone);
/// Links to the children's diaries, the one that is shown marked. Empty where there is one child.
web::List children_values(const Family& family, std::int64_t shown);
/// Schools of the family that can't be read now.
web::List silent_values(const Family& family);

}  // namespace zimnik::hub
