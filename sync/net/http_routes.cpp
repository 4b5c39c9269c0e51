#include "sync/net/http_routes.h"

#include <optional>

namespace zimnik::net {
namespace {

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto end = path.find('/');
    segments.emplace_back(path.substr(0, end));
    path.remove_prefix(end == std::string_view::npos ? path.size() : end);
  }
  return segments;
}

using Places = decltype(Request::place);

bool is_place(const std::string& segment) { return segment.starts_with('{'); }

std::string rest_of(const std::vector<std::string>& path, std::size_t from) {
  std::string rest;
  for (std::size_t i = from; i < path.size(); ++i) rest += (i == from ? "" : "/") + path[i];
  return rest;
}

std::optional<Places> match(const std::vector<std::string>& pattern,
                            const std::vector<std::string>& path) {
  Places places;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const auto& segment = pattern[i];
    if (segment.ends_with("...}")) {
      places[segment.substr(1, segment.size() - 5)] = rest_of(path, i);
      return places;
    }
    if (i >= path.size()) return std::nullopt;
    if (is_place(segment)) {
      if (path[i].empty()) return std::nullopt;
      places[segment.substr(1, segment.size() - 2)] = path[i];
    } else if (segment != path[i]) {
      return std::nullopt;
    }
  }
  if (path.size() != pattern.size()) return std::nullopt;
  return places;
}

}  // namespace

void Routes::add(const std::string& method, const std::string& pattern, Handler handler) {
  routes_.push_back({method, segments_of(pattern), std::move(handler)});
}

Response Routes::answer(Request& request) const {
  const auto path = segments_of(request.path);
  bool is_known = false;
  for (const auto& route : routes_) {
    auto places = match(route.segments, path);
    if (!places) continue;
    is_known = true;
    if (route.method != request.method) continue;
    request.place = std::move(*places);
    return route.handler(request);
  }
  if (otherwise_) return otherwise_(request);
  return is_known ? Response::text(405, "not this method") : Response::text(404, "nothing here");
}

}  // namespace zimnik::net
