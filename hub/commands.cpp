#include "hub/commands.h"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>

#include "hub/kept_copies.h"
#include "hub/recovery.h"
#include "hub/revocations.h"
#include "hub/successions.h"
#include "schema/commands/act.h"
#include "schema/query.h"
#include "schema/read/acts.h"
#include "schema/succession.h"
#include "schema/tables.h"
#include "sync/core/encoding.h"
#include "sync/net/enrolment_token.h"
#include "sync/net/limits.h"

namespace zimnik::hub {
namespace {

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

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "hub";
}

void print_lines(const std::vector<std::string>& lines, std::ostream& out) {
  for (const auto& line : lines) out << line << "\n";
}

std::string exchange_text(const std::vector<SiteEntry>& sites) {
  std::optional<sync::Time> last;
  for (const auto& site : sites) last = std::max(last, site.exchange);
  return last ? moment_for_operators(*last) : "никогда";
}

struct Counts {
  std::uint64_t leaves = 0, only_here = 0;
  std::size_t conflicts = 0, listed = 0, sites = 0, revoked = 0, forks = 0;
  std::size_t unfolded = 0;  ///< tables and groups
  std::string lags;
};

/// Which of the school's sites that are in use don't hold the same as the hub, in the same version;
/// empty where all do.
std::string lags_of(Hub& hub, sync::Replica& replica, const sync::SchoolId& school) {
  const auto peers = replica.peers();
  const auto replaced = replaced_sites(hub, replica, school);
  const auto own = journal::journal_schema().version;
  std::string lags;
  for (const auto& site : replica.sites()) {
    if (site.record.kind == sync::SiteKind::hub || site.revoked) continue;
    const auto id = site.record.keys.id();
    if (replaced.contains(id)) continue;
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

Counts counts_of(Hub& hub, School& school) {
  Counts counts;
  const auto locked = school.lock();
  counts.leaves = locked.replica.seen().arrival;
  counts.only_here = locked.replica.copies().none;
  counts.lags = lags_of(hub, locked.replica, school.id());
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
  counts.unfolded = locked.replica.unfolded().size();
  return counts;
}

std::string counts_text(Hub& hub, School& school, const std::string& exchange) {
  const auto counts = counts_of(hub, school);
  std::ostringstream out;
  out << "обмен " << exchange << "\tзаписей " << counts.leaves << "\tрасхождений "
      << counts.conflicts << "\tк просмотру " << counts.listed << "\tузлов " << counts.sites
      << "\tотозвано " << counts.revoked << "\tразветвлений " << counts.forks << "\tтолько здесь "
      << counts.only_here << "\tв ногу " << (counts.lags.empty() ? "да" : "нет: " + counts.lags);
  if (counts.unfolded > 0) out << "\tиз более новых версий " << counts.unfolded;
  return out.str();
}

/// A line for each site that isn't revoked and goes on from this one, or from one that does, with
/// the command that revokes it.
std::string left_after(Hub& hub, sync::Replica& replica, const sync::SchoolId& school,
                       const sync::SiteId& site) {
  std::string text;
  for (const auto& id : successors_of(known_successions(hub, replica, school), site)) {
    if (replica.is_revoked(id)) continue;
    text += "узел " + id.hex() + " продолжает работу отозванного " + site.hex() +
            ", заверен и не отозван: zimnik-hub revoke " + school.hex() + " " + id.hex() +
            " --reason ОСНОВАНИЕ\n";
  }
  return text;
}

/// A line each: sites that go on as others, those that should be revoked with them, logs that
/// forked.
std::string sites_text(Hub& hub, School& school) {
  const auto locked = school.lock();
  std::ostringstream out;
  std::set<std::string> left;
  for (const auto& it : known_successions(hub, locked.replica, school.id())) {
    out << "\tузел " << it.from.hex() << " продолжает работу как " << it.to.hex() << " с "
        << moment_for_operators(it.at) << ": " << it.how << "\n";
    if (!locked.replica.is_revoked(it.from)) continue;
    std::istringstream lines(left_after(hub, locked.replica, school.id(), it.from));
    for (std::string line; std::getline(lines, line);) left.insert(line);
  }
  for (const auto& line : left) out << "\t" << line << "\n";
  for (const auto& line : journal::fork_lines(locked.replica.frontier())) {
    out << "\t" << line << "\n";
  }
  return out.str();
}

}  // namespace

void make_hub(const DataFolder& folder, const std::string& region, std::ostream& out) {
  require_name(region, 64);
  Hub::make(folder, region, system_time());
  const auto authority = net::CertificateAuthority::load(folder.authority());
  out << "регион: " << region << "\nотпечаток: " << authority.fingerprint().hex()
      << "\nключ центра сохраните под парольной фразой отдельно от этой машины: "
         "zimnik-hub backup --authority ФАЙЛ\n";
}

void add_school(Hub& hub, const std::string& name, std::ostream& out) {
  require_name(name, net::limits::kNameBytes);
  out << hub.add_school(name).id().hex() << "\n";
}

void add_lost_school(Hub& hub, const std::string& name, const std::string& id, std::ostream& out) {
  require_name(name, net::limits::kNameBytes);
  const auto bytes = sync::from_hex(id);
  if (!bytes || bytes->size() != sync::SchoolId::kSize) fail("«" + id + "» — не номер школы");
  out << hub.add_lost_school(name, sync::SchoolId::from(*bytes)).id().hex() << "\n";
}

void accept_schools(Hub& hub, const std::vector<std::string>& names, std::ostream& out) {
  std::vector<School*> schools;
  for (const auto& name : names) schools.push_back(&named_school(hub, name));
  for (auto* school : schools) {
    if (!hub.recoveries().is_closed(school->id())) fail(school->entry().name + ": не закрыта");
  }
  for (auto* school : schools) {
    hub.recoveries().open(school->id(), hub.now());
    out << school->entry().name << "\t" << recovery_text(hub, *school) << "\n";
  }
}

void list_schools(Hub& hub, std::ostream& out) {
  for (const auto* school : hub.schools()) {
    out << school->id().hex() << "\t" << school->entry().name << "\n";
  }
}

void make_token(Hub& hub, const TokenWish& wish, std::ostream& out, std::ostream& warnings) {
  if (!wish.site_name.empty()) require_name(wish.site_name, net::limits::kNameBytes);
  if (wish.hours < 1 || wish.hours > 24 * 365) fail("ключ действует от часа до года");
  const auto& school = named_school(hub, wish.school);
  for (const auto& site : hub.region().sites_of(school.id())) {
    if (site.name != wish.site_name || site.is_revoked || site.is_succeeded) continue;
    if (!site.name.empty())
      warnings << "узел с таким названием уже есть: " << site.id.hex() << "\n";
  }
  const auto token = net::EnrolmentToken::make(hub.authority().fingerprint());
  const sync::Time expires{hub.now().ms + std::int64_t{wish.hours} * 3600 * 1000};
  hub.region().add_token(net::hash_of(token.secret),
                         {school.id(), wish.site_name, wish.kind, expires});
  out << token.text() << "\n";
}

void print_status(Hub& hub, std::ostream& out) {
  std::string unread;
  for (auto* school : hub.schools()) {
    out << school->entry().name << "\t";
    try {
      out << counts_text(hub, *school, exchange_text(hub.region().sites_of(school->id()))) << "\n";
      const auto recovery = recovery_text(hub, *school);
      if (!recovery.empty()) out << "\t" << recovery << "\n";
      out << sites_text(hub, *school);
    } catch (const std::runtime_error& error) {
      out << "не читается: " << error.what() << "\n";
      unread += (unread.empty() ? "" : ", ") + school->entry().name;
    }
  }
  name_kept_copies(hub, out);
  if (!unread.empty()) throw DoesNotHold("не читается: " + unread);
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

namespace {

/// Throws where the file of revocations couldn't take one more.
void require_revocations(Hub& hub) {
  try {
    read_revocations(hub.folder().revocations(), hub.authority().public_key());
  } catch (const std::exception& error) {
    fail("акт не сделан: " + std::string(error.what()) +
         "\nверните файл из копии или уберите его: он составится заново по всем школам");
  }
}

decltype(sync::Act::what) act_of(Hub& hub, sync::Replica& replica, const Revocation& revocation) {
  if (!revocation.undo.empty()) {
    return journal::undo(journal::act_named(replica, revocation.undo));
  }
  const auto id = journal::site_named(replica, revocation.site).record.keys.id();
  if (id == hub.self().id()) fail("это сам сервер региона");
  return journal::void_site(replica, id, {revocation.from, revocation.school_from});
}

/// Makes the act and prints it.
void write_revocation(Hub& hub, School& school, const Revocation& revocation, std::ostream& out) {
  auto locked = school.lock();
  auto& replica = locked.replica;
  const sync::Entry entry{
      {"operator", "operator", sync::rank::kOperator, host_name()}, hub.now(), {}, replica.seen()};
  const auto what = act_of(hub, replica, revocation);
  const auto name = journal::write_act(replica, entry, what, revocation.reason);
  hub.heed_acts(school.id(), locked);
  print_lines(journal::review_lines(replica, name, moment_for_operators), out);
  const auto* voided = std::get_if<sync::VoidSite>(&what);
  if (voided != nullptr) out << left_after(hub, replica, school.id(), voided->site);
  if (open_where_all_were_heard(hub, locked, school.id())) {
    out << "ждать больше некого: школа открыта\n";
  }
}

}  // namespace

void revoke(Hub& hub, const Revocation& revocation, std::ostream& out) {
  if (revocation.site.empty() == revocation.undo.empty())
    fail("нужен или узел, или --undo с актом");
  auto& school = named_school(hub, revocation.school);
  require_revocations(hub);
  write_revocation(hub, school, revocation, out);
  const auto notes = hub.folder().revocations();
  try {
    note_revocations(hub, school);
  } catch (const std::exception& error) {
    throw DoesNotHold("акт сделан и действует, но в файле отзывов его нет: " +
                      std::string(error.what()));
  }
  out << "сохраните отдельно: " << notes << "\n";
}

void print_acts(Hub& hub, const std::string& school, const std::string& act, std::ostream& out) {
  const auto locked = named_school(hub, school).lock();
  auto& replica = locked.replica;
  print_lines(act.empty() ? journal::act_lines(replica, moment_for_operators)
                          : journal::review_lines(replica, journal::act_named(replica, act).name,
                                                  moment_for_operators),
              out);
}

}  // namespace zimnik::hub
