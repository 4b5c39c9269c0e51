// What was corrected or taken back in a diary since a family saw it last.
#pragma once

#include <string>
#include <vector>

#include "hub/seen_store.h"
#include "schema/dates.h"
#include "schema/lesson_key.h"
#include "sync/store/database.h"
#include "sync/web/catalogue.h"
#include "sync/web/values.h"

namespace zimnik::hub {

/// Back from today: what stands in lessons before that isn't compared.
inline constexpr int kCorrigibleDays = 60;

/// The marks and absences of a pupil of the last days, and the results of the school year.
SeenValues corrigible_values(sync::Database& database, std::int64_t pupil, journal::Date today);

/// What stood there before and stands there no more. New entries aren't among them. Pure.
struct Correction {
  std::string place;
  std::string former;
  std::string value;  ///< empty: taken back
};
std::vector<Correction> corrections_between(const Seen& before, const SeenValues& now,
                                            journal::Date today);

/// For the template `corrections`: those of courses that are still known, and since when.
web::Values corrections_values(sync::Database& database, const std::vector<Correction>& corrections,
                               sync::Time since, const std::string& zone,
                               const web::Translator& translate);

}  // namespace zimnik::hub
