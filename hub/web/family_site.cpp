#include "hub/web/family_site.h"

#include <charconv>

#include "hub/web/door.h"
#include "hub/web/routes.h"
#include "hub/web/words.h"
#include "sync/web/visit.h"

namespace zimnik::hub {
namespace {

constexpr const char* kWorker = "worker.js";

std::unique_ptr<FamilySite::Federal> federal_of(const std::string& path) {
  auto settings = FederalSettings::load(path);
  if (!settings) return nullptr;
  return std::make_unique<FamilySite::Federal>(std::move(*settings));
}

}  // namespace

FamilySite::FamilySite(Hub& hub, std::optional<DeliverySettings> delivery,
                       std::function<void(const std::string&)> log)
    : hub_(hub),
      log_(std::move(log)),
      delivery_(std::move(delivery)),
      pages_(files(), {"base.css", "hub.css", "diary.css"}),
      federal_(federal_of(hub.folder().federal())) {}

void FamilySite::mount(net::HttpServer& server) {
  for (const auto& route : open_routes()) {
    server.route(route.method, route.pattern, for_all(route));
  }
  for (const auto& route : family_routes()) {
    server.route(route.method, route.pattern, for_families(route));
  }
  server.route("GET", "/language", [this](const auto& r) { return pages_.set_language(r); });
  server.route("GET", "/static/{name}", [this](const auto& r) {
    auto response = pages_.static_file(r);
    // By its address it would serve those below /static/ alone.
    if (r.place.at("name") == kWorker) response.headers.emplace_back("Service-Worker-Allowed", "/");
    return response;
  });
  server.otherwise([this](const net::Request& request) { return not_found(request); });
}

bool FamilySite::is_foreign_form(const net::Request& request) const {
  return request.method == "POST" && !web::is_from_own_page(request);
}

net::Handler FamilySite::for_all(const OpenRoute& route) {
  return [this, &route](const net::Request& request) {
    if (!route.is_from_anywhere && is_foreign_form(request)) {
      return refusal(request, 403, {kForeignForm});
    }
    return route.answer(*this, request);
  };
}

net::Handler FamilySite::for_families(const FamilyRoute& route) {
  return [this, &route](const net::Request& request) {
    if (is_foreign_form(request)) return refusal(request, 403, {kForeignForm});
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

net::Response FamilySite::refusal(const net::Request& request, int status, const sync::Phrase& why,
                                  const std::string& typed) {
  return page(request, "refusal", "Не получилось",
              {{"text", pages_.translator(request)(why)}, {"typed", typed}}, status);
}

net::Response FamilySite::not_found(const net::Request& request) {
  return page(request, "not_found", "Нет такой страницы", {}, 404);
}

std::int64_t number_from(const std::string& text) {
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  const bool is_whole = error == std::errc() && at == end;
  // One number, one spelling: pages are kept by their addresses.
  return is_whole && std::to_string(number) == text ? number : 0;
}

}  // namespace zimnik::hub
