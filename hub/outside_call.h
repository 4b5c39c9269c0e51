// Calls to servers of others: over TLS that the machine's own list of authorities vouches for, or
// in the clear to this machine alone. Redirections aren't followed. Any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zimnik::hub {

struct OutsideCall {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::optional<std::string> body{};  ///< with one it is a POST
  std::size_t most = 256 * 1024;      ///< bytes of a reply
};
struct OutsideReply {
  int status = 0;  ///< 0 where nobody answered
  std::string body;
  std::string error;  ///< for operators, where nobody answered
};
/// Waits for 15 seconds at most. Doesn't throw.
OutsideReply call_outside(const OutsideCall& call);

/// Whether such an address may be called: https, or http to this machine.
bool may_call(const std::string& url);

}  // namespace zimnik::hub
