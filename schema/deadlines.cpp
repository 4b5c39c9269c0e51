#include "schema/deadlines.h"

#include <algorithm>
#include <limits>

namespace zimnik::journal {

namespace {

constexpr std::int64_t kZoneSeconds = 5 * 3600, kDaySeconds = 24 * 3600,
                       kDayMs = kDaySeconds * 1000;
constexpr int kLastSecond = static_cast<int>(kDaySeconds) - 1;
constexpr int kAttendanceMinutes = 20;
constexpr int kLastWeekDays = 7;

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// Of HH:MM.
int seconds_of(std::string_view time) {
  const auto digits = [&](std::size_t at) { return (time[at] - '0') * 10 + time[at + 1] - '0'; };
  return (digits(0) * 60 + digits(3)) * 60;
}

}  // namespace

std::string LocalTime::text() const {
  return date.russian() + " " + two_digits(second / 3600) + ":" + two_digits(second / 60 % 60);
}

LocalTime local_time(sync::Time time) {
  const auto moment = time.ms + kZoneSeconds * 1000;
  auto day = moment / kDayMs, of_day = moment % kDayMs;
  if (of_day < 0) of_day += kDayMs, --day;
  return {Date::from_days(static_cast<std::int32_t>(day)), static_cast<int>(of_day / 1000)};
}

std::optional<sync::Time> moment_from(std::string_view text) {
  constexpr std::size_t kDay = 10, kAll = 16;
  if (text.size() != kAll || text[kDay] != 'T') return std::nullopt;
  const auto date = Date::parse(text.substr(0, kDay));
  const auto time = text.substr(kDay + 1);
  if (!date || !is_time_of_day(time)) return std::nullopt;
  return sync::Time{(std::int64_t{date->days()} * kDaySeconds + seconds_of(time) - kZoneSeconds) *
                    1000};
}

LocalTime attendance_deadline(Date lesson, std::string_view bell) {
  if (!is_time_of_day(bell)) return lesson_deadline(lesson);
  return {lesson, seconds_of(bell) + kAttendanceMinutes * 60};
}

LocalTime lesson_deadline(Date lesson) { return {lesson, kLastSecond}; }
LocalTime marks_deadline(Date lesson, int deadline_days) {
  return {lesson.plus(deadline_days), kLastSecond};
}
LocalTime finals_deadline(Date period_ends) { return {period_ends, kLastSecond}; }
LocalTime finals_opening(Date period_ends) { return {period_ends.plus(1 - kLastWeekDays), 0}; }
sync::Time visibility_deadline(sync::Time entered) {
  constexpr auto kLast = std::numeric_limits<std::int64_t>::max() - kDayMs;
  return {std::min(entered.ms, kLast) + kDayMs};  // times are others' numbers
}

}  // namespace zimnik::journal
