#include "hub/commands.h"

#include <set>
#include <sstream>
#include <stdexcept>

#include "hub/kept_copies.h"
#include "hub/recovery.h"
#include "hub/school_status.h"
#include "hub/successions.h"
#include "schema/commands/act.h"
#include "schema/read/acts.h"
#include "schema/succession.h"
#include "sync/core/printable.h"

namespace zimnik::hub {
namespace {

void print_lines(const std::vector<std::string>& lines, std::ostream& out) {
  for (const auto& line : lines) out << line << "\n";
}

std::string counts_text(const SchoolStatus& status) {
  const auto lags = status.lags();
  std::ostringstream out;
  out << "обмен " << (status.exchange ? moment_for_operators(*status.exchange) : "никогда")
      << "\tзаписей " << status.leaves << "\tрасхождений " << status.conflicts << "\tк просмотру "
      << status.listed << "\tузлов " << status.sites << "\tотозвано " << status.revoked
      << "\tразветвлений " << status.forks << "\tтолько здесь " << status.only_here << "\tв ногу "
      << (lags.empty() ? "да" : "нет: " + lags);
  if (status.unfolded > 0) out << "\tиз более новых версий " << status.unfolded;
  return out.str();
}

/// A line each: sites that go on as others, those that should be revoked with them, logs that
/// forked.
std::string sites_text(Hub& hub, School& school) {
  const auto locked = school.lock();
  std::ostringstream out;
  std::set<std::string> left;
  const auto known = known_successions(hub, locked.replica, school.id());
  for (const auto& it : known) {
    out << "\tузел " << it.from.hex() << " продолжает работу как " << it.to.hex() << " с "
        << moment_for_operators(it.at) << ": " << it.how << "\n";
    if (!locked.replica.is_revoked(it.from)) continue;
    for (const auto& id : successors_of(known, it.from)) {
      if (!locked.replica.is_revoked(id)) left.insert(left_line(school.id(), it.from, id));
    }
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
  out << add_school(hub, kCommandLine, name).id().hex() << "\n";
}

void add_lost_school(Hub& hub, const std::string& name, const std::string& id, std::ostream& out) {
  out << add_school(hub, kCommandLine, name, id).id().hex() << "\n";
}

void accept_schools(Hub& hub, const std::vector<std::string>& names, std::ostream& out) {
  for (auto* school : accept_schools(hub, kCommandLine, names)) {
    out << school->entry().name << "\t"
        << recovery_text(hub, *school).value_or(sync::Phrase()).text() << "\n";
  }
}

void list_schools(Hub& hub, std::ostream& out) {
  for (const auto* school : hub.schools()) {
    out << school->id().hex() << "\t" << school->entry().name << "\n";
  }
}

void make_token(Hub& hub, const TokenWish& wish, std::ostream& out, std::ostream& warnings) {
  const auto issued = issue_token(hub, kCommandLine, wish);
  for (const auto& site : issued.same_name) {
    warnings << "узел с таким названием уже есть: " << site.hex() << "\n";
  }
  out << issued.text << "\n";
}

void list_tokens(Hub& hub, const std::string& school, std::ostream& out) {
  for (const auto& token : unused_tokens(hub, school)) {
    out << token.number() << "\t" << sync::one_line(token.name) << "\t"
        << (token.kind == sync::SiteKind::laptop ? "ноутбук" : "узел") << "\t" << token.made_by
        << "\tдо " << moment_for_operators(token.expires) << "\t"
        << (token.confirmed ? "действует" : "ждёт подтверждения") << "\n";
  }
}

void print_status(Hub& hub, std::ostream& out) {
  std::string unread;
  for (auto* school : hub.schools()) {
    out << school->entry().name << "\t";
    try {
      out << counts_text(status_of(hub, *school)) << "\n";
      const auto recovery = recovery_text(hub, *school);
      if (recovery) out << "\t" << recovery->text() << "\n";
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
  auto& its = named_school(hub, school);
  // It prints what stands in a person's record.
  AuditTrail(hub.database())
      .note({kCommandLine, "prove", its.id(), wish.table, wish.key}, hub.now());
  const auto locked = its.lock();
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

void revoke(Hub& hub, const Revocation& revocation, std::ostream& out) {
  const auto revoked = revoke(hub, kCommandLine, revocation);
  print_lines(revoked.lines, out);
  if (revoked.is_school_open) out << "ждать больше некого: школа открыта\n";
  if (!revoked.unnoted.empty()) {
    throw DoesNotHold("акт сделан и действует, но в файле отзывов его нет: " + revoked.unnoted);
  }
  out << "сохраните отдельно: " << hub.folder().revocations() << "\n";
}

void add_operator(Hub& hub, const OperatorWish& wish, std::ostream& out) {
  out << add_operator(hub, kCommandLine, wish) << "\n";
}

void renew_operator(Hub& hub, const std::string& login, std::ostream& out) {
  out << issue_operator_code(hub, kCommandLine, login) << "\n";
}

void lock_operator(Hub& hub, const std::string& login, bool is_locked, std::ostream& out) {
  lock_operator(hub, kCommandLine, login, is_locked);
  out << login << (is_locked ? "\tзакрыт\n" : "\tоткрыт\n");
}

void list_operators(Hub& hub, std::ostream& out) {
  for (const auto& account : OperatorStore(hub.database()).all()) {
    out << account.login << "\t" << word_of(account.role) << "\t"
        << (account.is_locked          ? "закрыт"
            : account.verifier.empty() ? "пароль ещё не выбран"
                                       : "работает");
    for (const auto& school : account.schools) out << "\t" << school.hex();
    out << "\n";
  }
}

void print_audit(Hub& hub, const std::string& school, int most, std::ostream& out) {
  AuditFilter filter;
  filter.most = most;
  if (!school.empty()) filter.school = named_school(hub, school).id();
  for (const auto& entry : AuditTrail(hub.database()).entries(filter)) {
    out << entry.number << "\t" << moment_for_operators(entry.at) << "\t" << entry.actor << "\t"
        << entry.what << "\t" << (entry.school ? entry.school->hex() : "") << "\t" << entry.object
        << "\t" << sync::one_line(entry.detail) << "\n";
  }
}

void verify_audit(Hub& hub, std::ostream& out) {
  const auto check = AuditTrail(hub.database()).check();
  out << "записей " << check.entries << "\tпоследняя " << check.last.hex() << "\n";
  if (check.broken) {
    throw DoesNotHold("журнал действий изменён: не сходится с записи " +
                      std::to_string(*check.broken));
  }
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
