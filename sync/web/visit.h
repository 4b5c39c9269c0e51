// What a request says of its browser and its way here. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/net/http_message.h"

namespace zimnik::web {

/// Who calls: the connection's other end, or, where that is a proxy on this machine, whom the proxy
/// names (X-Real-IP).
std::string client_address(const net::Request& request);
/// Whether the browser says that a page of this very server sent it. False where it says nothing.
bool is_from_own_page(const net::Request& request);
/// Whether the request was sent to one of these names, in any case of letters, or to a bare address
/// of the network: a page elsewhere can make its own name lead here, but not these (DNS rebinding).
bool is_for_host(const net::Request& request, const std::vector<std::string>& names);
/// A Set-Cookie value: HttpOnly, SameSite=Strict, and Secure unless the browser is on this machine.
/// It lives for so many seconds (0: it is gone), or until the browser is closed.
std::string cookie(const net::Request& request, const std::string& name, const std::string& value,
                   std::optional<long> seconds);

/// As cookie(), but sent too where a page of another site leads here (SameSite=Lax): for the way
/// back from a provider.
std::string cookie_for_return(const net::Request& request, const std::string& name,
                              const std::string& value, long seconds);

}  // namespace zimnik::web
