#include "schema/audit/evidence.h"

#include <algorithm>
#include <map>

#include "schema/audit/entry_text.h"
#include "schema/audit/row_name.h"
#include "sync/core/leaf.h"

namespace zimnik::journal {

using namespace sync;

namespace {

using Place = std::pair<SiteId, std::uint64_t>;  ///< site, seq in its log of the table's stream

/// What the proof has, and when the region had it.
std::map<Place, std::optional<Time>> proven_places(const Proof& proof) {
  std::map<Place, std::optional<Time>> places;
  for (const auto& entry : proof.entries) {
    std::string_view rest;
    const auto place = read_leaf_header(entry.leaf, rest).place;
    places[{place.log.site, place.seq}] =
        entry.hub ? std::optional(entry.receipt.time) : std::nullopt;
  }
  return places;
}

bool voids(const ListedAct& act, const HistoryItem& item) {
  if (!act.in_force) return false;
  if (const auto* account = std::get_if<VoidAccount>(&act.act.what)) {
    return account->author == item.origin.author && account->from <= item.stamp.time &&
           (!account->until || item.stamp.time < *account->until);
  }
  const auto* site = std::get_if<VoidSite>(&act.act.what);
  return site != nullptr && site->site == item.stamp.site && site->shared_from <= item.stamp.seq;
}

}  // namespace

bool Evidence::can_be_proven() const {
  return std::any_of(versions.begin(), versions.end(),
                     [](const EvidenceVersion& version) { return version.is_proven; });
}

bool has_secrets(const Table& table) {
  return std::any_of(table.groups.begin(), table.groups.end(), [](const Group& group) {
    return std::any_of(group.columns.begin(), group.columns.end(),
                       [](const Column& column) { return column.name.ends_with("verifier"); });
  });
}

Evidence evidence_of(Replica& replica, const Table& table, const Key& key, Time now) {
  Evidence evidence{table.name, key_text(key), journal::about(replica.database(), table, key), {}};
  replica.sign_heads(now);
  const auto places = proven_places(replica.prove(table.name, key, "", false).proof);
  const auto acts = replica.acts();
  for (const auto& group : table.groups) {
    for (auto& item : replica.history(table.name, key, group.name)) {
      EvidenceVersion version{
          group.name, cell_text(&group, item.op, item.values), std::move(item), false, {}, {}};
      const auto place = places.find({version.item.stamp.site, version.item.stamp.seq});
      version.is_proven = place != places.end();
      if (version.is_proven) version.received = place->second;
      for (const auto& act : acts) {
        const bool is_its = version.item.status == Status::is_void && voids(act, version.item);
        if (is_its) version.void_by.push_back(act.name);
      }
      evidence.versions.push_back(std::move(version));
    }
  }
  return evidence;
}

}  // namespace zimnik::journal
