// Requests as events of the log. Pure.
#pragma once

#include <chrono>
#include <string>

#include "hub/watch/log.h"
#include "sync/net/http_message.h"

namespace zimnik::hub {

/// A message of a school's site: whose, of which school, how many bytes, in what time, and with
/// what status.
LogEvent exchange_event(const net::Request& request, const net::Response& response,
                        std::chrono::nanoseconds time);
/// A request of a browser: to which server, and to which part of it (the path's first segment: what
/// follows may name a person).
LogEvent request_event(const std::string& server, const net::Request& request,
                       const net::Response& response, std::chrono::nanoseconds time);

}  // namespace zimnik::hub
