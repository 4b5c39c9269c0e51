#include "hub/delivery/ical.h"

#include <catch2/catch.hpp>

namespace zimnik::hub::test {
namespace {

using journal::Date;

const CalendarZone kUsual{"Asia/Yekaterinburg", 300};
const Date kMonday = Date::from(2026, 11, 23).value();

CalendarEvent lesson() {
  CalendarEvent event;
  event.uid = "1@school";
  event.zone = {"Asia/Yekaterinburg", 300};
  event.starts = {kMonday, "08:30"};
  event.ends = {kMonday, "09:10"};
  event.summary = "Алгебра";
  return event;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("a weekly event has its zone, its end in UTC and the days on which it doesn't come") {
  auto event = lesson();
  event.weekly_until = kMonday.plus(28);
  event.left_out = {kMonday.plus(7)};
  const auto text = calendar_text("Дневник", kUsual, {event});
  for (const char* line :
       {"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "TZOFFSETTO:+0500\r\n",
        "DTSTART;TZID=Asia/Yekaterinburg:20261123T083000\r\n",
        "DTEND;TZID=Asia/Yekaterinburg:20261123T091000\r\n",
        "RRULE:FREQ=WEEKLY;UNTIL=20261221T185959Z\r\n",
        "EXDATE;TZID=Asia/Yekaterinburg:20261130T083000\r\n", "END:VCALENDAR\r\n"}) {
    INFO(line);
    CHECK(has(text, line));
  }
}

TEST_CASE("the end of a day west of Greenwich is on the next one in UTC") {
  auto event = lesson();
  event.weekly_until = kMonday;
  event.zone = {"America/Caracas", -240};
  CHECK(has(calendar_text("x", kUsual, {event}), "UNTIL=20261124T035959Z"));
  event.zone = {"UTC", 0};
  CHECK(has(calendar_text("x", kUsual, {event}), "UNTIL=20261123T235959Z"));
}

TEST_CASE("a calendar without events has its zone all the same") {
  CHECK(has(calendar_text("x", kUsual, {}), "BEGIN:VTIMEZONE\r\nTZID:Asia/Yekaterinburg\r\n"));
}

TEST_CASE("lessons of schools in two zones are each at the hour of their school") {
  auto there = lesson();
  there.uid = "2@school";
  there.zone = {"Asia/Omsk", 360};
  const auto text = calendar_text("x", kUsual, {lesson(), there, lesson()});
  CHECK(has(text,
            "TZID:Asia/Omsk\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
            "TZOFFSETFROM:+0600\r\n"));
  CHECK(has(text, "TZOFFSETTO:+0500\r\n"));
  CHECK(has(text, "DTSTART;TZID=Asia/Omsk:20261123T083000\r\n"));
  CHECK(has(text, "DTSTART;TZID=Asia/Yekaterinburg:20261123T083000\r\n"));
  const auto first = text.find("TZID:Asia/Yekaterinburg");
  CHECK(text.find("TZID:Asia/Yekaterinburg", first + 1) == text.npos);
}

TEST_CASE("texts are escaped, and nothing in them begins a line") {
  auto event = lesson();
  event.summary = "a,b;c\\d\r\nATTENDEE:x\x01";
  CHECK(has(calendar_text("x", kUsual, {event}), "SUMMARY:a\\,b\\;c\\\\d\\nATTENDEE:x\r\n"));
}

TEST_CASE("long lines are folded between characters, and unfold to what they were") {
  auto event = lesson();
  event.summary.clear();
  for (int i = 0; i < 100; ++i) event.summary += "Щ";
  auto text = calendar_text("x", kUsual, {event});
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at);
    CHECK(end - at <= 75);
    CHECK((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
    if (text[at] == ' ') CHECK((static_cast<unsigned char>(text[at + 1]) & 0xC0) != 0x80);
    at = end + 2;
  }
  for (auto at = text.find("\r\n "); at != text.npos; at = text.find("\r\n ")) text.erase(at, 3);
  CHECK(has(text, "SUMMARY:" + event.summary + "\r\n"));
}

TEST_CASE("a whole day, a cancelled lesson and one at another time are said as such") {
  CalendarEvent day = lesson();
  day.starts = {kMonday, ""};
  day.ends = {kMonday.plus(1), ""};
  auto moved = lesson();
  moved.instead_of = CalendarTime{kMonday.plus(7), "08:30"};
  moved.is_cancelled = true;
  const auto text = calendar_text("x", kUsual, {day, moved});
  CHECK(has(text, "DTSTART;VALUE=DATE:20261123\r\nDTEND;VALUE=DATE:20261124\r\n"));
  CHECK(has(text, "RECURRENCE-ID;TZID=Asia/Yekaterinburg:20261130T083000\r\nSTATUS:CANCELLED\r\n"));
}

}  // namespace zimnik::hub::test
