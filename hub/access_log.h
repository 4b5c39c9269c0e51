// Who looked at whose record, by day, in hub.db: parents at their children's diaries, operators at
// lists of persons, other systems through the API. Persons by their numbers in the school, never by
// name. Any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

struct Reader {
  /// Persisted: do not change.
  enum class Kind : std::uint8_t { family = 1, console = 2, api = 3 };
  Kind kind = Kind::family;
  std::int64_t account = 0;  ///< of a FamilyAccount, an OperatorAccount (0: by command), an ApiKey
  auto operator<=>(const Reader&) const = default;
};

/// One reader's looks at one person's record within a day (of UTC).
struct Access {
  Reader reader;
  sync::SchoolId school;
  std::int64_t person = 0;
  std::int64_t count = 0;
  sync::Time first, last;
};

class AccessLog {
 public:
  explicit AccessLog(HubDatabase& database) : database_(database) {}

  /// Each person counts once. Kept in memory until write().
  void note(const Reader& reader, const sync::SchoolId& school,
            const std::vector<std::int64_t>& persons, sync::Time now);
  /// Makes durable what was noted, in one transaction; what it throws leaves it to be written.
  void write();
  /// Looks between the moments, of one reader where it is given; in order of school and person. A
  /// day's looks lie between its first and its last one. Those that wait are written before.
  std::vector<Access> between(sync::Time from, sync::Time until,
                              const std::optional<Reader>& reader = {});

 private:
  struct Day {
    Reader reader;
    sync::SchoolId school;
    std::int64_t person = 0;
    std::int64_t day = 0;  ///< since 1970
    auto operator<=>(const Day&) const = default;
  };
  struct Looks {
    std::int64_t count = 0;
    sync::Time first, last;
  };

  HubDatabase& database_;
  std::mutex mutex_;
  std::map<Day, Looks> waiting_;  ///< for write()
  std::mutex write_mutex_;
  std::map<Day, Looks> being_written_;  ///< under that one
};

}  // namespace zimnik::hub
