// A calendar as programs subscribe to it: iCalendar (RFC 5545). Pure; any thread.
//
// Times are of a zone that keeps one offset from UTC all the year, as those of Russia do.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "schema/dates.h"

namespace zimnik::hub {

struct CalendarTime {
  journal::Date date;
  std::string time;  ///< HH:MM; empty: the whole day
};

struct CalendarZone {
  std::string name;  ///< IANA
  int minutes = 0;   ///< east of UTC
};

struct CalendarEvent {
  std::string uid;
  CalendarZone zone;          ///< of all its times
  CalendarTime starts, ends;  ///< both of one kind; of a whole day the end is the day after
  std::string summary, description, location;
  /// It comes every week until that day.
  std::optional<journal::Date> weekly_until;
  std::set<journal::Date> left_out;        ///< of a weekly one: days on which it doesn't come
  std::optional<CalendarTime> instead_of;  ///< of the weekly event of this uid
  bool is_cancelled = false;
};

/// `usual` is described where no event is (a calendar has to have something in it). The same events
/// give the same bytes. Lines end by CRLF and are folded at 75 bytes, between characters.
std::string calendar_text(const std::string& name, const CalendarZone& usual,
                          const std::vector<CalendarEvent>& events);

}  // namespace zimnik::hub
