#include "hub/console/console.h"

#include "hub/console/routes.h"
#include "hub/files.h"
#include "sync/store/command.h"
#include "sync/web/visit.h"

namespace zimnik::hub {
namespace {

bool is_under(const std::string& path, const std::string& entry) {
  return path == entry || (entry != "/" && path.starts_with(entry + "/"));
}

web::List menu_of(const OperatorAccount& visitor, const std::string& path,
                  const web::Translator& translate) {
  web::List menu;
  for (const auto& route : console_routes()) {
    if (route.menu == nullptr || !may(visitor.role, route)) continue;
    menu.push_back(web::Values{{"href", route.pattern},
                               {"text", translate(std::string(route.menu))},
                               {"is_here", is_under(path, route.pattern)}});
  }
  return menu;
}

/// What the role's menu begins with.
std::string first_page(OperatorRole role) {
  for (const auto& route : console_routes()) {
    if (route.menu != nullptr && may(role, route)) return route.pattern;
  }
  return "/sign-in";
}

}  // namespace

Console::Console(Hub& hub, Survey& survey, std::string advertised_address)
    : hub_(hub),
      survey_(survey),
      advertised_address_(std::move(advertised_address)),
      pages_(files(), {"base.css", "console.css"}),
      door_(hub, pages_) {}

void Console::mount(net::HttpServer& server) {
  door_.mount(server);
  server.route("GET", "/language",
               [this](const net::Request& request) { return pages_.set_language(request); });
  server.route("GET", "/", [this](const net::Request& request) {
    const auto visitor = door_.visitor(request);
    if (!visitor) return door_.show(request);
    return net::Response::see_other(first_page(visitor->role));
  });
  for (const auto& route : console_routes()) {
    server.route(route.method, route.pattern, [this, &route](const net::Request& request) {
      const auto visitor = door_.visitor(request);
      if (!visitor) return door_.show(request);
      if (!may(visitor->role, route)) {
        return refusal(request, *visitor, 403, {"Эта страница не для вашей роли."});
      }
      return route.answer(*this, request, *visitor);
    });
  }
  server.otherwise([this](const net::Request& request) {
    const auto visitor = door_.visitor(request);
    if (!visitor) return door_.show(request);
    return refusal(request, *visitor, 404, {"Нет такой страницы"});
  });
}

net::Response Console::page(const net::Request& request, const OperatorAccount& visitor,
                            const std::string& name, const std::string& title, web::Values values,
                            int status) const {
  values["login"] = visitor.login;
  values["menu"] = menu_of(visitor, request.path, pages_.translator(request));
  return pages_.page(request, status, name, title, std::move(values));
}

net::Response Console::refusal(const net::Request& request, const OperatorAccount& visitor,
                               int status, const sync::Phrase& why) const {
  return page(request, visitor, "console_refusal", "Нельзя", {{"text", translator(request)(why)}},
              status);
}

net::Response Console::submit(const net::Request& request, const OperatorAccount& visitor,
                              const std::function<net::Response(const net::Fields&)>& act) {
  const auto form = request.form();
  if (!form || !web::is_from_own_page(request)) {
    return refusal(request, visitor, 403,
                   {"Форма отправлена с другого сайта. Откройте эту страницу заново."});
  }
  try {
    return act(*form);
  } catch (const sync::CommandRefused& refused) {
    return refusal(request, visitor, 409,
                   {"Не сделано: {1}", {translator(request)(refused.why())}});
  } catch (const std::runtime_error& error) {
    return refusal(request, visitor, 409, {"Не сделано: {1}", {error.what()}});
  }
}

School* Console::school_of(const net::Request& request) const {
  return hub_.find(request.place.at("school"));
}

}  // namespace zimnik::hub
