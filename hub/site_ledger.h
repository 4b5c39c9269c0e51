// What the hub sees of each site when it calls, beside its exchange: until when its certificate
// holds, and how its clock goes. In hub.db. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

struct SiteSeen {
  std::optional<sync::Time> certificate_end;
  /// The site's clock less the hub's, in ms, when a head of its log came that it had just signed:
  /// above 0 its clock is ahead by so much at least, below 0 behind by so much at most, since the
  /// way takes time too.
  std::optional<std::int64_t> skew;
  /// Messages that it brought and that were refused: not authentic, of another school, or over
  /// bounds.
  std::int64_t refusals = 0;
  std::optional<sync::Time> last_refusal = {};
  std::string why_refused = {};  ///< the last one
};

class SiteLedger {
 public:
  explicit SiteLedger(HubDatabase& database) : database_(database) {}

  void note_certificate(const sync::SiteId& site, sync::Time end);
  void note_skew(const sync::SiteId& site, std::int64_t ms);
  /// A message of a certified site was refused; `why` is what it was told.
  void note_refusal(const sync::SiteId& site, const std::string& why, sync::Time now);
  SiteSeen seen(const sync::SiteId& site);  ///< of one that wasn't seen: nothing

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
