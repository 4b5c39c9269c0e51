#include "hub/console/people_pages.h"

#include <charconv>

#include "hub/console/shown_once.h"
#include "hub/deeds.h"
#include "sync/core/encoding.h"

namespace zimnik::hub {
namespace {

using web::List;
using web::Values;

std::string title_of(OperatorRole role) {
  switch (role) {
    case OperatorRole::administrator:
      return "администратор";
    case OperatorRole::support:
      return "поддержка";
    case OperatorRole::authority:
      return "орган управления образованием";
  }
  return "";
}

/// Of a deed's word; the word itself where it is none of ours.
std::string title_of(const std::string& deed) {
  static const std::map<std::string, std::string> kTitles = {
      {"school.add", "Школа добавлена"},
      {"token", "Выдан ключ для узла"},
      {"token.confirm", "Подтверждён ключ для узла"},
      {"token.cancel", "Отменён ключ для узла"},
      {"revoke", "Отзыв узла"},
      {"undo", "Отмена акта"},
      {"accept", "Школа открыта после восстановления"},
      {"operator.add", "Заведён оператор"},
      {"operator.code", "Выдан код оператору"},
      {"operator.lock", "Оператор закрыт"},
      {"operator.unlock", "Оператор открыт"},
      {"backup", "Резервная копия"},
      {"backup.gone", "Копий, которых нет на месте, больше нет нигде"},
      {"restore", "Сервер восстановлен из копии"},
      {"prove", "Прочитана запись с доказательством"},
      {"api.add", "Выдан ключ другой системе"},
      {"api.end", "Закрыт ключ другой системы"},
      {"export", "Школа выгружена в файл"},
      {"leak.open", "Заведена утечка"},
      {"leak.read", "Открыт список затронутых утечкой"},
      {"leak.notified", "Отправлено уведомление об утечке"},
      {"leak.inquired", "Отправлен итог расследования утечки"},
      {"password", "Выбран новый пароль"},
      {"sign_in", "Вход в консоль"},
      {"sign_in.failed", "Неудачный вход в консоль"},
  };
  const auto found = kTitles.find(deed);
  return found == kTitles.end() ? deed : found->second;
}

net::Response show_code(Console& console, const OperatorAccount& visitor, const std::string& login,
                        const std::string& code) {
  return show_once(console, visitor, "console_operator_code", "Код оператору",
                   {{"operator", login}, {"code", code}});
}

AuditFilter filter_of(const net::Request& request) {
  AuditFilter filter;
  filter.actor = request.query.get("actor");
  filter.what = request.query.get("what");
  const auto school = sync::from_hex(request.query.get("school"));
  if (school && school->size() == sync::SchoolId::kSize) {
    filter.school = sync::SchoolId::from(*school);
  }
  const auto before = request.query.get("before");
  std::int64_t number = 0;
  const auto read = std::from_chars(before.data(), before.data() + before.size(), number);
  if (read.ec == std::errc() && number > 0) filter.before = number;
  return filter;
}

Values entry_values(Console& console, const AuditEntry& entry, const web::Translator& translate) {
  constexpr std::string_view kFailed = ".failed";
  const bool is_sign_in = entry.what.starts_with("sign_in");
  const bool has_failed = entry.what.ends_with(kFailed);
  const auto deed = has_failed && !is_sign_in
                        ? entry.what.substr(0, entry.what.size() - kFailed.size())
                        : entry.what;
  return {{"number", entry.number},
          {"time", moment_for_operators(entry.at)},
          {"actor", entry.actor},
          {"what", translate(title_of(deed))},
          {"has_failed", has_failed && !is_sign_in},
          {"school", entry.school ? console.hub().name_of(*entry.school) : std::string()},
          {"object", entry.object},
          {"detail", entry.detail}};
}

List school_choices(Console& console, const std::optional<sync::SchoolId>& chosen) {
  List choices;
  for (const auto* school : console.hub().schools()) {
    choices.push_back(Values{{"id", school->id().hex()},
                             {"name", school->entry().name},
                             {"is_chosen", chosen == school->id()}});
  }
  return choices;
}

}  // namespace

net::Response operators_page(Console& console, const net::Request& request,
                             const OperatorAccount& visitor) {
  const auto& translate = console.translator(request);
  List operators;
  for (const auto& account : OperatorStore(console.hub().database()).all()) {
    List schools;
    for (const auto& school : account.schools) {
      schools.push_back(Values{{"school", console.hub().name_of(school)}});
    }
    operators.push_back(Values{{"operator", account.login},
                               {"role", translate(title_of(account.role))},
                               {"is_locked", account.is_locked},
                               {"is_new", account.verifier.empty()},
                               {"is_self", account.id == visitor.id},
                               {"schools", schools}});
  }
  return console.page(request, visitor, "console_operators", "Операторы",
                      {{"operators", operators}, {"choices", school_choices(console, {})}});
}

net::Response add_operator_page(Console& console, const net::Request& request,
                                const OperatorAccount& visitor) {
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto role = operator_role(form.get("role"));
    if (!role) throw std::runtime_error("такой роли нет");
    OperatorWish wish{form.get("login"), *role};
    for (const auto& [name, value] : form.all()) {
      if (name == "school" && *role == OperatorRole::authority) wish.schools.push_back(value);
    }
    return show_code(console, visitor, wish.login,
                     add_operator(console.hub(), visitor.login, wish));
  });
}

net::Response operator_code_page(Console& console, const net::Request& request,
                                 const OperatorAccount& visitor) {
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto login = form.get("operator");
    return show_code(console, visitor, login,
                     issue_operator_code(console.hub(), visitor.login, login));
  });
}

net::Response lock_operator_page(Console& console, const net::Request& request,
                                 const OperatorAccount& visitor) {
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto login = form.get("operator");
    if (login == visitor.login) throw std::runtime_error("самого себя закрыть нельзя");
    lock_operator(console.hub(), visitor.login, login, form.get("lock") == "1");
    return net::Response::see_other("/operators");
  });
}

net::Response audit_page(Console& console, const net::Request& request,
                         const OperatorAccount& visitor) {
  const auto& translate = console.translator(request);
  const auto filter = filter_of(request);
  AuditTrail trail(console.hub().database());
  List entries;
  std::int64_t oldest = 0;
  for (const auto& entry : trail.entries(filter)) {
    entries.push_back(entry_values(console, entry, translate));
    oldest = entry.number;
  }
  const auto check = trail.check();
  return console.page(request, visitor, "console_audit", "Журнал действий",
                      {{"entries", entries},
                       {"any", !entries.empty()},
                       {"has_older", std::int64_t(entries.size()) == filter.most},
                       {"oldest", oldest},
                       {"actor", filter.actor},
                       {"what_word", filter.what},
                       {"school_id", filter.school ? filter.school->hex() : std::string()},
                       {"choices", school_choices(console, filter.school)},
                       {"count", check.entries},
                       {"last", check.last.hex()},
                       {"is_broken", check.broken.has_value()},
                       {"broken", check.broken ? std::to_string(*check.broken) : std::string()}});
}

}  // namespace zimnik::hub
