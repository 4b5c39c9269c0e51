#include "hub/console/api_key_pages.h"

#include "hub/api/key_deeds.h"
#include "hub/console/shown_once.h"
#include "sync/core/encoding.h"

namespace zimnik::hub {
namespace {

using web::List;
using web::Values;

std::string title_of(ApiScope scope) {
  switch (scope) {
    case ApiScope::structure:
      return "классы, журналы, расписание, кто где учится — без имён";
    case ApiScope::names:
      return "имена обучающихся и сотрудников";
    case ApiScope::journal:
      return "уроки, отметки, посещаемость";
    case ApiScope::finals:
      return "итоговые отметки";
    case ApiScope::oneroster:
      return "архив OneRoster: имена и отметки целиком";
  }
  return "";
}

List scope_values(ApiScopes scopes, bool is_all, const web::Translator& translate) {
  List values;
  for (const auto scope : kApiScopes) {
    if (!is_all && (scopes & bit_of(scope)) == 0) continue;
    values.push_back(Values{{"scope", std::string(word_of(scope))},
                            {"scope_title", translate(title_of(scope))}});
  }
  return values;
}

List school_values(Console& console, const std::vector<std::string>& ids) {
  List values;
  for (const auto& id : ids) {
    const auto* school = console.hub().find(id);
    values.push_back(Values{{"id", id}, {"name", school == nullptr ? id : school->entry().name}});
  }
  return values;
}

std::vector<std::string> ids_of(const ApiKey& key) {
  std::vector<std::string> ids;
  if (!key.schools) return ids;
  for (const auto& school : *key.schools) ids.push_back(school.hex());
  return ids;
}

Values key_values(Console& console, const ApiKey& key, const web::Translator& translate) {
  const auto moment = [](const std::optional<sync::Time>& time) {
    return time ? moment_for_operators(*time) : std::string("—");
  };
  return {{"number", key.id},
          {"system", key.name},
          {"scopes", scope_values(key.scopes, false, translate)},
          {"is_of_all", !key.schools},
          {"schools", school_values(console, ids_of(key))},
          {"made_by", key.made_by},
          {"made", moment(key.made)},
          {"expires", moment(key.expires)},
          {"used", moment(key.used)},
          {"is_ended", key.ended.has_value()},
          {"ended", moment(key.ended)},
          {"is_in_force", key.is_in_force(console.hub().now())}};
}

std::int64_t number_in(const std::string& text) { return sync::from_decimal(text).value_or(0); }

ApiKeyWish wish_of(const net::Fields& form) {
  ApiKeyWish wish;
  wish.name = form.get("system");
  wish.is_of_all = form.get("all") == "1";
  wish.days = static_cast<int>(number_in(form.get("days").substr(0, 4)));
  for (const auto& [name, value] : form.all()) {
    if (name == "scope") wish.scopes.push_back(value);
    if (name == "school" && !wish.is_of_all) wish.schools.push_back(value);
  }
  return wish;
}

/// The key of the path; throws where there is none that could be ended.
ApiKey key_of(Console& console, const net::Request& request) {
  const auto key =
      ApiKeyStore(console.hub().database()).find(number_in(request.place.at("number")));
  if (!key) throw std::runtime_error("такого ключа нет");
  return *key;
}

}  // namespace

net::Response api_keys_page(Console& console, const net::Request& request,
                            const OperatorAccount& visitor) {
  const auto& translate = console.translator(request);
  List keys, choices;
  for (const auto& key : ApiKeyStore(console.hub().database()).all()) {
    keys.push_back(key_values(console, key, translate));
  }
  for (const auto* school : console.hub().schools()) {
    choices.push_back(Values{{"id", school->id().hex()}, {"name", school->entry().name}});
  }
  return console.page(request, visitor, "console_api_keys", "Ключи других систем",
                      {{"any", !keys.empty()},
                       {"keys", keys},
                       {"all_scopes", scope_values(0, true, translate)},
                       {"choices", choices},
                       {"most_days", ApiKeyWish::kMostDays}});
}

net::Response confirm_api_key_page(Console& console, const net::Request& request,
                                   const OperatorAccount& visitor) {
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto wish = wish_of(form);
    const auto key = api_key_of(console.hub(), visitor.login, wish);
    auto values = key_values(console, key, console.translator(request));
    values["days"] = std::to_string(wish.days);
    values["has_persons"] = key.scopes != bit_of(ApiScope::structure);
    return console.page(request, visitor, "console_api_key_new", "Выдать ключ?", std::move(values));
  });
}

net::Response add_api_key_page(Console& console, const net::Request& request,
                               const OperatorAccount& visitor) {
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto wish = wish_of(form);
    const auto text = add_api_key(console.hub(), visitor.login, wish);
    return show_once(console, visitor, "console_api_key", "Ключ другой системы",
                     {{"system", wish.name}, {"key", text}});
  });
}

net::Response end_api_key_form(Console& console, const net::Request& request,
                               const OperatorAccount& visitor) {
  const auto key =
      ApiKeyStore(console.hub().database()).find(number_in(request.place.at("number")));
  if (!key) return console.refusal(request, visitor, 404, {"такого ключа нет"});
  return console.page(request, visitor, "console_api_key_end", "Закрыть ключ",
                      key_values(console, *key, console.translator(request)));
}

net::Response end_api_key_page(Console& console, const net::Request& request,
                               const OperatorAccount& visitor) {
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto key = key_of(console, request);
    if (number_in(form.get("typed")) != key.id) {
      throw std::runtime_error("номер ключа для подтверждения не тот");
    }
    end_api_key(console.hub(), visitor.login, key.id);
    return net::Response::see_other("/api-keys");
  });
}

}  // namespace zimnik::hub
