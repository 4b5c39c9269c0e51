#include "sync/net/exchange_service.h"

#include <algorithm>
#include <charconv>

#include "sync/net/limits.h"

namespace zimnik::net {
namespace {

/// Whether the client reads notes. One that says nothing, or no number, doesn't.
bool reads_notes(const Request& request) {
  const auto said = request.query.get(ExchangeService::kReads);
  int version = 0;
  std::from_chars(said.data(), said.data() + said.size(), version);
  return version >= 2;
}

Response revoked() { return Response::text(403, "this site was revoked"); }

}  // namespace

void ExchangeService::mount(HttpServer& server) {
  server.route("POST", kPath, [this](const Request& request) { return answer(request); });
  server.route("GET", kSitePath, [this](const Request& request) { return own_record(request); });
}

Response ExchangeService::answer(const Request& request) const {
  if (!request.peer) return Response::text(401, "an exchange needs a certificate");
  try {
    return answer(*request.peer, request);
  } catch (const SchoolBusy& error) {
    return Response::text(503, error.what());
  }
}

Response ExchangeService::answer(const PeerIdentity& peer, const Request& request) const {
  auto school = serving_.open(peer.school);
  if (!school) return Response::text(404, "this school isn't here");
  if (school->replica.is_revoked(peer.site)) return revoked();
  Envelope envelope;
  try {
    envelope = decode_envelope(request.body);
  } catch (const sync::Refused& error) {
    return Response::text(400, error.what());
  }
  try {
    if (reads_notes(request)) school->replica.note_reader(peer.site);
    return exchange(peer, *school, envelope);
  } catch (const sync::Refused& error) {
    return Response::text(422, error.what());
  }
}

Response ExchangeService::exchange(const PeerIdentity& peer, LockedSchool& school,
                                   const Envelope& envelope) const {
  const auto now = serving_.now();
  const auto received = school.replica.receive(peer.site, envelope.message, now);
  const KeyCourier courier(peer.school, self_);
  // After the message: it may have brought the records of the sites that the parcels are of.
  const auto faults = courier.take(school, peer.site, envelope);
  if (!faults.empty() && serving_.fault) serving_.fault(peer, faults);
  if (serving_.taken) serving_.taken(peer, school, received);
  // What it brought may have told that it was revoked.
  if (school.replica.is_revoked(peer.site)) return revoked();
  const auto reason = serving_.withholds ? serving_.withholds(peer.school) : std::string();
  if (!reason.empty()) return withhold(peer, school, received, reason);

  const auto budget = static_cast<std::size_t>(
      std::clamp<std::uint64_t>(envelope.reply_budget, limits::kLeastBudget, limits::kMostBudget));
  Envelope reply;
  // Persons' keys aren't passed on any more.
  if (!school.replica.forgotten().empty()) courier.hand_out(school);
  courier.load(school, peer.site, false, budget / 2, reply);
  reply.message = school.replica.generate(peer.site, now, budget);
  return Response::bytes(encode_envelope(reply));
}

/// A client that has more to bring hears how far it was taken, so that it goes on.
Response ExchangeService::withhold(const PeerIdentity& peer, LockedSchool& school,
                                   const sync::Received& received,
                                   const std::string& reason) const {
  const bool goes_on =
      received.leaves > 0 || received.more || received.hole || received.waiting > 0;
  if (!goes_on) return Response::text(503, reason);
  Envelope reply;
  reply.taken = school.keys.taken_of(peer.site);
  reply.message = school.replica.say_standing(peer.site, serving_.now());
  return Response::bytes(encode_envelope(reply));
}

Response ExchangeService::own_record(const Request& request) const {
  if (!request.peer)
    return Response::text(401, "a site's record is told to sites with a certificate");
  try {
    auto school = serving_.open(request.peer->school);
    if (!school) return Response::text(404, "this school isn't here");
    if (school->replica.is_revoked(request.peer->site)) return revoked();
    for (const auto& site : school->replica.sites()) {
      if (site.record.keys.id() != self_.id()) continue;
      std::string bytes;
      sync::Writer writer(bytes);
      sync::write_site_record(writer, site.record);
      return Response::bytes(bytes);
    }
    return Response::text(404, "this site has no record in this school");
  } catch (const SchoolBusy& error) {
    return Response::text(503, error.what());
  }
}

}  // namespace zimnik::net
