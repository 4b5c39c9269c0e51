// What families said ahead of absences.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/read/people.h"
#include "sync/core/ids.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct AnnouncedAbsence {
  std::int64_t pupil = 0;
  PersonName name;  ///< of the pupil
  Date since, until;
  std::string reason;  ///< empty where it can't be read here
  PersonName author;
  std::optional<sync::Time> sent_at;
  /// An excuse covers its first day: the class teacher has made a document of it.
  bool is_entered = false;
};
/// Of these pupils, those that touch the days from `from` to `to`; in order of day and name.
std::vector<AnnouncedAbsence> absence_notices(sync::Database& database,
                                              const std::vector<std::int64_t>& pupils, Date from,
                                              Date to);

}  // namespace zimnik::journal
