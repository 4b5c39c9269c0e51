#include "sync/web/visit.h"

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

}  // namespace

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
  return name + "=" + value + "; Path=/" +
         (seconds ? "; Max-Age=" + std::to_string(*seconds) : "") + "; HttpOnly; SameSite=Strict" +
         (is_local_host(request.header("host")) ? "" : "; Secure");
}

}  // namespace zimnik::web
