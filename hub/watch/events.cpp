#include "hub/watch/events.h"

namespace zimnik::hub {
namespace {

double seconds_of(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

std::int64_t size_of(const std::string& bytes) { return static_cast<std::int64_t>(bytes.size()); }

}  // namespace

LogEvent exchange_event(const net::Request& request, const net::Response& response,
                        std::chrono::nanoseconds time) {
  LogEvent event{"exchange"};
  if (request.peer) {
    event.fields.emplace_back("school", request.peer->school.hex());
    event.fields.emplace_back("site", request.peer->site.hex());
  }
  event.fields.emplace_back("status", std::int64_t{response.status});
  event.fields.emplace_back("received_bytes", size_of(request.body));
  event.fields.emplace_back("sent_bytes", size_of(response.body));
  event.fields.emplace_back("seconds", seconds_of(time));
  return event;
}

LogEvent request_event(const std::string& server, const net::Request& request,
                       const net::Response& response, std::chrono::nanoseconds time) {
  const auto part = request.path.substr(0, request.path.find('/', 1));
  return {"request",
          {{"server", server},
           {"method", request.method},
           {"part", response.status == 404 ? std::string("-") : part},
           {"status", std::int64_t{response.status}},
           {"sent_bytes", size_of(response.body)},
           {"seconds", seconds_of(time)}}};
}

}  // namespace zimnik::hub
