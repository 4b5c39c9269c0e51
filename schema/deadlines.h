// When what is entered is due, by the regulation. Judged by the time of entry at the node, never by
// arrival at the hub. Pure; any thread.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "schema/dates.h"
#include "sync/core/ids.h"

namespace zimnik::journal {

/// By the school's clock: the time of Yekaterinburg, UTC+5 all the year, which all of Yugra keeps.
struct LocalTime {
  Date date;
  int second = 0;  ///< of the day
  auto operator<=>(const LocalTime&) const = default;

  std::string text() const;  ///< ДД.ММ.ГГГГ ЧЧ:ММ
};
LocalTime local_time(sync::Time time);
/// Of YYYY-MM-DDTHH:MM by the same clock; nothing where it is no such moment.
std::optional<sync::Time> moment_from(std::string_view text);

/// The last moment that is in time. «н» within 20 minutes of the bell, the end of the day where no
/// bell is known (clause 2.9; `bell` is HH:MM).
LocalTime attendance_deadline(Date lesson, std::string_view bell);
/// Topic and homework: the lesson's own day (2.6, 2.7).
LocalTime lesson_deadline(Date lesson);
/// Marks: the same day, or so many days later by the kind of work (2.5, 2.11, 2.12).
LocalTime marks_deadline(Date lesson, int deadline_days);
/// Results of a period: its last day, before the holidays (2.13).
LocalTime finals_deadline(Date period_ends);
/// From when on they are given: the last seven days (2.13).
LocalTime finals_opening(Date period_ends);
/// By when parents see a result that was entered then: within 24 hours (1.6.6).
sync::Time visibility_deadline(sync::Time entered);

}  // namespace zimnik::journal
