// What the hub sees of each site when it calls, beside its exchange: until when its certificate
// holds, and how its clock goes. In hub.db. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

struct SiteSeen {
  std::optional<sync::Time> certificate_end;
  /// The site's clock less the hub's, in ms, when a head of its log came that it had just signed:
  /// above 0 its clock is ahead by so much at least, below 0 behind by so much at most, since the
  /// way takes time too.
  std::optional<std::int64_t> skew;
};

class SiteLedger {
 public:
  explicit SiteLedger(HubDatabase& database) : database_(database) {}

  void note_certificate(const sync::SiteId& site, sync::Time end);
  void note_skew(const sync::SiteId& site, std::int64_t ms);
  SiteSeen seen(const sync::SiteId& site);  ///< of one that wasn't seen: nothing

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
