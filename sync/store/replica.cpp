#include "sync/store/replica.h"

#include <set>

#include "sync/core/limits.h"
#include "sync/store/prover.h"
#include "sync/store/replica_impl.h"

namespace zimnik::sync {

Replica::Replica(const std::string& path, Schema schema, SchoolId school, PublicKey authority,
                 Identity identity, Keyring keyring, const MigrationTold& tell)
    : impl_(std::make_unique<Impl>(path, std::move(schema), school, authority, std::move(identity),
                                   std::move(keyring), tell)) {}
Replica::~Replica() = default;

Saved Replica::write(const Entry& entry, const std::function<void(Command&)>& command) {
  return impl_->write(entry, command);
}

Saved Replica::act(const Entry& entry, decltype(Act::what) what, const std::string& reason) {
  return impl_->append(entry, Act{std::move(what), reason, impl_->log.frontier()});
}

bool Replica::is_void(const Entry& entry) const {
  const auto& verdict = impl_->judge.verdict();
  const LogId log{impl_->site, Stream::shared};
  return verdict.revokes(impl_->site) ||
         verdict.voids_edit(log, limits::kSeq, entry.origin.author, entry.time);
}

Saved Replica::vouch(const Entry& entry, const SiteKeys& keys, SiteKind kind) {
  return impl_->append(entry, Succession{keys, kind});
}

void Replica::batch(const std::function<void()>& writes) { impl_->transact(writes); }

Seen Replica::seen() const { return {impl_->site, impl_->log.last_arrival()}; }

Database& Replica::database() { return impl_->database; }

void Replica::rest() {
  impl_->log.drop_caches();
  impl_->database.release_memory();
}

bool Replica::is_doubted() { return impl_->is_doubted(); }

Identity Replica::become(Identity next, Time now) { return impl_->become(std::move(next), now); }

Saved Replica::vouch_as(const Identity& predecessor, const Entry& entry) {
  return impl_->vouch_as(predecessor, entry);
}

std::string Replica::generate(const SiteId& peer, Time now, std::size_t budget) {
  std::string message;
  impl_->transact([&] { message = impl_->exchange.generate(peer, now, budget); });
  return message;
}

void Replica::note_reader(const SiteId& peer) {
  impl_->transact([&] { impl_->exchange.note_reader(peer); });
}

Copies Replica::copies(const std::optional<SiteId>& region) {
  return impl_->exchange.copies(region);
}

std::vector<AtRegion> Replica::at_region(const std::vector<std::uint64_t>& arrivals) {
  return impl_->exchange.at_region(arrivals);
}

std::vector<PeerStanding> Replica::peers() { return impl_->exchange.peers(); }

std::string Replica::say_standing(const SiteId& peer, Time now) {
  std::string message;
  impl_->transact([&] {
    impl_->exchange.lose_ground(peer);
    message = impl_->exchange.generate(peer, now, 0);
  });
  return message;
}

void Replica::sign_heads(Time now) {
  impl_->transact([&] { impl_->signer.sign_all(now); });
}

Received Replica::receive(const SiteId& peer, std::string_view message, Time now) {
  return impl_->receive(peer, message, now);
}

void Replica::add_site(const SiteRecord& record) {
  impl_->transact([&] {
    const Verdict before = impl_->judge.verdict();
    impl_->judge.take(record);
    impl_->reconsider(before, impl_->log.last_arrival());
  });
}

std::vector<ListedSite> Replica::sites() { return impl_->sites(); }

bool Replica::is_revoked(const SiteId& site) const { return impl_->judge.verdict().revokes(site); }

const PublicKey& Replica::authority() const { return impl_->authority; }

const Keyring& Replica::keyring() const { return impl_->keyring; }

void Replica::add_keys(const std::vector<NewKey>& keys) { impl_->add_keys(keys); }

std::vector<Value> Replica::forgotten() const {
  const auto& persons = impl_->judge.verdict().forgotten();
  return {persons.begin(), persons.end()};
}

bool Replica::scrub() { return impl_->scrub(); }

void Replica::seal_under(const KeyId& school_key) { impl_->keyring.seal_under(school_key); }

RowFold::State Replica::state(const std::string& table, const Key& key) {
  const auto* declaration = impl_->schema.find(table);
  if (declaration == nullptr) throw std::invalid_argument("there is no table '" + table + "'");
  return impl_->rows.state(*declaration, key);
}

std::vector<Listed> Replica::listed() { return impl_->rows.listed(); }

std::vector<Unfolded> Replica::unfolded() {
  std::vector<Unfolded> unfolded;
  auto query = impl_->database.prepare(
      "SELECT table_id, group_id FROM zimnik_unfolded ORDER BY table_id, group_id");
  while (query.step()) {
    unfolded.push_back({static_cast<std::uint32_t>(query.integer(0)),
                        static_cast<std::uint32_t>(query.integer(1))});
  }
  return unfolded;
}

std::vector<Flag> Replica::flags() {
  std::vector<Flag> flags;
  auto query = impl_->database.prepare("SELECT arrival, reason FROM zimnik_flag ORDER BY arrival");
  while (query.step()) {
    flags.push_back({static_cast<std::uint64_t>(query.integer(0)),
                     static_cast<Flag::Reason>(query.integer(1))});
  }
  return flags;
}

std::vector<ListedAct> Replica::acts() { return impl_->acts(); }

std::optional<Transaction> Replica::transaction(std::uint64_t arrival) {
  if (arrival == 0 || arrival > impl_->log.last_arrival()) return std::nullopt;
  return impl_->log.leaf(arrival).transaction;
}

std::pair<LogId, std::uint64_t> Replica::place(std::uint64_t arrival) const {
  const auto [line, seq] = impl_->log.place_of(arrival);
  return {impl_->log.line(line).log, seq};
}

ActReview Replica::review(const Hash& act) { return impl_->review(act); }

std::vector<HistoryItem> Replica::history(const std::string& table, const Key& key,
                                          const std::string& group) {
  const auto* declaration = impl_->schema.find(table);
  if (declaration == nullptr) throw std::invalid_argument("there is no table '" + table + "'");
  for (const auto& candidate : declaration->groups) {
    if (candidate.name == group) return impl_->rows.history({*declaration, key, candidate.id});
  }
  throw std::invalid_argument(table + ": there is no group '" + group + "'");
}

RowProof Replica::prove(const std::string& table, const Key& key, const std::string& group,
                        bool with_keys) {
  const auto* declaration = impl_->schema.find(table);
  if (declaration == nullptr) throw std::invalid_argument("there is no table '" + table + "'");
  std::set<Arrival> arrivals;
  for (const auto& it : declaration->groups) {
    if (!group.empty() && it.name != group) continue;
    for (const auto& item : history(table, key, it.name)) arrivals.insert(item.arrival);
  }
  RowProof result;
  Prover prover(impl_->log, impl_->judge, impl_->receipts, impl_->school);
  const std::vector<Arrival> in_order(arrivals.begin(), arrivals.end());
  result.proof = prover.prove(declaration->id, key, in_order, with_keys, result.unproven);
  return result;
}

std::vector<std::string> Replica::verify() { return impl_->verify(); }

Frontier Replica::frontier() const { return impl_->log.frontier(); }

bool Replica::holds(const Tip& leaf) {
  return impl_->log.find(leaf.log, leaf.size,
                         [&](const Hash& hash) { return hash == leaf.leaf; }) != 0;
}

std::vector<ListedSuccession> Replica::successions() { return impl_->successions(); }

void Replica::for_each_leaf(const std::function<void(std::uint64_t, const Hash&, const LeafPlace&,
                                                     const Transaction*)>& use) {
  impl_->log.for_each(1, impl_->log.last_arrival(), [&](Arrival arrival, const StoredLeaf& leaf) {
    std::string_view rest;
    const auto place = read_leaf_header(leaf.bytes, rest).place;
    use(arrival, leaf.hash, place, leaf.transaction ? &*leaf.transaction : nullptr);
  });
}

}  // namespace zimnik::sync
