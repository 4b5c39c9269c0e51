#include "sync/net/http_message.h"

#include <catch2/catch.hpp>

#include "sync/net/limits.h"

namespace zimnik::net::test {

TEST_CASE("fields of a form keep their order and are decoded") {
  const auto fields = Fields::parse("a=1&b=%D0%B9+x&a=2&c&=d&%zz=%4");
  REQUIRE(fields);
  CHECK(fields->get("a") == "1");
  CHECK(fields->get("b") == "\u0439 x");
  CHECK(fields->find("c") == "");
  CHECK(fields->find("") == "d");
  CHECK(fields->find("%zz") == "%4");
  CHECK_FALSE(fields->find("e"));
  CHECK(fields->all().size() == 6);
}

TEST_CASE("a form that isn't text, or has too many fields, is none") {
  CHECK_FALSE(Fields::parse("a=%00"));
  CHECK_FALSE(Fields::parse("a=%ff"));
  std::string many;
  for (std::size_t i = 0; i <= limits::kFormFields; ++i) many += "a&";
  CHECK_FALSE(Fields::parse(many));
}

TEST_CASE("only a urlencoded body is a form") {
  Request request;
  request.body = "a=b";
  CHECK_FALSE(request.form());
  request.headers["content-type"] = "application/x-www-form-urlencoded; charset=utf-8";
  REQUIRE(request.form());
  CHECK(request.form()->get("a") == "b");
}

TEST_CASE("a cookie is found by its whole name") {
  Request request;
  request.headers["cookie"] = "session2=b; session=a; x";
  CHECK(request.cookie("session") == "a");
  CHECK(request.cookie("sess") == "");
  CHECK(request.cookie("x") == "");
}

TEST_CASE("neighbours in an IPv6 network are one caller, IPv4 addresses are each their own") {
  CHECK(network_of("2001:db8::1") == network_of("2001:db8::ffff:1"));
  CHECK(network_of("2001:db8::1") != network_of("2001:db8:0:1::1"));
  CHECK(network_of("192.0.2.1") != network_of("192.0.2.2"));
  CHECK(network_of("::ffff:192.0.2.1") == network_of("192.0.2.1"));
  CHECK(network_of("::ffff:192.0.2.1") != network_of("::ffff:192.0.2.2"));
  CHECK(network_of("") == "");
}

TEST_CASE("a customer's IPv6 networks are one site, and no other's") {
  CHECK(site_network_of("2001:db8:0:1::1") == site_network_of("2001:db8:0:ffff::1"));
  CHECK(site_network_of("2001:db8:0:1::1") != site_network_of("2001:db8:1:1::1"));
  CHECK(site_network_of("::ffff:192.0.2.1") == "192.0.2.1");
}

}  // namespace zimnik::net::test
