#include "schema/read/slips.h"

#include <algorithm>

#include "schema/query.h"
#include "schema/read/family.h"
#include "schema/read/people.h"

namespace zimnik::journal {

using sync::Database;

bool needs_paper(Database& database, std::int64_t pupil, Date today) {
  const auto guardians = guardians_of(database, pupil, today);
  return std::none_of(guardians.begin(), guardians.end(), [](const Guardian& guardian) {
    return guardian.has_access && guardian.consent.state == ConsentState::granted;
  });
}

std::optional<ClassSlips> class_slips(Database& database, std::int64_t school_class, Date day,
                                      bool only_paper, Date today) {
  constexpr int kSaturday = 5;
  const Snapshot snapshot(database);
  auto title = class_title(database, school_class);
  if (!title) return std::nullopt;
  ClassSlips slips{school_title(database), std::move(*title), day.monday(), {}};
  for (const auto& pupil : pupils_of_class(database, school_class, slips.monday.plus(kSaturday))) {
    if (only_paper && !needs_paper(database, pupil.id, today)) continue;
    if (auto week = diary_week(database, pupil.id, day)) slips.weeks.push_back(std::move(*week));
  }
  return slips;
}

}  // namespace zimnik::journal
