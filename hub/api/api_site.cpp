#include "hub/api/api_site.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "hub/api/answer.h"
#include "hub/api/oneroster.h"
#include "hub/api/zip.h"
#include "hub/clock.h"
#include "hub/files.h"
#include "hub/freshness.h"
#include "hub/watch/log.h"
#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/read/school_title.h"
#include "sync/web/visit.h"

namespace zimnik::hub {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kRoot = "/api/v1";
constexpr const char* kSchool = "/api/v1/schools/{school}";
constexpr std::string_view kBearer = "bearer ";

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Empty where none is sent. A scheme's letters may be of either case.
std::string key_text_of(const net::Request& request) {
  const auto header = request.header("authorization");
  const bool is_bearer = std::equal(
      kBearer.begin(), kBearer.end(), header.begin(),
      header.begin() + static_cast<std::ptrdiff_t>(std::min(header.size(), kBearer.size())),
      [](char left, char right) {
        return left == std::tolower(static_cast<unsigned char>(right));
      });
  return is_bearer ? header.substr(kBearer.size()) : "";
}

net::Response not_now(const std::string& why) {
  auto response = api_problem(503, "The school can't be read now", why);
  response.headers.emplace_back("Retry-After", "600");
  return response;
}

net::Response document(const net::Request& request) {
  const auto* file = web::find(files(), "api/openapi.json");
  const std::string text(file->bytes);
  return api_answer(request, text, text);
}

journal::Date today_in(Hub& hub, sync::Database& database) {
  return wall_time(hub.now(), zone_of(database)).date;
}

}  // namespace

ApiSite::ApiSite(Hub& hub, std::function<void(const std::string&)> log)
    : hub_(hub), log_(std::move(log)) {}

void ApiSite::mount(net::HttpServer& server) {
  server.route("GET", std::string(kRoot) + "/openapi.json", document);
  server.route(
      "GET", std::string(kRoot) + "/schools",
      for_keys([this](const auto& request, const auto& key) { return schools(request, key); }));
  server.route(
      "GET", kSchool,
      for_school(ApiScope::structure, [this](const auto& request, const auto&, auto& school) {
        return this->school(request, school);
      }));
  server.route("GET", std::string(kSchool) + "/oneroster.zip",
               for_school(ApiScope::oneroster, [this](const auto&, const auto& key, auto& school) {
                 return oneroster(key, school);
               }));
  for (const auto& resource : api_resources()) {
    server.route("GET", std::string(kSchool) + "/" + resource.name,
                 for_school(resource.scope,
                            [this, &resource](const auto& request, const auto& key, auto& school) {
                              return rows(request, key, school, resource);
                            }));
  }
  server.route("GET", "/api/{rest...}",
               [](const auto&) { return api_problem(404, "There is nothing of this name"); });
  for (const auto* method : {"POST", "PUT", "DELETE"}) {
    server.route(method, "/api/{rest...}",
                 [](const auto&) { return api_problem(405, "Nothing can be written here"); });
  }
}

std::vector<std::string> ApiSite::paths() {
  std::vector<std::string> paths = {std::string(kRoot) + "/openapi.json",
                                    std::string(kRoot) + "/schools", kSchool,
                                    std::string(kSchool) + "/oneroster.zip"};
  for (const auto& resource : api_resources()) {
    paths.push_back(std::string(kSchool) + "/" + resource.name);
  }
  return paths;
}

net::Handler ApiSite::for_keys(Answer answer) {
  return [this, answer = std::move(answer)](const net::Request& request) {
    const auto now = hub_.now();
    const auto caller = net::network_of(web::client_address(request));
    if (callers_.is_barred(caller, now)) {
      auto response = api_problem(429, "Too many wrong keys");
      response.headers.emplace_back("Retry-After", "600");
      return response;
    }
    const auto key = ApiKeyStore(hub_.database()).use(key_text_of(request), now);
    if (!key) {
      if (!request.header("authorization").empty()) callers_.note_failure(caller, now);
      return api_problem(401, "A key in force is needed", "Authorization: Bearer KEY");
    }
    if (!rates_.take(std::to_string(key->id), now)) {
      auto response = api_problem(429, "Too many requests with this key");
      response.headers.emplace_back("Retry-After", "10");
      return response;
    }
    return answer(request, *key);
  };
}

