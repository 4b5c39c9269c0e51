// Which acts are in force and what they make void. Law 8.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "sync/core/ids.h"
#include "sync/core/site.h"
#include "sync/core/transaction.h"

namespace zimnik::sync {

/// An act as it lies in a log.
struct PlacedAct {
  Hash hash;
  SiteId site;
  std::uint64_t seq = 0;   ///< in the site's shared log
  std::uint16_t rank = 0;  ///< of its transaction
  Act act;
};

/// What is known of a site.
struct KnownSite {
  SiteKind kind = SiteKind::node;
  bool certified = false;               ///< its record is signed by the authority
  std::vector<SiteId> vouched_by = {};  ///< sites whose logs hold a succession to it
};
using KnownSites = std::map<SiteId, KnownSite>;

/// A site's leaves are void from these seqs on.
struct Starts {
  std::uint64_t shared = UINT64_MAX;
  std::uint64_t school = UINT64_MAX;

  bool cover(const LogId& log, std::uint64_t seq) const {
    return seq >= (log.stream == Stream::shared ? shared : school);
  }
  bool operator==(const Starts&) const = default;
};
using VoidedSites = std::map<SiteId, Starts>;

/// The rank that an act counts with: its transaction's, at most the cap of its site's kind.
std::uint16_t rank_of(const PlacedAct& act, const KnownSites& sites);
/// Whether that is the least that such an act needs.
bool has_power(const PlacedAct& act, const KnownSites& sites);

/// What is void, as a pure function of the acts and sites held.
class Verdict {
 public:
  Verdict() = default;
  Verdict(std::span<const PlacedAct> acts, const KnownSites& sites);

  bool in_force(const Hash& act) const { return in_force_.contains(act); }
  /// Whether a site's leaf at this place is void, whatever it holds but an act.
  bool voids_leaf(const LogId& log, std::uint64_t seq) const;
  /// Whether a site's leaves are all void because nobody who stands vouches for it.
  bool has_fallen(const SiteId& site) const { return fallen_.contains(site); }
  /// Whether an act voids what this site writes from now on, or nobody who stands vouches for it.
  bool revokes(const SiteId& site) const { return sites_.contains(site) || has_fallen(site); }
  /// Whether an edit is void, by its account or its site.
  bool voids_edit(const LogId& log, std::uint64_t seq, const std::string& author, Time time) const;
  bool forgets(const Value& person) const { return forgotten_.contains(person); }
  bool forgets_any() const { return !forgotten_.empty(); }
  const std::set<Value>& forgotten() const { return forgotten_; }
  /// Whether nothing at all is void.
  bool is_clear() const { return accounts_.empty() && sites_.empty() && fallen_.empty(); }
  bool operator==(const Verdict&) const = default;

 private:
  struct Interval {
    Time from;
    std::optional<Time> until;
    auto operator<=>(const Interval&) const = default;
  };
  static void merge(std::vector<Interval>& intervals);

  std::set<Hash> in_force_;
  std::map<std::string, std::vector<Interval>> accounts_;  ///< ascending, not touching
  VoidedSites sites_;
  std::set<SiteId> fallen_;
  std::set<Value> forgotten_;
};

}  // namespace zimnik::sync
