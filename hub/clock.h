// Moments, and what they are to people of a place.
#pragma once

#include <functional>
#include <string>

#include "schema/dates.h"
#include "sync/core/ids.h"
#include "sync/store/database.h"

namespace zimnik::hub {

using Clock = std::function<sync::Time()>;
sync::Time system_time();

/// A moment as the clock on the wall shows it.
struct WallTime {
  journal::Date date;
  int hour = 0, minute = 0;
  std::string text() const;  ///< 14:05 23.11.2026
};
/// In a time zone by its IANA name; of one that isn't known, in UTC. Any thread.
WallTime wall_time(sync::Time time, const std::string& zone);

/// The time zone of a school, whose database that is; empty where it isn't known.
std::string zone_of(sync::Database& database);

/// For those who run the region's server, by their own clock on the wall.
std::string moment_for_operators(sync::Time time);
WallTime operators_time(sync::Time time);
/// The moment when that clock shows this; in an hour that it shows twice, one of the two.
sync::Time moment_of_operators(const WallTime& wall);

}  // namespace zimnik::hub
