// The reporting periods of a school year.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct Period {
  int year = 0;      ///< in which the school year begins
  std::string code;  ///< q1…q4, t1…t3, h1, h2
  Date starts, ends;
  std::optional<std::int64_t> closed_at;

  bool covers(Date date) const { return starts <= date && date <= ends; }
  std::string title() const;  ///< «1 четверть», «2 полугодие»
};

/// All of a year, in order of their days.
std::vector<Period> periods_of_year(sync::Database& database, int year);
/// Those by which a class of this grade level is assessed: half-years from the tenth on, quarters
/// or trimesters below, as far as the year has them; else whatever it has.
std::vector<Period> periods_of_grade(sync::Database& database, int year, int grade_level);
std::vector<Period> periods_of_course(sync::Database& database, std::int64_t course, int year);
/// Of a class's own periods the one whose results are due with those of `chosen`, one of the
/// year's: itself, else the last that ends in it or in the holidays after it. So the first
/// half-year goes with the second quarter; with the first one nothing does.
std::optional<Period> own_period_ending(const std::vector<Period>& own, const Period& chosen,
                                        const std::vector<Period>& of_year);
/// The course's period that the day belongs to; nothing in the holidays.
std::optional<Period> period_of(sync::Database& database, std::int64_t course, Date date);

/// The days from one period's last to the next one's first, neither included; more than one.
/// `periods` are of one kind, in order. Pure.
struct Holidays {
  Date from, to;
};
std::vector<Holidays> holidays_between(const std::vector<Period>& periods);

}  // namespace zimnik::journal
