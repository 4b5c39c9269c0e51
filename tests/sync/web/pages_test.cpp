#include "sync/web/pages.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/sync/web/files.h"

namespace zimnik::web::test {
namespace {

std::string header(const net::Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

net::Request request_for(const std::string& name) {
  net::Request request;
  request.place["name"] = name;
  return request;
}

std::string led_to(const Pages& pages, const std::string& from) {
  net::Request request;
  request.query = net::Fields::parse("to=en&from=" + from).value();
  return header(pages.set_language(request), "Location");
}

const std::vector<std::string> kStyles = {"a.css"};

}  // namespace

TEST_CASE("a page runs this server's scripts and its own style alone, and no copy is kept") {
  const Pages pages(files(), kStyles);
  const auto page = pages.refusal({}, 403, {"x"});
  CHECK(page.status == 403);
  CHECK(page.body == "<title>Нельзя</title><style>p{color:red}</style>x");
  const auto policy = header(page, "Content-Security-Policy");
  CHECK(policy.starts_with("default-src 'none'; script-src 'self';"));
  // echo -n 'p{color:red}' | openssl dgst -sha256 -binary | base64
  CHECK_THAT(policy, Catch::Contains("'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='"));
  CHECK(policy.find("unsafe") == std::string::npos);
  CHECK(header(page, "Cache-Control") == "no-store");
  CHECK(header(page, "X-Content-Type-Options") == "nosniff");
}

TEST_CASE("a refusal is translated with what it is about, and its title too") {
  const Pages pages(files(), kStyles);
  net::Request request;
  request.headers["accept-language"] = "en";
  const auto page = pages.refusal(request, 422, {"«{1}»: {2} дважды", {"<b>", "столбец"}});
  CHECK_THAT(page.body, Catch::Contains("a column twice in «&lt;b&gt;»"));
  CHECK_THAT(page.body, Catch::Contains("<title>Not possible</title>"));
}

TEST_CASE("the answer to a form leads back to its page, and to no other server's") {
  const Pages pages(files(), kStyles);
  const auto leads_back = [&](const char* method, const char* referer) {
    net::Request request;
    request.method = method;
    request.headers["host"] = "node.school:8080";
    request.headers["referer"] = referer;
    return pages.refusal(request, 422, {"x"}).body.find(">back</a>") != std::string::npos;
  };
  CHECK(leads_back("POST", "http://node.school:8080/own?a=1"));
  CHECK(leads_back("POST", "https://node.school:8080/own?a=1"));
  CHECK_FALSE(leads_back("GET", "http://node.school:8080/own?a=1"));
  for (const char* referer : {"", "http://node.school:80801/own?a=1", "http://evil.example/own?a=1",
                              "http://node.school:8080//evil.example/", "/own?a=1",
                              "http://node.school:8080.evil.example/own?a=1"}) {
    CHECK_FALSE(leads_back("POST", referer));
  }
}

TEST_CASE("the reader's choice goes before the browser's, where there is such a language") {
  const Pages pages(files(), kStyles);
  net::Request request;
  request.headers["accept-language"] = "en";
  CHECK(pages.translator(request).language() == "en");
  request.headers["cookie"] = "language=ru";
  CHECK(pages.translator(request).language() == "ru");
  request.headers["cookie"] = "language=xx";
  CHECK(pages.translator(request).language() == "en");
}

TEST_CASE("what is long goes out compressed to who takes it") {
  const Pages pages(files(), kStyles);
  auto request = request_for("b.js");
  CHECK(pages.static_file(request).body.starts_with("\"use strict\""));
  request.headers["accept-encoding"] = "gzip";
  const auto script = pages.static_file(request);
  CHECK(header(script, "Content-Encoding") == "gzip");
  CHECK(script.body.size() < 200);
  CHECK(script.content_type == "text/javascript; charset=utf-8");
  CHECK(header(pages.json(request, 200, {{"a", 1}}), "Content-Encoding").empty());
  CHECK(header(pages.json(request, 200, {{"a", std::string(999, 'a')}}), "Content-Encoding") ==
        "gzip");
}

TEST_CASE("only static files are had by name") {
  const Pages pages(files(), kStyles);
  CHECK(pages.static_file(request_for("a.css")).body == "p{color:red}");
  CHECK(pages.static_file(request_for("base.css")).status == 200);
  CHECK(pages.static_file(request_for("../other.bin")).status == 404);
  CHECK(pages.static_file(request_for("nothing.css")).status == 404);
  CHECK_THROWS_AS(Pages(files(), {"nothing.css"}), std::logic_error);
}

TEST_CASE("a language is chosen on the page that one is on, and leads nowhere else") {
  const Pages pages(files(), kStyles);
  CHECK(led_to(pages, "/sign-in") == "/sign-in");
  for (const auto* from :
       {"//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example",
        "/%5celsewhere.example", "/%09/elsewhere.example", "/%0d%0aX:1", "/%7f", ""}) {
    INFO(from);
    CHECK(led_to(pages, from) == "/");
  }
}

TEST_CASE("what stands in a page's script can't end it") {
  CHECK(json_for_page({{"a", "</script><b>"}}) == R"({"a":"\u003c/script>\u003cb>"})");
}

}  // namespace zimnik::web::test
