// What a hub that was restored from a backup has to remember of that, in hub.db. Any thread.
//
// A restored school is closed until its sites were heard, or an operator opened it: recovery.h says
// why.
#pragma once

#include <optional>
#include <vector>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

/// A backup, and when a hub was restored from it.
struct Restoration {
  sync::Time copied, restored;
};

/// A school that was restored.
struct Recovery {
  Restoration from;
  std::optional<sync::Time> opened{};  ///< nothing: it is closed
};

/// What came from a site since its school was restored, up to the end of its first whole exchange.
struct Heard {
  sync::SiteId site;
  std::uint64_t leaves = 0;              ///< that the backup didn't have
  std::optional<sync::Time> complete{};  ///< when all that it had was here
};

class RecoveryStore {
 public:
  explicit RecoveryStore(HubDatabase& database) : database_(database) {}

  /// The latest; nothing where this hub was never restored.
  std::optional<Restoration> last();
  void note_restoration(const Restoration& restoration);

  /// The school is closed from now on, and nobody was heard.
  void close(const sync::SchoolId& school, const Restoration& restoration);
  void open(const sync::SchoolId& school, sync::Time now);  ///< one that is open stays as it is
  /// Nothing of a school that wasn't restored.
  std::optional<Recovery> of(const sync::SchoolId& school);
  bool is_closed(const sync::SchoolId& school);

  /// Leaves that came from a site. Once it was heard wholly, nothing changes any more.
  void note_heard(const sync::SchoolId& school, const Heard& heard);
  std::vector<Heard> heard(const sync::SchoolId& school);

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
