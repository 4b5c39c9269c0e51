// The sites that a replica knows, and the one that it writes as.
#include <algorithm>

#include "sync/store/replica_impl.h"

namespace zimnik::sync {

std::vector<ListedSite> Replica::Impl::sites() {
  std::vector<ListedSite> sites;
  const auto& verdict = judge.verdict();
  for (const auto& [id, known] : judge.known_sites(log.last_arrival())) {
    const auto record = judge.record_of(id);
    sites.push_back({record ? *record : SiteRecord{school, *judge.keys_of(id), known.kind, {}},
                     verdict.revokes(id)});
  }
  return sites;
}

std::vector<ListedSuccession> Replica::Impl::successions() {
  std::vector<ListedSuccession> result;
  for (const auto arrival : judge.successions()) {
    const auto& leaf = log.leaf(arrival);
    const auto& transaction = *leaf.transaction;
    result.push_back({log.line(leaf.line).log.site,
                      std::get<Succession>(transaction.body).keys.id(), transaction.time,
                      transaction.origin});
  }
  return result;
}

bool Replica::Impl::is_doubted() {
  const auto has_forked = [&](Stream stream) { return log.lines_of({site, stream}).size() > 1; };
  return has_forked(Stream::shared) || has_forked(Stream::school) || meta("doubted") == site.view();
}

/// They are signed with this site's key, so no peer can make them up.
void Replica::Impl::doubt_by(const std::vector<Arrival>& arrivals) {
  const bool any = std::any_of(arrivals.begin(), arrivals.end(), [&](Arrival arrival) {
    return log.line(log.place_of(arrival).first).log.site == site;
  });
  if (any) set_meta("doubted", site.view());
}

Identity Replica::Impl::become(Identity next, Time now) {
  if (is_transacting_) throw std::logic_error("a replica becomes a new site outside of a batch");
  transact([&] {
    signer.sign_all(now);
    const Verdict before = judge.verdict();
    if (!next.record.signature.is_zero()) judge.take(next.record);
    reconsider(before, log.last_arrival());
  });
  std::swap(identity, next);
  site = identity.record.keys.id();
  exchange.reload();  // what goes out was told by whose logs can be signed here
  return next;
}

Saved Replica::Impl::vouch_as(const Identity& predecessor, const Entry& entry) {
  const auto old = predecessor.record.keys.id();
  const auto& successions = judge.successions_of(site);
  const bool is_done = std::any_of(successions.begin(), successions.end(), [&](Arrival arrival) {
    return log.line(log.place_of(arrival).first).log.site == old;
  });
  if (is_done) return Saved::held;
  transact([&] {
    HeadSigner old_signer(log, old, predecessor.key);
    LocalWriter old_writer(schema, old, log, judge, rows, old_signer);
    const Verdict before = judge.verdict();
    const auto& own = identity.record;
    const Arrival arrival = old_writer.append(entry, Succession{own.keys, own.kind});
    old_signer.sign_all(entry.time);
    judge.take(arrival, log.leaf(arrival));
    reconsider(before, arrival);
  });
  return Saved::written;
}

}  // namespace zimnik::sync
