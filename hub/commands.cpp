#include "hub/commands.h"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>

#include "schema/query.h"
#include "schema/tables.h"
#include "sync/net/enrolment_token.h"
#include "sync/net/limits.h"

namespace zimnik::hub {
namespace {

const std::string kOperatorsZone = "Asia/Yekaterinburg";  // which all of Yugra keeps

[[noreturn]] void fail(const std::string& text) { throw std::runtime_error(text); }

void require_name(const std::string& name, std::size_t most) {
  if (name.empty() || name.size() > most || !sync::is_text(name) ||
      name.find_first_of("\t\r\n") != std::string::npos) {
    fail("название — одна строка, не больше " + std::to_string(most) + " байт");
  }
}

/// The one that `text` names by its id or its beginning, or by its name.
School& named_school(Hub& hub, const std::string& text) {
  School* found = nullptr;
  for (auto* school : hub.schools()) {
    const bool fits =
        school->entry().name == text || (text.size() >= 4 && school->id().hex().starts_with(text));
    if (!fits) continue;
    if (found != nullptr) fail("«" + text + "»: таких школ несколько, нужен номер");
    found = school;
  }
  if (found == nullptr) fail("школы «" + text + "» нет");
  return *found;
}

sync::ListedSite named_site(sync::Replica& replica, const std::string& text) {
  std::optional<sync::ListedSite> found;
  for (const auto& site : replica.sites()) {
    if (text.size() < 4 || !site.record.keys.id().hex().starts_with(text)) continue;
    if (found) fail("«" + text + "»: таких узлов несколько, нужно больше знаков");
    found = site;
  }
  if (!found) fail("узла «" + text + "» в этой школе нет");
  return *found;
}

/// The seq after all that is held of the log, on any of its branches.
std::uint64_t next_seq(const sync::Frontier& frontier, const sync::LogId& log) {
  std::uint64_t size = 0;
  for (const auto& tip : frontier) {
    if (tip.log == log) size = std::max(size, tip.size);
  }
  return size + 1;
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "hub";
}

std::string exchange_text(const std::vector<SiteEntry>& sites) {
  std::optional<sync::Time> last;
  for (const auto& site : sites) last = std::max(last, site.exchange);
  return last ? wall_time(*last, kOperatorsZone).text() : "никогда";
}

struct Counts {
  std::uint64_t leaves = 0, only_here = 0;
  std::size_t conflicts = 0, listed = 0, sites = 0, revoked = 0, forks = 0;
  std::string lags;
};

/// Which of the school's sites don't hold the same as the hub, in the same version; empty where all
/// do.
std::string lags_of(sync::Replica& replica) {
  const auto peers = replica.peers();
  const auto own = journal::journal_schema().version;
  std::string lags;
  for (const auto& site : replica.sites()) {
    if (site.record.kind == sync::SiteKind::hub || site.revoked) continue;
    const auto id = site.record.keys.id();
    const auto peer =
        std::find_if(peers.begin(), peers.end(), [&](const auto& it) { return it.site == id; });
    const auto lag = peer == peers.end() ? std::string("обмена не было")
                     : peer->lacking > 0 ? "не подтвердил записей: " + std::to_string(peer->lacking)
                     : !peer->schema        ? "версия схемы неизвестна"
                     : *peer->schema != own ? "версия схемы " + std::to_string(*peer->schema) +
                                                  ", здесь " + std::to_string(own)
                                            : "";
    if (!lag.empty()) lags += (lags.empty() ? "" : "; ") + id.hex().substr(0, 8) + " " + lag;
  }
  return lags;
}

Counts counts_of(School& school) {
  Counts counts;
  const auto locked = school.lock();
  counts.leaves = locked.replica.seen().arrival;
  counts.only_here = locked.replica.copies().none;
  counts.lags = lags_of(locked.replica);
  for (const auto& item : locked.replica.listed()) {
    ++(item.reason == sync::Listed::Reason::conflict ? counts.conflicts : counts.listed);
  }
  for (const auto& site : locked.replica.sites()) {
    if (site.record.kind == sync::SiteKind::hub) continue;
    ++(site.revoked ? counts.revoked : counts.sites);
  }
  std::set<sync::LogId> logs;
  for (const auto& tip : locked.replica.frontier()) {
    if (!logs.insert(tip.log).second) ++counts.forks;
  }
  return counts;
}

std::string counts_text(School& school, const std::string& exchange) {
  const auto counts = counts_of(school);
  std::ostringstream out;
  out << "обмен " << exchange << "\tзаписей " << counts.leaves << "\tрасхождений "
      << counts.conflicts << "\tк просмотру " << counts.listed << "\tузлов " << counts.sites
      << "\tотозвано " << counts.revoked << "\tразветвлений " << counts.forks << "\tтолько здесь "
      << counts.only_here << "\tв ногу " << (counts.lags.empty() ? "да" : "нет: " + counts.lags);
  return out.str();
}

}  // namespace

void make_hub(const DataFolder& folder, const std::string& region, std::ostream& out) {
  require_name(region, 64);
  Hub::make(folder, region, system_time());
  const auto authority = net::CertificateAuthority::load(folder.authority());
  out << "регион: " << region << "\nотпечаток: " << authority.fingerprint().hex()
      << "\nсохраните отдельно: " << folder.authority() << "\n";
}

void add_school(Hub& hub, const std::string& name, std::ostream& out) {
  require_name(name, net::limits::kNameBytes);
  out << hub.add_school(name).id().hex() << "\n";
}

void list_schools(Hub& hub, std::ostream& out) {
  for (const auto* school : hub.schools()) {
    out << school->id().hex() << "\t" << school->entry().name << "\n";
  }
}

void make_token(Hub& hub, const TokenWish& wish, std::ostream& out) {
  if (!wish.site_name.empty()) require_name(wish.site_name, net::limits::kNameBytes);
  if (wish.hours < 1 || wish.hours > 24 * 365) fail("ключ действует от часа до года");
  const auto& school = named_school(hub, wish.school);
  const auto token = net::EnrolmentToken::make(hub.authority().fingerprint());
  const sync::Time expires{hub.now().ms + std::int64_t{wish.hours} * 3600 * 1000};
  hub.region().add_token(net::hash_of(token.secret),
                         {school.id(), wish.site_name, wish.kind, expires});
  out << token.text() << "\n";
}

void print_status(Hub& hub, std::ostream& out) {
  for (auto* school : hub.schools()) {
    out << school->entry().name << "\t";
    try {
      out << counts_text(*school, exchange_text(hub.region().sites_of(school->id()))) << "\n";
    } catch (const std::runtime_error& error) {
      out << "не читается: " << error.what() << "\n";
    }
  }
}

void prove(Hub& hub, const std::string& school, const journal::ProveWish& wish, std::ostream& out) {
  const auto locked = named_school(hub, school).lock();
  journal::prove(locked.replica, wish, hub.now(), out);
}

void verify(Hub& hub, const std::string& school, std::ostream& out) {
  std::size_t count = 0;
  for (auto* it : school.empty() ? hub.schools() : std::vector{&named_school(hub, school)}) {
    std::vector<std::string> findings;
    try {
      const auto locked = it->lock();
      locked.replica.sign_heads(hub.now());
      findings = locked.replica.verify();
    } catch (const std::exception& error) {
      findings = {std::string("не читается: ") + error.what()};
    }
    out << it->entry().name << "\t"
        << (findings.empty() ? "всё сходится" : "не сходится: " + std::to_string(findings.size()))
        << "\n";
    for (const auto& finding : findings) out << "  " << finding << "\n";
    count += findings.size();
  }
  if (count > 0) throw DoesNotHold("не сходится: " + std::to_string(count));
}

void print_authority(Hub& hub, std::ostream& out) { out << hub.authority().certificate_pem(); }

void revoke_site(Hub& hub, const Revocation& revocation, std::ostream& out) {
  auto& school = named_school(hub, revocation.school);
  const auto locked = school.lock();
  const auto site = named_site(locked.replica, revocation.site);
  const auto id = site.record.keys.id();
  if (id == hub.self().id()) fail("это сам сервер региона");
  const auto frontier = locked.replica.frontier();
  using sync::Stream;
  const sync::VoidSite what{
      id, revocation.from.value_or(next_seq(frontier, {id, Stream::shared})),
      revocation.school_from.value_or(next_seq(frontier, {id, Stream::school}))};
  if (what.shared_from < 1 || what.school_from < 1) fail("записи считаются с 1");
  const sync::Entry entry{{"operator", "operator", sync::rank::kOperator, host_name()},
                          hub.now(),
                          {},
                          locked.replica.seen()};
  locked.replica.act(entry, what, revocation.reason);
  hub.region().note_revoked(id, hub.now());
  out << "узел " << id.hex() << " отозван; не действуют записи с " << what.shared_from
      << " (общие), с " << what.school_from << " (школьные)\n";
}

}  // namespace zimnik::hub
