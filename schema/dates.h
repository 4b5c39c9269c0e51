// Days as the journal knows them: without a time zone. Pure; any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zimnik::journal {

/// A day of the proleptic Gregorian calendar. Always one that exists.
class Date {
 public:
  Date() = default;  ///< 1970-01-01
  /// Reads YYYY-MM-DD, years 1900 to 2199; nothing where it is no such day.
  static std::optional<Date> parse(std::string_view text);
  static std::optional<Date> from(int year, int month, int day);
  static Date from_days(std::int32_t days_since_1970) { return Date(days_since_1970); }

  std::string text() const;                                             ///< YYYY-MM-DD
  std::string russian() const;                                          ///< ДД.ММ.ГГГГ
  std::string day_and_month() const { return russian().substr(0, 5); }  ///< ДД.ММ
  int year() const;
  int month() const;
  int day() const;
  int weekday() const;  ///< 1 Monday … 7 Sunday
  std::int32_t days() const { return days_; }
  Date plus(int days) const { return Date(days_ + days); }
  Date monday() const { return plus(1 - weekday()); }  ///< of its week
  /// The school year that it belongs to, by the year in which that begins: from 1 August on.
  int school_year() const { return month() >= 8 ? year() : year() - 1; }

  auto operator<=>(const Date&) const = default;

 private:
  explicit Date(std::int32_t days) : days_(days) {}
  std::int32_t days_ = 0;
};

/// Whether the text is a time of day HH:MM.
bool is_time_of_day(std::string_view text);

}  // namespace zimnik::journal
