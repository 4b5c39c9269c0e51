// What pages stand on: compression, throttles, addresses, the clock on the wall.
#include <catch2/catch.hpp>

#include "hub/clock.h"
#include "hub/web/family.h"
#include "hub/web/gzip.h"
#include "hub/web/throttle.h"
#include "hub/web/visit.h"
#include "sync/core/crypto.h"

namespace zimnik::hub::test {

TEST_CASE("gzip is for who names it, and not with a weight of 0") {
  CHECK(accepts_gzip("gzip"));
  CHECK(accepts_gzip("br, gzip;q=0.5"));
  CHECK(accepts_gzip("deflate,gzip ;q=1"));
  CHECK_FALSE(accepts_gzip(""));
  CHECK_FALSE(accepts_gzip("br, deflate"));
  CHECK_FALSE(accepts_gzip("gzip;q=0"));
  CHECK_FALSE(accepts_gzip("gzip;q=0.000, br"));
  CHECK_FALSE(accepts_gzip("gzipped"));
}

TEST_CASE("a name is barred after its failures, until ten minutes have passed") {
  Throttle throttle(3);
  sync::Time now{1'000'000'000'000};
  for (int i = 0; i < 3; ++i) {
    CHECK_FALSE(throttle.is_barred("a", now));
    throttle.note_failure("a", now);
  }
  CHECK(throttle.is_barred("a", now));
  CHECK_FALSE(throttle.is_barred("b", now));
  now.ms += 10 * 60 * 1000;
  CHECK_FALSE(throttle.is_barred("a", now));
  throttle.note_failure("a", now);
  CHECK_FALSE(throttle.is_barred("a", now));
}

TEST_CASE("a clock that was wrong for a while bars no name for years") {
  Throttle throttle(1);
  constexpr sync::Time kNow{1'000'000'000'000}, kLater{4'000'000'000'000};
  throttle.note_failure("a", kLater);
  CHECK(throttle.is_barred("a", kLater));
  CHECK_FALSE(throttle.is_barred("a", kNow));
  throttle.note_failure("a", kNow);
  CHECK(throttle.is_barred("a", kNow));
}

TEST_CASE("neighbours in an IPv6 network are one caller, IPv4 addresses are each their own") {
  CHECK(network_of("2001:db8::1") == network_of("2001:db8::ffff:1"));
  CHECK(network_of("2001:db8::1") != network_of("2001:db8:0:1::1"));
  CHECK(network_of("192.0.2.1") != network_of("192.0.2.2"));
}

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

TEST_CASE("a moment is shown as the school's clock shows it") {
  const sync::Time time{1'795'424'700'000};  // 2026-11-23T09:05:00Z
  CHECK(wall_time(time, "Asia/Yekaterinburg").text() == "14:05 23.11.2026");
  CHECK(wall_time(time, "Europe/Moscow").text() == "12:05 23.11.2026");
  CHECK(wall_time(time, "").text() == "09:05 23.11.2026");
  CHECK(wall_time(time, "no such zone").text() == "09:05 23.11.2026");
  CHECK(wall_time({1'795'460'400'000}, "Asia/Yekaterinburg").text() == "00:00 24.11.2026");
}

TEST_CASE("a code is the same with dashes, spaces and capitals") {
  CHECK(hash_of_code(" ABCD-efgh\t") == sync::sha256({"abcdefgh"}));
}

}  // namespace zimnik::hub::test
