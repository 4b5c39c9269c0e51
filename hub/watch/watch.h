// What the hub tells whoever watches it: /metrics, /healthz, /readyz. No person's name, number or
// address is in any of it; schools are named by their ids, and by their names in one family.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "hub/hub.h"
#include "hub/watch/instruments.h"
#include "sync/net/http_server.h"

namespace zimnik::hub {

/// Any thread.
class Watch {
 public:
  using Families = std::vector<MetricFamily>;
  using Observer =
      std::function<void(const net::Request&, const net::Response&, std::chrono::nanoseconds)>;

  /// `hub` outlives it.
  explicit Watch(Hub& hub) : hub_(hub) {}

  /// What a server of that name tells its requests to: net::HttpOptions::answered. Outlived by
  /// this.
  Observer observer(const std::string& server);
  /// The same for the sync port, whose exchanges are counted too.
  Observer exchange_observer();
  /// A theme's own figures, asked for at each look. `theme` outlives the last look.
  void add(std::function<Families()> theme);

  std::string metrics() const;
  /// Mounts /metrics. REQUIRES: this object outlives the server, which strangers don't reach.
  void mount_metrics(net::HttpServer& server);
  /// Mounts /healthz and /readyz.
  void mount_health(net::HttpServer& server);

 private:
  void count(const std::string& server, const net::Request& request, const net::Response& response,
             std::chrono::nanoseconds time);
  void count_exchange(const net::Request& request, const net::Response& response,
                      std::chrono::nanoseconds time);

  Hub& hub_;
  Counter requests_{"zimnik_hub_http_requests_total",
                    "Requests that were answered, by server, class of status and method."};
  Histogram request_seconds_{"zimnik_hub_http_request_duration_seconds",
                             "How long answers took to make, by server.",
                             {0.005, 0.025, 0.1, 0.25, 1, 2.5, 10}};
  Counter exchanges_{"zimnik_hub_exchanges_total",
                     "Messages of schools' sites: taken, refused, put off, or failed."};
  Counter received_{"zimnik_hub_exchange_received_bytes_total",
                    "Bytes of schools' messages, without TLS and headers."};
  Counter sent_{"zimnik_hub_exchange_sent_bytes_total",
                "Bytes of what was answered to them, without TLS and headers."};
  Histogram exchange_seconds_{"zimnik_hub_exchange_duration_seconds",
                              "How long a message took to be taken in and answered.",
                              {0.01, 0.05, 0.25, 1, 2.5, 10, 60}};
  mutable std::mutex mutex_;
  std::vector<std::function<Families()>> themes_;
};

}  // namespace zimnik::hub
