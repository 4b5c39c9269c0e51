#include "hub/sync_port.h"

#include <algorithm>

#include "hub/query.h"
#include "hub/recovery.h"
#include "hub/site_ledger.h"
#include "hub/token_store.h"
#include "sync/net/limits.h"
#include "sync/net/tls.h"

namespace zimnik::hub {
namespace {

/// How long an exchange waits for another of the same school.
constexpr std::chrono::milliseconds kPatience{2000};

const std::string kClosed =
    "сервер региона восстановлен из копии и сначала слушает другие узлы школы; всё ваше уже здесь";

const std::string kUnconfirmed =
    "ключ ещё не подтверждён: он ждёт подтверждения администратора округа; "
    "попросите подтвердить его в консоли и повторите";

/// What is said of a token that isn't here, or was used, or has expired.
std::string token_refusal(Hub& hub) {
  const auto last = hub.recoveries().last();
  if (!last) return net::EnrolmentServing().unknown_token;
  return "ключ неверен, использован, истёк или сделан до того, как сервер региона восстановили из "
         "копии (" +
         moment_for_operators(last->restored) + "): попросите новый";
}

net::HttpOptions options_for(const std::string& address,
                             const std::function<void(const std::string&)>& log,
                             decltype(net::HttpOptions::answered) answered) {
  net::HttpOptions options;
  options.answered = std::move(answered);
  options.listen = address;
  options.body_bytes = net::limits::kEnvelopeBytes;
  options.anonymous_body_bytes = net::limits::kEnrolmentBytes;
  options.log = log;
  return options;
}

net::TlsOptions tls_of(Hub& hub) {
  // Of no school: who calls looks for the hub's site alone.
  const auto certificate = hub.authority().issue(net::certificate_request(hub.self()),
                                                 sync::SchoolId(), hub.self().keys(), hub.now());
  const auto& authority = hub.authority().certificate_pem();
  return {certificate, hub.self().encryption().pem(), authority};
}

net::LockedSchool lock_soon(School& school) {
  auto locked = school.lock_within(kPatience);
  if (!locked) throw net::SchoolBusy();
  return *locked;
}

std::vector<sync::ListedSite> sites_of(School& school) { return lock_soon(school).replica.sites(); }

const sync::ListedSite* find_site(const std::vector<sync::ListedSite>& sites,
                                  const sync::SiteId& id) {
  const auto found = std::find_if(sites.begin(), sites.end(), [&](const sync::ListedSite& site) {
    return site.record.keys.id() == id;
  });
  return found == sites.end() ? nullptr : &*found;
}

}  // namespace

SyncPort::SyncPort(Hub& hub, const std::string& address,
                   std::function<void(const std::string&)> log, NewsTold news,
                   decltype(net::HttpOptions::answered) answered)
    : hub_(hub),
      log_(std::move(log)),
      news_(std::move(news)),
      exchange_(hub.self(), exchange_serving()),
      enrolment_(hub.authority(), enrolment_serving()),
      server_(options_for(address, log_, noting(std::move(answered))), tls_of(hub)) {
  exchange_.mount(server_);
  enrolment_.mount(server_);
  server_.start();
}

decltype(net::HttpOptions::answered) SyncPort::noting(decltype(net::HttpOptions::answered) next) {
  return [this, next = std::move(next)](const net::Request& request, const net::Response& response,
                                        std::chrono::nanoseconds time) {
    if (request.peer && request.certificate_end && response.status < 400) {
      SiteLedger(hub_.database()).note_certificate(request.peer->site, *request.certificate_end);
    }
    if (request.peer && (response.status == 400 || response.status == 422)) {
      note_refusal(*request.peer, response.body);
    }
    if (next) next(request, response, time);
  };
}

void SyncPort::refuse_foreign(const net::PeerIdentity& peer, const sync::Received& received) {
  if (!received.lacked) return;
  const auto site = hub_.region().site(*received.lacked);
  if (site && site->school != peer.school) {
    throw sync::Refused("the message is of another school's site " + received.lacked->hex());
  }
}

void SyncPort::note_refusal(const net::PeerIdentity& peer, const std::string& why) {
  SiteLedger(hub_.database()).note_refusal(peer.site, why, hub_.now());
  log_("refused: a message of " + peer.site.hex() + " of " + peer.school.hex() + ": " + why);
}

net::ExchangeServing SyncPort::exchange_serving() {
  net::ExchangeServing serving;
  serving.open = [this](const sync::SchoolId& id) -> std::optional<net::LockedSchool> {
    auto* school = hub_.find(id);
    if (school == nullptr) {
      log_("exchange for a school that isn't here: " + id.hex());
      return std::nullopt;
    }
    return lock_soon(*school);
  };
  serving.now = [this] { return hub_.now(); };
  serving.taken = [this](const net::PeerIdentity& peer, net::LockedSchool& school,
                         const sync::Received& received) {
    refuse_foreign(peer, received);
    hub_.heed_acts(peer.school, school);
    note_exchange(peer, school, received);
    if (news_ && received.leaves > 0) news_(peer.school, !received.is_all());
  };
  serving.withholds = [this](const sync::SchoolId& id) {
    return hub_.recoveries().is_closed(id) ? kClosed : std::string();
  };
  serving.fault = [this](const net::PeerIdentity& peer, const std::string& fault) {
    log_("exchange with " + peer.site.hex() + " of " + peer.school.hex() + ": " + fault);
  };
  return serving;
}

net::EnrolmentServing SyncPort::enrolment_serving() {
  net::EnrolmentServing serving;
  serving.consume = [this](const sync::Hash& token, const net::EnrolmentRequest& request,
                           const sync::SiteKeys& keys) { return grant(token, request, keys); };
  serving.enrolled = [this](const sync::SiteRecord& record) { take(record); };
  serving.find = [this](const sync::SiteId& site) { return standing_record(site); };
  serving.succeed = [this](const sync::SiteRecord& predecessor,
                           const net::EnrolmentRequest& request, const sync::SiteKeys& keys) {
    return grant_succession(predecessor, request, keys);
  };
  serving.now = [this] { return hub_.now(); };
  serving.unknown_token = token_refusal(hub_);
  return serving;
}

void SyncPort::note_exchange(const net::PeerIdentity& peer, const net::LockedSchool& school,
                             const sync::Received& received) {
  if (!hub_.region().site(peer.site)) note_lost_site(peer, school);
  if (hear(hub_, peer, school, received)) {
    log_("all sites of " + peer.school.hex() + " were heard: the school is open");
  }
  hub_.region().note_exchange(peer.school, peer.site, hub_.now(), received.is_all());
  if (received.leaves > 0) note_clock(peer, school);
}

void SyncPort::note_clock(const net::PeerIdentity& peer, const net::LockedSchool& school) {
  // A head is signed with the message that brings it.
  const auto head = journal::one_integer(school.replica.database(),
                                         "SELECT max(head_time) FROM zimnik_line WHERE site = ?",
                                         {blob_value(peer.site)});
  if (head) SiteLedger(hub_.database()).note_skew(peer.site, *head - hub_.now().ms);
}

void SyncPort::note_lost_site(const net::PeerIdentity& peer, const net::LockedSchool& school) {
  const auto sites = school.replica.sites();
  const auto* found = find_site(sites, peer.site);
  if (found == nullptr) return;
  hub_.region().add_site({peer.site, peer.school, "", found->record.kind}, hub_.now());
}

std::optional<net::EnrolmentGrant> SyncPort::grant(const sync::Hash& hash,
                                                   const net::EnrolmentRequest& request,
                                                   const sync::SiteKeys& keys) {
  TokenStore tokens(hub_.database());
  const auto token = tokens.find(hash);
  auto* school = token ? hub_.find(token->school) : nullptr;
  if (school == nullptr) return std::nullopt;
  const auto sites = sites_of(*school);
  auto grant = grant_in(*school, token->kind, sites);
  if (!grant.mismatch(request).empty()) return grant;
  const auto* known = find_site(sites, keys.id());
  if (known != nullptr && known->revoked) return std::nullopt;
  if (!token->confirmed && hub_.now() < token->expires) {
    log_("token " + token->number() + " of " + token->school.hex() + " waits for an administrator");
    throw net::TokenWaits(kUnconfirmed);
  }
  if (!tokens.use(hash, keys.id(), hub_.now())) return std::nullopt;
  const auto& name = token->name.empty() ? request.name : token->name;
  hub_.region().add_site({keys.id(), token->school, name, token->kind}, hub_.now());
  note_claim(request, token->school, keys.id());
  log_("enrolled " + keys.id().hex() + " «" + name + "» in " + school->entry().name);
  return grant;
}

void SyncPort::note_claim(const net::EnrolmentRequest& request, const sync::SchoolId& school,
                          const sync::SiteId& site) {
  if (!request.former || *request.former == site) return;
  const auto former = hub_.region().site(*request.former);
  if (!former || former->school != school) return;
  hub_.region().note_succession(
      {former->id, site, school, SuccessionEntry::Known::claimed, hub_.now()});
  log_(site.hex() + " says that it was " + former->id.hex());
}

net::EnrolmentGrant SyncPort::grant_in(const School& school, sync::SiteKind kind,
                                       const std::vector<sync::ListedSite>& sites) const {
  net::EnrolmentGrant grant{school.id(), school.entry().name, kind, {}};
  for (const auto& site : sites) {
    if (site.record.is_signed_by(hub_.authority().public_key())) {
      grant.records.push_back(site.record);
    }
  }
  return grant;
}

std::optional<net::EnrolmentGrant> SyncPort::grant_succession(const sync::SiteRecord& predecessor,
                                                              const net::EnrolmentRequest& request,
                                                              const sync::SiteKeys& keys) {
  auto* school = hub_.find(predecessor.school);
  if (school == nullptr || keys == predecessor.keys) return std::nullopt;
  // The predecessor may be revoked by an act that isn't heard here yet.
  if (hub_.recoveries().is_closed(school->id())) throw net::SchoolBusy(kClosed);
  const auto sites = sites_of(*school);
  const auto* known = find_site(sites, keys.id());
  if (known != nullptr && known->revoked) return std::nullopt;
  const SiteEntry site{keys.id(), predecessor.school, request.name, predecessor.kind};
  const auto from = predecessor.keys.id();
  if (!hub_.region().note_succession(from, site, hub_.now())) return std::nullopt;
  log_(from.hex() + " goes on as " + site.id.hex() + " «" + site.name + "» in " +
       school->entry().name);
  return grant_in(*school, predecessor.kind, sites);
}

void SyncPort::take(const sync::SiteRecord& record) {
  auto* school = hub_.find(record.school);
  if (school != nullptr) lock_soon(*school).replica.add_site(record);
}

std::optional<sync::SiteRecord> SyncPort::standing_record(const sync::SiteId& site) {
  const auto entry = hub_.region().site(site);
  auto* school = entry ? hub_.find(entry->school) : nullptr;
  if (school == nullptr) return std::nullopt;
  const auto sites = sites_of(*school);
  const auto* found = find_site(sites, site);
  if (found == nullptr || found->revoked ||
      !found->record.is_signed_by(hub_.authority().public_key())) {
    return std::nullopt;
  }
  return found->record;
}

}  // namespace zimnik::hub
