#include "sync/web/visit.h"

#include <catch2/catch.hpp>

namespace zimnik::web::test {

TEST_CASE("only a proxy on this machine says for whom it calls") {
  net::Request request;
  request.headers["x-real-ip"] = "203.0.113.7";
  request.remote_address = "127.0.0.1";
  CHECK(client_address(request) == "203.0.113.7");
  request.remote_address = "198.51.100.1";
  CHECK(client_address(request) == "198.51.100.1");
}

TEST_CASE("a cookie is secure unless the browser is on this machine") {
  net::Request request;
  request.headers["host"] = "diary.example";
  CHECK(cookie(request, "a", "b", 5) ==
        "a=b; Path=/; Max-Age=5; HttpOnly; SameSite=Strict; Secure");
  for (const char* host : {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080"}) {
    request.headers["host"] = host;
    CHECK(cookie(request, "a", "b", 5) == "a=b; Path=/; Max-Age=5; HttpOnly; SameSite=Strict");
  }
  request.headers["host"] = "localhost.example";
  CHECK(cookie(request, "a", "", 0).ends_with("; Secure"));
  CHECK(cookie(request, "a", "b", {}) == "a=b; Path=/; HttpOnly; SameSite=Strict; Secure");
}

TEST_CASE("a name that isn't the server's own is no way to it, a bare address is") {
  net::Request request;
  const std::vector<std::string> names{"node", "journal.school"};
  const auto is_for = [&](const std::string& host) {
    request.headers["host"] = host;
    return is_for_host(request, names);
  };
  for (const auto* host : {"node", "NODE:8443", "journal.school:8443", "192.168.1.7:8443",
                           "127.0.0.1", "[fe80::1]:8443", "[::1]"}) {
    INFO(host);
    CHECK(is_for(host));
  }
  for (const auto* host : {"", "evil.example", "node.evil.example", "xnode", "1.2.3.4.evil.example",
                           "192.168.1.7.nip.io", "[evil]", "::1", "node:8443:1"}) {
    INFO(host);
    CHECK_FALSE(is_for(host));
  }
}

TEST_CASE("a form is taken from a page of this server alone") {
  net::Request request;
  request.headers = {{"host", "diary.example"}, {"origin", "https://diary.example"}};
  CHECK(is_from_own_page(request));
  request.headers["origin"] = "https://other.example";
  CHECK_FALSE(is_from_own_page(request));
  request.headers.erase("origin");
  CHECK_FALSE(is_from_own_page(request));
  request.headers["sec-fetch-site"] = "same-origin";
  CHECK(is_from_own_page(request));
  request.headers["sec-fetch-site"] = "cross-site";
  CHECK_FALSE(is_from_own_page(request));
}

}  // namespace zimnik::web::test
