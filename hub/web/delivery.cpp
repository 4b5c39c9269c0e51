#include "hub/web/delivery.h"

#include <array>

#include "hub/delivery/mail.h"
#include "hub/delivery/scan.h"
#include "hub/web/words.h"
#include "schema/deadlines.h"

namespace zimnik::hub {
namespace {

using web::List;
using web::Values;

constexpr std::size_t kShownLetters = 20;

constexpr const char* kNoAddress =
    "Это не похоже на адрес почты. Нужен адрес вида имя@сайт.ru, латинскими буквами.";
constexpr const char* kTooManyLetters =
    "Писем для подтверждения уже много. Подождите десять минут и проверьте папку «Спам».";
constexpr const char* kAddressFirst = "Сначала укажите адрес почты.";

struct News {
  LetterKind kind;
  const char* name;  ///< of the field in the form
  const char* title;
  const char* hint;
};
constexpr std::array<News, 3> kNews{
    {{LetterKind::absences, "absences", "Отсутствие на уроке",
      "Сразу, как школа передала отметку «н»; если её сняли, придёт и это."},
     {LetterKind::marks, "marks", "Отметки за день", "Вечером, одним письмом: новые и изменённые."},
     {LetterKind::week, "week", "Дневник за неделю", "Раз в неделю, целиком."}}};

const char* title_of(LetterKind kind) {
  for (const auto& news : kNews) {
    if (news.kind == kind) return news.title;
  }
  if (kind == LetterKind::phone_code) return "Код для телефона";
  return kind == LetterKind::message ? "Сообщение об отсутствии" : "Подтверждение адреса";
}

const char* state_of(const OutboxLetter& letter) {
  switch (letter.state) {
    case LetterState::sent:
      return letter.is_doubtful ? "отправлено, могло прийти дважды" : "отправлено";
    case LetterState::failed:
      return goes_by_gateway(letter.head.kind) ? "не принято" : "не принято почтой";
    case LetterState::dropped:
      return "отменено";
    default:
      return "ждёт отправки";
  }
}

std::string moment(sync::Time time) { return journal::local_time(time).text(); }

List letter_values(FamilySite& site, const web::Translator& translate, std::int64_t account) {
  List letters;
  for (const auto& letter : site.hub().outbox().of_account(account, kShownLetters)) {
    letters.push_back(Values{{"made", moment(letter.made)},
                             {"what", translate(title_of(letter.head.kind))},
                             {"state", translate(state_of(letter))}});
  }
  return letters;
}

List news_values(const web::Translator& translate, const DeliveryChoice& choice) {
  List all;
  for (const auto& news : kNews) {
    const auto since = choice.chosen.find(news.kind);
    const bool is_chosen = since != choice.chosen.end();
    all.push_back(Values{{"name", news.name},
                         {"what", translate(news.title)},
                         {"hint", translate(news.hint)},
                         {"is_chosen", is_chosen},
                         {"since", is_chosen ? moment(since->second) : ""}});
  }
  return all;
}

net::Response page(FamilySite& site, const net::Request& request, const Visitor& visitor,
                   int status = 200, const std::string& problem = "",
                   const std::string& calendar = "") {
  const auto& translate = site.pages().translator(request);
  const auto known = site.hub().choices().of(visitor.account);
  const auto choice = known.value_or(DeliveryChoice{});
  const auto letters = letter_values(site, translate, visitor.account);
  const auto feed = site.hub().calendars().made(visitor.account);
  const auto form = request.form().value_or(net::Fields());
  const auto typed = form.get("address");
  return site.page(
      request, "delivery", "Письма из дневника",
      {{"is_on", site.delivery().has_value()},
       {"is_saved", request.query.find("saved").has_value()},
       {"problem", translate(problem)},
       {"has_address", !choice.address.empty()},
       {"has_messages", site.delivery() && site.delivery()->webhook},
       {"is_messaged", choice.is_chosen(LetterKind::message)},
       {"phone", choice.phone},
       {"is_phone_confirmed", choice.phone_confirmed.has_value()},
       {"is_unheard", choice.is_chosen(LetterKind::message) && !choice.phone_confirmed},
       {"is_phone_waiting", !choice.phone.empty() && !choice.phone_confirmed},
       {"address", choice.address},
       {"typed", problem.empty() || typed.empty() ? choice.address : typed},
       {"is_confirmed", choice.confirmed.has_value()},
       {"is_waiting", !choice.address.empty() && !choice.confirmed && choice.fault.empty()},
       {"fault", choice.confirmed ? "" : choice.fault},
       {"news", news_values(translate, choice)},
       {"calendar", calendar},
       {"calendar_made", feed ? moment(*feed) : ""},
       {"has_calendar", feed.has_value()},
       {"has_letters", !letters.empty()},
       {"letters", letters}},
      status);
}

}  // namespace

net::Response delivery_page(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  return page(site, request, visitor);
}

net::Response delivery_page_with(FamilySite& site, const net::Request& request,
                                 const Visitor& visitor, const std::string& calendar) {
  return page(site, request, visitor, 200, "", calendar);
}

net::Response delivery_page_saying(FamilySite& site, const net::Request& request,
                                   const Visitor& visitor, int status, const std::string& problem) {
  return page(site, request, visitor, status, problem);
}

net::Response set_delivery_address(FamilySite& site, const net::Request& request,
                                   const Visitor& visitor) {
  if (!site.delivery()) return page(site, request, visitor, 409);
  const auto address = request.form().value_or(net::Fields()).get("address");
  if (!is_mail_address(address)) return page(site, request, visitor, 400, kNoAddress);
  auto& choices = site.hub().choices();
  const auto account = std::to_string(visitor.account);
  const auto known = choices.of(visitor.account);
  const bool is_to_confirm = !known || known->address != address || !known->confirmed;
  if (is_to_confirm) {
    if (site.confirmations().is_barred(account, site.now())) {
      return page(site, request, visitor, 429, kTooManyLetters);
    }
    site.confirmations().note_failure(account, site.now());
  }
  choices.set_address(visitor.account, address, site.pages().translator(request).language(),
                      site.now());
  if (is_to_confirm) {
    site.hub().outbox().queue({visitor.account, LetterKind::confirmation, {}, 0},
                              domain_of(site.delivery()->sender), site.now());
  }
  return net::Response::see_other("/delivery");
}

net::Response choose_news(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  if (!site.delivery()) return page(site, request, visitor, 409);
  auto& choices = site.hub().choices();
  const auto known = choices.of(visitor.account);
  if (!known || known->address.empty()) return page(site, request, visitor, 409, kAddressFirst);
  const auto form = request.form().value_or(net::Fields());
  for (const auto& news : kNews) {
    choices.choose(visitor.account, news.kind, form.get(news.name) == "1", site.now());
  }
  begin_telling(site.hub(), *site.delivery(), visitor.account);
  return net::Response::see_other("/delivery?saved");
}

}  // namespace zimnik::hub
