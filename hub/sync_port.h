// The port that schools' sites call: exchange, enrolment, renewal of certificates. TLS 1.3 with
// certificates of the region's authority.
#pragma once

#include <string>

#include "hub/hub.h"
#include "sync/net/enrolment_service.h"
#include "sync/net/exchange_service.h"
#include "sync/net/http_server.h"

namespace zimnik::hub {

class SyncPort {
 public:
  /// Hears, from any thread, that a school has new entries, and whether more are to come.
  using NewsTold = std::function<void(const sync::SchoolId&, bool)>;

  /// Serves until the object goes. `hub` outlives it. Throws as net::HttpServer. `log` gets lines
  /// for operators, from any thread. `news` is called under the school's lock. `answered` hears of
  /// all requests (net::HttpOptions).
  SyncPort(Hub& hub, const std::string& address, std::function<void(const std::string&)> log,
           NewsTold news = {}, decltype(net::HttpOptions::answered) answered = {});

  int port() const { return server_.port(); }

 private:
  net::ExchangeServing exchange_serving();
  net::EnrolmentServing enrolment_serving();
  void note_exchange(const net::PeerIdentity& peer, const net::LockedSchool& school,
                     const sync::Received& received);
  /// Throws Refused where what a site brought is a log of another school; nothing of it was taken.
  void refuse_foreign(const net::PeerIdentity& peer, const sync::Received& received);
  /// Keeps, and tells operators, that a certified site brought what isn't its own to bring.
  void note_refusal(const net::PeerIdentity& peer, const std::string& why);
  void note_clock(const net::PeerIdentity& peer, const net::LockedSchool& school);
  /// Notes whose certificate it was, then tells `next`.
  decltype(net::HttpOptions::answered) noting(decltype(net::HttpOptions::answered) next);
  /// One that enrolled after the backup that this hub was restored from.
  void note_lost_site(const net::PeerIdentity& peer, const net::LockedSchool& school);
  std::optional<net::EnrolmentGrant> grant(const sync::Hash& token,
                                           const net::EnrolmentRequest& request,
                                           const sync::SiteKeys& keys);
  /// A site says that it was another before; it counts where that one is of the same school.
  void note_claim(const net::EnrolmentRequest& request, const sync::SchoolId& school,
                  const sync::SiteId& site);
  std::optional<net::EnrolmentGrant> grant_succession(const sync::SiteRecord& predecessor,
                                                      const net::EnrolmentRequest& request,
                                                      const sync::SiteKeys& keys);
  net::EnrolmentGrant grant_in(const School& school, sync::SiteKind kind,
                               const std::vector<sync::ListedSite>& sites) const;
  void take(const sync::SiteRecord& record);
  /// The record of a site that is certified in its school and not revoked.
  std::optional<sync::SiteRecord> standing_record(const sync::SiteId& site);

  Hub& hub_;
  std::function<void(const std::string&)> log_;
  const NewsTold news_;
  net::ExchangeService exchange_;
  net::EnrolmentService enrolment_;
  net::HttpServer server_;  ///< last: it calls what is above
};

}  // namespace zimnik::hub
