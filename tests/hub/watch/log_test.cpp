#include "hub/watch/log.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "hub/watch/events.h"

namespace zimnik::hub::test {
namespace {

sync::Time at() { return {1'764'400'000'123}; }

}  // namespace

TEST_CASE("as text a line is what was said, and events are left out") {
  std::ostringstream out;
  Log log(out, Log::Form::text, at);
  log.say("школа «1»: файлы не открываются");
  log.note({"exchange", {{"status", std::int64_t{200}}}});
  CHECK(out.str() == "школа «1»: файлы не открываются\n");
}

TEST_CASE("as JSON each line is an object with its time, whatever bytes were said") {
  std::ostringstream out;
  Log log(out, Log::Form::json, at);
  log.say("a \"name\"\nof two lines \xff");
  log.note({"exchange", {{"status", std::int64_t{200}}, {"seconds", 0.5}, {"site", "ab"}}});
  std::istringstream lines(out.str());
  std::string line;
  REQUIRE(std::getline(lines, line));
  const auto said = nlohmann::json::parse(line);
  CHECK(said.at("time") == "2025-11-29T07:06:40.123Z");
  CHECK(said.at("event") == "message");
  CHECK(said.at("message").get<std::string>().starts_with("a \"name\"\nof two lines "));
  REQUIRE(std::getline(lines, line));
  const auto event = nlohmann::json::parse(line);
  CHECK(event.at("event") == "exchange");
  CHECK(event.at("status") == 200);
  CHECK(event.at("seconds") == 0.5);
  CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("an event of a request names no more of its path than the first part") {
  net::Request request;
  request.method = "GET";
  request.path = "/diary/21";
  const auto event =
      request_event("web", request, net::Response::text(200, "x"), std::chrono::milliseconds(250));
  std::ostringstream out;
  Log(out, Log::Form::json, at).note(event);
  const auto object = nlohmann::json::parse(out.str());
  CHECK(object.at("part") == "/diary");
  CHECK(object.at("seconds") == 0.25);
  CHECK(out.str().find("21\"") == std::string::npos);
}

}  // namespace zimnik::hub::test
