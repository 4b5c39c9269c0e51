#include "schema/sample/calendar.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace zimnik::journal::sample {
namespace {

using Plan = SampleSchool::Plan;

struct Days {
  const char* code;
  int from, from_day, to, to_day;
};
constexpr Days kQuarters[] = {
    {"q1", 9, 1, 10, 24}, {"q2", 11, 5, 12, 30}, {"q3", 1, 12, 3, 20}, {"q4", 3, 30, 5, 26}};

Date at(const Plan& plan, int month, int day) {
  return *Date::from(month >= 8 ? plan.options.year : plan.options.year + 1, month, day);
}

std::uint64_t number_of(std::size_t who, Date day) {
  return who * 100'000 + static_cast<std::uint64_t>(day.days());
}

/// The last day of lessons that isn't after this one.
Date last_lessons(const Plan& plan, Date day) {
  while (!is_school_day(plan, day)) day = day.plus(-1);
  return day;
}

}  // namespace

bool is_school_day(const Plan& plan, Date day) {
  if (day.weekday() > 5) return false;
  return std::any_of(std::begin(kQuarters), std::end(kQuarters), [&](const Days& quarter) {
    return at(plan, quarter.from, quarter.from_day) <= day &&
           day <= at(plan, quarter.to, quarter.to_day);
  });
}

SampleOptions options_as_of(Date today) {
  SampleOptions options;
  options.year = today.school_year();
  if (today < *Date::from(options.year, 9, 15)) --options.year;
  const auto& last = kQuarters[std::size(kQuarters) - 1];
  options.until = std::min(today, *Date::from(options.year + 1, last.to, last.to_day));
  return options;
}

std::optional<std::string> quarter_ending(const Plan& plan, Date day) {
  for (const auto& quarter : kQuarters) {
    if (last_lessons(plan, at(plan, quarter.to, quarter.to_day)) == day) return quarter.code;
  }
  return std::nullopt;
}

std::optional<std::string> half_year_ending(const Plan& plan, Date day) {
  const auto quarter = quarter_ending(plan, day);
  if (quarter == "q2") return "h1";
  if (quarter == "q4") return "h2";
  return std::nullopt;
}

std::optional<Illness> illness_on(const Plan& plan, std::size_t pupil, Date day) {
  constexpr int kLongest = 7;
  for (int ago = 0; ago < kLongest; ++ago) {
    const auto since = day.plus(-ago);
    if (since.weekday() > 5) continue;
    Dice dice(Dice::of(plan.options.seed + 11, static_cast<std::uint64_t>(Kind::day),
                       number_of(pupil, since)));
    if (!dice.happens(0.012)) continue;
    const auto until = since.plus(dice.between(1, kLongest - 1));
    if (day <= until) return Illness{since, until};
  }
  return std::nullopt;
}

std::size_t lesson_index(const Plan& plan, const PlannedCourse& course, Date day, int number) {
  std::size_t count = 0;
  for (auto before = at(plan, 9, 1); before <= day; before = before.plus(1)) {
    if (!is_school_day(plan, before)) continue;
    for (const auto& slot : course.slots) {
      if (slot.weekday == before.weekday() && (before < day || slot.number < number)) ++count;
    }
  }
  return count;
}

bool is_control_lesson(const PlannedCourse& course, std::size_t index) {
  return course.has_control && index % 10 == 9;
}

std::optional<std::size_t> substitute_for(const Plan& plan, const PlannedCourse& course, Date day,
                                          int number) {
  Dice dice(Dice::of(plan.options.seed + 13, static_cast<std::uint64_t>(Kind::day),
                     number_of(course.teacher, day)));
  if (plan.is_at_branch(course) || !dice.happens(0.02)) return std::nullopt;
  const auto is_busy = [&](std::size_t teacher) {
    return std::any_of(plan.courses.begin(), plan.courses.end(), [&](const PlannedCourse& other) {
      return other.teacher == teacher &&
             std::any_of(other.slots.begin(), other.slots.end(), [&](const PlannedSlot& slot) {
               return slot.weekday == day.weekday() && slot.number == number;
             });
    });
  };
  for (auto teacher = kSecretary + 1; teacher < plan.staff.size(); ++teacher) {
    if (teacher == course.teacher || plan.staff[teacher].is_at_branch || is_busy(teacher)) continue;
    return teacher;
  }
  return std::nullopt;
}

int mark_value(const PlannedPupil& pupil, Dice& dice) {
  const double noise = static_cast<double>(dice.between(-100, 100)) / 100;
  return std::clamp(static_cast<int>(std::lround(2.4 + 2.4 * pupil.skill + noise)), 2, 5);
}

}  // namespace zimnik::journal::sample
