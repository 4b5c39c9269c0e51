#include "hub/web/second_factor.h"

#include "hub/qr_image.h"
#include "hub/web/door.h"
#include "hub/web/words.h"
#include "sync/web/one_time_code.h"
#include "sync/web/totp.h"
#include "sync/web/visit.h"

namespace zimnik::hub {
namespace {

constexpr const char* kWaiting = "second_factor";
constexpr long kWaitingSeconds = 10 * 60;
constexpr int kSpareCodes = 10;
constexpr const char* kIssuer = "Zimnik";

constexpr const char* kWrongCode = "Код не подошёл. Введите новый код из приложения.";
constexpr const char* kBeginAnew = "Войдите сначала: время вышло.";

/// As the throttle names it.
std::string throttled(std::int64_t account) { return std::to_string(account); }

net::Response ask(FamilySite& site, const net::Request& request, const FamilyAccount& account,
                  int status, const char* problem) {
  auto response = site.page(request, "second_factor", "Код из приложения",
                            {{"problem", site.pages().translator(request)(problem)}}, status);
  const auto token = site.half_signed_in().keep(account, account.id, site.now());
  response.headers.emplace_back("Set-Cookie",
                                web::cookie(request, kWaiting, token, kWaitingSeconds));
  return response;
}

/// The page with the secret, which waits for a code of it.
net::Response offer(FamilySite& site, const net::Request& request, const Visitor& visitor,
                    const std::string& secret, int status, const char* problem) {
  const auto login = site.hub().families().login_of(visitor.account);
  const auto address = web::totp_address(secret, kIssuer, login);
  auto response = site.page(request, "second_factor_new", "Коды из приложения",
                            {{"problem", site.pages().translator(request)(problem)},
                             {"qr", qr_image(address)},
                             {"address", address},
                             {"secret", web::totp_secret_text(secret)}},
                            status);
  const auto token = site.offered_secrets().keep(secret, visitor.account, site.now());
  response.headers.emplace_back("Set-Cookie",
                                web::cookie(request, kWaiting, token, kWaitingSeconds));
  return response;
}

net::Response turned_on(FamilySite& site, const net::Request& request, const Visitor& visitor,
                        const std::string& secret, std::int64_t step) {
  std::vector<sync::Hash> hashes;
  web::List codes;
  for (int i = 0; i < kSpareCodes; ++i) {
    const auto code = web::new_code();
    hashes.push_back(web::hash_of_code(code));
    codes.push_back(web::Values{{"code", web::code_in_groups(code)}});
  }
  site.hub().second_factors().turn_on(visitor.account, secret, step, hashes, site.now());
  site.hub().families().close_other_sessions(visitor.account, session_of(request));
  return site.page(request, "spare_codes", "Запасные коды", {{"codes", codes}});
}

}  // namespace

net::Response after_password(FamilySite& site, const net::Request& request,
                             const FamilyAccount& account) {
  if (!site.hub().second_factors().is_on(account.id)) return signed_in(site, request, account);
  return ask(site, request, account, 200, "");
}

net::Response check_second_factor(FamilySite& site, const net::Request& request) {
  const auto now = site.now();
  const auto account = site.half_signed_in().take(request.cookie(kWaiting), now);
  if (!account) return site.refusal(request, 403, {kBeginAnew});
  const auto name = throttled(account->id);
  if (site.second_steps().is_barred(name, now)) {
    return site.refusal(request, 429, {kTooMany});
  }
  const auto typed = request.form().value_or(net::Fields()).get("code");
  if (!site.hub().second_factors().use(account->id, typed, now)) {
    site.second_steps().note_failure(name, now);
    return ask(site, request, *account, 403, kWrongCode);
  }
  site.second_steps().forget(name);
  return signed_in(site, request, *account);
}

net::Response second_factor_page(FamilySite& site, const net::Request& request,
                                 const Visitor& visitor) {
  if (site.hub().second_factors().is_on(visitor.account)) return net::Response::see_other("/own");
  return offer(site, request, visitor, web::new_totp_secret(), 200, "");
}

net::Response turn_on_second_factor(FamilySite& site, const net::Request& request,
                                    const Visitor& visitor) {
  // Another secret only after a code of the present one has turned that off.
  if (site.hub().second_factors().is_on(visitor.account)) return net::Response::see_other("/own");
  const auto secret =
      site.offered_secrets().take_own(request.cookie(kWaiting), visitor.account, site.now());
  if (!secret) return net::Response::see_other("/own/second-factor");
  const auto typed = request.form().value_or(net::Fields()).get("code");
  const auto step = web::totp_step(*secret, typed, site.now(), 0);
  if (!step) return offer(site, request, visitor, *secret, 400, kWrongCode);
  return turned_on(site, request, visitor, *secret, *step);
}

net::Response turn_off_second_factor(FamilySite& site, const net::Request& request,
                                     const Visitor& visitor) {
  const auto now = site.now();
  const auto name = throttled(visitor.account);
  if (site.second_steps().is_barred(name, now)) return site.refusal(request, 429, {kTooMany});
  const auto typed = request.form().value_or(net::Fields()).get("code");
  if (!site.hub().second_factors().use(visitor.account, typed, now)) {
    site.second_steps().note_failure(name, now);
    return site.refusal(request, 403, {kWrongCode});
  }
  site.hub().second_factors().turn_off(visitor.account);
  return net::Response::see_other("/own");
}

}  // namespace zimnik::hub
