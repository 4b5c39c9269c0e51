#include "hub/web/delivery_phone.h"

#include "hub/delivery/links.h"
#include "hub/delivery/mail.h"
#include "hub/delivery/scan.h"
#include "hub/web/delivery.h"
#include "hub/web/words.h"
#include "schema/commands/put.h"

namespace zimnik::hub {
namespace {

constexpr const char* kNoPhone =
    "Это не похоже на номер телефона. Нужен номер вида +7 900 000-00-00.";
constexpr const char* kTooManyCodes =
    "Кодов уже отправлено много. Следующий можно попросить через несколько часов.";
constexpr const char* kWrongCode = "Код не подошёл. Проверьте цифры из сообщения.";
constexpr const char* kOldCode = "Этот код устарел. Попросите новый.";
constexpr const char* kPhoneFirst = "Сначала подтвердите номер телефона.";

bool is_offered(const FamilySite& site) { return site.delivery() && site.delivery()->webhook; }

/// As bounds name it.
std::string name_of(const Visitor& visitor) { return std::to_string(visitor.account); }

bool is_old(const FamilySite& site, const DeliveryChoice& choice) {
  return site.now().ms - choice.phone_asked.ms > ChoiceStore::kPhoneCodeMs;
}

}  // namespace

net::Response set_phone(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  if (!is_offered(site)) return site.not_found(request);
  auto& choices = site.hub().choices();
  const auto known = choices.of(visitor.account).value_or(DeliveryChoice{});
  const auto typed = request.form().value_or(net::Fields()).get("phone");
  const auto language = site.pages().translator(request).language();
  if (journal::trimmed(typed).empty() && !known.phone.empty()) {
    choices.set_phone(visitor.account, "", language, site.now());
    return net::Response::see_other("/delivery?saved");
  }
  const auto phone = phone_as_kept(typed);
  if (!phone) return delivery_page_saying(site, request, visitor, 400, kNoPhone);
  if (phone == known.phone && known.phone_confirmed) {
    return net::Response::see_other("/delivery?saved");
  }
  if (!site.phone_codes().take(name_of(visitor), site.now())) {
    return delivery_page_saying(site, request, visitor, 429, kTooManyCodes);
  }
  choices.set_phone(visitor.account, *phone, language, site.now());
  site.hub().outbox().queue({visitor.account, LetterKind::phone_code, {}, 0},
                            domain_of(site.delivery()->sender), site.now());
  return net::Response::see_other("/delivery");
}

net::Response confirm_phone(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  if (!is_offered(site)) return site.not_found(request);
  auto& choices = site.hub().choices();
  const auto choice = choices.of(visitor.account).value_or(DeliveryChoice{});
  if (choice.phone.empty()) return net::Response::see_other("/delivery");
  if (is_old(site, choice)) return delivery_page_saying(site, request, visitor, 403, kOldCode);
  if (site.phone_tries().is_barred(name_of(visitor), site.now())) {
    return delivery_page_saying(site, request, visitor, 429, kTooMany);
  }
  const auto code =
      phone_code(choices.secret(), visitor.account, choice.phone_asked.ms, choice.phone);
  const auto typed = journal::trimmed(request.form().value_or(net::Fields()).get("code"));
  if (typed != code ||
      !choices.confirm_phone(visitor.account, choice.phone, choice.phone_asked, site.now())) {
    site.phone_tries().note_failure(name_of(visitor), site.now());
    return delivery_page_saying(site, request, visitor, 403, kWrongCode);
  }
  site.phone_tries().forget(name_of(visitor));
  choices.choose(visitor.account, LetterKind::message, true, site.now());
  begin_telling(site.hub(), *site.delivery(), visitor.account);
  return net::Response::see_other("/delivery?saved");
}

net::Response choose_messages(FamilySite& site, const net::Request& request,
                              const Visitor& visitor) {
  if (!is_offered(site)) return site.not_found(request);
  auto& choices = site.hub().choices();
  if (!choices.of(visitor.account).value_or(DeliveryChoice{}).phone_confirmed) {
    return delivery_page_saying(site, request, visitor, 409, kPhoneFirst);
  }
  const bool is_chosen = request.form().value_or(net::Fields()).get("messages") == "1";
  choices.choose(visitor.account, LetterKind::message, is_chosen, site.now());
  begin_telling(site.hub(), *site.delivery(), visitor.account);
  return net::Response::see_other("/delivery?saved");
}

}  // namespace zimnik::hub
