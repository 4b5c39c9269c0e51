#include "hub/recovery.h"

#include "hub/successions.h"
#include "sync/core/limits.h"
#include "sync/core/printable.h"

namespace zimnik::hub {
namespace {

std::string name_of(Hub& hub, const sync::SiteId& id) {
  const auto site = hub.region().site(id);
  const auto short_id = id.hex().substr(0, 8);
  return site && !site->name.empty() ? "«" + sync::one_line(site->name) + "» " + short_id
                                     : short_id;
}

std::string unheard_text(Hub& hub, School& school, bool is_closed) {
  std::string text;
  for (const auto& id : unheard_sites(hub, school.lock(), school.id())) {
    text += (text.empty() ? "" : ", ") + name_of(hub, id);
  }
  if (!text.empty()) return text;
  return is_closed ? "её узлы здесь ещё не известны" : "нет";
}

}  // namespace

std::vector<sync::SiteId> unheard_sites(Hub& hub, const net::LockedSchool& school,
                                        const sync::SchoolId& id) {
  auto done = replaced_sites(hub, school.replica, id);
  for (const auto& heard : hub.recoveries().heard(id)) {
    if (heard.complete) done.insert(heard.site);
  }
  std::vector<sync::SiteId> unheard;
  for (const auto& site : school.replica.sites()) {
    const auto site_id = site.record.keys.id();
    const bool is_certified = site.record.is_signed_by(hub.authority().public_key());
    const bool could_tell = is_certified && !site.revoked &&
                            site.record.kind != sync::SiteKind::hub && !done.contains(site_id);
    if (could_tell) unheard.push_back(site_id);
  }
  return unheard;
}

void retire_hub(sync::Replica& replica, const sync::SiteId& site, sync::Time now) {
  const sync::Entry entry{
      {"operator", "operator", sync::rank::kOperator, "restore"}, now, {}, replica.seen()};
  replica.act(entry, sync::VoidSite{site, sync::limits::kSeq, sync::limits::kSeq},
              "сервер региона восстановлен из копии");
}

bool hear(Hub& hub, const net::PeerIdentity& peer, const net::LockedSchool& school,
          const sync::Received& received) {
  if (!hub.recoveries().of(peer.school)) return false;
  Heard heard{peer.site, received.leaves, {}};
  if (received.is_all()) heard.complete = hub.now();
  hub.recoveries().note_heard(peer.school, heard);
  return heard.complete && open_where_all_were_heard(hub, school, peer.school);
}

bool open_where_all_were_heard(Hub& hub, const net::LockedSchool& school,
                               const sync::SchoolId& id) {
  if (!hub.recoveries().is_closed(id) || !unheard_sites(hub, school, id).empty()) return false;
  hub.recoveries().open(id, hub.now());
  return true;
}

std::optional<sync::Phrase> recovery_text(Hub& hub, School& school) {
  const auto recovery = hub.recoveries().of(school.id());
  if (!recovery) return std::nullopt;
  std::uint64_t leaves = 0;
  for (const auto& heard : hub.recoveries().heard(school.id())) leaves += heard.leaves;
  const auto restored = moment_for_operators(recovery->restored);
  const auto copied = moment_for_operators(recovery->copied);
  const auto came = std::to_string(leaves);
  const auto unheard = unheard_text(hub, school, !recovery->opened);
  if (!recovery->opened) {
    return {
        {"восстановлена {1} из копии {2}, закрыта\tзаписей, которых в копии не было: {3}\t"
         "ещё не выходили на связь: {4}",
         {restored, copied, came, unheard}}};
  }
  return {
      {"восстановлена {1} из копии {2}, открыта {3}\tзаписей, которых в копии не было: {4}\t"
       "ещё не выходили на связь: {5}",
       {restored, copied, moment_for_operators(*recovery->opened), came, unheard}}};
}

}  // namespace zimnik::hub
