#include <algorithm>

#include "tests/property/peer_check.h"
#include "tests/property/region.h"
#include "tests/property/region_schema.h"

namespace zimnik::property {

using sync::SiteKind;

namespace {

constexpr std::size_t kMostPeers = 6;

using Leaves = std::map<sync::Hash, model::Leaf>;

/// The leaves that have to be delivered right before this one.
std::vector<sync::Hash> direct_causes(const model::Leaf& leaf) {
  std::vector<sync::Hash> result{leaf.previous};
  const auto* edit = std::get_if<sync::Edit>(&leaf.transaction.body);
  for (const auto& row : edit ? edit->rows : std::vector<sync::RowWrite>{}) {
    for (const auto& cell : row.cells) {
      for (const auto& over : cell.over) result.push_back(over.leaf);
    }
  }
  return result;
}

/// Whose leaves have to be delivered before this one, its own site included.
std::set<sync::SiteId> sites_before(const Leaves& leaves, const model::Leaf& last) {
  std::set<sync::SiteId> result;
  std::set<sync::Hash> seen;
  std::vector<const model::Leaf*> left{&last};
  while (!left.empty()) {
    const model::Leaf& leaf = *left.back();
    left.pop_back();
    result.insert(leaf.log.site);
    for (const auto& name : direct_causes(leaf)) {
      const auto found = leaves.find(name);
      if (found != leaves.end() && seen.insert(name).second) left.push_back(&found->second);
    }
  }
  return result;
}

/// A site that is vouched for, and the sites that have to be known before anybody hears of that. It
/// may be one of them itself: then its vouchers never go.
struct Voucher {
  sync::SiteId site;
  std::set<sync::SiteId> before;
};

std::vector<Voucher> vouchers_in(const Leaves& leaves) {
  std::vector<Voucher> result;
  for (const auto& [name, leaf] : leaves) {
    const auto* succession = std::get_if<sync::Succession>(&leaf.transaction.body);
    if (succession) result.push_back({succession->keys.id(), sites_before(leaves, leaf)});
  }
  return result;
}

std::string short_name(const sync::SiteId& site) { return site.hex().substr(0, 4); }

}  // namespace

std::size_t Region::index_of(const Peer& peer) const {
  const auto found = std::ranges::find_if(peers_, [&](const auto& p) { return p.get() == &peer; });
  return static_cast<std::size_t>(found - peers_.begin());
}

/// The replica is started again, as it was or with a newer schema.
void Region::reopen(Peer& peer, Dice& dice) {
  if (!peer.has_file()) return;
  const auto newer = static_cast<std::uint32_t>(dice.roll(kNewestSchema - peer.schema_version + 1));
  RC_LOG() << name(peer) << " is started again, " << newer << " versions newer\n";
  peer.replica.reset();
  peer.schema_version += newer;
  ++met_.upgraded[newer];
  peer.open(school_);
}

/// A copy of the file is started beside it: two replicas of one site.
void Region::copy(Peer& peer) {
  if (!peer.has_file() || peers_.size() >= kMostPeers) return;
  RC_LOG() << name(peer) << " is copied\n";
  auto twin = std::make_unique<Peer>();
  twin->directory = directory_ / std::to_string(peers_.size());
  twin->site = peer.site;
  twin->keys = peer.keys;
  twin->schema_version = peer.schema_version;
  twin->pages = peer.pages;
  for (Page& page : twin->pages) page.id = ++pages_, page.saves = 0;
  peer.replica.reset();
  std::filesystem::copy(peer.directory, twin->directory, std::filesystem::copy_options::recursive);
  peer.open(school_);
  twin->open(school_);
  check_state(*twin);
  peers_.push_back(std::move(twin));
}

/// A backup of the file is made, or the one that was made is put back: what only this replica held
/// since is lost, and it may know that or not.
void Region::roll_back(Peer& peer, Dice& dice) {
  if (!peer.has_file()) return;
  const std::string backup = peer.directory + "-backup";
  peer.replica->sign_heads(now());
  peer.replica.reset();
  if (!std::filesystem::exists(backup) || dice.rarely(4)) {
    RC_LOG() << name(peer) << " is backed up\n";
    std::filesystem::remove_all(backup);
    std::filesystem::copy(peer.directory, backup, std::filesystem::copy_options::recursive);
    peer.open(school_);
    return;
  }
  RC_LOG() << name(peer) << " is restored from its backup\n";
  std::filesystem::remove_all(peer.directory);
  std::filesystem::copy(backup, peer.directory, std::filesystem::copy_options::recursive);
  peer.open(school_);
  std::set<sync::Hash> held;
  for (const auto& other : peers_) held.merge(other->names());
  std::erase_if(written_, [&](const sync::Hash& leaf) { return !held.contains(leaf); });
  if (!dice.rarely(3)) become(peer, dice);
}

/// Goes on as the site while it is open, and has its old log vouch for it then, or later, or never.
void Region::go_on(Peer& peer, SiteOfRegion site, bool is_vouched_for, Dice& dice) {
  const auto old =
      peer.replica->become({site.record, sync::SigningKey::from_seed(site.seed)}, now());
  peer.site = std::move(site);
  if (!is_vouched_for) return;
  Page page{++pages_, peer.replica->seen(), 0};
  const sync::Entry entry = this->entry(page, dice);
  attempt(peer, [&] { return peer.replica->vouch_as(old, entry); });
}

/// The replica goes on as a new site: one that the authority has signed, or that the old one
/// vouches for, or one that nobody knows yet. While it is open, or when it is opened again: heads
/// are signed before, else what no head covers would stay there for good.
void Region::become(Peer& peer, Dice& dice) {
  const std::size_t how = dice.roll(3);
  if (!peer.has_file() || dice.rarely(2)) {
    const auto kind = std::min(peer.site.record.kind, SiteKind::node);
    SiteOfRegion site = make_site(school_, sites_++, kind, how == 0);
    RC_LOG() << name(peer) << " goes on while it is open as site " << short_name(site.id()) << ", "
             << how << '\n';
    if (how > 0) uncertified_.push_back(site);
    go_on(peer, std::move(site), how == 1, dice);
    return;
  }
  const auto kind = std::min(peer.site.record.kind, SiteKind::node);
  SiteOfRegion site = make_site(school_, sites_++, kind, how == 0);
  if (how == 1 && !vouch_for(peer, site, dice)) return;
  RC_LOG() << name(peer) << " goes on as site " << short_name(site.id()) << ", " << how << '\n';
  peer.replica->sign_heads(now());
  peer.replica.reset();
  if (how > 0) uncertified_.push_back(site);
  peer.site = std::move(site);
  peer.open(school_);
}

bool Region::vouch_for(Peer& peer, const SiteOfRegion& site, Dice& dice) {
  Page page{++pages_, peer.replica->seen(), 0};
  const sync::Entry entry = this->entry(page, dice);
  RC_LOG() << name(peer) << " vouches for site " << short_name(site.id()) << '\n';
  const Outcome outcome =
      attempt(peer, [&] { return peer.replica->vouch(entry, site.record.keys, site.record.kind); });
  return outcome.answer.has_value();
}

/// For a site that isn't certified: one more voucher for one that is there, or a new one, which
/// starts with what its voucher holds and can hand on.
void Region::vouch(Peer& peer, Dice& dice) {
  if (peers_.size() >= kMostPeers || dice.rarely(3)) {
    if (uncertified_.empty()) return;
    vouch_for(peer, dice.pick(uncertified_), dice);
    return;
  }
  const auto kind = std::min(peer.site.record.kind, SiteKind::node);
  SiteOfRegion successor = make_site(school_, sites_++, kind, false);
  if (!vouch_for(peer, successor, dice)) return;
  uncertified_.push_back(successor);
  const std::size_t from = index_of(peer);
  add_peer(std::move(successor), dice);
  exchange_what_goes(from, peers_.size() - 1);
}

/// The authority signs a site; the hub hears of it first.
void Region::enrol(std::size_t which) {
  SiteOfRegion site = uncertified_[which];
  uncertified_.erase(uncertified_.begin() + static_cast<std::ptrdiff_t>(which));
  site.record.signature = school_.authority.sign(site.record.signed_bytes());
  RC_LOG() << "site " << short_name(site.id()) << " is enrolled\n";
  enrolled_.push_back(site);
  peers_.front()->replica->add_site(site.record);
  check_state(*peers_.front());
  for (const auto& peer : peers_) {
    if (peer->id() == site.id()) peer->site = site;  // its record, when it is started again
  }
}

/// Enrols whom no chain of vouchers makes known to all; again, where the hub was rolled back before
/// anybody had heard of it.
void Region::enrol_strangers() {
  std::set<sync::SiteId> known;
  Leaves leaves;
  for (const auto& peer : peers_) {
    for (const auto& [site, kind] : peer->certified()) known.insert(site);
    for (const auto& [arrival, leaf] : peer->held()) leaves.emplace(leaf.name, leaf);
  }
  const auto vouchers = vouchers_in(leaves);
  for (std::size_t round = 0; round < vouchers.size(); ++round) {
    for (const auto& [site, before] : vouchers) {
      if (std::ranges::includes(known, before)) known.insert(site);
    }
  }
  for (std::size_t i = uncertified_.size(); i > 0; --i) {
    if (!known.contains(uncertified_[i - 1].id())) enrol(i - 1);
  }
  for (const SiteOfRegion& site : enrolled_) {
    if (!known.contains(site.id())) peers_.front()->replica->add_site(site.record);
  }
}

}  // namespace zimnik::property
