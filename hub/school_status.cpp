#include "hub/school_status.h"

#include <algorithm>
#include <set>

#include "hub/query.h"
#include "hub/successions.h"
#include "schema/tables.h"

namespace zimnik::hub {
namespace {

/// When the last side of a conflict was entered, by its site's clock; nothing where that can't be
/// read here.
std::optional<sync::Time> entered(sync::Replica& replica, const sync::Listed& item) {
  const auto arrival = journal::one_integer(
      replica.database(),
      "SELECT max(arrival) FROM zimnik_head WHERE table_id = ? AND key = ? AND group_id = ?",
      {std::int64_t{item.table}, sync::Blob{item.key.bytes}, std::int64_t{item.group}});
  if (!arrival) return std::nullopt;
  const auto transaction = replica.transaction(static_cast<std::uint64_t>(*arrival));
  if (!transaction) return std::nullopt;
  return transaction->time;
}

void count_listed(sync::Replica& replica, sync::Time now, SchoolStatus& status) {
  for (const auto& item : replica.listed()) {
    if (item.reason != sync::Listed::Reason::conflict) {
      ++status.listed;
      continue;
    }
    ++status.conflicts;
    const auto time = entered(replica, item);
    if (time && now.ms - time->ms > SchoolStatus::kOldMs) ++status.old_conflicts;
  }
}

void add_peer(const std::vector<sync::PeerStanding>& peers, SiteStatus& site) {
  const auto peer =
      std::find_if(peers.begin(), peers.end(), [&](const auto& it) { return it.site == site.id; });
  if (peer == peers.end()) return;
  site.has_met = true;
  site.lacking = peer->lacking;
  site.schema = peer->schema;
}

void add_entry(const std::vector<SiteEntry>& entries, SiteStatus& site) {
  const auto entry = std::find_if(entries.begin(), entries.end(),
                                  [&](const SiteEntry& it) { return it.id == site.id; });
  if (entry == entries.end()) return;
  site.name = entry->name;
  site.exchange = entry->exchange;
  site.complete = entry->complete;
}

void add_sites(Hub& hub, sync::Replica& replica, const sync::SchoolId& school,
               SchoolStatus& status) {
  const auto entries = hub.region().sites_of(school);
  for (const auto& entry : entries) status.exchange = std::max(status.exchange, entry.exchange);
  const auto peers = replica.peers();
  const auto replaced = replaced_sites(hub, replica, school);
  for (const auto& known : replica.sites()) {
    if (known.record.kind == sync::SiteKind::hub) continue;
    SiteStatus site;
    site.id = known.record.keys.id();
    site.kind = known.record.kind;
    site.is_revoked = known.revoked;
    site.is_replaced = replaced.contains(site.id);
    add_entry(entries, site);
    add_peer(peers, site);
    site.seen = SiteLedger(hub.database()).seen(site.id);
    ++(site.is_revoked ? status.revoked : status.sites);
    status.of_sites.push_back(std::move(site));
  }
}

std::size_t count_forks(const sync::Frontier& frontier) {
  std::size_t forks = 0;
  std::set<sync::LogId> logs;
  for (const auto& tip : frontier) {
    if (!logs.insert(tip.log).second) ++forks;
  }
  return forks;
}

}  // namespace

std::optional<sync::Phrase> SiteStatus::lag() const {
  const auto own = journal::journal_schema().version;
  if (!has_met) return {{"обмена не было"}};
  if (lacking > 0) return {{"не подтвердил записей: {1}", {std::to_string(lacking)}}};
  if (!schema) return {{"версия схемы неизвестна"}};
  if (*schema == own) return std::nullopt;
  return {{"версия схемы {1}, здесь {2}", {std::to_string(*schema), std::to_string(own)}}};
}

std::string SchoolStatus::lags() const {
  std::string lags;
  for (const auto& site : of_sites) {
    if (!site.is_at_work()) continue;
    const auto lag = site.lag();
    if (!lag) continue;
    lags += (lags.empty() ? "" : "; ") + site.id.hex().substr(0, 8) + " " + lag->text();
  }
  return lags;
}

std::uint64_t SchoolStatus::queue() const {
  std::uint64_t most = 0;
  for (const auto& site : of_sites) {
    if (site.is_at_work()) most = std::max(most, site.lacking);
  }
  return most;
}

std::optional<sync::Time> SchoolStatus::complete() const {
  std::optional<sync::Time> first;
  for (const auto& site : of_sites) {
    if (!site.is_at_work()) continue;
    if (!site.complete) return std::nullopt;
    if (!first || site.complete->ms < first->ms) first = site.complete;
  }
  return first;
}

SchoolStatus status_of(Hub& hub, School& school) {
  SchoolStatus status;
  const auto locked = school.lock();
  status.leaves = locked.replica.seen().arrival;
  status.only_here = locked.replica.copies().none;
  count_listed(locked.replica, hub.now(), status);
  add_sites(hub, locked.replica, school.id(), status);
  status.forks = count_forks(locked.replica.frontier());
  status.unfolded = locked.replica.unfolded().size();
  return status;
}

}  // namespace zimnik::hub
