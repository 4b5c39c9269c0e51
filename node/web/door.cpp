#include "node/web/door.h"

#include <algorithm>

#include "schema/deadlines.h"
#include "schema/limits.h"
#include "sync/web/visit.h"

namespace zimnik::node {

using journal::Role;

Role Visitor::role() const {
  auto best = Role::pupil;
  for (const auto& grant : grants) {
    if (!grant.scope.empty()) continue;
    if (journal::rank_of(grant.role) > journal::rank_of(best)) best = grant.role;
  }
  return best;
}

bool Visitor::is_head() const {
  return std::any_of(grants.begin(), grants.end(), [](const journal::Grant& grant) {
    return grant.scope.empty() &&
           (grant.role == Role::principal || grant.role == Role::deputy_head);
  });
}

journal::Date day_of(sync::Time time) { return journal::local_time(time).date; }

std::optional<Visitor> Door::visitor(const net::Request& request) {
  const auto token = request.cookie("session");
  if (token.empty()) return std::nullopt;
  const auto now = clock_();
  const auto session = state_.session_of(token, now);
  if (!session) return std::nullopt;
  auto visitor = owner_of(session->login);
  if (visitor) visitor->renewed_token = session->renewed_token;
  return visitor;
}

std::optional<Visitor> Door::owner_of(const std::string& login) {
  const auto today = day_of(clock_());
  return journal_.read([&](sync::Database& database) -> std::optional<Visitor> {
    const auto account = journal::account_of(database, login);
    if (!account || !account->is_open) return std::nullopt;
    Visitor visitor{login,
                    account->person,
                    journal::name_of(database, account->person),
                    journal::grants_of(database, account->person, today),
                    {}};
    for (const auto& grant : visitor.grants) {
      if (grant.scope.empty() || journal::can_be_of_a_part(grant.role)) {
        visitor.roles.add(grant.role);
      }
    }
    if (journal::leads_a_class(database, visitor.person, today)) {
      visitor.roles.add(Role::class_teacher);
    }
    visitor.roles.add(journal::family_roles_of(database, visitor.person, today));
    return visitor;
  });
}

std::string Door::session_cookie(const net::Request& request, const std::string& token) {
  return web::cookie(request, "session", token, {});
}

net::Response Door::show(const net::Request& request) {
  return pages_.page(request, 200, "sign_in", "Вход в журнал",
                     {{"busy", request.query.find("busy").has_value()},
                      {"failed", request.query.find("failed").has_value()},
                      {"barred", request.query.find("barred").has_value()}});
}

net::Response Door::enter(const net::Request& request) {
  const auto form = request.form();
  if (!form || !web::is_from_own_page(request)) {
    return pages_.refusal(request, 400, {"Форма пришла не с этой страницы. Откройте её снова."});
  }
  const auto attempt = attempt_of(request, form->get("login"));
  if (is_barred(attempt)) return net::Response::see_other("/sign-in?barred");
  const auto password = form->get("password");
  const auto& login = attempt.login;
  const auto turn = turns_.take(attempt.caller);
  if (!turn) return net::Response::see_other("/sign-in?busy");
  const auto account =
      journal_.read([&](sync::Database& database) { return journal::account_of(database, login); });
  const bool may_try = password.size() <= web::kLongestPassword;
  bool fits = false;
  if (may_try && account && account->is_open) {
    fits = web::fits_password(account->verifier, password);
  } else if (may_try) {
    web::waste_time_on(password);
  }
  if (!fits) {
    note_failure(attempt);
    return net::Response::see_other("/sign-in?failed");
  }
  return let_in(request, attempt);
}

Door::Attempt Door::attempt_of(const net::Request& request, const std::string& login) {
  // No account has a longer one, and nothing longer is remembered.
  return {login.substr(0, journal::limits::kLoginBytes + 1),
          net::network_of(request.remote_address)};
}

bool Door::is_barred(const Attempt& attempt) {
  const auto now = clock_();
  return logins_.is_barred(attempt.login, now) || logins_there_.is_barred(attempt.there(), now) ||
         callers_.is_barred(attempt.caller, now);
}

void Door::note_failure(const Attempt& attempt) {
  const auto now = clock_();
  logins_.note_failure(attempt.login, now);
  logins_there_.note_failure(attempt.there(), now);
  callers_.note_failure(attempt.caller, now);
}

net::Response Door::let_in(const net::Request& request, const Attempt& attempt) {
  logins_.forget(attempt.login);
  logins_there_.forget(attempt.there());
  auto response = net::Response::see_other("/");
  response.headers.emplace_back(
      "Set-Cookie", session_cookie(request, state_.open_session(attempt.login, clock_())));
  return response;
}

net::Response Door::leave(const net::Request& request) {
  if (!web::is_from_own_page(request)) {
    return pages_.refusal(request, 400, {"Форма пришла не с этой страницы. Откройте её снова."});
  }
  state_.close_session(request.cookie("session"));
  auto response = net::Response::see_other("/sign-in");
  response.headers.emplace_back("Set-Cookie", web::cookie(request, "session", "", 0));
  return response;
}

}  // namespace zimnik::node
