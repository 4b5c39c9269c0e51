#include "sync/core/act.h"

#include <algorithm>
#include <utility>

namespace zimnik::sync {
namespace {

std::uint16_t least_rank(const Act& act) {
  const bool of_site = std::holds_alternative<VoidSite>(act.what);
  const bool undoes = std::holds_alternative<Revoke>(act.what);
  return of_site || undoes ? rank::kTechnicalSpecialist : rank::kPrincipal;
}

void name(VoidedSites& named, const VoidSite& act) {
  auto& starts = named[act.site];
  starts.shared = std::min(starts.shared, act.shared_from);
  starts.school = std::min(starts.school, act.school_from);
}

/// Who vouches for whom, among sites that no authority has certified.
using Vouching = std::map<SiteId, std::vector<SiteId>>;  ///< by voucher

Vouching vouching(const KnownSites& sites) {
  Vouching result;
  for (const auto& [id, site] : sites) {
    if (site.certified) continue;
    for (const auto& by : site.vouched_by) {
      if (by != id) result[by].push_back(id);
    }
  }
  return result;
}

/// The known sites that count for nothing, now that acts name these: uncertified ones for which
/// none of the others that vouched still stands. A site stands if no act names it and it is
/// certified, or vouched for by another that stands. Nobody stands by its own word, nor by that of
/// a circle: what stands is found from the certified sites upwards. Each site is looked at once as
/// a voucher.
std::set<SiteId> fallen_sites(const KnownSites& sites, const Vouching& vouching,
                              const VoidedSites& named) {
  std::set<SiteId> fallen;
  std::vector<SiteId> standing;
  for (const auto& [id, site] : sites) {
    if (!site.certified) {
      fallen.insert(id);
    } else if (!named.contains(id)) {
      standing.push_back(id);
    }
  }
  while (!standing.empty() && !fallen.empty()) {
    const auto vouched = vouching.find(standing.back());
    standing.pop_back();
    if (vouched == vouching.end()) continue;
    for (const auto& id : vouched->second) {
      if (fallen.erase(id) > 0 && !named.contains(id)) standing.push_back(id);
    }
  }
  return fallen;
}

/// Acts of one site that void another: the fewest that tell whether there is one of at least a seq
/// that voids from at most a seq.
class Staircase {
 public:
  void add(std::uint64_t start, std::uint64_t seq) {
    if (has(start, seq)) return;
    auto at = steps_.insert_or_assign(start, seq).first;
    for (++at; at != steps_.end() && at->second <= seq;) at = steps_.erase(at);
  }
  bool has(std::uint64_t most_start, std::uint64_t least_seq) const {
    const auto after = steps_.upper_bound(most_start);
    return after != steps_.begin() && std::prev(after)->second >= least_seq;
  }

 private:
  std::map<std::uint64_t, std::uint64_t> steps_;  ///< start → seq, both ascending
};

/// The acts with what they come to, decided rank by rank from the highest down: what lies above is
/// settled when a rank is looked at. Within a rank the revocations come first, for they fall by
/// other revocations alone; then the rest by their hashes, for a voided site asks about those of
/// smaller hash. Names are hashes, so a chain of revocations has an end. Others may send any number
/// of acts: nothing here takes each beside each, nor goes as deep as a chain is long.
class Court {
 public:
  Court(std::span<const PlacedAct> acts, const KnownSites& sites)
      : sites_(sites), vouching_(vouching(sites)), fallen_(fallen_sites(sites, vouching_, {})) {
    for (const auto& act : acts) {
      if (has_power(act, sites)) cases_.push_back({&act, rank_of(act, sites), std::nullopt});
    }
    std::sort(cases_.begin(), cases_.end(), [](const Case& left, const Case& right) {
      return left.rank != right.rank ? left.rank > right.rank : left.act->hash < right.act->hash;
    });
    for (auto& it : cases_) {
      acting_.insert(it.act->site);
      if (const auto* revoke = as<Revoke>(it)) revocations_[revoke->act].push_back(&it);
    }
  }

  /// Of the acts in force the sites that they name, and those that fall. REQUIRES: decide().
  const VoidedSites& named() const { return named_; }
  const std::set<SiteId>& fallen() const { return fallen_; }

  /// The acts in force.
  std::vector<const PlacedAct*> decide() {
    std::vector<const PlacedAct*> result;
    for (auto first = cases_.begin(); first != cases_.end();) {
      const auto last =
          std::find_if(first, cases_.end(), [&](const Case& it) { return it.rank != first->rank; });
      for (auto it = first; it != last; ++it) {
        if (as<Forget>(*it) == nullptr && is_covered(*it->act)) it->verdict = false;
      }
      for (auto it = first; it != last; ++it) {
        if (as<Revoke>(*it) != nullptr) settle_revocation(*it);
      }
      rivals_.clear();
      const auto named_before = named_.size();
      for (; first != last; ++first) {
        if (!in_force(*first)) continue;
        result.push_back(first->act);
        const auto* site = as<VoidSite>(*first);
        if (site == nullptr) continue;
        name(named_, *site);
        const bool can_fell = vouching_.contains(site->site) || acting_.contains(site->site);
        if (can_fell) {
          rivals_[{first->act->site, site->site}].add(site->shared_from, first->act->seq);
        }
      }
      if (named_.size() != named_before) fallen_ = fallen_sites(sites_, vouching_, named_);
    }
    return result;
  }

 private:
  struct Case {
    const PlacedAct* act;
    std::uint16_t rank;
    std::optional<bool> verdict;
  };

  template <class Kind>
  static const Kind* as(const Case& it) {
    return std::get_if<Kind>(&it.act->act.what);
  }

