#include "node/sibling_port.h"

#include "sync/net/limits.h"
#include "sync/net/tls.h"

namespace zimnik::node {

SiblingPort::SiblingPort(SchoolNode& node, std::string listen,
                         std::function<void(const std::string&)> log)
    : node_(node), listen_(std::move(listen)), log_(std::move(log)) {
  follow();
}

int SiblingPort::port() const {
  const std::lock_guard lock(mutex_);
  return server_ ? server_->port() : 0;
}

void SiblingPort::follow() {
  const auto https = node_.https();
  const auto self = node_.self().id();
  const std::lock_guard lock(mutex_);
  if (server_ && https.certificate_pem == certificate_ && self == self_) return;
  // Where any port would do, it stays the one that the others know.
  if (server_)
    listen_ = listen_.substr(0, listen_.rfind(':') + 1) + std::to_string(server_->port());
  server_.reset();
  if (https.certificate_pem.empty()) return;
  net::HttpOptions options;
  options.listen = listen_;
  options.body_bytes = net::limits::kEnvelopeBytes;
  options.anonymous_body_bytes = 0;
  options.log = log_;
  net::TlsOptions tls{https.certificate_pem + https.authority_pem, https.key_pem,
                      https.authority_pem};
  tls.check_dates = false;  // a school's clock may be years off
  service_ = std::make_unique<net::ExchangeService>(node_.self(), serving());
  server_ = std::make_unique<net::HttpServer>(options, tls);
  service_->mount(*server_);
  server_->start();
  certificate_ = https.certificate_pem;
  self_ = self;
}

/// What the other nodes of the school ask for.
net::ExchangeServing SiblingPort::serving() {
  net::ExchangeServing serving;
  serving.open = [this, school = node_.configuration().school()](
                     const sync::SchoolId& asked) -> std::optional<net::LockedSchool> {
    if (asked != school) {
      log_("узлу другой школы отказано: " + asked.hex());
      return std::nullopt;
    }
    return node_.journal().lock();
  };
  serving.now = system_time;
  serving.taken = [this](const net::PeerIdentity& peer, net::LockedSchool& locked,
                         const sync::Received& received) {
    node_.hand_out_keys(locked);
    if (received.is_all() && received.leaves == 0) node_.vouch_where_due(locked.replica);
    if (!received.in_step) return;
    node_.state().set_reached({system_time()}, peer.site);
  };
  serving.fault = [this](const net::PeerIdentity& peer, const std::string& fault) {
    log_("узел " + peer.site.hex() + ": " + fault);
  };
  return serving;
}

}  // namespace zimnik::node
