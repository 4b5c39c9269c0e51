#include "sync/net/exchange_client.h"

#include "sync/core/message.h"
#include "sync/net/exchange_service.h"
#include "sync/net/limits.h"

namespace zimnik::net {
namespace {

using End = ExchangeReport::End;
using Outcome = HttpsReply::Outcome;

constexpr std::size_t kErrorBytes = 500;  // of a refusal's text, in a report

End end_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::unreachable:
      return End::unreachable;
    case Outcome::tls:
      return End::tls;
    case Outcome::broken_off:
      return End::broken_off;
    default:
      return End::refused;
  }
}

/// A name of all that the sender of the message holds.
std::string where_it_stands(const std::string& message) {
  const auto decoded = sync::decode_message(message);
  return std::string(decoded.shared_digest.view()).append(decoded.school_digest.view());
}

}  // namespace

bool ExchangeReport::is_passing() const {
  switch (end) {
    case End::in_step:
    case End::unreachable:
    case End::broken_off:
    case End::stalled:
      return true;
    case End::refused:
      return status >= 500 || status == 408 || status == 429;
    case End::tls:
    case End::damaged:
      return false;
  }
  return false;
}

ExchangeClient::ExchangeClient(const sync::SchoolId& school, const SiteSecret& self,
                               HttpsOptions https, ExchangePeer peer)
    : courier_(school, self), https_(std::move(https)), peer_(std::move(peer)) {}

std::string ExchangeClient::request(LockedSchool school, sync::Time now) {
  Envelope envelope;
  courier_.hand_out(school);
  courier_.load(school, peer_.site, peer_.is_above, budget_.bytes() / 2, envelope);
  envelope.reply_budget = budget_.bytes();
  envelope.message = school.replica.generate(peer_.site, now, budget_.bytes());
  return encode_envelope(envelope);
}

/// Whether there is an end of it.
bool ExchangeClient::take(LockedSchool school, const std::string& reply, sync::Time now,
                          ExchangeReport& report) {
  const auto envelope = decode_envelope(reply);
  const auto received = school.replica.receive(peer_.site, envelope.message, now);
  const auto faults = courier_.take(school, peer_.site, envelope);
  if (!faults.empty()) report.parcel_faults = faults;
  report.leaves += received.leaves;
  report.waiting = received.waiting;

  // The reply may have told of sites that lack keys.
  courier_.hand_out(school);
  const auto taken = school.keys.last_taken_by(peer_.site);
  const bool has_parcels =
      !school.keys.parcels_for(peer_.site, peer_.is_above, taken, limits::kParcelBytes).empty();
  if (received.in_step && !received.more && !has_parcels && envelope.parcels.empty()) {
    report.end = End::in_step;
    return true;
  }
  const auto stands = where_it_stands(envelope.message);
  const bool brought =
      received.leaves > 0 || !envelope.parcels.empty() || has_parcels || stands != peer_stands_;
  peer_stands_ = stands;
  stalled_ = brought ? 0 : stalled_ + 1;
  if (stalled_ < limits::kStalledRounds) return false;
  report.end = End::stalled;
  report.error = received.hole ? received.reason : "nothing new comes, and yet both differ";
  return true;
}

ExchangeReport ExchangeClient::run(const std::function<LockedSchool()>& open,
                                   const std::function<sync::Time()>& now) {
  ExchangeReport report;
  stalled_ = 0;
  peer_stands_.clear();
  const auto url = peer_.url + ExchangeService::kPath + "?" + ExchangeService::kReads + "=" +
                   std::to_string(sync::kMessageVersion);
  for (int round = 0; round < limits::kRounds; ++round) {
    const auto reply = https_.post(url, "application/octet-stream", request(open(), now()),
                                   limits::kEnvelopeBytes);
    report.bytes_sent += reply.bytes_sent;
    report.bytes_received += reply.bytes_received;
    if (reply.outcome != Outcome::answered) {
      if (reply.outcome == Outcome::broken_off) budget_.broke();
      report.end = end_of(reply.outcome);
      report.status = reply.status;
      if (reply.peer && reply.peer->site != peer_.site) report.stranger = reply.peer;
      report.error = (reply.error.empty() ? reply.body : reply.error).substr(0, kErrorBytes);
      return report;
    }
    ++report.rounds;
    budget_.saw(reply.bytes_sent + reply.bytes_received, reply.seconds);
    try {
      if (take(open(), reply.body, now(), report)) return report;
    } catch (const sync::Refused& error) {
      report.end = End::damaged;
      report.error = error.what();
      return report;
    }
  }
  report.end = End::stalled;
  report.error = "no end after many rounds";
  return report;
}

}  // namespace zimnik::net
