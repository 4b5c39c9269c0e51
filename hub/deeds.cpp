#include "hub/deeds.h"

#include <unistd.h>

#include <stdexcept>

#include "hub/recovery.h"
#include "hub/revocations.h"
#include "hub/successions.h"
#include "hub/token_deeds.h"
#include "schema/commands/act.h"
#include "schema/commands/put.h"
#include "schema/read/acts.h"
#include "sync/core/encoding.h"
#include "sync/net/limits.h"
#include "sync/web/one_time_code.h"

namespace zimnik::hub {
namespace {

using journal::refuse;

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "hub";
}

/// As an act's author: no account of the school's has such a name.
std::string author_of(const std::string& actor) {
  return actor == kCommandLine ? "operator" : "operator:" + actor;
}

/// A line for each site that isn't revoked and goes on from this one, or from one that does, with
/// the command that revokes it.
std::vector<std::string> left_after(Hub& hub, sync::Replica& replica, const sync::SchoolId& school,
                                    const sync::SiteId& site) {
  std::vector<std::string> lines;
  for (const auto& id : successors_of(known_successions(hub, replica, school), site)) {
    if (replica.is_revoked(id)) continue;
    lines.push_back(left_line(school, site, id));
  }
  return lines;
}

/// Throws where the file of revocations couldn't take one more.
void require_revocations(Hub& hub) {
  try {
    read_revocations(hub.folder().revocations(), hub.authority().public_key());
  } catch (const std::exception& error) {
    refuse(
        "акт не сделан: {1}; верните файл из копии или уберите его: он составится заново по всем "
        "школам",
        {error.what()});
  }
}

decltype(sync::Act::what) act_of(Hub& hub, sync::Replica& replica, const Revocation& revocation) {
  if (!revocation.undo.empty()) {
    return journal::undo(journal::act_named(replica, revocation.undo));
  }
  const auto id = journal::site_named(replica, revocation.site).record.keys.id();
  if (id == hub.self().id()) refuse("это сам сервер региона");
  return journal::void_site(replica, id, {revocation.from, revocation.school_from});
}

RevocationMade write_revocation(Hub& hub, const std::string& actor, School& school,
                                const Revocation& revocation) {
  RevocationMade revoked;
  auto locked = school.lock();
  auto& replica = locked.replica;
  const sync::Entry entry{{author_of(actor), "operator", sync::rank::kOperator, host_name()},
                          hub.now(),
                          {},
                          replica.seen()};
  const auto what = act_of(hub, replica, revocation);
  const auto name = journal::write_act(replica, entry, what, revocation.reason);
  hub.heed_acts(school.id(), locked);
  revoked.lines = journal::review_lines(replica, name, moment_for_operators);
  if (const auto* voided = std::get_if<sync::VoidSite>(&what)) {
    for (auto& line : left_after(hub, replica, school.id(), voided->site)) {
      revoked.lines.push_back(std::move(line));
    }
  }
  revoked.is_school_open = open_where_all_were_heard(hub, locked, school.id());
  return revoked;
}

bool is_login(const std::string& login) {
  return login.size() >= 3 && login.size() <= 64 &&
         login.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos &&
         login != kCommandLine;
}

std::string new_code(Hub& hub, const std::string& login) {
  OperatorStore operators(hub.database());
  const auto account = operators.find(login);
  if (!account) refuse("оператора «{1}» нет", {login});
  if (account->is_locked) refuse("оператор «{1}» закрыт", {login});
  const auto code = web::new_code();
  operators.issue_code(account->id, web::hash_of_code(code), hub.now());
  return web::code_in_groups(code);
}

}  // namespace

void require_name(const std::string& name, std::size_t most) {
  if (name.empty() || name.size() > most || !sync::is_text(name) ||
      name.find_first_of("\t\r\n") != std::string::npos) {
    refuse("название — одна строка, не больше {1} байт", {std::to_string(most)});
  }
}

std::string left_line(const sync::SchoolId& school, const sync::SiteId& revoked,
                      const sync::SiteId& left) {
  return "узел " + left.hex() + " продолжает работу отозванного " + revoked.hex() +
         ", заверен и не отозван: zimnik-hub revoke " + school.hex() + " " + left.hex() +
         " --reason ОСНОВАНИЕ";
}

