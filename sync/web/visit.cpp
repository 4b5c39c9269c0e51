#include "sync/web/visit.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cctype>

namespace zimnik::web {
namespace {

bool is_this_machine(const std::string& address) {
  return address.empty() || address == "127.0.0.1" || address == "::1" ||
         address == "::ffff:127.0.0.1";
}

bool is_local_host(std::string_view host) {
  const auto is = [&](std::string_view name) {
    return host == name || (host.starts_with(name) && host.substr(name.size()).starts_with(':'));
  };
  return is("localhost") || is("127.0.0.1") || is("[::1]");
}

/// Of a Host header; brackets of IPv6 stay.
std::string_view without_port(std::string_view host) {
  const auto colon = host.rfind(':');
  const bool is_bare_ipv6 = host.ends_with(']');
  return colon == std::string_view::npos || is_bare_ipv6 ? host : host.substr(0, colon);
}

bool is_address(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) {
    in6_addr address;
    return inet_pton(AF_INET6, std::string(host.substr(1, host.size() - 2)).c_str(), &address) == 1;
  }
  in_addr address;
  return inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

bool is_same_name(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, [](unsigned char a, unsigned char b) {
    return std::tolower(a) == std::tolower(b);
  });
}

std::string cookie_of(const net::Request& request, const std::string& name,
                      const std::string& value, std::optional<long> seconds,
                      const char* same_site) {
  return name + "=" + value + "; Path=/" +
         (seconds ? "; Max-Age=" + std::to_string(*seconds) : "") +
         "; HttpOnly; SameSite=" + same_site +
         (is_local_host(request.header("host")) ? "" : "; Secure");
}

}  // namespace

bool is_for_host(const net::Request& request, const std::vector<std::string>& names) {
  const auto header = request.header("host");
  const auto host = without_port(header);
  return is_address(host) || std::ranges::any_of(names, [&](const std::string& name) {
           return is_same_name(host, name);
         });
}

std::string client_address(const net::Request& request) {
  if (!is_this_machine(request.remote_address)) return request.remote_address;
  const auto named = request.header("x-real-ip");
  return named.empty() || named.size() > 64 ? request.remote_address : named;
}

bool is_from_own_page(const net::Request& request) {
  const auto site = request.header("sec-fetch-site");
  if (!site.empty()) return site == "same-origin";
  const auto origin = request.header("origin");
  const auto host = request.header("host");
  return !host.empty() && (origin == "https://" + host || origin == "http://" + host);
}

std::string cookie(const net::Request& request, const std::string& name, const std::string& value,
                   std::optional<long> seconds) {
  return cookie_of(request, name, value, seconds, "Strict");
}

std::string cookie_for_return(const net::Request& request, const std::string& name,
                              const std::string& value, long seconds) {
  return cookie_of(request, name, value, seconds, "Lax");
}

}  // namespace zimnik::web
