// A password is chosen by its owner: with a code that the school's specialist printed, or with the
// present password. Nobody else ever knows it.
#include "node/web/door.h"
#include "node/web/entry.h"
#include "node/web/site.h"
#include "schema/commands/account.h"
#include "sync/web/one_time_code.h"
#include "sync/web/visit.h"

namespace zimnik::node {

namespace {

constexpr const char* kForeign = "Форма пришла не с этой страницы. Откройте её снова.";
constexpr const char* kWrongCode = "Код не подходит, или его срок прошёл";
constexpr const char* kBarred = "Слишком много неудачных попыток. Подождите десять минут.";
constexpr const char* kBusy = "Сейчас входят слишком многие. Повторите через минуту.";

/// What is wrong with a password that was typed twice; null for nothing.
const char* fault_of(const std::string& password, const std::string& again) {
  if (password.size() < web::kShortestPassword) return "Пароль: не короче 8 знаков.";
  if (password.size() > web::kLongestPassword) return "Пароль слишком длинный.";
  return password == again ? nullptr : "Пароли не совпадают.";
}

}  // namespace

net::Response Door::show_code(const net::Request& request) {
  return pages_.page(request, 200, "code", "Вход по коду",
                     {{"barred", request.query.find("barred").has_value()}});
}

net::Response Door::use_code(const net::Request& request) {
  const auto form = request.form();
  if (!form || !web::is_from_own_page(request)) return pages_.refusal(request, 400, {kForeign});
  const auto attempt = attempt_of(request, form->get("login"));
  if (is_barred(attempt)) return net::Response::see_other("/code?barred");
  const auto owner = owner_of(attempt.login);
  const auto code = web::hash_of_code(form->get("code")).hex();
  return set_password(request, attempt, *form, [&](const std::string& verifier) {
    if (!owner) throw sync::CommandRefused(kWrongCode);
    write(request, *owner, [&](sync::Command& command) {
      journal::use_code(command, owner->login, code, clock_(), verifier);
    });
  });
}

net::Response Door::change_password(const net::Request& request, const Visitor& visitor) {
  const auto form = request.form();
  if (!form || !web::is_from_own_page(request)) return pages_.refusal(request, 400, {kForeign});
  const auto attempt = attempt_of(request, visitor.login);
  if (is_barred(attempt)) return pages_.refusal(request, 422, {kBarred});
  const auto present = form->get("present").substr(0, web::kLongestPassword + 1);
  const auto account = journal_.read(
      [&](sync::Database& database) { return journal::account_of(database, visitor.login); });
  return set_password(request, attempt, *form, [&](const std::string& verifier) {
    if (!account || !web::fits_password(account->verifier, present)) {
      throw sync::CommandRefused("Прежний пароль не подходит");
    }
    write(request, visitor,
          [&](sync::Command& command) { journal::set_verifier(command, visitor.login, verifier); });
  });
}

net::Response Door::set_password(const net::Request& request, const Attempt& attempt,
                                 const net::Fields& form,
                                 const std::function<void(const std::string&)>& write) {
  const auto password = form.get("password");
  if (const auto* fault = fault_of(password, form.get("again"))) {
    return pages_.refusal(request, 422, {fault});
  }
  const auto turn = turns_.take(attempt.caller);
  if (!turn) return pages_.refusal(request, 503, {kBusy});
  try {
    write(web::password_verifier(password));
  } catch (const sync::CommandRefused& refused) {
    note_failure(attempt);
    return pages_.refusal(request, 422, refused.why());
  }
  state_.close_sessions_of(attempt.login);
  return let_in(request, attempt);
}

void Door::write(const net::Request& request, const Visitor& visitor,
                 const std::function<void(sync::Command&)>& command) {
  journal_.write([&](sync::Replica& replica) {
    const auto entry = entry_of(visitor, visitor.role(), request, {}, replica.seen(), clock_());
    Site::require_in_force(replica, entry);
    replica.write(entry, command);
  });
}

}  // namespace zimnik::node
