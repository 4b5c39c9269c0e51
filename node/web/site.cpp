#include "node/web/site.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "node/files.h"
#include "node/web/conflicts.h"
#include "node/web/routes.h"
#include "sync/web/form_entry.h"
#include "sync/web/visit.h"

namespace zimnik::node {

namespace {

constexpr const char* kFault =
    "Узел не смог этого сделать, и ничего не записано. Скажите техническому специалисту: возможно, "
    "кончилось место на диске.";
constexpr const char* kVoid =
    "Записи этого логина, или этого узла, отменены актом: новые не имеют силы. Скажите директору.";
constexpr const char* kOutranked =
    "Здесь стоит запись по приказу, по протоколу или того, кто старше по должности: она остаётся.";
constexpr const char* kNotYours =
    "Эта страница не для Вашей роли. Скажите директору, если это ошибка.";
constexpr const char* kOtherName =
    "У журнала другой адрес. Откройте его по имени или адресу узла; новое имя узлу называют ключом "
    "--host.";
constexpr const char* kForeign = "Форма пришла не с этой страницы. Откройте её снова.";
constexpr const char* kHeld = "Это уже записано. Чтобы записать ещё, откройте страницу снова.";

constexpr std::size_t kTimesAtOnce = 4096;

bool is_for_scripts(std::string_view path) { return path.starts_with("/api/"); }

web::List menu_of(const Visitor& visitor, const std::string& path,
                  const web::Translator& translate) {
  web::List menu;
  for (const auto& route : routes()) {
    if (route.menu == nullptr || !visitor.roles.has_any(route.roles)) continue;
    menu.push_back(web::Values{{"href", std::string(route.pattern)},
                               {"text", translate(std::string(route.menu))},
                               {"is_here", path == route.pattern},
                               {"is_conflicts", std::string_view(route.pattern) == "/conflicts"}});
  }
  return menu;
}

}  // namespace

Site::Site(Journal& journal, LocalState& state, Clock clock, std::vector<std::string> hosts)
    : journal_(journal),
      state_(state),
      clock_(clock),
      hosts_(std::move(hosts)),
      pages_(files(), {"base.css", "journal.css", "diary.css"}),
      door_(journal, state, pages_, std::move(clock)) {}

void Site::add_routes(net::HttpServer& server) {
  const auto add = [&](const char* method, const char* pattern, net::Handler handler) {
    server.route(method, pattern, for_own_hosts(std::move(handler)));
  };
  add("GET", "/sign-in", [this](const auto& request) { return door_.show(request); });
  add("POST", "/sign-in", [this](const auto& request) { return door_.enter(request); });
  add("POST", "/sign-out", [this](const auto& request) { return door_.leave(request); });
  add("GET", "/code", [this](const auto& request) { return door_.show_code(request); });
  add("POST", "/code", [this](const auto& request) { return door_.use_code(request); });
  add("GET", "/language", [this](const auto& request) { return pages_.set_language(request); });
  add("GET", "/static/{name}", [this](const auto& r) { return pages_.static_file(r); });
  for (const auto& route : routes()) add(route.method, route.pattern, guarded(route));
  server.otherwise([this](const net::Request& request) {
    return refusal(request, 404, {"Такой страницы нет."});
  });
}

net::Handler Site::for_own_hosts(net::Handler handler) {
  return [this, handle = std::move(handler)](const net::Request& request) {
    constexpr int kMisdirected = 421;  // RFC 9110, 15.5.20
    const bool is_own = hosts_.empty() || web::is_for_host(request, hosts_);
    return is_own ? handle(request) : refusal(request, kMisdirected, {kOtherName});
  };
}

/// Who isn't signed in is led to the door, scripts are told (401).
net::Handler Site::guarded(const Route& route) {
  return [this, &route](const net::Request& request) {
    const bool is_script = is_for_scripts(route.pattern);
    const auto visitor = door_.visitor(request);
    if (!visitor) {
      return is_script ? json(request, {{"error", "sign in"}}, 401)
                       : net::Response::see_other("/sign-in");
    }
    if (!visitor->roles.has_any(route.roles)) {
      return is_script ? json(request, {{"error", pages_.translator(request)(kNotYours)}}, 403)
                       : refusal(request, 403, {kNotYours});
    }
    auto response = route.answer(*this, request, *visitor);
    if (!visitor->renewed_token.empty()) {
      response.headers.emplace_back("Set-Cookie",
                                    Door::session_cookie(request, visitor->renewed_token));
    }
    return response;
  };
}

net::Response Site::fault(const net::Request& request) const {
  return is_for_scripts(request.path)
             ? json(request, {{"error", pages_.translator(request)(kFault)}}, 500)
             : refusal(request, 500, {kFault});
}

void Site::with_entry_times(const TimesUse& use) {
  const std::lock_guard lock(times_mutex_);
  bool has_all = false;
  while (!has_all) {  // a slice at a time: teachers write in between
    has_all = journal_.with_replica(
        [&](sync::Replica& replica) { return times_.catch_up(replica, kTimesAtOnce); });
  }
  journal_.with_replica([&](sync::Replica& replica) { use(replica, times_); });
}

web::Values Site::frame(const net::Request& request, const Visitor& visitor) {
  auto values = web::entry_values(
      journal_.with_replica([](sync::Replica& replica) { return replica.seen(); }));
  const auto listed = journal_.read([&](sync::Database& database) {
    return review_items_for(database, visitor, today()).size();
  });
  values["login"] = visitor.login;
  values["name"] = visitor.name.is_readable() ? visitor.name.brief() : visitor.login;
  values["listed"] = static_cast<int>(listed);
  values["any_listed"] = listed > 0;
  values["menu"] = menu_of(visitor, request.path, pages_.translator(request));
  return values;
}

net::Response Site::page(const net::Request& request, const std::string& name,
                         const std::string& title, web::Values values, int status) const {
  return pages_.page(request, status, name, title, std::move(values));
}

net::Response Site::refusal(const net::Request& request, int status,
                            const sync::Phrase& why) const {
  return pages_.refusal(request, status, why);
}

net::Response Site::json(const net::Request& request, const nlohmann::json& value,
                         int status) const {
  return pages_.json(request, status, value);
}

net::Response Site::submit(const net::Request& request, const Visitor& visitor, journal::Role role,
                           const std::string& then, const Writing& write) {
  return submit_to_replica(
      request, visitor, role, then,
      [&](sync::Replica& replica, const sync::Entry& entry, const net::Fields& form) {
        return replica.write(entry, [&](sync::Command& command) { write(command, form); });
      });
}

net::Response Site::submit_to_replica(const net::Request& request, const Visitor& visitor,
                                      journal::Role role, const std::string& then,
                                      const Doing& act) {
  const auto form = request.form();
  if (!form || !web::is_from_own_page(request)) return refusal(request, 400, {kForeign});
  auto saved = sync::Saved::nothing;
  try {
    const auto [id, seen] = web::form_entry(*form);
    const auto entry = entry_of(visitor, role, request, id, seen, now());
    journal_.write([&](sync::Replica& replica) {
      require_in_force(replica, entry);
      saved = act(replica, entry, *form);
    });
  } catch (const sync::Outranked&) {
    return refusal(request, 422, {kOutranked});
  } catch (const sync::CommandRefused& refused) {
    return refusal(request, 422, refused.why());
  } catch (const std::invalid_argument&) {
    return refusal(request, 400, {kForeign});
  }
  if (saved == sync::Saved::held) return refusal(request, 409, {kHeld});
  return net::Response::see_other(then);
}

void Site::require_in_force(const sync::Replica& replica, const sync::Entry& entry) {
  if (replica.is_void(entry)) throw sync::CommandRefused(kVoid);
}

std::int64_t number_from(const std::string& text) {
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && at == end ? number : 0;
}

}  // namespace zimnik::node
