#include "schema/proposals.h"

#include <algorithm>

#include "schema/limits.h"

namespace zimnik::journal {

namespace {

constexpr int kDayMinutes = 24 * 60;
constexpr int kFriday = 5;

Date at(int year, int month, int day) { return Date::from(year, month, day).value(); }

Date school_day_from(Date day) {
  while (day.weekday() > kFriday) day = day.plus(1);
  return day;
}

Date school_day_until(Date day) {
  while (day.weekday() > kFriday) day = day.plus(-1);
  return day;
}

/// The Friday of so many weeks, the day's own among them.
Date friday_after(Date day, int weeks) { return day.monday().plus(7 * weeks - 3); }
/// The Monday after a week of holidays.
Date monday_after(Date friday) { return friday.monday().plus(14); }

/// The frame of every plan: the first day, the winter holidays, the last day.
struct Frame {
  Date first, winter_from, winter_to, last;
};
Frame frame_of(int year) {
  const auto monday = at(year + 1, 1, 9).plus(6).monday();  // the first one from 9 January on
  return {school_day_from(at(year, 9, 1)), school_day_until(at(year, 12, 30)), monday,
          school_day_until(at(year + 1, 5, 26))};
}

std::vector<ProposedPeriod> quarters(int year) {
  const auto frame = frame_of(year);
  const auto first_ends = friday_after(frame.first, 8);
  // The Day of National Unity belongs to the holidays where it is near.
  const auto unity = at(year, 11, 4);
  auto second = monday_after(first_ends);
  if (second <= unity) second = school_day_from(unity.plus(1));
  const auto third_ends = friday_after(frame.winter_to, 11);
  return {{"q1", frame.first, first_ends},
          {"q2", second, frame.winter_from},
          {"q3", frame.winter_to, third_ends},
          {"q4", monday_after(third_ends), frame.last}};
}

std::vector<ProposedPeriod> trimesters(int year) {
  const auto frame = frame_of(year);
  const auto first_ends = friday_after(frame.first, 11);
  const auto second_ends = friday_after(frame.winter_to, 5);
  auto third = monday_after(second_ends);
  if (third == at(year + 1, 2, 23)) third = third.plus(1);
  return {{"t1", frame.first, first_ends},
          {"t2", monday_after(first_ends), second_ends},
          {"t3", third, frame.last}};
}

std::optional<int> minutes_from(const std::string& time) {
  if (!is_time_of_day(time)) return std::nullopt;
  return std::stoi(time.substr(0, 2)) * 60 + std::stoi(time.substr(3));
}

std::string time_text(int minutes) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

}  // namespace

std::optional<YearPlan> year_plan_from(std::string_view word) {
  if (word == "quarters") return YearPlan::quarters;
  if (word == "trimesters") return YearPlan::trimesters;
  if (word == "half_years") return YearPlan::half_years;
  return std::nullopt;
}

std::vector<ProposedPeriod> proposed_periods(int year, YearPlan plan) {
  std::vector<ProposedPeriod> periods;
  if (plan == YearPlan::quarters) periods = quarters(year);
  if (plan == YearPlan::trimesters) periods = trimesters(year);
  const auto frame = frame_of(year);
  periods.push_back({"h1", frame.first, frame.winter_from});
  periods.push_back({"h2", frame.winter_to, frame.last});
  return periods;
}

std::vector<ProposedPeriod> a_year_later(const std::vector<ProposedPeriod>& periods, int year) {
  constexpr int kWeeks = 52;
  const auto days_off = proposed_days_off(year);
  const auto is_off = [&](Date date) {
    return date.weekday() > kFriday ||
           std::any_of(days_off.begin(), days_off.end(),
                       [&](const ProposedDayOff& day) { return day.date == date; });
  };
  std::vector<ProposedPeriod> later;
  for (const auto& period : periods) {
    auto starts = std::max(period.starts.plus(7 * kWeeks), at(year, 9, 1));
    while (is_off(starts)) starts = starts.plus(1);
    later.push_back({period.code, starts, std::max(starts, period.ends.plus(7 * kWeeks))});
  }
  return later;
}

std::vector<ProposedDayOff> proposed_days_off(int year) {
  std::vector<ProposedDayOff> days = {{at(year, 11, 4), "День народного единства"},
                                      {at(year + 1, 2, 23), "День защитника Отечества"},
                                      {at(year + 1, 3, 8), "Международный женский день"},
                                      {at(year + 1, 5, 1), "Праздник Весны и Труда"},
                                      {at(year + 1, 5, 9), "День Победы"}};
  for (auto& day : days) day.date = school_day_from(day.date);
  return days;
}

std::vector<Bell> bells_from(const BellPlan& plan) {
  const auto first = minutes_from(plan.first);
  const bool is_good = first && plan.minutes >= 20 && plan.minutes <= 90 && plan.lessons >= 1 &&
                       plan.lessons <= limits::kLessonsInDay && !plan.breaks.empty() &&
                       std::all_of(plan.breaks.begin(), plan.breaks.end(),
                                   [](int length) { return length >= 0 && length <= 120; });
  if (!is_good) return {};
  std::vector<Bell> bells;
  int starts = *first;
  for (int number = 1; number <= plan.lessons; ++number) {
    const int ends = starts + plan.minutes;
    if (ends >= kDayMinutes) return {};
    bells.push_back({number, time_text(starts), time_text(ends)});
    const auto place = std::min(static_cast<std::size_t>(number), plan.breaks.size()) - 1;
    starts = ends + plan.breaks[place];
  }
  return bells;
}

std::vector<UsualWork> usual_works() {
  return {{"Ответ на уроке", "ОТВ", 1, 0},
          {"Домашняя работа", "ДР", 1, 0},
          {"Самостоятельная работа", "СР", 2, 3},
          {"Практическая работа", "ПР", 2, 7},
          {"Сочинение", "СОЧ", 3, 7},
          {"Контрольная работа", "КР", 3, 3}};
}

}  // namespace zimnik::journal
