#include "tests/property/region.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "tests/property/print_world.h"
#include "tests/property/region_schema.h"
#include "tests/property/save_check.h"

namespace zimnik::property {
namespace {

using sync::Saved;
using sync::SiteKind;
using sync::Value;

constexpr std::array<const char*, 3> kAuthors{"ivanova", "petrov", "sidorova"};

std::filesystem::path make_directory() {
  const std::filesystem::path memory = "/dev/shm";
  const auto parent =
      std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
  std::string pattern = parent / "zimnik-region-XXXXXX";
  if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
  return pattern;
}

sync::SivKey siv_key(std::size_t number) {
  sync::SivKey result;
  for (std::size_t i = 0; i < result.bytes.size(); ++i) {
    result.bytes[i] = static_cast<std::uint8_t>(number * 64 + i);
  }
  return result;
}

School make_school() {
  School school{{}, sync::SigningKey::from_seed(std::string(32, 'a'))};
  school.id.bytes[0] = 1;
  return school;
}

}  // namespace

Region::Region(const Step& setting) : school_(make_school()), directory_(make_directory()) {
  Dice dice(setting.dice);
  const std::size_t count = 3 + dice.roll(3);
  settling_budget_ = std::array<std::size_t, 3>{100'000, 3'000, 700}[dice.roll(3)];
  for (std::size_t i = 0; i < count; ++i) {
    const auto kind = i == 0 ? SiteKind::hub : dice.rarely(4) ? SiteKind::laptop : SiteKind::node;
    add_peer(make_site(school_, sites_++, kind, true), dice);
  }
}

Region::~Region() {
  peers_.clear();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

void Region::add_peer(SiteOfRegion site, Dice& dice) {
  auto peer = std::make_unique<Peer>();
  peer->site = std::move(site);
  peer->schema_version = std::array<std::uint32_t, 6>{4, 4, 3, 2, 1, 1}[dice.roll(6)];
  peer->keys = keyring(peers_.size(), dice);
  if (!dice.rarely(3)) {
    peer->directory = directory_ / std::to_string(peers_.size());
    std::filesystem::create_directory(peer->directory);
  }
  peer->open(school_);
  peers_.push_back(std::move(peer));
}

/// The hub lacks the school's key and that of the last person; others rarely lack any.
sync::Keyring Region::keyring(std::size_t number, Dice& dice) const {
  sync::Keyring result;
  const bool is_hub = number == 0;
  if (!is_hub && !dice.rarely(8)) result.add_school_key(siv_key(0));
  for (std::int64_t i = 0; i < kPersonsOfRegion; ++i) {
    const bool missing = is_hub ? i + 1 == kPersonsOfRegion : dice.rarely(8);
    if (!missing) result.add_person_key(kFirstPerson + i, siv_key(1 + static_cast<std::size_t>(i)));
  }
  return result;
}

std::string Region::name(const Peer& peer) const {
  return "replica " + std::to_string(index_of(peer)) + " (site " + peer.id().hex().substr(0, 4) +
         ")";
}

void Region::take(const Step& step) {
  Dice dice(step.dice);
  Peer& peer = *peers_[dice.roll(peers_.size())];
  clock_ += 1000 * static_cast<std::int64_t>(1 + dice.roll(100));
  const std::size_t what = dice.roll(30);
  if (what < 10) {
    save(peer, dice);
  } else if (what < 16) {
    exchange(peer, dice);
  } else if (what == 16) {
    deliver_late(dice);
  } else if (what == 17) {
    save_again(peer, dice);
  } else if (what < 22) {
    act(peer, dice);
  } else if (what < 24) {
    vouch(peer, dice);
  } else if (what == 24) {
    copy(peer);
  } else if (what == 25) {
    become(peer, dice);
  } else if (what == 26) {
    reopen(peer, dice);
  } else if (what < 29) {
    roll_back(peer, dice);
  } else if (!uncertified_.empty()) {
    enrol(dice.roll(uncertified_.size()));
  }
  RC_LOG() << "then " << name(peer) << " must be the fold of\n" << print(peer.world());
  check_state(peer);
  check_reviews(peer);
}

std::map<sync::Status, int> Region::statuses() const {
  std::map<sync::Status, int> result;
  for (const auto& peer : peers_) {
    for (const auto& [version, status] : model::fold(peer->world()).statuses) {
      ++result[status];
    }
  }
  return result;
}

Reviewed Region::reviewed() const {
  Reviewed result;
  for (const auto& peer : peers_) {
    const Reviewed listed = check_reviews(*peer);
    result.unseen += listed.unseen;
    result.over_void += listed.over_void;
  }
  return result;
}

// -- writing --------------------------------------------------------------------------------------

/// A page that is read now, or one that has been open for a while, or one that was read elsewhere.
Page& Region::some_page(Peer& peer, Dice& dice) {
  const std::size_t which = dice.roll(5);
  if (which == 0 || peer.pages.empty()) {
    peer.pages.push_back({++pages_, peer.replica->seen(), 0});
    return peer.pages.back();
  }
  if (which == 4 && dice.rarely(3)) {
    const Peer& other = *peers_[dice.roll(peers_.size())];
    peer.pages.push_back({++pages_, other.replica->seen(), 0});
    return peer.pages.back();
  }
  const std::size_t back = std::min(which, peer.pages.size());
  return peer.pages[peer.pages.size() - back];
}

sync::Entry Region::entry(Page& page, Dice& dice) {
  sync::Entry result;
  const auto rank = std::array<std::uint16_t, 9>{20, 20, 20, 20, 20, 20, 60, 80, 0}[dice.roll(9)];
  result.origin = {dice.pick(kAuthors), "teacher", rank, "pc"};
  result.time = now();
  if (dice.rarely(6)) result.time.ms -= 3'600'000;
  result.id = {page.id, ++page.saves};
  result.seen = page.seen;
  return result;
}

Region::Outcome Region::attempt(Peer& peer, const std::function<Saved()>& write) {
  const auto before = peer.names();
  const auto lines = table_lines(peer);
  Outcome result;
  try {
    result.answer = write();
  } catch (const sync::CommandRefused& refusal) {
    RC_LOG() << "  refused: " << refusal.what() << '\n';
    result.refused = true;
  } catch (const std::logic_error& error) {  // what is said where the school's key is missing
    RC_LOG() << "  refused: " << error.what() << '\n';
    result.refused = true;
  } catch (const sync::DatabaseError& error) {
    RC_LOG() << "  refused by SQLite: " << error.what() << '\n';
  }
  if (!result.answer) {
    RC_ASSERT(peer.names() == before);
    RC_ASSERT(table_lines(peer) == lines);
  }
  for (auto& arrived : peer.held()) {
    if (before.contains(arrived.leaf.name)) continue;
    written_.insert(arrived.leaf.name);
    result.written.push_back(std::move(arrived));
  }
  return result;
}

void Region::save(Peer& peer, Dice& dice) {
  Page& page = some_page(peer, dice);
  const sync::Entry entry = this->entry(page, dice);
  const sync::Schema schema = peer.schema();
  RandomCommand command(schema, dice);
  const auto before = peer.world();
  const auto held = peer.held();
  RC_LOG() << name(peer) << " saves entry " << entry.id.counter << " of page " << entry.id.page
           << ", which saw " << entry.seen.arrival << " of site "
           << entry.seen.site.hex().substr(0, 4) << ", by " << entry.origin.author << " rank "
           << entry.origin.rank << '\n';
  const Outcome outcome = attempt(peer, [&] {
    return peer.replica->write(entry, [&](sync::Command& sql) { command.run(sql); });
  });
  RC_LOG() << command.describe();
  const SaveRecord record{peer, entry, command.deeds(), before, held};
  if (outcome.refused) check_refusal(record);
  if (!outcome.answer) return;
  RC_ASSERT(*outcome.answer != Saved::held);
  check_save(record, *outcome.answer, outcome.written);
  if (*outcome.answer == Saved::written) entries_.push_back(entry);
}

/// An entry that was saved somewhere is sent once more, here: where it is held nothing is done.
void Region::save_again(Peer& peer, Dice& dice) {
  if (entries_.empty()) return;
  sync::Entry entry = entries_[entries_.size() - 1 - dice.roll(entries_.size())];
  const auto held = peer.held();
  const bool is_held = std::ranges::any_of(held, [&](const model::Arrived& arrived) {
    return arrived.leaf.transaction.entry == entry.id;
  });
  if (!is_held) return;
  RC_LOG() << name(peer) << " saves entry " << entry.id.counter << " of page " << entry.id.page
           << " again\n";
  const sync::Schema schema = peer.schema();
  RandomCommand command(schema, dice);
  const Outcome outcome = attempt(peer, [&] {
    return peer.replica->write(entry, [&](sync::Command& sql) { command.run(sql); });
  });
  RC_ASSERT(outcome.answer == Saved::held);
  RC_ASSERT(outcome.written.empty());
}

decltype(sync::Act::what) Region::some_act(const Peer& peer, Dice& dice) {
  const std::size_t kind = dice.roll(6);
  const std::int64_t from = clock_ - 10'000 * static_cast<std::int64_t>(dice.roll(240));
  if (kind < 3) {
    sync::VoidAccount result{dice.pick(kAuthors), {from}, {}};
    if (dice.rarely(4)) result.from = {};
    if (dice.rarely(3)) result.until = sync::Time{from + 600'000};
    return result;
  }
  if (kind == 3) {
    const Peer& other = *peers_[dice.roll(peers_.size())];
    return sync::VoidSite{other.id(), 1 + dice.roll(8), 1 + dice.roll(3)};
  }
  if (kind == 4 && dice.rarely(2)) {
    return sync::Forget{kFirstPerson + static_cast<std::int64_t>(dice.roll(kPersonsOfRegion))};
  }
  std::vector<sync::Hash> acts;
  for (const auto& [arrival, leaf] : peer.held()) {
    if (std::holds_alternative<sync::Act>(leaf.transaction.body)) acts.push_back(leaf.name);
  }
  return sync::Revoke{acts.empty() ? sync::Hash{} : dice.pick(acts)};
}

void Region::act(Peer& peer, Dice& dice) {
  Page page{++pages_, peer.replica->seen(), 0};
  sync::Entry entry = this->entry(page, dice);
  entry.origin.rank = std::array<std::uint16_t, 4>{80, 100, 40, 20}[dice.roll(4)];
  const auto what = some_act(peer, dice);
  RC_LOG() << name(peer) << " writes an act\n";
  const Outcome outcome = attempt(peer, [&] { return peer.replica->act(entry, what, "a reason"); });
  if (!outcome.answer) return;
  RC_ASSERT(outcome.written.size() == 1u);
  const auto& transaction = outcome.written.front().leaf.transaction;
  RC_ASSERT(std::get<sync::Act>(transaction.body).what == what);
}

}  // namespace zimnik::property
