// The server's side of an exchange: POST /v1/exchange. Who asks, and for which school, is taken
// from the client's certificate alone, and whether it may is judged at each request. GET /v1/site
// tells a client whom it would exchange with.
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>

#include "sync/net/http_server.h"
#include "sync/net/key_courier.h"

namespace zimnik::net {

/// Thrown by who can't lock a school soon enough, or mustn't give what it was asked for now.
class SchoolBusy : public std::runtime_error {
 public:
  SchoolBusy() : std::runtime_error("this school has much to do; ask again") {}
  explicit SchoolBusy(const std::string& why) : std::runtime_error(why) {}
};

struct ExchangeServing {
  /// The school, locked; nothing where it isn't here. Any thread. Should throw SchoolBusy rather
  /// than wait for long: whoever waits here has one of the server's threads.
  std::function<std::optional<LockedSchool>(const sync::SchoolId&)> open;
  std::function<sync::Time()> now;
  /// Hears of every message taken, before the lock is let go. May be empty.
  std::function<void(const PeerIdentity&, LockedSchool&, const sync::Received&)> taken;
  /// Hears of what was left of what a peer sent. May be empty.
  std::function<void(const PeerIdentity&, const std::string&)> fault;
  /// Why this school takes what sites bring and gives nothing to anybody for now, for people; empty
  /// where it gives. Asked after `taken`. May be empty.
  std::function<std::string(const sync::SchoolId&)> withholds;
};

class ExchangeService {
 public:
  static constexpr const char* kPath = "/v1/exchange";
  /// The newest version of messages that the client reads, in the query; 1 where it doesn't say.
  static constexpr const char* kReads = "v";
  static constexpr const char* kSitePath = "/v1/site";

  /// `self` outlives it.
  ExchangeService(const SiteSecret& self, ExchangeServing serving)
      : self_(self), serving_(std::move(serving)) {}

  /// The server's options should allow bodies of limits::kEnvelopeBytes, and no more than 64 KiB of
  /// clients without a certificate. REQUIRES: this object outlives the server.
  void mount(HttpServer& server);

  /// 200 with an envelope. In plain text: 400 the envelope doesn't hold; 401 no certificate; 403
  /// the site is revoked; 404 the school isn't here; 422 the message isn't authentic or is over
  /// bounds.
  Response answer(const Request& request) const;
  /// 200 with this site's own record in the client's school (sync/core/site.h). Else as above.
  Response own_record(const Request& request) const;

 private:
  Response answer(const PeerIdentity& peer, const Request& request) const;
  Response exchange(const PeerIdentity& peer, LockedSchool& school, const Envelope& envelope) const;
  /// What is said in place of a reply that brings something.
  Response withhold(const PeerIdentity& peer, LockedSchool& school, const sync::Received& received,
                    const std::string& reason) const;
  const SiteSecret& self_;
  ExchangeServing serving_;
};

}  // namespace zimnik::net
