#include "schema/read/frost_days.h"

#include "schema/query.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

std::vector<FrostDay> frost_days(Database& database, Date from, Date to) {
  std::vector<FrostDay> days;
  each_row(database,
           "SELECT f.branch, b.name, f.shift, f.date, f.through_grade, f.source FROM frost_day f "
           "LEFT JOIN branch b ON b.id = f.branch WHERE f.date BETWEEN ? AND ? AND "
           "f.through_grade IS NOT NULL ORDER BY f.date, b.name, f.shift",
           {date_value(from), date_value(to)}, [&](const Statement& row) {
             const auto date = date_at(row, 3);
             if (!date) return;
             days.push_back({row.integer(0), string_at(row, 1), row.integer(2), *date,
                             row.integer(4), string_at(row, 5)});
           });
  return days;
}

std::set<Date> frost_days_of_class(Database& database, std::int64_t school_class, Date from,
                                   Date to) {
  std::set<Date> days;
  each_row(database,
           "SELECT f.date FROM school_class k JOIN frost_day f ON f.branch = k.branch AND "
           "f.shift = k.shift AND k.grade_level <= f.through_grade "
           "WHERE k.id = ? AND f.date BETWEEN ? AND ?",
           {school_class, date_value(from), date_value(to)}, [&](const Statement& row) {
             if (const auto date = date_at(row, 0)) days.insert(*date);
           });
  return days;
}

}  // namespace zimnik::journal
