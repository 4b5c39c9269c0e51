#include "hub/token_deeds.h"

#include "hub/deeds.h"
#include "schema/commands/put.h"
#include "sync/net/enrolment_token.h"
#include "sync/net/limits.h"

namespace zimnik::hub {
namespace {

using journal::refuse;

constexpr std::size_t kFewestDigits = 4;

/// Whether this one's tokens let sites in without another's word.
bool may_let_in(Hub& hub, const std::string& actor) {
  if (actor == kCommandLine) return true;
  const auto account = OperatorStore(hub.database()).find(actor);
  return account && account->role == OperatorRole::administrator;
}

std::string title_of(const TokenEntry& token) { return "ключ " + token.number(); }

Deed deed_with(const TokenEntry& token, const std::string& actor, const char* what) {
  return {actor, what, token.school, token.name, title_of(token)};
}

TokenEntry entry_of(Hub& hub, const std::string& actor, const TokenWish& wish,
                    const net::EnrolmentToken& token) {
  const auto now = hub.now();
  TokenEntry entry{net::hash_of(token.secret),
                   named_school(hub, wish.school).id(),
                   wish.site_name,
                   wish.kind,
                   {now.ms + std::int64_t{wish.hours} * 3600 * 1000},
                   actor};
  if (may_let_in(hub, actor)) entry.confirmed = now;
  return entry;
}

void require_hours(const TokenWish& wish, bool is_confirmed) {
  if (wish.hours < 1 || wish.hours > kTokenHours) refuse("ключ действует от часа до года");
  if (!is_confirmed && wish.hours > kSupportTokenHours) {
    refuse("ключ, который выдаёт поддержка, действует не дольше {1} часов",
           {std::to_string(kSupportTokenHours)});
  }
}

std::vector<sync::SiteId> sites_named(Hub& hub, const TokenEntry& token) {
  std::vector<sync::SiteId> same;
  if (token.name.empty()) return same;
  for (const auto& site : hub.region().sites_of(token.school)) {
    if (site.name == token.name && !site.is_revoked && !site.is_succeeded) same.push_back(site.id);
  }
  return same;
}

TokenEntry named_token(Hub& hub, const std::string& school, const std::string& text) {
  std::optional<TokenEntry> found;
  for (const auto& token : unused_tokens(hub, school)) {
    if (text.size() < kFewestDigits || !token.hash.hex().starts_with(text)) continue;
    if (found) refuse("«{1}»: таких ключей несколько, нужно больше знаков", {text});
    found = token;
  }
  if (!found) refuse("такого ключа нет, или он уже использован, отменён или истёк");
  return *found;
}

void cancel(Hub& hub, const std::string& actor, const TokenEntry& token) {
  noted(hub, deed_with(token, actor, "token.cancel"), [&] {
    if (!TokenStore(hub.database()).drop(token.hash)) refuse("этот ключ уже использован");
  });
}

}  // namespace

IssuedToken issue_token(Hub& hub, const std::string& actor, const TokenWish& wish) {
  if (!wish.site_name.empty()) require_name(wish.site_name, net::limits::kNameBytes);
  const auto token = net::EnrolmentToken::make(hub.authority().fingerprint());
  const auto entry = entry_of(hub, actor, wish, token);
  require_hours(wish, entry.confirmed.has_value());
  auto deed = deed_with(entry, actor, "token");
  deed.detail += ", до " + moment_for_operators(entry.expires);
  if (!entry.confirmed) deed.detail += ", ждёт подтверждения";
  return noted(hub, deed, [&] {
    if (!TokenStore(hub.database()).add(entry)) refuse("оператор «{1}» закрыт", {actor});
    return IssuedToken{token.text(), entry, sites_named(hub, entry)};
  });
}

std::vector<TokenEntry> unused_tokens(Hub& hub, const std::string& school) {
  return TokenStore(hub.database()).unused(named_school(hub, school).id(), hub.now());
}

void confirm_token(Hub& hub, const std::string& actor, const std::string& school,
                   const std::string& text) {
  const auto token = named_token(hub, school, text);
  if (!may_let_in(hub, actor)) refuse("ключ подтверждает администратор");
  if (token.confirmed) refuse("этот ключ уже подтверждён");
  noted(hub, deed_with(token, actor, "token.confirm"), [&] {
    if (!TokenStore(hub.database()).confirm(token.hash, hub.now())) {
      refuse("такого ключа нет, или он уже использован, отменён или истёк");
    }
  });
}

void cancel_token(Hub& hub, const std::string& actor, const std::string& school,
                  const std::string& text) {
  cancel(hub, actor, named_token(hub, school, text));
}

void cancel_tokens_of(Hub& hub, const std::string& actor, const std::string& maker) {
  for (const auto& token : TokenStore(hub.database()).unused_by(maker, hub.now())) {
    try {
      cancel(hub, actor, token);
    } catch (const sync::CommandRefused&) {  // it was used meanwhile: the trail says so
    }
  }
}

}  // namespace zimnik::hub
