#include "schema/read/years.h"

#include <set>

#include "schema/query.h"
#include "schema/read/courses.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

std::vector<int> years_of_school(Database& database, Date today) {
  const Snapshot snapshot(database);
  std::set<int> years = {year_at_work(database, today)};
  each_row(database, "SELECT DISTINCT year FROM school_class WHERE year BETWEEN 2020 AND 2083", {},
           [&](const Statement& row) { years.insert(static_cast<int>(row.integer(0))); });
  return {years.begin(), years.end()};
}

std::vector<int> years_to_prepare(Date today) {
  constexpr int kJune = 6;
  std::vector<int> years = {today.school_year()};
  if (today.month() >= kJune && today.year() > years.back()) years.push_back(today.year());
  return years;
}

}  // namespace zimnik::journal
