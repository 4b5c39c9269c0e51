#include "schema/deadlines.h"

#include <catch2/catch.hpp>
#include <limits>

namespace zimnik::journal {
namespace {

Date day(const char* text) { return *Date::parse(text); }
/// A moment of UTC, in seconds of the day.
LocalTime at(const char* date, std::int64_t second) {
  return local_time({(std::int64_t{day(date).days()} * 86'400 + second) * 1000});
}
constexpr std::int64_t of_day(int hour, int minute, int second) {
  return hour * 3600 + minute * 60 + second;
}

TEST_CASE("the school's clock is five hours ahead of UTC, over midnight too") {
  CHECK(at("2025-10-01", of_day(5, 0, 0)).text() == "01.10.2025 10:00");
  CHECK(at("2025-12-31", of_day(19, 30, 0)).text() == "01.01.2026 00:30");
  CHECK(local_time({-1}).text() == "01.01.1970 04:59");
  CHECK(local_time({-6LL * 3600 * 1000}).text() == "31.12.1969 23:00");
}

TEST_CASE("a moment is read as it is typed, and what is none isn't") {
  CHECK(local_time(moment_from("2025-10-01T10:05").value()).text() == "01.10.2025 10:05");
  for (const auto* text : {"", "2025-10-01", "2025-10-01 10:05", "2025-02-30T10:05",
                           "2025-10-01T24:00", "2025-10-01T10:05:00"}) {
    CHECK_FALSE(moment_from(text));
  }
}

TEST_CASE("at 08:50:00 an absence is in time for a bell at 08:30, at 08:50:01 it is late") {
  const auto deadline = attendance_deadline(day("2025-10-01"), "08:30");
  CHECK(at("2025-10-01", of_day(3, 50, 0)) <= deadline);
  CHECK(at("2025-10-01", of_day(3, 50, 1)) > deadline);
  CHECK(at("2025-09-30", of_day(18, 59, 59)) <= deadline);
}

TEST_CASE("where no bell is known an absence is due on its day") {
  for (const auto* bell : {"", "8:30", "25:00", "утро"}) {
    CHECK(attendance_deadline(day("2025-10-01"), bell) == lesson_deadline(day("2025-10-01")));
  }
}

TEST_CASE("marks are due on the lesson's day, or so many days later, to that day's last second") {
  CHECK(at("2025-10-01", of_day(18, 59, 59)) <= marks_deadline(day("2025-10-01"), 0));
  CHECK(at("2025-10-01", of_day(19, 0, 0)) > marks_deadline(day("2025-10-01"), 0));
  CHECK(at("2025-10-08", of_day(18, 59, 59)) <= marks_deadline(day("2025-10-01"), 7));
  CHECK(at("2025-10-08", of_day(19, 0, 0)) > marks_deadline(day("2025-10-01"), 7));
  CHECK(at("2025-10-24", of_day(18, 0, 0)) <= finals_deadline(day("2025-10-24")));
}

TEST_CASE("results are given in a period's last seven days, and seen within 24 hours") {
  CHECK(finals_opening(day("2025-10-24")) == LocalTime{day("2025-10-18"), 0});
  CHECK(visibility_deadline({1000}).ms == 86'401'000);
  constexpr auto kLast = std::numeric_limits<std::int64_t>::max();
  CHECK(visibility_deadline({kLast}).ms == kLast);
}

}  // namespace
}  // namespace zimnik::journal
