// What a school that is being set up is offered, to take or to change: periods, days off, bells,
// kinds of work. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/dates.h"

namespace zimnik::journal {

/// By what the classes below the tenth are assessed. The tenth and eleventh have half-years beside
/// quarters and trimesters.
enum class YearPlan { quarters, trimesters, half_years };
std::optional<YearPlan> year_plan_from(
    std::string_view word);  ///< quarters, trimesters, half_years

struct ProposedPeriod {
  std::string code;
  Date starts, ends;
};
/// Quarters of 8, 8, 11 and 8 weeks with a week of holidays between them, begun on 1 September or
/// the Monday after it and ended by 26 May; all of it on school days of a week of five.
std::vector<ProposedPeriod> proposed_periods(int year, YearPlan plan);

/// The same days of the week a year later, from 1 September on; none begins on a day off or a
/// weekend.
std::vector<ProposedPeriod> a_year_later(const std::vector<ProposedPeriod>& periods, int year);

struct ProposedDayOff {
  Date date;
  std::string name;
};
/// National holidays of a school year (Labour Code, article 112); one that falls on a weekend is
/// moved to the working day after it. Those of the first week of January aren't among them.
std::vector<ProposedDayOff> proposed_days_off(int year);

struct Bell {
  int number = 1;
  std::string starts, ends;  ///< HH:MM
};
struct BellPlan {
  std::string first = "08:30";  ///< when the first lesson begins
  int minutes = 40;             ///< of a lesson
  int lessons = 7;
  std::vector<int> breaks = {10, 20, 20,
                             10, 10, 10};  ///< minutes; the last stands for all after it
};
/// Nothing where a day can't have that: a lesson that ends after midnight, numbers out of bounds.
std::vector<Bell> bells_from(const BellPlan& plan);

struct UsualWork {
  const char* name;
  const char* short_name;
  int weight;
  int deadline_days;
};
/// Kinds of work that nearly every school has.
std::vector<UsualWork> usual_works();

}  // namespace zimnik::journal