  /// Whether acts of higher rank, all settled, void the site that it is of.
  bool is_covered(const PlacedAct& act) const {
    const auto site = named_.find(act.site);
    return fallen_.contains(act.site) ||
           (site != named_.end() && site->second.cover({act.site, Stream::shared}, act.seq));
  }

  /// REQUIRES: what higher ranks say of it is settled, and so are the revocations of its rank.
  /// Nothing undoes a forgetting: the keys are gone.
  bool in_force(Case& it) {
    if (!it.verdict) {
      it.verdict = as<Forget>(it) != nullptr || (!is_revoked(it) && !loses_a_tie(it));
    }
    return *it.verdict;
  }

  /// First those that revoke it, then it.
  void settle_revocation(Case& revocation) {
    std::vector<Case*> open{&revocation};
    while (!open.empty()) {
      auto& it = *open.back();
      const auto had = open.size();
      const auto by = revocations_.find(it.act->hash);
      if (!it.verdict && by != revocations_.end()) {
        for (auto* other : by->second) {
          if (other->rank >= it.rank && !other->verdict) open.push_back(other);
        }
      }
      if (open.size() > had) continue;
      if (!it.verdict) it.verdict = !is_revoked(it);
      open.pop_back();
    }
  }

  bool is_revoked(const Case& it) const {
    const auto by = revocations_.find(it.act->hash);
    return by != revocations_.end() &&
           std::any_of(by->second.begin(), by->second.end(), [&](const Case* other) {
             return other->rank >= it.rank && other->verdict.value_or(false);
           });
  }

  /// Two of equal rank that void each other's site: the smaller hash stays. The rivals are those of
  /// this rank and smaller hash that are in force.
  bool loses_a_tie(const Case& it) {
    const auto* what = as<VoidSite>(it);
    if (what == nullptr) return false;
    return std::any_of(rivals_.begin(), rivals_.end(), [&](const auto& rivals) {
      const auto& [by, named] = rivals.first;
      const bool fells_it = falls_with(named, it.act->site),
                 fells_them = falls_with(what->site, by);
      if ((!fells_it && named != it.act->site) || (!fells_them && what->site != by)) return false;
      return rivals.second.has(fells_it ? UINT64_MAX : it.act->seq,
                               fells_them ? 0 : what->shared_from);
    });
  }

  /// Whether a site would count for nothing if no act but one named a site. REQUIRES: it stands
  /// where none does.
  bool falls_with(const SiteId& named, const SiteId& site) {
    if (!vouching_.contains(named)) return false;
    const auto [found, is_new] = falls_with_.try_emplace(named);
    if (is_new) found->second = fallen_sites(sites_, vouching_, {{named, {}}});
    return found->second.contains(site);
  }

  const KnownSites& sites_;
  Vouching vouching_;
  VoidedSites named_;
  std::set<SiteId> fallen_;  ///< with those that are named
  std::vector<Case> cases_;
  std::set<SiteId> acting_;
  std::map<Hash, std::vector<Case*>> revocations_;         ///< by what they revoke
  std::map<std::pair<SiteId, SiteId>, Staircase> rivals_;  ///< by their site and whom they name
  std::map<SiteId, std::set<SiteId>> falls_with_;          ///< by who is named
};

}  // namespace

std::uint16_t rank_of(const PlacedAct& act, const KnownSites& sites) {
  const auto site = sites.find(act.site);
  return std::min(act.rank, rank::cap(site == sites.end() ? SiteKind::laptop : site->second.kind));
}

bool has_power(const PlacedAct& act, const KnownSites& sites) {
  return rank_of(act, sites) >= least_rank(act.act);
}

Verdict::Verdict(std::span<const PlacedAct> acts, const KnownSites& sites) {
  Court court(acts, sites);
  for (const auto* act : court.decide()) {
    in_force_.insert(act->hash);
    if (const auto* account = std::get_if<VoidAccount>(&act->act.what)) {
      accounts_[account->author].push_back({account->from, account->until});
    } else if (const auto* forget = std::get_if<Forget>(&act->act.what)) {
      forgotten_.insert(forget->person);
    }
  }
  for (auto& [author, intervals] : accounts_) merge(intervals);
  sites_ = court.named();
  fallen_ = court.fallen();
}

bool Verdict::voids_leaf(const LogId& log, std::uint64_t seq) const {
  if (fallen_.contains(log.site)) return true;
  const auto site = sites_.find(log.site);
  return site != sites_.end() && site->second.cover(log, seq);
}

bool Verdict::voids_edit(const LogId& log, std::uint64_t seq, const std::string& author,
                         Time time) const {
  if (is_clear()) return false;
  if (voids_leaf(log, seq)) return true;
  const auto account = accounts_.find(author);
  if (account == accounts_.end()) return false;
  const auto& intervals = account->second;
  const auto after = std::upper_bound(
      intervals.begin(), intervals.end(), time,
      [](Time moment, const Interval& interval) { return moment < interval.from; });
  if (after == intervals.begin()) return false;
  const auto& until = std::prev(after)->until;
  return !until || time < *until;
}

/// Sorts them, and makes one of those that touch.
void Verdict::merge(std::vector<Interval>& intervals) {
  std::erase_if(intervals, [](const Interval& it) { return it.until && *it.until <= it.from; });
  std::sort(intervals.begin(), intervals.end());
  std::vector<Interval> merged;
  for (const auto& it : intervals) {
    auto* last = merged.empty() ? nullptr : &merged.back();
    if (last == nullptr || (last->until && *last->until < it.from)) {
      merged.push_back(it);
    } else if (last->until && (!it.until || *last->until < *it.until)) {
      last->until = it.until;
    }
  }
  intervals = std::move(merged);
}

}  // namespace zimnik::sync
