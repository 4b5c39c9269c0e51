// What one replica knows of another, from exchange to exchange. No I/O: it names and hears the
// ground that messages build on; what is brought comes from whoever holds the logs.
//
// Both sides apply the same rule, so that each knows what the other knows:
//   - a message names its base: a standing that both are taken to hold
//   - base and all that the message brings is the new common ground of who took it; the sender
//     remembers it too, for the next message of the other may build on it
//   - a reply that was lost does no harm: the last few grounds are remembered, and either side
//     may name any of them
//   - who hears a base that it doesn't know has no ground: its next message says in full where it
//     stands; the other finds in it what both hold, and says that in full as its base
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sync/core/message.h"
#include "sync/core/standing.h"

namespace zimnik::sync {

/// What a message brought: how far it moves the ground.
struct Cargo {
  std::vector<Advance> advances;
  std::vector<SiteId> sites;
};

class Session {
 public:
  /// With a peer that was never met.
  Session() = default;

  /// What both are known to hold. Nothing where that isn't known: then a message can only say
  /// where its sender stands.
  const std::optional<Standing>& ground() const { return ground_; }

  /// Sets `base` or `base_in_full`. REQUIRES: there is ground.
  void name_ground(Message& message) const;
  /// After a message with this cargo was made: the peer may build on it, or never have got it.
  /// `own` is all that this side holds: the peer may find that it holds just the same.
  void offered(const Cargo& cargo, const Standing& own);

  /// Hears the base of a message; `holds_all` says whether this replica holds a standing. True
  /// where it names one that is held: that is now the ground. One that isn't held leaves none.
  bool hear(const Message& message, const std::function<bool(const Standing&)>& holds_all);
  /// After a message's cargo was taken.
  void took(const Cargo& cargo);
  /// After the peer's full standing was compared with what is held here.
  void met(Standing common);
  /// After both were found to hold the same set.
  void in_step(const Standing& own);
  /// What the peer said can't be built on: the next message only says where this side stands.
  void lose_ground() { ground_.reset(); }

  /// For a database; reads again what it wrote. Throws Refused for anything else.
  std::string save() const;
  static Session load(std::string_view bytes);

 private:
  void remember(const Standing& standing);

  std::optional<Standing> ground_;
  bool say_in_full_ = false;          ///< the peer can't know the ground by name yet
  std::vector<Standing> remembered_;  ///< the newest last
};

}  // namespace zimnik::sync
