// Who may sign in, and what of a stolen account is void.
#include <sstream>

#include "node/commands/commands.h"
#include "node/diary_codes.h"
#include "node/web/door.h"
#include "schema/commands/account.h"
#include "schema/commands/person.h"
#include "schema/ids.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "sync/web/one_time_code.h"
#include "sync/web/password.h"

namespace zimnik::node {
namespace {

std::string chosen_password(const std::string& given, std::ostream& out) {
  if (given.empty()) {
    const auto made = web::new_code();
    out << "пароль: " << made << "\n";
    return made;
  }
  if (given.size() < web::kShortestPassword) {
    throw std::runtime_error("пароль короче 8 знаков");
  }
  return given;
}

journal::PersonNames names_from(const std::string& text) {
  std::istringstream words(text);
  journal::PersonNames names;
  words >> names.family_name >> names.given_name >> std::ws;
  std::getline(words, names.patronymic);
  if (names.given_name.empty()) throw std::runtime_error("имя: нужны фамилия и имя");
  return names;
}

std::string role_words() {
  std::string words;
  for (const auto role : journal::kRoles) {
    words += (words.empty() ? "" : ", ") + std::string(journal::word_of(role));
  }
  return words;
}

void write(SchoolNode& node, const std::function<void(sync::Command&)>& command) {
  const auto entry = console_entry(node);
  node.journal().write([&](sync::Replica& replica) { replica.write(entry, command); });
}

}  // namespace

int add_account(SchoolNode& node, const AccountOptions& options, std::ostream& out) {
  const auto role = journal::role_of(options.role);
  if (!role) {
    throw std::runtime_error("роль «" + options.role + "» неизвестна; есть: " + role_words());
  }
  const auto names = names_from(options.name);
  const auto today = day_of(system_time());
  const auto person = journal::new_id(today.school_year());
  const auto verifier = web::password_verifier(chosen_password(options.password, out));
  node.journal().make_person_keys({person});
  write(node, [&](sync::Command& command) {
    journal::add_person(command, person, journal::PersonKind::staff, names);
    journal::add_account(command, options.login, person, verifier);
    journal::grant_role(command, person, *role, {}, "", today);
  });
  out << "учётная запись " << options.login << " заведена\n";
  return 0;
}

int set_password(SchoolNode& node, const AccountOptions& options, std::ostream& out) {
  const auto verifier = web::password_verifier(chosen_password(options.password, out));
  write(node,
        [&](sync::Command& command) { journal::set_verifier(command, options.login, verifier); });
  node.state().close_sessions_of(options.login);
  out << "пароль " << options.login << " заменён\n";
  return 0;
}

int lock_account(SchoolNode& node, const std::string& login, bool lock, std::ostream& out) {
  write(node, [&](sync::Command& command) {
    lock ? journal::lock_account(command, login) : journal::unlock_account(command, login);
  });
  if (lock) node.state().close_sessions_of(login);
  out << login << (lock ? " закрыта\n" : " открыта\n");
  return 0;
}

int list_accounts(SchoolNode& node, std::ostream& out) {
  node.journal().read([&](sync::Database& database) {
    for (const auto& account : journal::accounts(database)) {
      out << account.login << "\t" << journal::name_of(database, account.person).full() << "\t"
          << (account.is_open ? "открыта" : "закрыта") << "\n";
    }
  });
  return 0;
}

namespace {

/// Of the school year at work; 0 where there is no such class.
std::int64_t class_named(sync::Database& database, const std::string& name, journal::Date today) {
  for (const auto& school_class :
       journal::classes_of_year(database, journal::year_at_work(database, today))) {
    if (school_class.text() == name) return school_class.id;
  }
  return 0;
}

/// A line for each child: tables of codes are sorted by pupils.
void print_code(const DiaryCode& code, std::ostream& out) {
  const auto& guardian = code.whose.guardian;
  for (const auto& child : code.whose.children) {
    out << child.plain() << "\t" << guardian.name.full() << " (" << guardian.relation << ")\t"
        << code.code << "\n";
  }
}

}  // namespace

int print_codes(SchoolNode& node, const std::string& class_name, bool anew, std::ostream& out) {
  const auto now = system_time();
  const auto today = day_of(now);
  std::vector<DiaryCode> codes;
  std::size_t guardians = 0;
  const bool is_class = node.journal().read([&](sync::Database& database) {
    const auto school_class = class_named(database, class_name, today);
    guardians = journal::guardians_of_class(database, school_class, today).size();
    codes = new_diary_codes(database, school_class, anew, today);
    return school_class != 0;
  });
  if (!is_class) throw std::runtime_error("нет такого класса в этом году: «" + class_name + "»");
  if (guardians == 0) {
    throw std::runtime_error("в классе «" + class_name + "» некому печатать коды");
  }
  write(node, [&](sync::Command& command) { issue_diary_codes(command, codes, now); });
  for (const auto& code : codes) print_code(code, out);
  if (const auto kept = guardians - codes.size(); kept > 0) {
    out << "уже с кодом: " << kept << "; новые и им — с --anew, прежние коды и открытые по ним "
        << "дневники тогда закроются\n";
  }
  if (!codes.empty()) out << "коды действуют после следующего обмена с округом\n";
  return 0;
}

}  // namespace zimnik::node
