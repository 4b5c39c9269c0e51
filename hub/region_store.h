// What the region knows of its schools beside their journals: names, sites, and when each site
// was last in exchange. In hub.db. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/hub_database.h"
#include "sync/core/ids.h"
#include "sync/core/site.h"

namespace zimnik::hub {

struct SchoolEntry {
  sync::SchoolId id;
  std::string name;
};

struct SiteEntry {
  sync::SiteId id;
  sync::SchoolId school;
  std::string name;  ///< for people
  sync::SiteKind kind = sync::SiteKind::node;
  bool is_revoked = false;
  /// Another goes on from it, and it wasn't in exchange since: one that was is a twin, and alive.
  bool is_succeeded = false;
  std::optional<sync::Time> exchange{};  ///< the last one, by the hub's clock
  /// The last exchange after which the site had nothing more to send: all that it had then is here.
  std::optional<sync::Time> complete{};
};

/// That a site goes on from another, and how the hub came to know.
struct SuccessionEntry {
  /// Persisted: do not change.
  enum class Known : std::uint8_t {
    proven = 0,   ///< the other's key signed for it, and the hub certified it
    claimed = 1,  ///< it said so when it enrolled, with a token
    logged = 2,   ///< it stands in the other's log
  };
  sync::SiteId from, to;
  sync::SchoolId school;
  Known known = Known::proven;
  sync::Time at;  ///< by the hub's clock
};

/// How many sites may go on from others in a day: each stays known for good.
struct SuccessionBounds {
  int school = 32;
  int chain = 4;  ///< from one site and those that go on from it
};

class RegionStore {
 public:
  explicit RegionStore(HubDatabase& database) : database_(database) {}

  std::string region();  ///< empty where it has none yet
  void set_region(const std::string& name);

  void add_school(const SchoolEntry& school, sync::Time now);
  void drop_school(const sync::SchoolId& id);  ///< what is known of its sites and people stays
  std::vector<SchoolEntry> schools();          ///< in order of their names

  void add_site(const SiteEntry& site, sync::Time now);  ///< one that is there stays
  std::optional<SiteEntry> site(const sync::SiteId& id);
  /// In the order of enrolment.
  std::vector<SiteEntry> sites_of(const sync::SchoolId& school);
  /// That it was found so now; it stays as it was noted where nothing has changed.
  void note_revoked(const sync::SiteId& site, bool is_revoked, sync::Time now);
  /// A site proved that it goes on from another; one that is noted does so again from now on. False
  /// where the school, or the other's chain, has had too many in the day before now. Those from or
  /// to sites that are revoked don't count.
  bool note_succession(const sync::SiteId& from, const SiteEntry& to, sync::Time now,
                       const SuccessionBounds& most = {});
  /// One that nobody proved here. One that is noted stays; but what a log says comes before a
  /// claim.
  void note_succession(const SuccessionEntry& succession);
  std::vector<SuccessionEntry> successions_of(const sync::SchoolId& school);  ///< by their times
  /// Sites that others go on from, and that weren't in exchange since.
  std::vector<sync::SiteId> replaced_in(const sync::SchoolId& school);
  void note_exchange(const sync::SchoolId& school, const sync::SiteId& site, sync::Time now,
                     bool is_complete);

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
