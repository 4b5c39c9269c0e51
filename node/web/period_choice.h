// Which period a page of control is about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "node/web/site.h"
#include "schema/read/periods.h"

namespace zimnik::node {

/// The options of a list to choose from; `with_year`: the year too.
web::List period_choices(const std::vector<journal::Period>& periods, const std::string& chosen,
                         bool with_year, const web::Translator& translate);
/// The period whose code is asked for, else the one at hand; nothing where there are none.
std::optional<journal::Period> period_asked(const std::vector<journal::Period>& periods,
                                            const std::string& asked, journal::Date today);

}  // namespace zimnik::node
