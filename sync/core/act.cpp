#include "sync/core/act.h"

#include <algorithm>
#include <functional>

namespace zimnik::sync {
namespace {

/// The acts with what they come to, decided from the highest rank down. Within a rank a
/// revocation is decided after those that name it: names are hashes, so there is no circle.
class Court {
 public:
  Court(std::span<const PlacedAct> acts, const std::map<SiteId, KnownSite>& sites) : sites_(sites) {
    for (const auto& act : acts) {
      const auto site = sites.find(act.site);
      const auto kind = site == sites.end() ? SiteKind::laptop : site->second.kind;
      const auto rank = std::min(act.rank, rank::cap(kind));
      if (rank >= least_rank(act.act)) cases_.push_back({&act, rank, std::nullopt});
    }
    std::sort(cases_.begin(), cases_.end(), [](const Case& left, const Case& right) {
      return left.rank != right.rank ? left.rank > right.rank : left.act->hash < right.act->hash;
    });
  }

  /// The acts in force.
  std::vector<const PlacedAct*> decide() {
    std::vector<const PlacedAct*> result;
    for (auto& it : cases_) {
      if (in_force(it)) result.push_back(it.act);
    }
    return result;
  }

 private:
  struct Case {
    const PlacedAct* act;
    std::uint16_t rank;
    std::optional<bool> verdict;
  };

  static std::uint16_t least_rank(const Act& act) {
    const bool of_site = std::holds_alternative<VoidSite>(act.what);
    const bool undoes = std::holds_alternative<Revoke>(act.what);
    return of_site || undoes ? rank::kTechnicalSpecialist : rank::kPrincipal;
  }

  bool in_force(Case& it) {
    if (!it.verdict) {
      it.verdict = !is_covered_from_above(it) && !is_revoked(it) && !loses_a_tie(it);
    }
    return *it.verdict;
  }

  bool is_covered_from_above(const Case& it) {
    return std::any_of(cases_.begin(), cases_.end(), [&](Case& other) {
      return other.rank > it.rank && covers(*other.act, *it.act) && in_force(other);
    });
  }

  bool is_revoked(const Case& it) {
    if (std::holds_alternative<Forget>(it.act->act.what)) return false;
    return std::any_of(cases_.begin(), cases_.end(), [&](Case& other) {
      const auto* revoke = std::get_if<Revoke>(&other.act->act.what);
      return revoke != nullptr && revoke->act == it.act->hash && other.rank >= it.rank &&
             in_force(other);
    });
  }

  /// Two of equal rank that void each other's site: the smaller hash stays.
  bool loses_a_tie(const Case& it) {
    return std::any_of(cases_.begin(), cases_.end(), [&](Case& other) {
      return other.rank == it.rank && other.act->hash < it.act->hash &&
             covers(*other.act, *it.act) && covers(*it.act, *other.act) && in_force(other);
    });
  }

  bool covers(const PlacedAct& by, const PlacedAct& what) const {
    const auto* site = std::get_if<VoidSite>(&by.act.what);
    if (site == nullptr) return false;
    if (site->site == what.site) return what.seq >= site->shared_from;
    return succeeds(what.site, site->site);
  }

  /// Whether `site` counts only because `voided` vouched for it, or for one that did.
  bool succeeds(const SiteId& site, const SiteId& voided) const {
    std::set<SiteId> seen;
    std::function<bool(const SiteId&)> leads_back = [&](const SiteId& at) {
      const auto known = sites_.find(at);
      if (known == sites_.end() || known->second.certified || !seen.insert(at).second) return false;
      return std::any_of(known->second.vouched_by.begin(), known->second.vouched_by.end(),
                         [&](const SiteId& by) { return by == voided || leads_back(by); });
    };
    return leads_back(site);
  }

  const std::map<SiteId, KnownSite>& sites_;
  std::vector<Case> cases_;
};

}  // namespace

Verdict::Verdict(std::span<const PlacedAct> acts, const std::map<SiteId, KnownSite>& sites) {
  for (const auto* act : Court(acts, sites).decide()) {
    in_force_.insert(act->hash);
    if (const auto* account = std::get_if<VoidAccount>(&act->act.what)) {
      accounts_[account->author].push_back({account->from, account->until});
    } else if (const auto* site = std::get_if<VoidSite>(&act->act.what)) {
      auto& starts = sites_[site->site];
      starts.shared = std::min(starts.shared, site->shared_from);
      starts.school = std::min(starts.school, site->school_from);
    } else if (const auto* forget = std::get_if<Forget>(&act->act.what)) {
      forgotten_.insert(forget->person);
    }
  }
  for (auto& [author, intervals] : accounts_) std::sort(intervals.begin(), intervals.end());
  // A voided site's word for its successors is gone too, and theirs for theirs.
  for (bool changed = !sites_.empty(); changed;) {
    changed = false;
    for (const auto& [id, site] : sites) {
      if (site.certified) continue;
      const bool falls = std::any_of(site.vouched_by.begin(), site.vouched_by.end(),
                                     [&](const SiteId& by) { return sites_.contains(by); });
      if (!falls || sites_[id] == Starts{1, 1}) continue;
      sites_[id] = {1, 1};
      changed = true;
    }
  }
}

bool Verdict::voids_leaf(const LogId& log, std::uint64_t seq) const {
  const auto site = sites_.find(log.site);
  if (site == sites_.end()) return false;
  return seq >= (log.stream == Stream::shared ? site->second.shared : site->second.school);
}

bool Verdict::voids_edit(const LogId& log, std::uint64_t seq, const std::string& author,
                         Time time) const {
  if (is_clear()) return false;
  if (voids_leaf(log, seq)) return true;
  const auto account = accounts_.find(author);
  if (account == accounts_.end()) return false;
  return std::any_of(account->second.begin(), account->second.end(), [&](const Interval& interval) {
    return time >= interval.from && (!interval.until || time < *interval.until);
  });
}

}  // namespace zimnik::sync
