#include "sync/store/judge.h"

#include <algorithm>

#include "sync/core/limits.h"

namespace zimnik::sync {

Judge::Judge(Database& database, Log& log, SchoolId school, PublicKey authority)
    : database_(database), log_(log), school_(school), authority_(authority) {
  reload();
}

void Judge::create_tables(Database& database) {
  database.execute(R"(
    CREATE TABLE IF NOT EXISTS zimnik_site (site BLOB PRIMARY KEY, record BLOB NOT NULL)
      WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS zimnik_act (arrival INTEGER PRIMARY KEY))");
}

void Judge::reload() {
  records_.clear();
  vouched_keys_.clear();
  successions_.clear();
  acts_.clear();
  last_act_ = 0;
  auto sites = database_.prepare("SELECT record FROM zimnik_site");
  while (sites.step()) {
    Reader reader(sites.blob(0), "site record");
    const auto record = read_site_record(reader);
    records_.emplace(record.keys.id(), record);
  }
  std::vector<Arrival> arrivals;
  auto acts = database_.prepare("SELECT arrival FROM zimnik_act ORDER BY arrival");
  while (acts.step()) arrivals.push_back(static_cast<Arrival>(acts.integer(0)));
  for (const auto arrival : arrivals) {
    const auto& leaf = log_.leaf(arrival);
    if (!leaf.transaction) continue;
    if (const auto* act = std::get_if<Act>(&leaf.transaction->body)) {
      acts_.emplace_back(arrival, PlacedAct{leaf.hash, log_.line(leaf.line).log.site, leaf.seq,
                                            leaf.transaction->origin.rank, *act});
    } else if (const auto* succession = std::get_if<Succession>(&leaf.transaction->body)) {
      successions_.push_back({arrival, log_.line(leaf.line).log.site, *succession});
      vouched_keys_[succession->keys.id()] = succession->keys;
    }
    last_act_ = arrival;
  }
  judge();
}

void Judge::clear() {
  database_.execute("DELETE FROM zimnik_act");
  reload();
}

void Judge::take(Arrival arrival, const StoredLeaf& leaf) {
  if (!leaf.transaction) return;
  const auto site = log_.line(leaf.line).log.site;
  if (const auto* act = std::get_if<Act>(&leaf.transaction->body)) {
    acts_.emplace_back(arrival,
                       PlacedAct{leaf.hash, site, leaf.seq, leaf.transaction->origin.rank, *act});
  } else if (const auto* succession = std::get_if<Succession>(&leaf.transaction->body)) {
    successions_.push_back({arrival, site, *succession});
    vouched_keys_[succession->keys.id()] = succession->keys;
  } else {
    return;
  }
  last_act_ = arrival;
  database_.prepared("INSERT INTO zimnik_act VALUES (?)")
      .bind(1, static_cast<std::int64_t>(arrival))
      .run();
  judge();
}

void Judge::take(const SiteRecord& record) {
  const auto id = record.keys.id();
  if (records_.contains(id)) return;
  if (record.school != school_) throw Refused("site " + id.hex() + " is another school's");
  if (!record.is_signed_by(authority_)) {
    throw Refused("site " + id.hex() + ": its record isn't signed by the authority");
  }
  if (records_.size() == limits::kSiteRecords) {
    throw Refused("site " + id.hex() + ": a replica knows no more than " +
                  std::to_string(limits::kSiteRecords) + " certified sites");
  }
  std::string bytes;
  Writer writer(bytes);
  write_site_record(writer, record);
  database_.prepared("INSERT INTO zimnik_site VALUES (?, ?)")
      .bind_blob(1, id.view())
      .bind_blob(2, bytes)
      .run();
  records_.emplace(id, record);
  judge();
}

const PlacedAct* Judge::act(const Hash& name) const {
  for (const auto& [arrival, act] : acts_) {
    if (act.hash == name) return &act;
  }
  return nullptr;
}

KnownSites Judge::known_sites(Arrival until) const {
  KnownSites sites;
  for (const auto& [id, record] : records_) sites[id] = {record.kind, true, {}};
  // A successor's kind is at most that of the site that vouches for it; chains settle in at most
  // as many rounds as there are successions.
  for (const auto& it : successions_) {
    if (it.arrival > until) continue;
    sites.try_emplace(it.succession.keys.id(), KnownSite{SiteKind::laptop, false, {}})
        .first->second.vouched_by.push_back(it.by);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& it : successions_) {
      const auto voucher = sites.find(it.by);
      if (it.arrival > until || voucher == sites.end()) continue;
      auto& site = sites.at(it.succession.keys.id());
      const auto kind = std::min(it.succession.kind, voucher->second.kind);
      if (site.certified || kind <= site.kind) continue;
      site.kind = kind;
      changed = true;
    }
  }
  return sites;
}

void Judge::judge() { verdict_ = verdict_at(UINT64_MAX); }

Verdict Judge::verdict_at(Arrival arrival) const {
  std::vector<PlacedAct> acts;
  for (const auto& [at, act] : acts_) {
    if (at <= arrival) acts.push_back(act);
  }
  const bool nothing = acts.empty() && successions_.empty();
  return nothing ? Verdict() : Verdict(acts, known_sites(arrival));
}

const SiteKeys* Judge::keys_of(const SiteId& site) const {
  if (const auto found = records_.find(site); found != records_.end()) return &found->second.keys;
  const auto found = vouched_keys_.find(site);
  return found == vouched_keys_.end() ? nullptr : &found->second;
}

std::vector<Arrival> Judge::successions_of(const SiteId& site) const {
  std::vector<Arrival> result;
  for (const auto& it : successions_) {
    if (it.succession.keys.id() == site) result.push_back(it.arrival);
  }
  return result;
}

std::optional<SiteRecord> Judge::record_of(const SiteId& site) const {
  const auto found = records_.find(site);
  if (found == records_.end()) return std::nullopt;
  return found->second;
}

std::vector<SiteId> Judge::certified() const {
  std::vector<SiteId> result;
  for (const auto& [id, record] : records_) result.push_back(id);
  return result;
}

SiteKind Judge::kind_of(const SiteId& site) const {
  const auto sites = known_sites(UINT64_MAX);
  const auto found = sites.find(site);
  return found == sites.end() ? SiteKind::laptop : found->second.kind;
}

}  // namespace zimnik::sync
