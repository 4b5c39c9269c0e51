#include "sync/store/judge.h"

#include <algorithm>
#include <set>
#include <span>

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
  successions_of_.clear();
  acts_.clear();
  act_arrivals_.clear();
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
  for (const auto arrival : arrivals) add(arrival, log_.leaf(arrival));
  verdict_.reset();
}

void Judge::clear() {
  database_.execute("DELETE FROM zimnik_act");
  reload();
}

/// Whether it is an act or a succession.
bool Judge::add(Arrival arrival, const StoredLeaf& leaf) {
  if (!leaf.transaction) return false;
  const auto site = log_.line(leaf.line).log.site;
  if (const auto* act = std::get_if<Act>(&leaf.transaction->body)) {
    acts_.push_back({leaf.hash, site, leaf.seq, leaf.transaction->origin.rank, *act});
    act_arrivals_.push_back(arrival);
  } else if (const auto* succession = std::get_if<Succession>(&leaf.transaction->body)) {
    const auto successor = succession->keys.id();
    successions_.push_back({arrival, site, *succession});
    successions_of_[successor].push_back(arrival);
    vouched_keys_[successor] = succession->keys;
  } else {
    return false;
  }
  last_act_ = arrival;
  return true;
}

void Judge::take(Arrival arrival, const StoredLeaf& leaf) {
  if (!add(arrival, leaf)) return;
  database_.prepared("INSERT INTO zimnik_act VALUES (?)")
      .bind(1, static_cast<std::int64_t>(arrival))
      .run();
  verdict_.reset();
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
  verdict_.reset();
}

const PlacedAct* Judge::act(const Hash& name) const {
  for (const auto& act : acts_) {
    if (act.hash == name) return &act;
  }
  return nullptr;
}

KnownSites Judge::known_sites(Arrival until) const {
  KnownSites sites;
  for (const auto& [id, record] : records_) sites[id] = {record.kind, true, {}};
  std::map<SiteId, std::vector<const Succession*>> by_voucher;
  std::set<std::pair<SiteId, SiteId>> seen;
  std::vector<SiteId> open;
  for (const auto& it : successions_) {
    if (it.arrival > until) break;
    const auto id = it.succession.keys.id();
    auto& site = sites.try_emplace(id, KnownSite{SiteKind::laptop, false, {}}).first->second;
    if (seen.emplace(it.by, id).second) site.vouched_by.push_back(it.by);
    by_voucher[it.by].push_back(&it.succession);
  }
  // A successor's kind is at most that of the site that vouches for it. A kind only grows, and
  // there are few: each site is looked at again as often as there are kinds.
  for (const auto& [by, successions] : by_voucher) open.push_back(by);
  while (!open.empty()) {
    const auto by = open.back();
    open.pop_back();
    const auto voucher = sites.find(by);
    const auto successions = by_voucher.find(by);
    if (voucher == sites.end() || successions == by_voucher.end()) continue;
    for (const auto* succession : successions->second) {
      const auto id = succession->keys.id();
      auto& site = sites.at(id);
      const auto kind = std::min(succession->kind, voucher->second.kind);
      if (site.certified || kind <= site.kind) continue;
      site.kind = kind;
      open.push_back(id);
    }
  }
  return sites;
}

const Verdict& Judge::verdict() const {
  if (!verdict_) verdict_ = verdict_at(UINT64_MAX);
  return *verdict_;
}

Verdict Judge::verdict_at(Arrival arrival) const {
  const auto until = std::upper_bound(act_arrivals_.begin(), act_arrivals_.end(), arrival);
  const std::span acts(acts_.data(), static_cast<std::size_t>(until - act_arrivals_.begin()));
  const bool nothing = acts.empty() && successions_.empty();
  return nothing ? Verdict() : Verdict(acts, known_sites(arrival));
}

const SiteKeys* Judge::keys_of(const SiteId& site) const {
  if (const auto found = records_.find(site); found != records_.end()) return &found->second.keys;
  const auto found = vouched_keys_.find(site);
  return found == vouched_keys_.end() ? nullptr : &found->second;
}

std::vector<Arrival> Judge::successions() const {
  std::vector<Arrival> result;
  for (const auto& it : successions_) result.push_back(it.arrival);
  return result;
}

const std::vector<Arrival>& Judge::successions_of(const SiteId& site) const {
  static const std::vector<Arrival> kNone;
  const auto found = successions_of_.find(site);
  return found == successions_of_.end() ? kNone : found->second;
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

}  // namespace zimnik::sync
