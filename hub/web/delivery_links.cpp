#include "hub/web/delivery_links.h"

#include <algorithm>

#include "hub/delivery/links.h"
#include "hub/delivery/scan.h"
#include "hub/web/words.h"

namespace zimnik::hub {
namespace {

constexpr std::int64_t kConfirmMs = std::int64_t{3} * 24 * 3600 * 1000;

/// What the link in the address says, where its seal holds for who has it now.
struct Opened {
  DeliveryChoice choice;
  std::int64_t number = 0;  ///< behind the account
};

std::optional<Opened> open(FamilySite& site, const net::Request& request,
                           std::string_view purpose) {
  const auto& link = request.place.at("link");
  const auto numbers = numbers_of_link(link, 2);
  const auto choice = numbers ? site.hub().choices().of(numbers->front()) : std::nullopt;
  if (!choice || !holds(link, site.hub().choices().secret(), purpose, *numbers, choice->address)) {
    return std::nullopt;
  }
  return Opened{*choice, numbers->back()};
}

/// Of an address that waits for it.
std::optional<Opened> open_confirmation(FamilySite& site, const net::Request& request) {
  auto opened = open(site, request, kConfirmLink);
  if (!opened || opened->number != opened->choice.asked.ms) return std::nullopt;
  const bool is_over = site.now().ms - opened->number > kConfirmMs;
  return opened->choice.confirmed || !is_over ? opened : std::nullopt;
}

std::optional<LetterKind> kind_of(const Opened& opened) {
  const auto kind = static_cast<LetterKind>(opened.number);
  const bool is_news = opened.number >= 0 && opened.number <= 255 &&
                       std::find(kNewsKinds.begin(), kNewsKinds.end(), kind) != kNewsKinds.end();
  return is_news ? std::optional(kind) : std::nullopt;
}

net::Response confirmation(FamilySite& site, const net::Request& request,
                           const std::optional<Opened>& opened, int status) {
  const bool is_done = opened && opened->choice.confirmed;
  return site.page(request, "confirm", "Адрес для писем из дневника",
                   {{"is_open", opened && !is_done},
                    {"is_done", is_done},
                    {"is_over", !opened},
                    {"address", opened ? opened->choice.address : ""}},
                   opened ? status : 404);
}

net::Response unsubscription(FamilySite& site, const net::Request& request,
                             const std::optional<Opened>& opened) {
  const auto kind = opened ? kind_of(*opened) : std::nullopt;
  const bool is_chosen = kind && opened->choice.is_chosen(*kind);
  return site.page(request, "unsubscribe", "Письма из дневника",
                   {{"is_open", is_chosen},
                    {"is_done", kind && !is_chosen},
                    {"is_unknown", !kind},
                    {"is_absences", kind == LetterKind::absences},
                    {"is_marks", kind == LetterKind::marks},
                    {"is_week", kind == LetterKind::week}},
                   kind ? 200 : 404);
}

}  // namespace

net::Response confirmation_page(FamilySite& site, const net::Request& request) {
  return confirmation(site, request, open_confirmation(site, request), 200);
}

net::Response confirm_address(FamilySite& site, const net::Request& request) {
  auto opened = open_confirmation(site, request);
  if (!opened || !site.delivery()) return confirmation(site, request, std::nullopt, 404);
  const auto& choice = opened->choice;
  site.hub().choices().confirm(choice.account, choice.address, choice.asked, site.now());
  begin_telling(site.hub(), *site.delivery(), choice.account);
  return confirmation(site, request, open_confirmation(site, request), 200);
}

net::Response unsubscription_page(FamilySite& site, const net::Request& request) {
  return unsubscription(site, request, open(site, request, kUnsubscribeLink));
}

net::Response unsubscribe(FamilySite& site, const net::Request& request) {
  const auto opened = open(site, request, kUnsubscribeLink);
  const auto kind = opened ? kind_of(*opened) : std::nullopt;
  if (kind) site.hub().choices().choose(opened->choice.account, *kind, false, site.now());
  return unsubscription(site, request, open(site, request, kUnsubscribeLink));
}

}  // namespace zimnik::hub