net::Handler ApiSite::for_school(ApiScope scope, SchoolAnswer answer) {
  return for_keys(
      [this, scope, answer = std::move(answer)](const net::Request& request, const ApiKey& key) {
        if (!key.has(scope)) {
          return api_problem(403, "The key hasn't this scope", std::string(word_of(scope)));
        }
        auto* school = hub_.find(request.place.at("school"));
        if (school == nullptr || !key.opens(school->id())) {
          return api_problem(404, "There is no such school for this key");
        }
        if (hub_.recoveries().is_closed(school->id())) {
          return not_now("This server was restored, and the school's sites weren't heard yet");
        }
        try {
          return answer(request, key, *school);
        } catch (const BadQuery& bad) {
          return api_problem(400, "The request doesn't hold", bad.why);
        } catch (const std::runtime_error& error) {
          log_("api: " + school->entry().name + ": " + error.what());
          return not_now("");
        }
      });
}

net::Response ApiSite::schools(const net::Request& request, const ApiKey& key) {
  if (!key.has(ApiScope::structure)) {
    return api_problem(403, "The key hasn't this scope", "structure");
  }
  auto items = Json::array();
  for (const auto* school : hub_.schools()) {
    if (!key.opens(school->id())) continue;
    const auto as_of = freshness_of(hub_, school->id()).complete;
    items.push_back({{"id", school->id().hex()},
                     {"name", school->entry().name},
                     {"is_closed", hub_.recoveries().is_closed(school->id())},
                     {"as_of", as_of ? Json(rfc3339(*as_of)) : Json()}});
  }
  const auto body = dumped({{"items", items}});
  return api_answer(request, body, body);
}

net::Response ApiSite::school(const net::Request& request, School& school) {
  auto item = school.read([&](sync::Database& database) {
    const journal::Snapshot snapshot(database);
    Json found = {{"id", school.id().hex()}, {"name", school.entry().name}};
    journal::each_row(database, "SELECT name, settlement, time_zone FROM school WHERE id = 1", {},
                      [&](const sync::Statement& row) {
                        found["name"] = journal::string_at(row, 0);
                        found["settlement"] = journal::string_at(row, 1);
                        found["time_zone"] = journal::string_at(row, 2);
                      });
    found["year"] = journal::year_at_work(database, today_in(hub_, database));
    return found;
  });
  return api_answer(hub_, school.id(), request, "\"school\":" + dumped(item));
}

net::Response ApiSite::rows(const net::Request& request, const ApiKey& key, School& school,
                            const ApiResource& resource) {
  const auto page = school.read([&](sync::Database& database) {
    const journal::Snapshot snapshot(database);
    const auto today = today_in(hub_, database);
    auto query = query_of(request, resource, today, journal::year_at_work(database, today));
    query.has_names = key.has(ApiScope::names);
    return read_page(database, resource, query);
  });
  const auto next = page.last.empty() ? "null" : "\"" + cursor_of(page.last) + "\"";
  auto response =
      api_answer(hub_, school.id(), request, "\"items\":" + page.items + ",\"next\":" + next);
  if (response.status == 200 && !page.persons.empty()) {
    hub_.accesses().note({Reader::Kind::api, key.id}, school.id(), page.persons, hub_.now());
  }
  return response;
}

net::Response ApiSite::oneroster(const ApiKey& key, School& school) {
  const std::unique_lock turn(archive_, std::try_to_lock);
  if (!turn.owns_lock()) {
    auto response = api_problem(429, "Another archive is being made");
    response.headers.emplace_back("Retry-After", "10");
    return response;
  }
  const auto made = school.read([&](sync::Database& database) {
    return oneroster_of(database, school.id(), today_in(hub_, database));
  });
  hub_.accesses().note({Reader::Kind::api, key.id}, school.id(), made.persons, hub_.now());
  net::Response response;
  response.content_type = "application/zip";
  response.body = zip_of(made.files);
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"oneroster.zip\"");
  response.headers.emplace_back("Cache-Control", "private, no-store");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  const auto as_of = freshness_of(hub_, school.id()).complete;
  if (as_of) response.headers.emplace_back("Zimnik-As-Of", rfc3339(*as_of));
  return response;
}

}  // namespace zimnik::hub
