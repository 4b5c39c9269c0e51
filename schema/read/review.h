// What the engine lists for people to look at, in the journal's words. The values that didn't win
// are in Replica::history; commands/resolve.h writes what a person decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/lesson_key.h"
#include "sync/core/value.h"
#include "sync/store/database.h"
#include "sync/store/listed.h"

namespace zimnik::journal {

/// A cell or a whole row, and what its key says of it.
struct Place {
  std::string table;
  std::string group;  ///< empty where it is about the whole row
  sync::Key key;
  std::optional<LessonKey> lesson;     ///< of what stands on a journal's page
  std::optional<std::int64_t> pupil;   ///< whom it is about, where its key names one
  std::optional<std::int64_t> person;  ///< likewise, of the tables of people
};
/// Nothing where it isn't of this version's tables.
std::optional<Place> place_of(std::uint32_t table, const sync::Key& key, std::uint32_t group);

struct ReviewItem : Place {
  sync::Listed::Reason reason = sync::Listed::Reason::conflict;
};

/// All that is listed. What isn't of this version's tables is left out.
std::vector<ReviewItem> review_items(sync::Database& database);
/// Of one course's page.
std::vector<ReviewItem> review_items_of(sync::Database& database, std::int64_t course);

}  // namespace zimnik::journal
