// What of a child's diary an account has seen, in hub.db: as of its last visit, and of the one
// before it, so that a page can say what was corrected in between. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

/// What stood where, by the place's name.
using SeenValues = std::map<std::string, std::string>;

struct SeenKey {
  std::int64_t account = 0;
  sync::SchoolId school;
  std::int64_t pupil = 0;
  auto operator<=>(const SeenKey&) const = default;
};

struct Seen {
  SeenValues values;
  sync::Time at;  ///< when that visit began
};

class SeenStore {
 public:
  /// Pages within so long after a visit's first belong to it.
  static constexpr std::int64_t kVisitMs = std::int64_t{30} * 60 * 1000;

  explicit SeenStore(HubDatabase& database) : database_(database) {}

  struct Visit {
    std::optional<Seen> before;  ///< what was seen at the one before; nothing at the first
    sync::Time until;            ///< when a page begins another one
  };
  /// Notes what a page shows now. Kept in memory until write().
  Visit note(const SeenKey& key, const SeenValues& values, sync::Time now);
  /// Makes durable what was noted, in one transaction; what it throws leaves it to be written. One
  /// thread at a time; pages don't wait for it.
  void write();

 private:
  struct Visits {
    std::optional<Seen> before, last;
  };
  Visits visits_of(const SeenKey& key);
  std::optional<Visits> waiting_of(const SeenKey& key) const;  ///< REQUIRES: the lock

  HubDatabase& database_;
  std::mutex mutex_;
  std::map<SeenKey, Visits> waiting_;        ///< for write()
  std::map<SeenKey, Visits> being_written_;  ///< by it
};

}  // namespace zimnik::hub
