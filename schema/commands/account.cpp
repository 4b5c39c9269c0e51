#include "schema/commands/account.h"

#include <algorithm>

#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Command;
using sync::Null;

namespace {

bool is_login(std::string_view login) {
  return !login.empty() && login.size() <= limits::kLoginBytes &&
         std::all_of(login.begin(), login.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                  c == '-';
         });
}

void require_account(Command& command, std::string_view login) {
  require(exists(command.database(), "account", {text_value(login)}), "Нет такой учётной записи");
}

void set_lock(Command& command, std::string_view login, std::string_view state) {
  require_account(command, login);
  put(command, "account_lock", {text_value(login)}, "lock", {text_value(state)});
}

void set_open(Command& command, std::string_view login) {
  put(command, "account", {text_value(login)}, "state", {text_value(kOpen)});
}

void put_verifier(Command& command, std::string_view login, std::string_view verifier) {
  require_text(verifier, limits::kVerifierBytes, "Пароль");
  put(command, "account", {text_value(login)}, "verifier", {text_value(verifier)});
}

}  // namespace

std::string Scope::text() const {
  if (course) return "course:" + std::to_string(*course);
  if (school_class) return "class:" + std::to_string(*school_class);
  return "";
}

void grant_role(Command& command, std::int64_t person, Role role, const Scope& scope,
                std::string_view order_number, Date since, std::optional<Date> last_day) {
  require(exists(command.database(), "person", {person}), "Нет такого человека");
  require_at_most(order_number, limits::kNumberBytes, "Номер приказа");
  require(!last_day || since <= *last_day, "Роль: последний день раньше первого");
  require(scope.text().empty() || can_be_of_a_part(role), "Эту роль дают на всю школу");
  put(command, "role_grant", {person, text_value(word_of(role)), text_value(scope.text())}, "grant",
      {text_value(kGranted), text_or_null(order_number), date_value(since),
       optional_value(last_day)});
}

void withdraw_role(Command& command, std::int64_t person, Role role, const Scope& scope,
                   std::string_view order_number) {
  const Values key = {person, text_value(word_of(role)), text_value(scope.text())};
  require(exists(command.database(), "role_grant", key), "Такой роли у этого человека нет");
  require_at_most(order_number, limits::kNumberBytes, "Номер приказа");
  put(command, "role_grant", key, "grant",
      {text_value(kWithdrawn), text_or_null(order_number), Null{}, Null{}});
}

void add_account(Command& command, std::string_view login, std::int64_t person,
                 std::string_view verifier) {
  require(is_login(login), "Логин: строчные латинские буквы, цифры, точка, дефис, до 64 знаков");
  require(!exists(command.database(), "account", {text_value(login)}), "Такой логин уже занят");
  require(exists(command.database(), "person", {person}), "Нет такого человека");
  put(command, "account", {text_value(login)}, "person", {person});
  put_verifier(command, login, verifier);
  set_open(command, login);
}

void set_verifier(Command& command, std::string_view login, std::string_view verifier) {
  require_account(command, login);
  put_verifier(command, login, verifier);
  const bool has_code = has_row(
      command.database(), "SELECT 1 FROM account WHERE login = ? AND reset_verifier IS NOT NULL",
      {text_value(login)});
  if (has_code) put(command, "account", {text_value(login)}, "reset", {Null{}, Null{}});
}

void issue_code(Command& command, std::string_view login, std::string_view code_hash,
                sync::Time expires) {
  require_account(command, login);
  require_text(code_hash, limits::kVerifierBytes, "Код");
  put(command, "account", {text_value(login)}, "reset", {text_value(code_hash), expires.ms});
}

void use_code(Command& command, std::string_view login, std::string_view code_hash, sync::Time now,
              std::string_view verifier) {
  require(has_row(command.database(),
                  "SELECT 1 FROM account WHERE login = ? AND reset_verifier = ? AND "
                  "reset_expires_at > ?",
                  {text_value(login), text_value(code_hash), now.ms}),
          "Код не подходит, или его срок прошёл");
  set_verifier(command, login, verifier);
}

void lock_account(Command& command, std::string_view login) { set_lock(command, login, kLocked); }

void unlock_account(Command& command, std::string_view login) {
  set_lock(command, login, kOpen);
  const bool was_locked_by_older =
      has_row(command.database(), "SELECT 1 FROM account WHERE login = ? AND state = ?",
              {text_value(login), text_value(kLocked)});
  if (was_locked_by_older) set_open(command, login);
}

void bind_federal_identity(Command& command, std::int64_t person, std::string_view issuer,
                           std::string_view subject) {
  require(exists(command.database(), "person", {person}), "Нет такого человека");
  require_text(issuer, limits::kNameBytes, "Служба входа");
  require_text(subject, limits::kNameBytes, "Учётная запись службы входа");
  put(command, "federal_identity", {person}, "identity", {text_value(issuer), text_value(subject)});
}

}  // namespace zimnik::journal
