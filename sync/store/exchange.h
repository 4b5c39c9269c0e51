// Messages to and from peers: what a peer lacks, put into a message; a message, taken. One thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sync/core/message.h"
#include "sync/core/session.h"
#include "sync/core/site.h"
#include "sync/store/freight.h"
#include "sync/store/head_signer.h"
#include "sync/store/intake.h"
#include "sync/store/judge.h"
#include "sync/store/listed.h"
#include "sync/store/log.h"
#include "sync/store/offer.h"
#include "sync/store/peers.h"
#include "sync/store/receipts.h"

namespace zimnik::sync {

class Exchange {
 public:
  /// `schema` is the version that peers are told.
  Exchange(Database& database, Log& log, Judge& judge, HeadSigner& signer, Receipts& receipts,
           std::uint32_t schema)
      : peers_(database),
        log_(log),
        judge_(judge),
        signer_(signer),
        receipts_(receipts),
        schema_(schema),
        offer_(log, judge, signer) {}

  /// After a rollback.
  void reload() {
    offer_.reload();
    brought_.clear();
  }

  /// A message of about `budget` bytes. Writes what the peer may now name as common ground. What
  /// can't be proven to a peer is left out (see Offer), all else is brought.
  std::string generate(const SiteId& peer, Time now, std::size_t budget);

  /// What came of a message.
  struct Outcome {
    Intake::Taken taken;
    bool in_step = false;
    bool more = false;
  };
  /// Takes a message into log and judge, and as a hub countersigns what it brought; folding is the
  /// caller's.
  Outcome receive(const SiteId& peer, const Message& message, Time now);
  /// After the caller has flushed all that receive() took.
  void settle(const SiteId& peer, const Message& message, Outcome& outcome);

  /// What the peer builds on isn't held here: the next message only says where this side stands.
  void lose_ground(const SiteId& peer);

  /// The peer reads notes: its next message has some.
  void note_reader(const SiteId& peer) { peers_.note_reader(peer); }

  Standing standing() const;

  /// What is known of each peer, but for those of which nothing else is.
  std::vector<PeerStanding> peers();
  /// Where a hub is named, of hubs that one alone counts.
  Copies copies(const std::optional<SiteId>& region);
  std::vector<AtRegion> at_region(const std::vector<Arrival>& arrivals);

 private:
  /// Where a peer said in its last message that it stands, beyond the common ground.
  struct Said {
    LogId log;
    std::uint64_t size;
    LeafMark mark;
    /// Whether a point that isn't held here may be taken for one further on the same branch. Where
    /// that was wrong, what was sent had a hole, and the peer went back to say where it stands.
    bool may_be_ahead;
  };
  std::vector<std::uint64_t> held_by(const SiteId& peer);
  /// By line, how many leaves hubs are known to hold, each by its exchanges or its receipts.
  std::vector<std::uint64_t> held_by_hubs();
  std::vector<std::uint64_t> covered(const Standing& ground, const SiteId& peer);
  /// What the peer lacks and can be given; lines that it says to hold further than this replica
  /// come to nothing.
  std::vector<Lack> lacks(const std::vector<std::uint64_t>& covered,
                          const std::set<SiteId>& introduced);
  std::set<SiteId> introduced(const std::vector<std::uint64_t>& covered);
  FullStanding full_standing();
  Locator locator(const Line& line);
  Standing common(const FullStanding& theirs);
  bool holds(const Standing& standing);
  Cargo load_cargo(Message& message, const Standing& ground, const SiteId& peer, Time now,
                   std::size_t budget);
  void add_records(Message& message, const Standing& ground, Cargo& cargo, std::size_t room);
  void say_held(Message& message, const Standing& ground, const Freight& freight, std::size_t room);
  void add_receipts(Message& message, const std::vector<std::uint64_t>& covered,
                    const Freight& freight, const SiteId& peer, std::size_t room);
  void countersign(const SiteId& peer, const Intake::Taken& taken, Time now);
  void check_branches(const SiteId& peer, const std::vector<LogId>& forked) const;
  MessageLine message_line(LineId line, std::uint64_t from, std::uint64_t to, Time now);
  BroughtHead head(LineId line, std::uint64_t size, Time now);
  Tip tip(LineId line, std::uint64_t size);

  Peers peers_;
  Log& log_;
  Judge& judge_;
  HeadSigner& signer_;
  Receipts& receipts_;
  std::uint32_t schema_;
  Offer offer_;
  std::map<SiteId, std::vector<Said>> said_;
  std::map<SiteId, Digest> keyrings_;           ///< as peers last said
  std::map<SiteId, std::set<LineId>> brought_;  ///< lines that peers' last messages brought
};

}  // namespace zimnik::sync
