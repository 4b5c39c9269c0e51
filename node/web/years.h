// School years as pages offer them to choose, by ?year=: the year in which one begins.
#pragma once

#include <string>
#include <vector>

#include "schema/dates.h"
#include "sync/net/http_message.h"
#include "sync/store/database.h"
#include "sync/web/values.h"

namespace zimnik::node {

std::string year_text(int year);  ///< 2026/2027
/// The one that was asked for, where it is among them.
int year_asked(const std::string& asked, const std::vector<int>& years, int otherwise);
/// For {{>year_tabs}}: links to `path`?year=, none where there is but one year.
void add_years(web::Values& values, const std::vector<int>& years, int chosen,
               const std::string& path);

/// The year that a page shows: of those that the school has the one that was asked for, else the
/// one at work. Adds the tabs.
int shown_year(web::Values& values, sync::Database& database, const net::Request& request,
               journal::Date today);

}  // namespace zimnik::node
