#include "hub/delivery/ical.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace zimnik::hub {
namespace {

using journal::Date;

constexpr std::size_t kLineBytes = 75;
constexpr int kDayMinutes = 24 * 60;

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// RFC 5545, 3.1: a line that goes on begins with a blank.
std::string folded(const std::string& line) {
  std::string text;
  std::size_t at = 0;
  for (std::size_t room = kLineBytes; line.size() - at > room; room = kLineBytes - 1) {
    auto end = at + room;
    while (end > at + 1 && is_continuation(line[end])) --end;
    text += line.substr(at, end - at) + "\r\n ";
    at = end;
  }
  return text + line.substr(at) + "\r\n";
}

/// RFC 5545, 3.3.11. What else is below a blank has no place in a text.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      result += std::string("\\") + c;
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) {
      result += c;
    }
  }
  return result;
}

std::string digits(Date date) {
  auto text = date.text();
  std::erase(text, '-');
  return text;
}

std::string digits(const CalendarTime& time) {
  if (time.time.empty()) return digits(time.date);
  return digits(time.date) + "T" + time.time.substr(0, 2) + time.time.substr(3, 2) + "00";
}

std::string offset_text(int minutes) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%c%02d%02d", minutes < 0 ? '-' : '+',
                std::abs(minutes) / 60, std::abs(minutes) % 60);
  return text.data();
}

/// The last minute of the day there, in UTC (3.3.10: UNTIL is in UTC where the event has a zone).
std::string end_of_day(Date date, const CalendarZone& zone) {
  const int minute = kDayMinutes - 1 - zone.minutes;
  const int day = minute < 0 ? -1 : minute >= kDayMinutes ? 1 : 0;
  const int rest = minute - day * kDayMinutes;
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "T%02d%02d59Z", rest / 60, rest % 60);
  return digits(date.plus(day)) + text.data();
}

/// Writes one calendar. One use.
class Writer {
 public:
  std::string write(const std::string& name, const CalendarZone& usual,
                    const std::vector<CalendarEvent>& events) {
    for (const auto& line :
         {std::string("BEGIN:VCALENDAR"), std::string("VERSION:2.0"),
          std::string("PRODID:-//Zimnik//School diary//RU"), std::string("CALSCALE:GREGORIAN"),
          std::string("METHOD:PUBLISH"), "X-WR-CALNAME:" + escaped(name),
          std::string("REFRESH-INTERVAL;VALUE=DURATION:PT6H"),
          std::string("X-PUBLISHED-TTL:PT6H")}) {
      line_of(line);
    }
    if (events.empty()) write_zone(usual.name, offset_text(usual.minutes));
    write_zones(events);
    for (const auto& event : events) write_event(event);
    line_of("END:VCALENDAR");
    return text_;
  }

 private:
  void line_of(const std::string& line) { text_ += folded(line); }

  void write_zones(const std::vector<CalendarEvent>& events) {
    std::map<std::string, int> zones;
    for (const auto& event : events) zones.emplace(event.zone.name, event.zone.minutes);
    for (const auto& [name, minutes] : zones) write_zone(name, offset_text(minutes));
  }

  void write_zone(const std::string& name, const std::string& offset) {
    line_of("BEGIN:VTIMEZONE");
    line_of("TZID:" + name);
    line_of("BEGIN:STANDARD");
    line_of("DTSTART:19700101T000000");
    line_of("TZOFFSETFROM:" + offset);
    line_of("TZOFFSETTO:" + offset);
    line_of("END:STANDARD");
    line_of("END:VTIMEZONE");
  }

  void moment(const std::string& name, const CalendarTime& time, const CalendarEvent& event) {
    line_of(name + (time.time.empty() ? ";VALUE=DATE:" : ";TZID=" + event.zone.name + ":") +
            digits(time));
  }

  void write_event(const CalendarEvent& event) {
    line_of("BEGIN:VEVENT");
    line_of("UID:" + escaped(event.uid));
    // Not the moment at which it is written: the same calendar is the same bytes.
    line_of("DTSTAMP:" + digits(event.starts.date) + "T000000Z");
    moment("DTSTART", event.starts, event);
    moment("DTEND", event.ends, event);
    if (event.weekly_until) write_rule(event);
    if (event.instead_of) moment("RECURRENCE-ID", *event.instead_of, event);
    if (event.is_cancelled) line_of("STATUS:CANCELLED");
    line_of("SUMMARY:" + escaped(event.summary));
    if (!event.description.empty()) line_of("DESCRIPTION:" + escaped(event.description));
    if (!event.location.empty()) line_of("LOCATION:" + escaped(event.location));
    line_of("TRANSP:TRANSPARENT");
    line_of("END:VEVENT");
  }

  void write_rule(const CalendarEvent& event) {
    const bool is_day = event.starts.time.empty();
    line_of("RRULE:FREQ=WEEKLY;UNTIL=" +
            (is_day ? digits(*event.weekly_until) : end_of_day(*event.weekly_until, event.zone)));
    for (const auto date : event.left_out) moment("EXDATE", {date, event.starts.time}, event);
  }

  std::string text_;
};

}  // namespace

std::string calendar_text(const std::string& name, const CalendarZone& usual,
                          const std::vector<CalendarEvent>& events) {
  return Writer().write(name, usual, events);
}

}  // namespace zimnik::hub
