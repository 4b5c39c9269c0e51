// What pupils have in a OneRoster archive: work types, works, marks, results of periods,
// attendance.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "hub/api/oneroster_tables.h"
#include "schema/read/courses.h"
#include "schema/read/periods.h"
#include "sync/store/database.h"

namespace zimnik::hub {

/// The school year of an archive that is filled.
struct RosterYear {
  sync::Database& database;
  std::string org;  ///< the school's sourcedId
  journal::Date today;
  int year = 0;
  journal::Date ends;  ///< its last day
  std::vector<journal::Period> periods;
  RosterTables& tables;
  const std::set<std::int64_t>& users;  ///< who is in the archive

  /// Of the session that a period is; of the year itself for an empty code.
  std::string session_id(const std::string& code) const {
    return org + "-" + std::to_string(year) + (code.empty() ? "" : "-" + code);
  }
};

// The sourcedIds that tables have in common.
inline std::string roster_person_id(std::int64_t person) { return "p" + std::to_string(person); }
inline std::string roster_lessons_id(std::int64_t course) { return "l" + std::to_string(course); }

void add_roster_marks(const RosterYear& year, const std::vector<journal::CourseTitle>& courses);

}  // namespace zimnik::hub
