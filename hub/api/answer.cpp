#include "hub/api/answer.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "hub/freshness.h"
#include "hub/watch/log.h"
#include "schema/query.h"
#include "sync/core/crypto.h"
#include "sync/core/encoding.h"

namespace zimnik::hub {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kCursorDigits = 1000, kTagDigits = 32;
constexpr const char* kAsOf = "Zimnik-As-Of";

std::int64_t number_of(const std::string& name, const std::string& text, std::int64_t least,
                       std::int64_t most) {
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end || number < least || number > most) {
    throw BadQuery{name + ": a number from " + std::to_string(least) + " to " +
                   std::to_string(most)};
  }
  return number;
}

journal::Date day_of(const net::Request& request, const std::string& name) {
  const auto date = journal::Date::parse(request.query.get(name));
  if (!date) throw BadQuery{name + ": a day is needed, YYYY-MM-DD"};
  return *date;
}

void read_days(const net::Request& request, ApiQuery& query) {
  query.from = day_of(request, "from");
  query.to = day_of(request, "to");
  const auto days = query.to.days() - query.from.days() + 1;
  if (days < 1) throw BadQuery{"to: it is before from"};
  if (days > ApiQuery::kMostDays) {
    throw BadQuery{"from, to: " + std::to_string(ApiQuery::kMostDays) + " days at most"};
  }
}

/// A parameter that isn't known is a mistake, and asks for something else than was meant.
void check_names(const net::Request& request, const ApiResource& resource) {
  for (const auto& [name, value] : request.query.all()) {
    const bool is_known = name == "limit" || name == "cursor" ||
                          (resource.span == ApiSpan::year && name == "year") ||
                          (resource.span == ApiSpan::days && (name == "from" || name == "to"));
    if (!is_known) throw BadQuery{name.substr(0, 40) + ": no such parameter here"};
  }
}

net::Response tagged_answer(const net::Request& request, std::string body,
                            const std::string& tagged) {
  net::Response response;
  const auto tag = "W/\"" + sync::sha256({tagged}).hex().substr(0, kTagDigits) + "\"";
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.content_type = "application/json";
  if (request.header("if-none-match") == tag) {
    response.status = 304;
  } else {
    response.body = std::move(body);
  }
  return response;
}

Json behind_json(const Freshness& freshness) {
  auto nodes = Json::array();
  for (const auto& node : freshness.behind) {
    nodes.push_back(
        {{"name", node.name}, {"as_of", node.complete ? Json(rfc3339(*node.complete)) : Json()}});
  }
  return nodes;
}

}  // namespace

net::Response api_problem(int status, const std::string& title, const std::string& detail) {
  Json problem = {{"title", title}, {"status", status}};
  if (!detail.empty()) problem["detail"] = detail;
  net::Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = problem.dump(-1, ' ', false, Json::error_handler_t::replace);
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  if (status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

net::Response api_answer(Hub& hub, const sync::SchoolId& school, const net::Request& request,
                         const std::string& members) {
  const auto freshness = freshness_of(hub, school);
  const auto as_of = moment_json(freshness.complete);
  const auto behind = behind_json(freshness).dump(-1, ' ', false, Json::error_handler_t::replace);
  const auto body = R"({"as_of":)" + as_of + R"(,"nodes_behind":)" + behind + "," + members + "}";
  auto response = tagged_answer(request, body, members);
  if (freshness.complete) {
    response.headers.emplace_back(kAsOf, rfc3339(*freshness.complete));
  }
  return response;
}

net::Response api_answer(const net::Request& request, const std::string& body,
                         const std::string& tagged) {
  return tagged_answer(request, body, tagged);
}

std::string moment_json(const std::optional<sync::Time>& time) {
  return time ? "\"" + rfc3339(*time) + "\"" : "null";
}

std::string cursor_of(const std::vector<sync::Value>& key) {
  auto values = Json::array();
  for (const auto& value : key) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) values.push_back(*number);
    if (const auto* text = std::get_if<sync::Text>(&value)) values.push_back(text->text);
  }
  return sync::to_hex(values.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::optional<std::vector<sync::Value>> cursor_from(const std::string& text, std::size_t values) {
  if (text.size() > kCursorDigits) return std::nullopt;
  const auto bytes = sync::from_hex(text);
  const auto read = Json::parse(bytes.value_or(""), nullptr, false);
  if (!read.is_array() || read.size() != values) return std::nullopt;
  std::vector<sync::Value> key;
  for (const auto& value : read) {
    if (value.is_number_integer()) {
      key.emplace_back(value.get<std::int64_t>());
    } else if (value.is_string()) {
      key.push_back(journal::text_value(value.get<std::string>()));
    } else {
      return std::nullopt;
    }
  }
  return key;
}

ApiQuery query_of(const net::Request& request, const ApiResource& resource, journal::Date today,
                  int usual_year) {
  check_names(request, resource);
  ApiQuery query;
  query.from = query.to = query.today = today;
  query.year = usual_year;
  if (resource.span == ApiSpan::days) read_days(request, query);
  if (const auto year = request.query.find("year")) {
    query.year = static_cast<int>(number_of("year", *year, 1900, 2199));
  }
  if (const auto limit = request.query.find("limit")) {
    query.rows = number_of("limit", *limit, 1, ApiQuery::kMostRows);
  }
  if (const auto cursor = request.query.find("cursor")) {
    auto after = cursor_from(*cursor, resource.key.size());
    if (!after) throw BadQuery{"cursor: it isn't one of this resource"};
    query.after = std::move(*after);
  }
  return query;
}

}  // namespace zimnik::hub
