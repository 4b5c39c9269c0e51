#include "schema/read/periods.h"

#include <algorithm>

#include "schema/query.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// The first letter of a period's code says what kind it is.
std::vector<Period> of_kind(const std::vector<Period>& periods, char kind) {
  std::vector<Period> found;
  for (const auto& period : periods) {
    if (period.code[0] == kind) found.push_back(period);
  }
  return found;
}

}  // namespace

std::string Period::title() const {
  const std::string number = code.substr(1);
  switch (code[0]) {
    case 'q':
      return number + " четверть";
    case 't':
      return number + " триместр";
    case 'h':
      return number + " полугодие";
  }
  return code;
}

std::vector<Period> periods_of_year(Database& database, int year) {
  std::vector<Period> periods;
  each_row(database,
           "SELECT code, starts, ends, closed_at FROM reporting_period WHERE year = ? "
           "ORDER BY starts, code",
           {std::int64_t{year}}, [&](const Statement& row) {
             const auto starts = date_at(row, 1), ends = date_at(row, 2);
             if (row.text(0).empty() || !starts || !ends) return;
             periods.push_back({year, string_at(row, 0), *starts, *ends, integer_at(row, 3)});
           });
  return periods;
}

std::vector<Period> periods_of_grade(Database& database, int year, int grade_level) {
  const auto all = periods_of_year(database, year);
  for (const char kind : std::string(grade_level >= 10 ? "hqt" : "qth")) {
    auto found = of_kind(all, kind);
    if (!found.empty()) return found;
  }
  return {};
}

std::vector<Period> periods_of_course(Database& database, std::int64_t course, int year) {
  const auto grade_level = one_integer(
      database,
      "SELECT k.grade_level FROM course c LEFT JOIN study_group g ON g.id = c.study_group "
      "JOIN school_class k ON k.id = coalesce(c.school_class, g.school_class) WHERE c.id = ?",
      {course});
  return periods_of_grade(database, year, static_cast<int>(grade_level.value_or(1)));
}

std::optional<Period> own_period_ending(const std::vector<Period>& own, const Period& chosen,
                                        const std::vector<Period>& of_year) {
  std::optional<Date> next;  // period of the chosen one's kind
  for (const auto& period : of_kind(of_year, chosen.code[0])) {
    if (chosen.ends < period.starts && (!next || period.starts < *next)) next = period.starts;
  }
  std::optional<Period> found;
  for (const auto& period : own) {
    if (period.code == chosen.code) return chosen;
    if (chosen.starts <= period.ends && (!next || period.ends < *next)) found = period;
  }
  return found;
}

std::optional<Period> period_of(Database& database, std::int64_t course, Date date) {
  for (auto& period : periods_of_course(database, course, date.school_year())) {
    if (period.covers(date)) return period;
  }
  return std::nullopt;
}

std::vector<Holidays> holidays_between(const std::vector<Period>& periods) {
  std::vector<Holidays> holidays;
  for (std::size_t i = 1; i < periods.size(); ++i) {
    const auto from = periods[i - 1].ends.plus(1), to = periods[i].starts.plus(-1);
    if (from < to) holidays.push_back({from, to});
  }
  return holidays;
}

}  // namespace zimnik::journal
