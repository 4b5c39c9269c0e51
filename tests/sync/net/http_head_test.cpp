#include "sync/net/http_head.h"

#include <catch2/catch.hpp>

#include "sync/net/limits.h"

namespace zimnik::net::test {
namespace {

int status_of(const std::string& bytes) {
  RequestHead head;
  return read_head(bytes, head).status;
}

}  // namespace

TEST_CASE("a head is read: names in lower case, values as they were sent") {
  RequestHead head;
  REQUIRE(read_head("POST /a?b=%0d HTTP/1.1\r\nX-One: a%0d%0ab \r\nCookie: a=1\r\nCookie: b=2\r\n"
                    "Content-Length: 12\r\n\r\n",
                    head)
              .status == 0);
  CHECK(head.method == "POST");
  CHECK(head.target == "/a?b=%0d");
  CHECK(head.headers.at("x-one") == "a%0d%0ab");
  CHECK(head.headers.at("cookie") == "a=1; b=2");
  CHECK(head.body_bytes == 12);
  CHECK(head.keep_alive);
}

TEST_CASE("a head that isn't plain HTTP/1.1 is refused") {
  CHECK(status_of("\r\n") == 400);
  CHECK(status_of("GET /\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\nA: b\r\n\r\n") == 400);
  CHECK(status_of("GET /\tb HTTP/1.1\r\n\r\n") == 400);
  CHECK(status_of("GET a HTTP/1.1\r\n\r\n") == 400);
  CHECK(status_of("GET http://a/ HTTP/1.1\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nA b\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nA : b\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nA: b" + std::string(1, '\0') + "\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/2.0\r\n\r\n") == 505);
  CHECK(status_of("TRACE / HTTP/1.1\r\n\r\n") == 501);
  CHECK(status_of("GET /" + std::string(limits::kTargetBytes, 'a') + " HTTP/1.1\r\n\r\n") == 414);
}

TEST_CASE("a body's length is said once, in digits, and not in chunks") {
  const std::string post = "POST / HTTP/1.1\r\n";
  CHECK(status_of(post + "\r\n") == 411);
  CHECK(status_of(post + "Transfer-Encoding: chunked\r\n\r\n") == 411);
  CHECK(status_of(post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n") == 411);
  CHECK(status_of(post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n") == 400);
  CHECK(status_of(post + "Content-Length: -1\r\n\r\n") == 400);
  CHECK(status_of(post + "Content-Length: +1\r\n\r\n") == 400);
  CHECK(status_of(post + "Content-Length: 1,1\r\n\r\n") == 400);
  CHECK(status_of(post + "Content-Length: 99999999999999999999\r\n\r\n") == 413);
  CHECK(status_of(post + "Content-Length: 1\r\nContent-Encoding: gzip\r\n\r\n") == 415);
  CHECK(status_of(post + "Content-Length: 1\r\nExpect: 100-continue\r\n\r\n") == 417);
}

TEST_CASE("there may be as many headers as the bound says, and no more") {
  std::string head = "GET / HTTP/1.1\r\n";
  for (std::size_t i = 0; i < limits::kHeaders; ++i) head += "A" + std::to_string(i) + ": b\r\n";
  CHECK(status_of(head + "\r\n") == 0);
  CHECK(status_of(head + "B: b\r\n\r\n") == 431);
}

TEST_CASE("a connection is kept where both want it") {
  const auto is_kept = [](const std::string& bytes) {
    RequestHead head;
    REQUIRE(read_head(bytes, head).status == 0);
    return head.keep_alive;
  };
  CHECK(is_kept("GET / HTTP/1.1\r\n\r\n"));
  CHECK_FALSE(is_kept("GET / HTTP/1.1\r\nConnection: Close\r\n\r\n"));
  CHECK_FALSE(is_kept("GET / HTTP/1.0\r\n\r\n"));
}

}  // namespace zimnik::net::test
