#include "hub/watch/watch.h"

#include <array>

#include "hub/watch/health.h"
#include "hub/watch/region_metrics.h"
#include "sync/net/exchange_service.h"

namespace zimnik::hub {
namespace {

std::string class_of(int status) { return std::to_string(status / 100) + "xx"; }

/// What came of an exchange, by the status that told it (sync/net/exchange_service.h).
const char* outcome_of(int status) {
  if (status == 503) return "put_off";
  if (status >= 500) return "failed";
  return status >= 400 ? "refused" : "taken";
}

double seconds_of(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

/// A client may send any word; only those that HTTP knows make a series.
std::string method_of(const net::Request& request) {
  constexpr std::array<const char*, 2> kOurs{"GET", "POST"};
  for (const auto* known : kOurs) {
    if (request.method == known) return known;
  }
  return "other";
}

}  // namespace

void Watch::count(const std::string& server, const net::Request& request,
                  const net::Response& response, std::chrono::nanoseconds time) {
  requests_.add(
      {{"server", server}, {"code", class_of(response.status)}, {"method", method_of(request)}});
  request_seconds_.observe({{"server", server}}, seconds_of(time));
}

void Watch::count_exchange(const net::Request& request, const net::Response& response,
                           std::chrono::nanoseconds time) {
  if (request.path != net::ExchangeService::kPath) return;
  exchanges_.add({{"outcome", outcome_of(response.status)}});
  received_.add({}, static_cast<double>(request.body.size()));
  sent_.add({}, static_cast<double>(response.body.size()));
  exchange_seconds_.observe({}, seconds_of(time));
}

Watch::Observer Watch::observer(const std::string& server) {
  return [this, server](const net::Request& request, const net::Response& response,
                        std::chrono::nanoseconds time) { count(server, request, response, time); };
}

Watch::Observer Watch::exchange_observer() {
  return [this](const net::Request& request, const net::Response& response,
                std::chrono::nanoseconds time) {
    count("sync", request, response, time);
    count_exchange(request, response, time);
  };
}

void Watch::add(std::function<Families()> theme) {
  const std::lock_guard lock(mutex_);
  themes_.push_back(std::move(theme));
}

std::string Watch::metrics() const {
  auto families = region_metrics(hub_);
  for (const auto& family : {requests_.family(), request_seconds_.family(), exchanges_.family(),
                             received_.family(), sent_.family(), exchange_seconds_.family()}) {
    families.push_back(family);
  }
  std::vector<std::function<Families()>> themes;
  {
    const std::lock_guard lock(mutex_);
    themes = themes_;
  }
  for (const auto& theme : themes) {
    for (auto& family : theme()) families.push_back(std::move(family));
  }
  return metrics_text(families);
}

void Watch::mount_metrics(net::HttpServer& server) {
  server.route("GET", "/metrics", [this](const net::Request&) {
    net::Response response;
    response.content_type = kMetricsType;
    response.body = metrics();
    return response;
  });
}

void Watch::mount_health(net::HttpServer& server) {
  server.route("GET", "/healthz",
               [](const net::Request&) { return net::Response::text(200, "ok"); });
  server.route("GET", "/readyz", [this](const net::Request&) {
    const auto readiness = readiness_of(hub_);
    return net::Response::text(readiness.is_ready() ? 200 : 503, readiness.text());
  });
}

}  // namespace zimnik::hub
