// What stands in letters about a pupil: the values of their templates. Reads the school's journal;
// says nothing of who may have it.
#pragma once

#include <optional>
#include <vector>

#include "hub/delivery/changes.h"
#include "schema/dates.h"
#include "schema/deadlines.h"
#include "sync/store/database.h"
#include "sync/web/catalogue.h"
#include "sync/web/values.h"

namespace zimnik::hub {

/// Of a letter on absences: one alone in the school's own words, several as a list, corrections
/// apart. Nothing where no lesson of them is known any more.
std::optional<web::Values> absence_values(sync::Database& database, std::int64_t pupil,
                                          const std::vector<Change>& changes,
                                          journal::LocalTime sent);
/// Of a day's marks, those that were changed or taken back too. Nothing as above.
std::optional<web::Values> marks_values(sync::Database& database, std::int64_t pupil,
                                        const std::vector<Change>& changes, journal::Date today);
/// Of the diary's week that begins there; nothing where there is no such pupil.
std::optional<web::Values> diary_values(sync::Database& database, std::int64_t pupil,
                                        journal::Date monday, journal::Date today,
                                        const web::Translator& translate);

}  // namespace zimnik::hub
