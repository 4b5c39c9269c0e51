#include "hub/web/parents_site.h"

#include "hub/console/access_log.h"
#include "hub/web/family_values.h"
#include "schema/diary/diary_values.h"
#include "schema/read/diary_week.h"
#include "sync/web/one_time_code.h"
#include "sync/web/password.h"
#include "sync/web/visit.h"

namespace zimnik::hub {
namespace {

constexpr const char* kSession = "session";
constexpr long kSessionSeconds = FamilyStore::kSessionMs / 1000;
constexpr std::size_t kLeastLogin = 3, kMostLogin = 64, kLeastPassword = 8, kMostPassword = 1000;

constexpr std::int64_t kLatelyMs = std::int64_t{60} * 24 * 3600 * 1000;

const std::string kTooMany = "Слишком много попыток. Подождите десять минут.";
const std::string kBusy = "Сейчас входят слишком многие. Повторите через минуту.";
const std::string kWaiting =
    "Сервер восстановлен из копии и ждёт, пока школы передадут ему новое. Повторите позже.";
const std::string kWrongPassword = "Неверный логин или пароль.";
const std::string kLostAccount =
    "Неверный логин или пароль. Недавно сервер восстановили из копии: если вы впервые вошли после "
    "неё, введите код из школы ещё раз.";
const std::string kForeignForm = "Форма отправлена с другого сайта. Откройте эту страницу заново.";

bool is_login(const std::string& login) {
  return login.size() >= kLeastLogin && login.size() <= kMostLogin &&
         login.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
}

bool was_restored_lately(Hub& hub) {
  const auto last = hub.recoveries().last();
  return last && hub.now().ms - last->restored.ms < kLatelyMs;
}

/// As it is kept: small letters, without blanks around it.
std::string login_as_kept(std::string login) {
  login.erase(0, login.find_first_not_of(' '));
  login.erase(login.find_last_not_of(' ') + 1);
  for (auto& letter : login) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return login;
}

}  // namespace

void ParentsSite::mount(net::HttpServer& server) {
  const auto route = [&](const char* method, const char* path,
                         Response (ParentsSite::*answer)(const Request&)) {
    server.route(method, path,
                 [this, answer](const Request& request) { return (this->*answer)(request); });
  };
  route("GET", "/", &ParentsSite::home);
  route("POST", "/", &ParentsSite::sign_in);
  route("POST", "/leave", &ParentsSite::sign_out);
  route("GET", "/activate", &ParentsSite::show_activation);
  route("POST", "/activate", &ParentsSite::activate);
  route("GET", "/diary/{pupil}", &ParentsSite::diary);
  route("GET", "/language", &ParentsSite::set_language);
  route("GET", "/static/{name}", &ParentsSite::static_file);
  server.otherwise([this](const Request& request) { return otherwise(request); });
}

std::optional<std::int64_t> ParentsSite::account(const Request& request) {
  return hub_.families().account_of_session(request.cookie(kSession), hub_.now());
}

std::string ParentsSite::caller(const Request& request) {
  return net::network_of(web::client_address(request));
}

// -- sign-in --------------------------------------------------------------------------------------

ParentsSite::Response ParentsSite::home(const Request& request) {
  const auto visitor = account(request);
  return visitor ? to_diary(request, *visitor) : sign_in_page(request, 200, "", "");
}

ParentsSite::Response ParentsSite::to_diary(const Request& request, std::int64_t account) {
  const auto family = family_of(hub_, account);
  const auto* child = family.first_readable();
  if (child == nullptr) return no_diary(request, family, family.silent.empty() ? 200 : 503);
  return Response::see_other("/diary/" + std::to_string(child->child.pupil));
}

ParentsSite::Response ParentsSite::sign_in_page(const Request& request, int status,
                                                const std::string& problem,
                                                const std::string& login) {
  const auto& translate = pages_.translator(request);
  return pages_.page(request, status, "sign_in", "Вход",
                     {{"problem", translate(problem)}, {"login", login}, {"is_signed_in", false}});
}

ParentsSite::Response ParentsSite::sign_in(const Request& request) {
  if (!web::is_from_own_page(request)) return sign_in_page(request, 403, kForeignForm, "");
  const auto form = request.form().value_or(net::Fields());
  const auto login = login_as_kept(form.get("login")).substr(0, kMostLogin);
  const auto password = form.get("password");
  const auto now = hub_.now();
  if (callers_.is_barred(caller(request), now) || logins_.is_barred(login, now)) {
    return sign_in_page(request, 429, kTooMany, login);
  }
  const web::PasswordTurn turn;
  if (!turn.is_had()) return sign_in_page(request, 503, kBusy, login);
  const auto found = is_login(login) ? hub_.families().account_of(login) : std::nullopt;
  if (!found) web::waste_time_on(password);
  if (!found || !web::fits_password(found->verifier, password)) {
    callers_.note_failure(caller(request), now);
    logins_.note_failure(login, now);
    return sign_in_page(request, 403, was_restored_lately(hub_) ? kLostAccount : kWrongPassword,
                        login);
  }
  logins_.forget(login);
  return signed_in(request, found->id);
}

ParentsSite::Response ParentsSite::signed_in(const Request& request, std::int64_t account) {
  auto response = Response::see_other("/");
  const auto token = hub_.families().open_session(account, hub_.now());
  response.headers.emplace_back("Set-Cookie",
                                web::cookie(request, kSession, token, kSessionSeconds));
  return response;
}

ParentsSite::Response ParentsSite::sign_out(const Request& request) {
  if (!web::is_from_own_page(request)) return sign_in_page(request, 403, kForeignForm, "");
  hub_.families().close_session(request.cookie(kSession));
  auto response = Response::see_other("/");
  response.headers.emplace_back("Set-Cookie", web::cookie(request, kSession, "", 0));
  return response;
}

// -- activation -----------------------------------------------------------------------------------

ParentsSite::Response ParentsSite::show_activation(const Request& request) {
  return activation_page(request, 200, "");
}

ParentsSite::Response ParentsSite::activation_page(const Request& request, int status,
                                                   const std::string& problem) {
  const auto& translate = pages_.translator(request);
  const auto form = request.form().value_or(net::Fields());
  return pages_.page(request, status, "activate", "Код из школы",
                     {{"problem", translate(problem)},
                      {"code", form.get("code")},
                      {"login", form.get("login")},
                      {"is_signed_in", account(request).has_value()}});
}

std::string ParentsSite::problem_of(const net::Fields& form) {
  const auto password = form.get("password");
  if (!is_login(login_as_kept(form.get("login")))) {
    return "Логин: от 3 до 64 знаков, только латинские буквы, цифры, точка, дефис и подчёркивание.";
  }
  if (password.size() < kLeastPassword || password.size() > kMostPassword) {
    return "Пароль: не короче 8 знаков.";
  }
  return password == form.get("again") ? "" : "Пароли не совпадают.";
}

ParentsSite::Response ParentsSite::activate(const Request& request) {
  if (!web::is_from_own_page(request)) return activation_page(request, 403, kForeignForm);
  const auto now = hub_.now();
  if (callers_.is_barred(caller(request), now)) return activation_page(request, 429, kTooMany);
  const auto form = request.form().value_or(net::Fields());
  const auto code = web::hash_of_code(form.get("code"));
  const bool is_used = hub_.families().was_used(code);
  const auto link = is_used ? std::nullopt : link_of_code(hub_, code);
  if (!link) {
    callers_.note_failure(caller(request), now);
    if (!is_used && is_any_closed(hub_)) return activation_page(request, 503, kWaiting);
    return activation_page(
        request, 403,
        is_used ? "Этот код уже использован. Если его ввели не вы, попросите в школе новый."
                : "Такого кода нет. Проверьте буквы и цифры. Новый код начинает действовать после "
                  "обмена школы с округом.");
  }
  const auto visitor = account(request);
  if (!visitor) return open_account(request, form, *link);
  hub_.families().add_link(*visitor, *link, now);
  return Response::see_other("/");
}

ParentsSite::Response ParentsSite::open_account(const Request& request, const net::Fields& form,
                                                const GuardianLink& link) {
  const auto problem = problem_of(form);
  if (!problem.empty()) return activation_page(request, 400, problem);
  const web::PasswordTurn turn;
  if (!turn.is_had()) return activation_page(request, 503, kBusy);
  const auto login = login_as_kept(form.get("login"));
  const auto verifier = web::password_verifier(form.get("password"));
  switch (hub_.families().open_account(login, verifier, link, hub_.now())) {
    case FamilyStore::Activated::done:
      break;
    case FamilyStore::Activated::code_used:
      return activation_page(
          request, 403, "Этот код уже использован. Если его ввели не вы, попросите в школе новый.");
    case FamilyStore::Activated::login_taken:
      return activation_page(request, 409, "Этот логин занят. Придумайте другой.");
  }
  return signed_in(request, hub_.families().account_of(login).value().id);
}

// -- the diary ------------------------------------------------------------------------------------

ParentsSite::Response ParentsSite::diary(const Request& request) {
  const auto visitor = account(request);
  if (!visitor) return sign_in_page(request, 403, "", "");
  const auto family = family_of(hub_, *visitor);
  const auto& place = request.place.at("pupil");
  const bool is_number = place.size() <= 16 && place.find_first_not_of("0123456789") == place.npos;
  const auto* child = is_number ? family.find(std::stoll(place)) : nullptr;
  if (child == nullptr) {
    return family.silent.empty() ? not_found(request) : no_diary(request, family, 503);
  }
  if (!child->is_readable) return no_diary(request, family, 403);
  AccessLog(hub_.database())
      .note({Reader::Kind::family, *visitor}, child->school->id(), {child->child.pupil},
            hub_.now());
  return diary_page(request, family, *child);
}

ParentsSite::Response ParentsSite::diary_page(const Request& request, const Family& family,
                                              const FamilyChild& child) {
  const auto& translate = pages_.translator(request);
  const auto wanted = journal::Date::parse(request.query.get("week"));
  // Before the week: it is at least as new as this says.
  const auto freshness = freshness_of(hub_, child.school->id());
  web::Values values;
  std::string name;
  child.school->read([&](sync::Database& database) {
    const auto zone = zone_of(database);
    const auto today = wall_time(hub_.now(), zone).date;
    const auto week =
        journal::diary_week(database, child.child.pupil, wanted.value_or(today).monday());
    if (!week) return;
    name = week->name.plain();
    values = journal::week_values(*week, today, translate);
    values.merge(freshness_values(freshness, zone));
  });
  if (values.empty()) return not_found(request);
  values["school"] = child.school->entry().name;
  values["pupil"] = std::to_string(child.child.pupil);
  const auto children = children_values(family, child.child.pupil);
  values["has_children"] = !children.empty();
  values["children"] = children;
  values["silent"] = silent_values(family);
  values["is_signed_in"] = true;
  return pages_.page(request, 200, "diary", translate("Дневник") + ": " + name, std::move(values));
}

ParentsSite::Response ParentsSite::no_diary(const Request& request, const Family& family,
                                            int status) {
  return pages_.page(request, status, "no_diary", "Нет доступа",
                     {{"is_without_consent", !family.children.empty()},
                      {"is_without_code", family.children.empty() && family.silent.empty()},
                      {"silent", silent_values(family)},
                      {"is_signed_in", true}});
}

ParentsSite::Response ParentsSite::not_found(const Request& request) {
  return pages_.page(request, 404, "not_found", "Нет такой страницы",
                     {{"is_signed_in", account(request).has_value()}});
}

ParentsSite::Response ParentsSite::otherwise(const Request& request) { return not_found(request); }

}  // namespace zimnik::hub