School& named_school(Hub& hub, const std::string& text) {
  School* found = nullptr;
  for (auto* school : hub.schools()) {
    const bool fits =
        school->entry().name == text || (text.size() >= 4 && school->id().hex().starts_with(text));
    if (!fits) continue;
    if (found != nullptr) refuse("«{1}»: таких школ несколько, нужен номер", {text});
    found = school;
  }
  if (found == nullptr) refuse("школы «{1}» нет", {text});
  return *found;
}

School& add_school(Hub& hub, const std::string& actor, const std::string& text,
                   const std::string& id) {
  const auto name = journal::trimmed(text);
  require_name(name, net::limits::kNameBytes);
  for (const auto* school : hub.schools()) {
    if (school->entry().name == name) refuse("школа «{1}» уже есть: назовите эту иначе", {name});
  }
  if (id.empty()) {
    return noted(hub, {actor, "school.add", {}, "", name},
                 [&]() -> School& { return hub.add_school(name); });
  }
  const auto bytes = sync::from_hex(id);
  if (!bytes || bytes->size() != sync::SchoolId::kSize) refuse("«{1}» — не номер школы", {id});
  const auto school = sync::SchoolId::from(*bytes);
  return noted(hub, {actor, "school.add", school, "", name},
               [&]() -> School& { return hub.add_lost_school(name, school); });
}

RevocationMade revoke(Hub& hub, const std::string& actor, const Revocation& revocation) {
  if (revocation.site.empty() == revocation.undo.empty()) {
    refuse("нужен или узел, или --undo с актом");
  }
  if (revocation.reason.empty()) refuse("нужно основание");
  auto& school = named_school(hub, revocation.school);
  require_revocations(hub);
  const bool is_undo = revocation.site.empty();
  const Deed deed{actor, is_undo ? "undo" : "revoke", school.id(),
                  is_undo ? revocation.undo : revocation.site, revocation.reason};
  auto revoked = noted(hub, deed, [&] { return write_revocation(hub, actor, school, revocation); });
  try {
    note_revocations(hub, school);
  } catch (const std::exception& error) {
    revoked.unnoted = error.what();
  }
  return revoked;
}

std::vector<School*> accept_schools(Hub& hub, const std::string& actor,
                                    const std::vector<std::string>& names) {
  std::vector<School*> schools;
  for (const auto& name : names) schools.push_back(&named_school(hub, name));
  for (auto* school : schools) {
    if (!hub.recoveries().is_closed(school->id()))
      refuse("{1}: не закрыта", {school->entry().name});
  }
  for (auto* school : schools) {
    noted(hub, {actor, "accept", school->id()},
          [&] { hub.recoveries().open(school->id(), hub.now()); });
  }
  return schools;
}

std::string add_operator(Hub& hub, const std::string& actor, const OperatorWish& wish) {
  if (!is_login(wish.login)) {
    refuse(
        "логин: от 3 до 64 знаков, строчные латинские буквы, цифры, точка, дефис и подчёркивание");
  }
  const bool is_authority = wish.role == OperatorRole::authority;
  if (is_authority == wish.schools.empty())
    refuse("школы выбирают для органа управления образованием, и только для него");
  std::set<sync::SchoolId> schools;
  for (const auto& name : wish.schools) schools.insert(named_school(hub, name).id());
  const Deed deed{actor, "operator.add", {}, wish.login, word_of(wish.role)};
  return noted(hub, deed, [&] {
    OperatorStore operators(hub.database());
    if (!operators.add(wish.login, wish.role, schools, hub.now())) {
      refuse("оператор «{1}» уже есть", {wish.login});
    }
    return new_code(hub, wish.login);
  });
}

std::string issue_operator_code(Hub& hub, const std::string& actor, const std::string& login) {
  return noted(hub, {actor, "operator.code", {}, login}, [&] { return new_code(hub, login); });
}

void lock_operator(Hub& hub, const std::string& actor, const std::string& login, bool is_locked) {
  OperatorStore operators(hub.database());
  const auto account = operators.find(login);
  if (!account) refuse("оператора «{1}» нет", {login});
  noted(hub, {actor, is_locked ? "operator.lock" : "operator.unlock", {}, login},
        [&] { operators.lock(account->id, is_locked, hub.now()); });
  if (is_locked) cancel_tokens_of(hub, actor, login);
}

}  // namespace zimnik::hub
