#include "hub/web/family_site.h"

#include <charconv>

#include "hub/web/door.h"
#include "hub/web/routes.h"

namespace zimnik::hub {

void FamilySite::mount(net::HttpServer& server) {
  for (const auto& route : open_routes()) {
    server.route(route.method, route.pattern,
                 [this, &route](const auto& request) { return route.answer(*this, request); });
  }
  for (const auto& route : family_routes()) {
    server.route(route.method, route.pattern, for_families(route));
  }
  server.route("GET", "/language", [this](const auto& r) { return pages_.set_language(r); });
  server.route("GET", "/static/{name}", [this](const auto& r) { return pages_.static_file(r); });
  server.otherwise([this](const net::Request& request) { return not_found(request); });
}

net::Handler FamilySite::for_families(const FamilyRoute& route) {
  return [this, &route](const net::Request& request) {
    const auto who = visitor(request);
    return who ? route.answer(*this, request, *who) : sign_in_first(*this, request);
  };
}

std::optional<Visitor> FamilySite::visitor(const net::Request& request) {
  const auto account = hub_.families().account_of_session(session_of(request), now());
  if (!account) return std::nullopt;
  return Visitor{*account};
}

net::Response FamilySite::page(const net::Request& request, const std::string& name,
                               const std::string& title, web::Values values, int status) {
  values["is_signed_in"] = visitor(request).has_value();
  return pages_.page(request, status, name, title, std::move(values));
}

net::Response FamilySite::not_found(const net::Request& request) {
  return page(request, "not_found", "Нет такой страницы", {}, 404);
}

std::int64_t number_from(const std::string& text) {
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && at == end ? number : 0;
}

}  // namespace zimnik::hub
