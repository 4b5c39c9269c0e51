// How a school stands at this moment, in figures for operators.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/hub.h"
#include "hub/site_ledger.h"
#include "sync/core/phrase.h"

namespace zimnik::hub {

/// One of the school's own sites.
struct SiteStatus {
  sync::SiteId id;
  std::string name;  ///< for people; empty where the hub knows none
  sync::SiteKind kind = sync::SiteKind::node;
  bool is_revoked = false;
  bool is_replaced = false;                      ///< nobody waits for it (successions.h)
  std::optional<sync::Time> exchange, complete;  ///< as SiteEntry has them
  bool has_met = false;                          ///< it was in exchange with this very hub
  std::uint64_t lacking = 0;                     ///< entries that it isn't known to hold
  std::optional<std::uint32_t> schema;           ///< its version; nothing where it doesn't say
  SiteSeen seen;

  bool is_at_work() const { return !is_revoked && !is_replaced; }
  /// Why it isn't in step with the hub; nothing where it is.
  std::optional<sync::Phrase> lag() const;
};

struct SchoolStatus {
  static constexpr std::int64_t kOldMs = std::int64_t{7} * 24 * 3600 * 1000;

  std::optional<sync::Time> exchange;  ///< the last of any site
  std::uint64_t leaves = 0, only_here = 0;
  std::size_t conflicts = 0;
  std::size_t old_conflicts = 0;  ///< of them, whose last side was entered more than kOldMs ago
  std::size_t listed = 0;         ///< what else people should look at
  std::size_t sites = 0, revoked = 0, forks = 0;
  std::size_t unfolded = 0;  ///< tables and groups of newer versions
  std::vector<SiteStatus> of_sites{};

  /// Of each site at work that isn't in step, why, in Russian; empty where all are.
  std::string lags() const;
  /// The most that a site at work lacks.
  std::uint64_t queue() const;
  /// By the first site at work whose last complete exchange it is; nothing where one had none.
  std::optional<sync::Time> complete() const;
};

/// Waits for the school's lock. Throws std::runtime_error where the school can't be read.
SchoolStatus status_of(Hub& hub, School& school);

}  // namespace zimnik::hub
