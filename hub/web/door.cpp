#include "hub/web/door.h"

#include "hub/known_browser.h"
#include "hub/web/diary.h"
#include "hub/web/second_factor.h"
#include "hub/web/words.h"
#include "sync/web/password.h"
#include "sync/web/visit.h"

namespace zimnik::hub {
namespace {

constexpr const char* kSession = "session";
constexpr long kSessionSeconds = FamilyStore::kSessionMs / 1000;
constexpr std::size_t kLeastLoginBytes = 3;
constexpr std::int64_t kLatelyMs = std::int64_t{60} * 24 * 3600 * 1000;

constexpr const char* kWrongPassword = "Неверный логин или пароль.";
constexpr const char* kLostAccount =
    "Неверный логин или пароль. Недавно сервер восстановили из копии: если вы впервые вошли после "
    "неё, введите код из школы ещё раз.";

KnownAccount known(const FamilyAccount& account) {
  return {"family", account.id, account.verifier};
}

bool was_restored_lately(Hub& hub) {
  const auto last = hub.recoveries().last();
  return last && hub.now().ms - last->restored.ms < kLatelyMs;
}

net::Response sign_in_page(FamilySite& site, const net::Request& request, int status,
                           const std::string& problem, const std::string& login) {
  const auto& translate = site.pages().translator(request);
  const auto* federal = site.federal();
  return site.page(request, "sign_in", "Вход",
                   {{"problem", translate(problem)},
                    {"login", login},
                    {"provider", federal == nullptr ? "" : federal->provider.settings().name}},
                   status);
}

}  // namespace

std::string session_of(const net::Request& request) { return request.cookie(kSession); }

std::string login_as_kept(std::string login) {
  login.erase(0, login.find_first_not_of(' '));
  login.erase(login.find_last_not_of(' ') + 1);
  for (auto& letter : login) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return login;
}

bool is_login(const std::string& login) {
  return login.size() >= kLeastLoginBytes && login.size() <= kMostLoginBytes &&
         login.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
}

net::Response home_page(FamilySite& site, const net::Request& request) {
  const auto visitor = site.visitor(request);
  return visitor ? to_diary(site, request, *visitor) : sign_in_page(site, request, 200, "", "");
}

net::Response sign_in_first(FamilySite& site, const net::Request& request) {
  return sign_in_page(site, request, 403, "", "");
}

net::Response sign_in(FamilySite& site, const net::Request& request) {
  const auto form = request.form().value_or(net::Fields());
  const auto login = login_as_kept(form.get("login")).substr(0, kMostLoginBytes);
  const auto password = form.get("password");
  // What can't be a login is nobody's to be barred by.
  auto attempt = SignInAttempt::of(request, is_login(login) ? login : "");
  const auto found = site.hub().families().account_of(attempt.login);
  attempt.is_known = found && is_known_browser(site.hub(), request, known(*found));
  if (site.guard().is_barred(attempt, site.now())) {
    return sign_in_page(site, request, 429, kTooMany, login);
  }
  const auto turn = site.guard().take_turn(attempt, site.now());
  if (!turn) return sign_in_page(site, request, 503, kBusy, login);
  if (!found) web::waste_time_on(password);
  if (!found || !web::fits_password(found->verifier, password, haste_of(attempt))) {
    site.guard().note_failure(attempt, site.now());
    const auto* why = was_restored_lately(site.hub()) ? kLostAccount : kWrongPassword;
    return sign_in_page(site, request, 403, why, login);
  }
  site.guard().note_success(attempt);
  return after_password(site, request, *found);
}

void add_session(FamilySite& site, const net::Request& request, std::int64_t account,
                 net::Response& response) {
  const auto token = site.hub().families().open_session(account, site.now());
  response.headers.emplace_back("Set-Cookie",
                                web::cookie(request, kSession, token, kSessionSeconds));
}

net::Response signed_in(FamilySite& site, const net::Request& request,
                        const FamilyAccount& account) {
  auto response = net::Response::see_other("/");
  add_session(site, request, account.id, response);
  remember_browser(site.hub(), request, known(account), response);
  return response;
}

net::Response sign_out(FamilySite& site, const net::Request& request) {
  site.hub().families().close_session(session_of(request));
  auto response = net::Response::see_other("/");
  response.headers.emplace_back("Set-Cookie", web::cookie(request, kSession, "", 0));
  // Pages that the browser keeps for when there is no line (worker.js).
  response.headers.emplace_back("Clear-Site-Data", "\"storage\"");
  return response;
}

}  // namespace zimnik::hub
