// The acts and sites that this replica holds, and what they come to. One thread.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "sync/core/act.h"
#include "sync/core/site.h"
#include "sync/store/log.h"

namespace zimnik::sync {

class Judge {
 public:
  Judge(Database& database, Log& log, SchoolId school, PublicKey authority);

  static void create_tables(Database& database);
  void reload();
  /// Forgets acts and successions, to take all leaves anew.
  void clear();

  /// Takes a leaf that was appended, where it is an act or a succession.
  void take(Arrival arrival, const StoredLeaf& leaf);
  /// Throws Refused where the authority didn't sign it, or it is another school's.
  void take(const SiteRecord& record);

  /// All acts, by arrival.
  std::span<const PlacedAct> acts() const { return acts_; }
  std::span<const Arrival> act_arrivals() const { return act_arrivals_; }
  /// The act of that name; null where none is held.
  const PlacedAct* act(const Hash& name) const;
  /// Worked out when it is asked for: a message may bring any number of acts.
  const Verdict& verdict() const;
  /// What was void when no later leaf than this had arrived.
  Verdict verdict_at(Arrival arrival) const;
  /// Whether an act or succession arrived after this one.
  bool acted_since(Arrival arrival) const { return last_act_ > arrival; }

  /// The keys of a site, certified or vouched for; nothing where it isn't known.
  const SiteKeys* keys_of(const SiteId& site) const;
  /// All successions, in the order of arrival.
  std::vector<Arrival> successions() const;
  /// The successions that vouch for a site.
  const std::vector<Arrival>& successions_of(const SiteId& site) const;
  std::optional<SiteRecord> record_of(const SiteId& site) const;  ///< certified ones alone
  std::vector<SiteId> certified() const;
  /// All that is known of sites, by what had arrived until then.
  KnownSites known_sites(Arrival until) const;

 private:
  struct Vouched {
    Arrival arrival;
    SiteId by;
    Succession succession;
  };
  bool add(Arrival arrival, const StoredLeaf& leaf);

  Database& database_;
  Log& log_;
  SchoolId school_;
  PublicKey authority_;
  std::map<SiteId, SiteRecord> records_;
  std::map<SiteId, SiteKeys> vouched_keys_;
  std::vector<Vouched> successions_;                       ///< in the order of arrival
  std::map<SiteId, std::vector<Arrival>> successions_of_;  ///< by whom they vouch for
  std::vector<PlacedAct> acts_;                            ///< in the order of arrival
  std::vector<Arrival> act_arrivals_;
  Arrival last_act_ = 0;
  mutable std::optional<Verdict> verdict_;
};

}  // namespace zimnik::sync
