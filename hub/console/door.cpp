#include "hub/console/door.h"

#include "hub/console/audit_trail.h"
#include "hub/known_browser.h"
#include "sync/web/one_time_code.h"
#include "sync/web/password.h"
#include "sync/web/visit.h"

namespace zimnik::hub {
namespace {

constexpr const char* kSession = "console";
constexpr long kSessionSeconds = OperatorStore::kSessionMs / 1000;
constexpr std::size_t kLoginBytes = 64;
constexpr std::size_t kShortestPassword = 12;  // bytes: an operator's opens a whole region

const std::string kTooMany = "Слишком много попыток. Подождите десять минут.";
const std::string kBusy = "Сейчас входят слишком многие. Повторите через минуту.";
const std::string kForeignForm = "Форма отправлена с другого сайта. Откройте эту страницу заново.";

KnownAccount known(const OperatorAccount& account) {
  return {"operator", account.id, account.verifier};
}

std::string caller(const net::Request& request) {
  return net::network_of(web::client_address(request));
}

}  // namespace

void ConsoleDoor::mount(net::HttpServer& server) {
  const auto route = [&](const char* method, const char* path, auto answer) {
    server.route(method, path,
                 [this, answer](const net::Request& request) { return (this->*answer)(request); });
  };
  server.route("GET", "/sign-in",
               [this](const net::Request& request) { return show(request, 200, ""); });
  server.route("GET", "/code",
               [this](const net::Request& request) { return show_code(request, 200, ""); });
  route("POST", "/sign-in", &ConsoleDoor::enter);
  route("POST", "/code", &ConsoleDoor::use_code);
  route("POST", "/sign-out", &ConsoleDoor::leave);
}

std::optional<OperatorAccount> ConsoleDoor::visitor(const net::Request& request) {
  return OperatorStore(hub_.database()).of_session(request.cookie(kSession), hub_.now());
}

net::Response ConsoleDoor::show(const net::Request& request, int status,
                                const std::string& problem) {
  const auto& translate = pages_.translator(request);
  return pages_.page(request, status, "console_sign_in", "Вход в консоль",
                     {{"problem", translate(problem)}, {"login", false}});
}

net::Response ConsoleDoor::show_code(const net::Request& request, int status,
                                     const std::string& problem) {
  const auto& translate = pages_.translator(request);
  return pages_.page(request, status, "console_code", "Новый пароль",
                     {{"problem", translate(problem)}, {"login", false}});
}

void ConsoleDoor::note_failure(const net::Request& request, const SignInAttempt& attempt) {
  const auto now = hub_.now();
  guard_.note_failure(attempt, now);
  // Of nobody's login only that it was tried: a password may have been typed in its place.
  const bool is_known = OperatorStore(hub_.database()).find(attempt.login).has_value();
  if (!is_known && !nobodys_failures_.take("", now)) return;
  AuditTrail(hub_.database())
      .note({is_known ? attempt.login : "-", "sign_in.failed", {}, caller(request)}, now);
}

net::Response ConsoleDoor::enter(const net::Request& request) {
  if (!web::is_from_own_page(request)) return show(request, 403, kForeignForm);
  const auto form = request.form().value_or(net::Fields());
  auto attempt = SignInAttempt::of(request, form.get("login").substr(0, kLoginBytes));
  const auto password = form.get("password");
  const auto account = OperatorStore(hub_.database()).find(attempt.login);
  attempt.is_known = account && is_known_browser(hub_, request, known(*account));
  if (guard_.is_barred(attempt, hub_.now())) return show(request, 429, kTooMany);
  const auto turn = guard_.take_turn(attempt, hub_.now());
  if (!turn) return show(request, 503, kBusy);
  const bool may_try = password.size() <= web::kLongestPassword;
  bool fits = false;
  if (may_try && account && !account->is_locked) {
    fits = web::fits_password(account->verifier, password, haste_of(attempt));
  } else if (may_try) {
    web::waste_time_on(password);
  }
  if (!fits) {
    note_failure(request, attempt);
    return show(request, 403, "Неверный логин или пароль.");
  }
  guard_.note_success(attempt);
  return let_in(request, account->login);
}

net::Response ConsoleDoor::use_code(const net::Request& request) {
  if (!web::is_from_own_page(request)) return show_code(request, 403, kForeignForm);
  const auto form = request.form().value_or(net::Fields());
  const auto now = hub_.now();
  const auto attempt = SignInAttempt::of(request);
  if (guard_.is_barred(attempt, now)) return show_code(request, 429, kTooMany);
  OperatorStore operators(hub_.database());
  const auto code = web::hash_of_code(form.get("code"));
  const auto owner = operators.owner_of_code(code, now);
  if (!owner) {
    note_failure(request, attempt);
    return show_code(request, 403, "Такого кода нет, или он истёк. Попросите новый.");
  }
  const auto password = form.get("password");
  if (password.size() < kShortestPassword || password.size() > web::kLongestPassword) {
    return show_code(request, 400, "Пароль: не короче 12 знаков.");
  }
  if (password != form.get("again")) return show_code(request, 400, "Пароли не совпадают.");
  // Whose code holds isn't guessing.
  const auto turn = guard_.take_turn({"", owner->login, true}, now);
  if (!turn) return show_code(request, 503, kBusy);
  if (!operators.set_password(code, web::password_verifier(password), now)) {
    return show_code(request, 403, "Такого кода нет, или он истёк. Попросите новый.");
  }
  AuditTrail(hub_.database()).note({owner->login, "password"}, now);
  return let_in(request, owner->login);
}

net::Response ConsoleDoor::let_in(const net::Request& request, const std::string& login) {
  AuditTrail(hub_.database()).note({login, "sign_in", {}, caller(request)}, hub_.now());
  auto response = net::Response::see_other("/");
  OperatorStore operators(hub_.database());
  const auto account = operators.find(login).value();
  const auto token = operators.open_session(account.id, request.cookie(kSession), hub_.now());
  response.headers.emplace_back("Set-Cookie",
                                web::cookie(request, kSession, token, kSessionSeconds));
  remember_browser(hub_, request, known(account), response);
  return response;
}

net::Response ConsoleDoor::leave(const net::Request& request) {
  if (!web::is_from_own_page(request)) return show(request, 403, kForeignForm);
  OperatorStore(hub_.database()).close_session(request.cookie(kSession));
  auto response = net::Response::see_other("/sign-in");
  response.headers.emplace_back("Set-Cookie", web::cookie(request, kSession, "", 0));
  return response;
}

}  // namespace zimnik::hub
