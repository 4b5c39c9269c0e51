#include <algorithm>
#include <array>
#include <utility>

#include "tests/property/peer_check.h"
#include "tests/property/print_world.h"
#include "tests/property/region.h"

namespace zimnik::property {

void Region::exchange(Peer& peer, Dice& dice) {
  const std::size_t one = index_of(peer);
  const std::size_t other = dice.roll(peers_.size());
  if (peers_[other]->id() == peer.id()) return;  // twins never meet as such
  static constexpr std::array kRoads{Road::arrives, Road::arrives,       Road::arrives,
                                     Road::is_lost, Road::arrives_twice, Road::is_late};
  const std::size_t budget = std::array<std::size_t, 3>{100'000, 2'000, 400}[dice.roll(3)];
  for (std::size_t rounds = 1 + dice.roll(3); rounds > 0; --rounds) {
    send(one, other, budget, dice.pick(kRoads));
    send(other, one, budget, dice.pick(kRoads));
  }
  check_state(*peers_[other]);
}

void Region::send(std::size_t from, std::size_t to, std::size_t budget, Road road) {
  static constexpr std::array kRoads{"arrives", "is lost", "arrives twice", "is late"};
  Message message{peers_[from]->id(), peers_[to]->id(), peers_[from]->schema_version, to, {}};
  message.bytes = peers_[from]->replica->generate(message.to, now(), budget);
  RC_LOG() << name(*peers_[from]) << " to " << name(*peers_[to]) << ": " << message.bytes.size()
           << " bytes, " << kRoads[static_cast<std::size_t>(road)] << '\n';
  if (road == Road::arrives || road == Road::arrives_twice) deliver(message);
  if (road == Road::arrives_twice) deliver(message);
  if (road == Road::is_late) late_.push_back(std::move(message));
}

void Region::deliver_late(Dice& dice) {
  if (late_.empty()) return;
  const std::size_t which = dice.roll(late_.size());
  const Message message = late_[which];
  if (!dice.rarely(3)) late_.erase(late_.begin() + static_cast<std::ptrdiff_t>(which));
  RC_LOG() << name(*peers_[message.receiver]) << " gets a late message\n";
  deliver(message);
  check_state(*peers_[message.receiver]);
}

/// Nothing where the receiver has become another site since.
std::optional<sync::Received> Region::deliver(const Message& message) {
  Peer& receiver = *peers_[message.receiver];
  if (receiver.id() != message.to) return {};
  const auto received = receiver.replica->receive(message.from, message.bytes, now());
  const auto versions = std::minmax(message.schema_version, receiver.schema_version);
  if (received.leaves > 0) ++met_.exchanged.at(versions.second - versions.first);
  RC_LOG() << "  took " << received.leaves << ", left " << received.waiting
           << (received.in_step ? ", in step" : "") << (received.more ? ", there is more" : "")
           << (received.hole ? ", a hole: " + received.reason : "") << '\n';
  return received;
}

sync::Received Region::pass(std::size_t from, std::size_t to) {
  Message message{peers_[from]->id(), peers_[to]->id(), peers_[from]->schema_version, to, {}};
  message.bytes = peers_[from]->replica->generate(message.to, now(), settling_budget_);
  RC_LOG() << name(*peers_[from]) << " to " << name(*peers_[to]) << ": " << message.bytes.size()
           << " bytes\n";
  return *deliver(message);
}

/// Exchanges until both hold the same; fails the property where that doesn't end.
void Region::bring_in_step(std::size_t one, std::size_t other) {
  if (peers_[one]->id() == peers_[other]->id()) return;  // twins never meet as such
  for (int idle = 0; idle < 8; ++idle) {                 // some passes say only what each holds
    const auto there = pass(one, other);
    const auto back = pass(other, one);
    if (there.in_step && back.in_step && !there.more && !back.more) return;
    if (there.leaves + back.leaves > 0) idle = 0;
  }
  RC_LOG() << name(*peers_[one]) << " and " << name(*peers_[other]) << " don't come in step\n";
  RC_FAIL("an exchange didn't come to its end");
}

/// Exchanges until nothing more goes: logs of sites that nobody knows yet stay where they are.
void Region::exchange_what_goes(std::size_t one, std::size_t other) {
  if (peers_[one]->id() == peers_[other]->id()) return;
  for (int idle = 0; idle < 4; ++idle) {
    if (pass(one, other).leaves + pass(other, one).leaves > 0) idle = 0;
  }
}

bool Region::all_hold_the_same() const {
  return std::ranges::all_of(peers_, [&](const auto& peer) {
    return peer->replica->frontier() == peers_.front()->replica->frontier();
  });
}

void Region::settle() {
  RC_LOG() << "all exchange\n";
  enrol_strangers();
  // A site's log doesn't go from one to another while neither has heard who vouches for it.
  for (std::size_t i = 0; i < peers_.size(); ++i) {
    for (std::size_t j = i + 1; j < peers_.size(); ++j) exchange_what_goes(i, j);
  }
  for (std::size_t round = 0; round < peers_.size() + 1 && !all_hold_the_same(); ++round) {
    for (std::size_t i = 0; i < peers_.size(); ++i) {
      for (std::size_t j = i + 1; j < peers_.size(); ++j) bring_in_step(i, j);
    }
  }
  RC_ASSERT(all_hold_the_same());
  for (const auto& peer : peers_) {
    RC_LOG() << "at last " << name(*peer) << " must be the fold of\n" << print(peer->world());
    RC_ASSERT(std::ranges::includes(peer->names(), written_));
    check_state(*peer);
    check_history(*peer);
    check_reviews(*peer);
    check_verified(*peer);
    for (const auto& other : peers_) {
      const bool alike = other->schema_version == peer->schema_version &&
                         other->keys.digest({}) == peer->keys.digest({}) &&
                         other->keys.school_key() == peer->keys.school_key();
      if (alike) RC_ASSERT(table_lines(*other) == table_lines(*peer));
    }
  }
}

}  // namespace zimnik::property
