#include "hub/web/activation.h"

#include "hub/family.h"
#include "hub/web/door.h"
#include "hub/web/words.h"
#include "sync/web/one_time_code.h"
#include "sync/web/password.h"

namespace zimnik::hub {
namespace {

constexpr const char* kWaiting =
    "Сервер восстановлен из копии и ждёт, пока школы передадут ему новое. Повторите позже.";
constexpr const char* kUsed =
    "Этот код уже использован. Если его ввели не вы, попросите в школе новый.";
constexpr const char* kUnknown =
    "Такого кода нет. Проверьте буквы и цифры. Новый код начинает действовать после обмена школы с "
    "округом.";

net::Response page(FamilySite& site, const net::Request& request, int status,
                   const std::string& problem) {
  const auto& translate = site.pages().translator(request);
  const auto form = request.form().value_or(net::Fields());
  return site.page(
      request, "activate", "Код из школы",
      {{"problem", translate(problem)}, {"code", form.get("code")}, {"login", form.get("login")}},
      status);
}

/// What is wrong with a new login and password, in Russian; empty where nothing is.
std::string problem_of(const net::Fields& form) {
  const auto password = form.get("password");
  if (!is_login(login_as_kept(form.get("login")))) {
    return "Логин: от 3 до 64 знаков, только латинские буквы, цифры, точка, дефис и подчёркивание.";
  }
  if (password.size() < web::kShortestPassword || password.size() > web::kLongestPassword) {
    return "Пароль: не короче 8 знаков.";
  }
  return password == form.get("again") ? "" : "Пароли не совпадают.";
}

net::Response open_account(FamilySite& site, const net::Request& request, const net::Fields& form,
                           const GuardianLink& link) {
  const auto problem = problem_of(form);
  if (!problem.empty()) return page(site, request, 400, problem);
  // Whose code holds isn't guessing.
  const auto turn = site.guard().take_turn({"", link.code.hex(), true}, site.now());
  if (!turn) return page(site, request, 503, kBusy);
  const auto login = login_as_kept(form.get("login"));
  const auto verifier = web::password_verifier(form.get("password"));
  auto& families = site.hub().families();
  switch (families.open_account(login, verifier, link, site.now())) {
    case FamilyStore::Activated::done:
      break;
    case FamilyStore::Activated::code_used:
      return page(site, request, 403, kUsed);
    case FamilyStore::Activated::login_taken:
      return page(site, request, 409, "Этот логин занят. Придумайте другой.");
  }
  return signed_in(site, request, families.account_of(login).value());
}

}  // namespace

net::Response activation_page(FamilySite& site, const net::Request& request) {
  return page(site, request, 200, "");
}

net::Response activate(FamilySite& site, const net::Request& request) {
  const auto now = site.now();
  const auto attempt = SignInAttempt::of(request);
  if (site.guard().is_barred(attempt, now)) return page(site, request, 429, kTooMany);
  const auto form = request.form().value_or(net::Fields());
  const auto code = web::hash_of_code(form.get("code"));
  const bool is_used = site.hub().families().was_used(code);
  const auto link = is_used ? std::nullopt : link_of_code(site.hub(), code);
  if (!link) {
    site.guard().note_failure(attempt, now);
    if (is_used) return page(site, request, 403, kUsed);
    return is_any_closed(site.hub()) ? page(site, request, 503, kWaiting)
                                     : page(site, request, 403, kUnknown);
  }
  const auto visitor = site.visitor(request);
  if (!visitor) return open_account(site, request, form, *link);
  site.hub().families().add_link(visitor->account, *link, now);
  return net::Response::see_other("/");
}

}  // namespace zimnik::hub
