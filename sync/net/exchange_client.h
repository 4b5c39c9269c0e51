// The client's side of an exchange: as many requests as it takes until both hold the same set, each
// of a size that the link can carry in some seconds.
#pragma once

#include <functional>
#include <string>

#include "sync/net/https_client.h"
#include "sync/net/key_courier.h"
#include "sync/net/message_budget.h"

namespace zimnik::net {

struct ExchangeReport {
  enum class End {
    in_step,      ///< both hold the same set
    unreachable,  ///< as in HttpsReply
    tls,
    broken_off,
    refused,  ///< the server answered with `status`
    damaged,  ///< the server's reply doesn't hold; nothing of it was taken
    stalled,  ///< rounds brought nothing new, and yet both don't hold the same set
  };
  End end = End::in_step;
  int status = 0;
  std::string error;  ///< for operators, where it isn't in step
  /// Of who answered there, where it is another site than the one that was expected.
  std::optional<PeerIdentity> stranger;

  int rounds = 0;                ///< requests that were answered
  std::size_t leaves = 0;        ///< new here
  std::size_t waiting = 0;       ///< left out at last: what they overwrite isn't held
  std::string parcel_faults;     ///< of parcels that were left
  std::uint64_t bytes_sent = 0;  ///< above TCP, TLS included
  std::uint64_t bytes_received = 0;

  /// Whether the same may work later without anybody's doing: re-arm a timer (see retry_delay()).
  bool is_passing() const;
};

struct ExchangePeer {
  std::string url;       ///< https://host:port
  sync::SiteId site;     ///< must be the one that HttpsOptions expect
  bool is_above = true;  ///< gets parcels for all sites
};

/// One thread at a time.
class ExchangeClient {
 public:
  /// `self` outlives it.
  ExchangeClient(const sync::SchoolId& school, const SiteSecret& self, HttpsOptions https,
                 ExchangePeer peer);

  /// The lock is taken to write and to take a message, never while the network is waited for.
  ExchangeReport run(const std::function<LockedSchool()>& open,
                     const std::function<sync::Time()>& now);
  /// Bytes of the next message.
  std::size_t budget() const { return budget_.bytes(); }
  /// The connection is closed; TLS sessions stay. For long pauses.
  void close_connections() { https_.close_connections(); }

 private:
  std::string request(LockedSchool school, sync::Time now);
  bool take(LockedSchool school, const std::string& reply, sync::Time now, ExchangeReport& report);
  KeyCourier courier_;
  HttpsClient https_;
  ExchangePeer peer_;
  MessageBudget budget_;
  std::string peer_stands_;  ///< as it said in its last message
  int stalled_ = 0;          ///< rounds in a row that brought nothing
};

}  // namespace zimnik::net
