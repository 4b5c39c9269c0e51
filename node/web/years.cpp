#include "node/web/years.h"

#include <algorithm>

#include "schema/read/courses.h"
#include "schema/read/years.h"

namespace zimnik::node {

std::string year_text(int year) { return std::to_string(year) + "/" + std::to_string(year + 1); }

int year_asked(const std::string& asked, const std::vector<int>& years, int otherwise) {
  const auto it = std::find_if(years.begin(), years.end(),
                               [&](int year) { return std::to_string(year) == asked; });
  return it == years.end() ? otherwise : *it;
}

void add_years(web::Values& values, const std::vector<int>& years, int chosen,
               const std::string& path) {
  web::List tabs;
  for (const int year : years) {
    tabs.push_back(web::Values{{"href", path + "?year=" + std::to_string(year)},
                               {"text", year_text(year)},
                               {"is_here", year == chosen}});
  }
  values["years"] = year_text(chosen);
  values["year"] = std::to_string(chosen);
  values["any_years"] = tabs.size() > 1;
  values["year_tabs"] = tabs;
}

int shown_year(web::Values& values, sync::Database& database, const net::Request& request,
               journal::Date today) {
  const auto years = journal::years_of_school(database, today);
  const int year =
      year_asked(request.query.get("year"), years, journal::year_at_work(database, today));
  add_years(values, years, year, request.path);
  return year;
}

}  // namespace zimnik::node
