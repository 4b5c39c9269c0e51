// A pupil's school year as events of a calendar: lessons of the timetable, with what was moved,
// taken off, substituted or is a control work; holidays and days off.
#pragma once

#include <string>
#include <vector>

#include "hub/delivery/ical.h"
#include "sync/store/database.h"
#include "sync/web/catalogue.h"

namespace zimnik::hub {

/// Of the school year that `today` belongs to. `name` stands before each lesson; may be empty. The
/// uids end by `domain`, and are the same each time. Says nothing of who may have them.
std::vector<CalendarEvent> calendar_events(sync::Database& database, std::int64_t pupil,
                                           const std::string& name, const std::string& domain,
                                           journal::Date today, const web::Translator& translate);

}  // namespace zimnik::hub
