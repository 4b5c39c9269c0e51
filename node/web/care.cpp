#include "node/web/care.h"

#include <algorithm>

#include "node/web/routes.h"
#include "schema/commands/put.h"
#include "schema/words.h"

namespace zimnik::node {

using journal::Role;

namespace {

struct Tab {
  const char* path;
  const char* title;
};
constexpr Tab kTabs[] = {{"/classes", "Классы"},
                         {"/groups", "Группы"},
                         {"/load", "Нагрузка"},
                         {"/rollover", "Новый учебный год"},
                         {"/orders", "Приказы и ответственные"},
                         {"/roles", "Роли"}};

bool may_open(const Visitor& visitor, std::string_view path) {
  const auto all = routes();
  const auto route = std::find_if(all.begin(), all.end(), [&](const Route& candidate) {
    return std::string_view(candidate.method) == "GET" && candidate.pattern == path;
  });
  return route != all.end() && visitor.roles.has_any(route->roles);
}

}  // namespace

web::List people_tabs(const Visitor& visitor, const std::string& here,
                      const web::Translator& translate) {
  web::List tabs;
  for (const auto& tab : kTabs) {
    if (!may_open(visitor, tab.path)) continue;
    tabs.push_back(web::Values{{"href", std::string(tab.path)},
                               {"title", translate(std::string(tab.title))},
                               {"is_here", here == tab.path}});
  }
  return tabs;
}

Role caring_role(const Visitor& visitor) {
  for (const auto role : {Role::principal, Role::deputy_head, Role::secretary}) {
    if (visitor.roles.has(role)) return role;
  }
  return Role::class_teacher;
}

std::string russian(const std::optional<journal::Date>& date) {
  return date ? date->russian() : std::string();
}

std::optional<journal::Date> day_or_nothing(const net::Fields& form, const char* field,
                                            const char* what) {
  const auto text = form.get(field);
  if (text.empty()) return std::nullopt;
  return journal::checked_date(text, what);
}

web::Values contact_values(const journal::Contact& contact) {
  return {{"is_phone", contact.kind == "phone"},
          {"value", contact.value.empty() ? std::string("—") : contact.value},
          {"by_self", contact.source == journal::kByGuardian},
          {"source", contact.source},
          {"date", russian(contact.date)}};
}

}  // namespace zimnik::node
