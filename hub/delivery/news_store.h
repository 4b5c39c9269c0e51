// Who is told of whom, and what they know, in hub.db. What was told is noted in the transaction
// that queues its letter: whatever is scanned twice, or comes twice, is told once. Any thread.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "hub/delivery/changes.h"
#include "hub/delivery/kinds.h"
#include "hub/hub_database.h"
#include "schema/dates.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

/// What an account is told of a pupil.
struct NewsKey {
  std::int64_t account = 0;
  std::int64_t pupil = 0;
  LetterKind kind = LetterKind::absences;
  auto operator<=>(const NewsKey&) const = default;
};

class NewsStore {
 public:
  explicit NewsStore(HubDatabase& database) : database_(database) {}

  /// What of the school is told to whom.
  std::set<NewsKey> watched(const sync::SchoolId& school);
  /// Begins: what stands there now is noted, and not told. Nothing where it had begun.
  void begin(const sync::SchoolId& school, const NewsKey& key, const AllStanding& standing,
             sync::Time now);
  /// Ends: once it begins again, what came meanwhile isn't told.
  void end(const sync::SchoolId& school, const NewsKey& key);
  /// Queues one letter of what changed at places that don't sort before `from`; its id, or nothing
  /// where nothing is to be told. `domain` is of its Message-ID.
  std::optional<std::int64_t> tell(const sync::SchoolId& school, const NewsKey& key,
                                   const std::string& from, const AllStanding& standing,
                                   const std::string& domain, sync::Time now);
  /// What a letter is about, in order of the places: less than it was where newer letters tell of
  /// some of it.
  std::vector<Change> told_by(std::int64_t letter);

  /// The last day whose digests were made; nothing where none were.
  std::optional<journal::Date> digest_day(const sync::SchoolId& school, LetterKind kind);
  void note_digest(const sync::SchoolId& school, LetterKind kind, journal::Date day);

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
