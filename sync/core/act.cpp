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

/// What acts that void sites come to: the sites that they name, and those that fall.
struct Coverage {
  VoidedSites named;
  std::set<SiteId> fallen;

  Coverage(VoidedSites sites_named, const KnownSites& sites)
      : named(std::move(sites_named)), fallen(fallen_sites(sites, named)) {}

  bool covers(const LogId& log, std::uint64_t seq) const {
    const auto site = named.find(log.site);
    return fallen.contains(log.site) || (site != named.end() && site->second.cover(log, seq));
  }
  bool covers(const PlacedAct& act) const { return covers({act.site, Stream::shared}, act.seq); }
};

/// The acts with what they come to, decided rank by rank from the highest down: what lies above is
/// settled when a rank is looked at. Within a rank the search ends too: a voided site asks about
/// those of smaller hash and about revocations, a revocation only about revocations that name it,
/// and names are hashes, so a chain of revocations has an end.
class Court {
 public:
  Court(std::span<const PlacedAct> acts, const KnownSites& sites) : sites_(sites) {
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
    VoidedSites named;
    for (auto first = cases_.begin(); first != cases_.end();) {
      const auto last =
          std::find_if(first, cases_.end(), [&](const Case& it) { return it.rank != first->rank; });
      const Coverage above(named, sites_);
      for (auto it = first; it != last; ++it) {
        const bool can_fall = !std::holds_alternative<Forget>(it->act->act.what);
        if (can_fall && above.covers(*it->act)) it->verdict = false;
      }
      for (; first != last; ++first) {
        if (!in_force(*first)) continue;
        result.push_back(first->act);
        if (const auto* site = std::get_if<VoidSite>(&first->act->act.what)) name(named, *site);
      }
    }
    return result;
  }

 private:
  struct Case {
    const PlacedAct* act;
    std::uint16_t rank;
    std::optional<bool> verdict;
  };

  /// REQUIRES: what higher ranks say of it is settled. Nothing undoes a forgetting: the keys are
  /// gone.
  bool in_force(Case& it) {
    if (!it.verdict) {
      const bool is_forget = std::holds_alternative<Forget>(it.act->act.what);
      it.verdict = is_forget || (!is_revoked(it) && !loses_a_tie(it));
    }
    return *it.verdict;
  }

  bool is_revoked(const Case& it) {
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
             covers_alone(*other.act, *it.act) && covers_alone(*it.act, *other.act) &&
             in_force(other);
    });
  }

  /// Whether an act, if there were no other that voids a site, would cover another.
  bool covers_alone(const PlacedAct& by, const PlacedAct& what) const {
    const auto* site = std::get_if<VoidSite>(&by.act.what);
    if (site == nullptr) return false;
    VoidedSites named;
    name(named, *site);
    return Coverage(std::move(named), sites_).covers(what);
  }

  const KnownSites& sites_;
  std::vector<Case> cases_;
};

}  // namespace

/// Ends, because a round that changes nothing is the last, and a site that stands stays.
std::set<SiteId> fallen_sites(const KnownSites& sites, const VoidedSites& named) {
  std::set<SiteId> standing, fallen;
  for (const auto& [id, site] : sites) {
    if (!site.certified) {
      fallen.insert(id);
    } else if (!named.contains(id)) {
      standing.insert(id);
    }
  }
  for (bool changed = !fallen.empty(); changed;) {
    changed = std::erase_if(fallen, [&](const SiteId& id) {
                const auto& vouchers = sites.at(id).vouched_by;
                const bool held = std::any_of(
                    vouchers.begin(), vouchers.end(),
                    [&](const SiteId& by) { return by != id && standing.contains(by); });
                if (held && !named.contains(id)) standing.insert(id);
                return held;
              }) > 0;
  }
  return fallen;
}

Verdict::Verdict(std::span<const PlacedAct> acts, const KnownSites& sites) {
  for (const auto* act : Court(acts, sites).decide()) {
    in_force_.insert(act->hash);
    if (const auto* account = std::get_if<VoidAccount>(&act->act.what)) {
      accounts_[account->author].push_back({account->from, account->until});
    } else if (const auto* site = std::get_if<VoidSite>(&act->act.what)) {
      name(sites_, *site);
    } else if (const auto* forget = std::get_if<Forget>(&act->act.what)) {
      forgotten_.insert(forget->person);
    }
  }
  for (auto& [author, intervals] : accounts_) std::sort(intervals.begin(), intervals.end());
  fallen_ = fallen_sites(sites, sites_);
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
  return std::any_of(account->second.begin(), account->second.end(), [&](const Interval& interval) {
    return time >= interval.from && (!interval.until || time < *interval.until);
  });
}

}  // namespace zimnik::sync
