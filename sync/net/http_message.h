// Requests and responses as handlers see them: whole, in memory, and within the server's bounds.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sync/net/certificate.h"

namespace zimnik::net {

/// Fields of a form or a query, in their order.
class Fields {
 public:
  /// application/x-www-form-urlencoded. Nothing where there are too many fields, or one isn't UTF-8
  /// without NUL.
  static std::optional<Fields> parse(std::string_view encoded);

  /// The first of that name; nothing where there is none.
  std::optional<std::string> find(std::string_view name) const;
  /// The first of that name; empty where there is none.
  std::string get(std::string_view name) const { return find(name).value_or(""); }
  const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
  std::string method;  ///< a HEAD request comes as GET
  std::string path;    ///< percent-decoded: UTF-8 without NUL
  Fields query;
  /// What stood in the place of each {name} of the route's pattern.
  std::map<std::string, std::string, std::less<>> place;
  /// Names in lower case; values as they were sent. Of headers of one name the first, but cookies
  /// are joined.
  std::map<std::string, std::string, std::less<>> headers;
  std::string body;
  std::string remote_address;        ///< numeric, without port; empty on a Unix socket
  std::optional<PeerIdentity> peer;  ///< of a client certificate that the server's authority issued
  std::optional<sync::Time> certificate_end{};  ///< of that certificate

  std::string header(std::string_view name) const;
  /// The fields of a urlencoded body; nothing where it is something else, or doesn't hold.
  std::optional<Fields> form() const;
  /// Empty where there is none.
  std::string cookie(std::string_view name) const;
};

/// What a bound on one caller counts by: an IPv4 address, also one that is written as IPv6
/// (::ffff:192.0.2.1), or the first half of an IPv6 one (a /64).
std::string network_of(const std::string& address);
/// Likewise, but of an IPv6 address the /48, which one customer may have whole.
std::string site_network_of(const std::string& address);

struct Response {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  ///< one with CR or LF is left out

  static Response text(int status, const std::string& text);
  static Response bytes(std::string bytes);
  /// To a path of this server (303: what follows is a GET).
  static Response see_other(const std::string& path);
};

}  // namespace zimnik::net
