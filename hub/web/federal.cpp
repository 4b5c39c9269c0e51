#include "hub/web/federal.h"

#include "hub/family.h"
#include "hub/web/door.h"
#include "hub/web/words.h"
#include "hub/web/writing.h"
#include "schema/commands/account.h"
#include "schema/read/people.h"
#include "sync/web/visit.h"

namespace zimnik::hub {
namespace {

constexpr const char* kAttempt = "federal";
constexpr const char* kFound = "federal_identity";
constexpr long kAttemptSeconds = FederalSeals::kMs / 1000;

constexpr const char* kAway = "Открываем службу входа.";
constexpr const char* kConfirmed = "Служба входа подтвердила, кто Вы.";
constexpr const char* kNoProvider = "Вход через внешнюю службу здесь не настроен.";
constexpr const char* kUnreachable =
    "Служба входа сейчас не отвечает. Войдите с логином и паролем.";
constexpr const char* kNotBelieved =
    "Служба входа не подтвердила, кто Вы. Начните вход заново или войдите с логином и паролем.";
constexpr const char* kStale =
    "Этот вход начат не в этом браузере или слишком давно. Начните его заново.";
constexpr const char* kUnknown =
    "Эта учётная запись ещё не связана с дневником. Войдите с логином и паролем или введите код из "
    "школы, затем на странице «Мои данные» свяжите вход.";
constexpr const char* kTaken = "Эта учётная запись уже связана с другим логином дневника.";

/// A page comes between. On the way there because forms lead to this site alone (the policy of its
/// pages), on the way back because the session's cookie isn't sent where the way began elsewhere.
net::Response onward(FamilySite& site, const net::Request& request, const std::string& to,
                     const char* text) {
  return site.page(request, "onward", "Вход",
                   {{"to", to}, {"text", site.pages().translator(request)(text)}});
}

net::Response to_provider(FamilySite& site, const net::Request& request, std::int64_t account) {
  auto* federal = site.federal();
  if (federal == nullptr) return site.refusal(request, 404, {kNoProvider});
  const FederalAttempt attempt{FederalSecrets::make(), account};
  try {
    const auto address = federal->provider.sign_in_address(attempt.secrets, site.now());
    auto response = onward(site, request, address, kAway);
    const auto sealed = federal->seals.seal(attempt, site.now());
    response.headers.emplace_back(
        "Set-Cookie", web::cookie_for_return(request, kAttempt, sealed, kAttemptSeconds));
    return response;
  } catch (const FederalRefused& refused) {
    site.log("sign-in by the provider: " + std::string(refused.what()));
    return site.refusal(request, 502, {kUnreachable});
  }
}

/// What schools are told of: it stands with each member of the account. Where a school is busy or
/// can't be read, at the next sign-in.
void tell_schools(FamilySite& site, std::int64_t account, const FederalIdentity& identity) {
  for (const auto& member : family_of(site.hub(), account).members) {
    try {
      const bool is_told = member.school->read([&](sync::Database& database) {
        return journal::federal_identity_of(database, member.person) == identity.issuer;
      });
      if (is_told) continue;
      write_as(site, member, [&](sync::Command& command) {
        journal::bind_federal_identity(command, member.person, identity.issuer, identity.subject);
      });
    } catch (const std::runtime_error& error) {
      site.log(member.school->entry().name + ": " + error.what());
    }
  }
}

/// To the page that asks the account's own session.
net::Response found(FamilySite& site, const net::Request& request, std::int64_t account,
                    const FederalIdentity& identity) {
  auto response = onward(site, request, "/own/identity/confirm", kConfirmed);
  const auto sealed = site.federal()->seals.seal(FoundIdentity{identity, account}, site.now());
  response.headers.emplace_back("Set-Cookie",
                                web::cookie(request, kFound, sealed, kAttemptSeconds));
  return response;
}

/// What the visitor has asked to be bound to; nothing where it is another's, or too old.
std::optional<FederalIdentity> found_by(FamilySite& site, const net::Request& request,
                                        const Visitor& visitor) {
  if (site.federal() == nullptr) return std::nullopt;
  const auto found = site.federal()->seals.open_found(request.cookie(kFound), site.now());
  if (!found || found->account != visitor.account) return std::nullopt;
  return found->identity;
}

net::Response entered(FamilySite& site, const net::Request& request,
                      const FederalIdentity& identity) {
  const auto account = site.hub().identities().account_of(identity);
  if (!account) return site.refusal(request, 403, {kUnknown});
  tell_schools(site, *account, identity);
  auto response = onward(site, request, "/", kConfirmed);
  add_session(site, request, *account, response);
  return response;
}

/// Who came back. Throws FederalRefused.
FederalIdentity identity_in(FamilySite::Federal& federal, const net::Request& request,
                            const FederalSecrets& secrets, sync::Time now) {
  const auto& issuer = federal.provider.settings().issuer;
  // RFC 9207: a provider that names itself here has to be the one that was asked.
  const auto named = request.query.find("iss");
  if (named && *named != issuer) throw FederalRefused("another provider answers: " + *named);
  const auto code = request.query.find("code");
  if (!code) throw FederalRefused("no code: " + request.query.get("error").substr(0, 100));
  return {issuer, federal.provider.subject_for(*code, secrets, now)};
}

}  // namespace

net::Response federal_sign_in(FamilySite& site, const net::Request& request) {
  return to_provider(site, request, 0);
}

net::Response bind_identity(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  return to_provider(site, request, visitor.account);
}

net::Response confirm_identity_page(FamilySite& site, const net::Request& request,
                                    const Visitor& visitor) {
  if (!found_by(site, request, visitor)) return site.refusal(request, 403, {kStale});
  return site.page(request, "confirm_identity", "Связать вход",
                   {{"provider", site.federal()->provider.settings().name},
                    {"login", site.hub().families().login_of(visitor.account)}});
}

net::Response confirm_identity(FamilySite& site, const net::Request& request,
                               const Visitor& visitor) {
  const auto identity = found_by(site, request, visitor);
  if (!identity) return site.refusal(request, 403, {kStale});
  if (!site.hub().identities().bind(visitor.account, *identity, site.now())) {
    return site.refusal(request, 409, {kTaken});
  }
  tell_schools(site, visitor.account, *identity);
  auto response = net::Response::see_other("/own?saved");
  response.headers.emplace_back("Set-Cookie", web::cookie(request, kFound, "", 0));
  return response;
}

net::Response unbind_identity(FamilySite& site, const net::Request&, const Visitor& visitor) {
  site.hub().identities().unbind(visitor.account);
  return net::Response::see_other("/own");
}

net::Response federal_return(FamilySite& site, const net::Request& request) {
  auto* federal = site.federal();
  if (federal == nullptr) return site.refusal(request, 404, {kNoProvider});
  const auto attempt = federal->seals.open_attempt(request.cookie(kAttempt), site.now());
  if (!attempt || attempt->secrets.state != request.query.get("state")) {
    return site.refusal(request, 403, {kStale});
  }
  try {
    const auto identity = identity_in(*federal, request, attempt->secrets, site.now());
    auto response = attempt->account == 0 ? entered(site, request, identity)
                                          : found(site, request, attempt->account, identity);
    response.headers.emplace_back("Set-Cookie", web::cookie_for_return(request, kAttempt, "", 0));
    return response;
  } catch (const FederalRefused& refused) {
    site.log("sign-in by the provider: " + std::string(refused.what()));
    return site.refusal(request, 403, {kNotBelieved});
  }
}

}  // namespace zimnik::hub
