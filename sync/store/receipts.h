// Receipts: a hub countersigns how far it has taken a log in, and whoever holds the log keeps that.
// One thread.
//
// A hub issues them in the transaction that takes the leaves, so it has given no word that a crash
// could take back; a message that comes twice is answered with the receipt that is kept. Of one log
// not all are kept for ever: see limits::kReceiptSpacingMs.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "sync/core/message.h"
#include "sync/store/judge.h"
#include "sync/store/log.h"

namespace zimnik::sync {

class Receipts {
 public:
  /// Site, kind and key are those that the replica writes as at the moment: they may change. Only a
  /// hub issues receipts.
  Receipts(Database& database, Log& log, const Judge& judge, const SiteId& site,
           const SiteKind& kind, const SigningKey& key)
      : database_(database), log_(log), judge_(judge), site_(site), kind_(kind), key_(key) {}

  static void create_tables(Database& database);

  /// Countersigns the line at its end, where that isn't done yet and this site is a hub.
  void issue(LineId line, Time now);
  /// The newest that this site issued on the way to the line's tip, of at most so many leaves, as a
  /// message says it.
  std::optional<BroughtReceipt> issued(LineId line, std::uint64_t size);
  /// Keeps a peer's. One of leaves that aren't held here can't be checked, and is passed over.
  /// Throws Refused where the peer isn't a certified hub, or didn't sign this of the leaves held.
  void take(const SiteId& peer, std::span<const BroughtReceipt> receipts);

  /// The first that covers leaf `seq` on the way to the line's tip.
  std::optional<Receipt> covering(LineId line, std::uint64_t seq);
  /// When the leaf was taken in, by that receipt.
  std::optional<Time> time_of_intake(LineId line, std::uint64_t seq);
  /// By line, LineId 1 first, how many leaves on the way to its tip those of these hubs cover.
  std::vector<std::uint64_t> covered(const std::set<SiteId>& hubs);
  /// Every one that is kept, with the root of the leaves held. Throws Refused at one of leaves that
  /// aren't: the database was damaged.
  void for_each(const std::function<void(const Receipt&)>& use);

 private:
  /// Gives the row of the first that covers the leaf: site, size, time, signature, and its line.
  void first_covering(LineId line, std::uint64_t seq,
                      const std::function<void(Statement&, LineId)>& use);
  Receipt read(Statement& query, LineId line);
  void keep(LineId line, const Receipt& receipt);
  void thin_out(LineId line, const Receipt& newer);
  bool is_hub(const SiteId& site) const;

  Database& database_;
  Log& log_;
  const Judge& judge_;
  const SiteId& site_;
  const SiteKind& kind_;
  const SigningKey& key_;
};

}  // namespace zimnik::sync
