#include "hub/api/key_deeds.h"

#include "hub/deeds.h"
#include "schema/commands/put.h"
#include "sync/core/printable.h"

namespace zimnik::hub {
namespace {

constexpr std::size_t kNameBytes = 100;
constexpr std::int64_t kDayMs = std::int64_t{24} * 3600 * 1000;

using journal::refuse;

ApiScopes scopes_of(const ApiKeyWish& wish) {
  ApiScopes scopes = 0;
  for (const auto& word : wish.scopes) {
    const auto scope = api_scope_of(word);
    if (!scope) refuse("«{1}»: такой области данных нет", {word});
    scopes |= bit_of(*scope);
  }
  if (scopes == 0) refuse("нужна хотя бы одна область данных");
  return scopes;
}

std::string state_of(const ApiKey& key, sync::Time now) {
  if (key.ended) return "закрыт " + moment_for_operators(*key.ended);
  return (key.is_in_force(now) ? "до " : "истёк ") + moment_for_operators(key.expires);
}

}  // namespace

ApiKey api_key_of(Hub& hub, const std::string& actor, const ApiKeyWish& wish) {
  require_name(wish.name, kNameBytes);
  if (wish.days < 1 || wish.days > ApiKeyWish::kMostDays) {
    refuse("ключ действует от 1 до {1} дней", {std::to_string(ApiKeyWish::kMostDays)});
  }
  if (wish.is_of_all == !wish.schools.empty()) refuse("нужны или школы, или все школы");
  ApiKey key;
  key.name = wish.name;
  key.scopes = scopes_of(wish);
  key.made_by = actor;
  key.made = hub.now();
  key.expires = {key.made.ms + wish.days * kDayMs};
  if (wish.is_of_all) return key;
  key.schools.emplace();
  for (const auto& name : wish.schools) key.schools->insert(named_school(hub, name).id());
  return key;
}

std::string add_api_key(Hub& hub, const std::string& actor, const ApiKeyWish& wish) {
  const auto key = api_key_of(hub, actor, wish);
  Deed deed{actor, "api.add", {}, wish.name, words_of(key.scopes)};
  if (!key.schools) deed.detail += "; все школы";
  if (key.schools && key.schools->size() == 1) {
    deed.school = *key.schools->begin();
  } else if (key.schools) {
    for (const auto& school : *key.schools) deed.detail += "; " + school.hex();
  }
  deed.detail += "; до " + moment_for_operators(key.expires);
  return noted(hub, deed, [&] { return ApiKeyStore(hub.database()).add(key); });
}

void end_api_key(Hub& hub, const std::string& actor, std::int64_t id) {
  ApiKeyStore keys(hub.database());
  const auto key = keys.find(id);
  if (!key) refuse("ключа {1} нет", {std::to_string(id)});
  if (key->ended) refuse("ключ {1} уже закрыт", {std::to_string(id)});
  noted(hub, {actor, "api.end", {}, key->name, std::to_string(id)},
        [&] { keys.end(id, hub.now()); });
}

void list_api_keys(Hub& hub, std::ostream& out) {
  for (const auto& key : ApiKeyStore(hub.database()).all()) {
    out << key.id << "\t" << sync::one_line(key.name) << "\t" << state_of(key, hub.now()) << "\t"
        << words_of(key.scopes) << "\t"
        << (key.used ? "последний раз " + moment_for_operators(*key.used) : "не использован");
    if (!key.schools) out << "\tвсе школы";
    for (const auto& school : key.schools.value_or(std::set<sync::SchoolId>())) {
      out << "\t" << school.hex();
    }
    out << "\n";
  }
}

}  // namespace zimnik::hub
