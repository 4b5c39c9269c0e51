#include "hub/clock.h"

#include <boost/locale/date_time.hpp>
#include <boost/locale/generator.hpp>
#include <chrono>
#include <cstdio>

#include "schema/query.h"
#include "schema/words.h"

namespace zimnik::hub {
namespace {

const std::locale& calendars() {
  static const std::locale locale = [] {
    boost::locale::generator generator;
    generator.categories(boost::locale::calendar_facet);
    return generator("ru_RU.UTF-8");
  }();
  return locale;
}

constexpr const char* kOperatorsZone = "Asia/Yekaterinburg";  // which all of Yugra keeps

}  // namespace

sync::Time system_time() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

std::string WallTime::text() const {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%02d:%02d ", hour, minute);
  return buffer + date.russian();
}

WallTime wall_time(sync::Time time, const std::string& zone) {
  namespace period = boost::locale::period;
  const boost::locale::calendar calendar(calendars(), zone.empty() ? "UTC" : zone);
  const boost::locale::date_time moment(static_cast<double>(time.ms) / 1000, calendar);
  const auto date = journal::Date::from(moment.get(period::year()), moment.get(period::month()) + 1,
                                        moment.get(period::day()));
  return {date.value_or(journal::Date()), moment.get(period::hour()), moment.get(period::minute())};
}

std::string zone_of(sync::Database& database) {
  auto zone = journal::one_text(database, "SELECT time_zone FROM school WHERE id = 1", {});
  return zone && journal::is_time_zone_name(*zone) ? *zone : "";
}

std::string moment_for_operators(sync::Time time) { return operators_time(time).text(); }

WallTime operators_time(sync::Time time) { return wall_time(time, kOperatorsZone); }

sync::Time moment_of_operators(const WallTime& wall) {
  const auto as_utc = [](const WallTime& it) {
    return ((std::int64_t{it.date.days()} * 24 + it.hour) * 60 + it.minute) * 60'000;
  };
  sync::Time moment{as_utc(wall)};
  // Twice: the first guess may lie beyond a change of the zone's offset.
  for (int i = 0; i < 2; ++i) moment.ms += as_utc(wall) - as_utc(operators_time(moment));
  return moment;
}

}  // namespace zimnik::hub
