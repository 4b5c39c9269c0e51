// Each page of the families' site for each who may call. The table here is written apart from the
// one that is tested: who adds a route says it twice.
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "hub/web/routes.h"
#include "schema/commands/person.h"
#include "tests/hub/family_browser.h"

namespace zimnik::hub::test {
namespace {

constexpr std::int64_t kTeacher = 11;
constexpr const char* kTeacherCode = "dbcdefghijklmnop";
const std::string kForeign = "Форма отправлена с другого сайта";

/// A child's pages are for those of its family who have consented; the others for every account.
const std::map<std::string, bool> kIsOfChild = {
    {"GET /diary/{pupil}", true},
    {"GET /diary/{pupil}/day", true},
    {"GET /diary/{pupil}/results", true},
    {"GET /diary/{pupil}/subject/{subject}", true},
    {"GET /diary/{pupil}/schedule", true},
    {"GET /diary/{pupil}/messages", true},
    {"POST /diary/{pupil}/messages", true},
    {"GET /diary/{pupil}/absence", true},
    {"POST /diary/{pupil}/absence", true},
    {"POST /diary/{pupil}/absence/withdraw", true},
    {"GET /own", false},
    {"POST /own/contact", false},
    {"POST /own/consent", false},
    {"GET /own/second-factor", false},
    {"POST /own/second-factor", false},
    {"POST /own/second-factor/off", false},
    {"POST /own/identity", false},
    {"GET /own/identity/confirm", false},
    {"POST /own/identity/confirm", false},
    {"POST /own/identity/unbind", false},
    {"GET /delivery", false},
    {"POST /delivery/address", false},
    {"POST /delivery/news", false},
    {"POST /delivery/messages", false},
    {"POST /delivery/phone", false},
    {"POST /delivery/phone/confirm", false},
    {"POST /delivery/calendar", false},
    {"POST /delivery/calendar/close", false},
};

std::string name_of(const char* method, const char* pattern) {
  return std::string(method) + " " + pattern;
}

std::string path_of(std::string pattern) {
  const std::map<std::string, std::string> places{
      {"{pupil}", std::to_string(kPetya)}, {"{subject}", "801"}, {"{file}", "a"}, {"{link}", "a"}};
  for (const auto& [place, value] : places) {
    const auto at = pattern.find(place);
    if (at != std::string::npos) pattern.replace(at, place.size(), value);
  }
  return pattern;
}

using Caller = FamilyBrowser;

Page ask(Browser& browser, const std::string& method, const char* pattern) {
  return method == "GET" ? browser.get(path_of(pattern)) : browser.post(path_of(pattern), {});
}

}  // namespace

TEST_CASE("each page of the families' site is for whom it is written here, and nobody else") {
  CHECK(family_routes().size() == kIsOfChild.size());
  SmallRegion region;
  give_code(region.site, kTeacher, kTeacherCode);
  region.site.exchange();
  Caller mother(region, kMotherCode, "mama"), father(region, kFatherCode, "papa"),
      other(region, kOtherCode, "other"), teacher(region, kTeacherCode, "teacher");
  Browser nobody(region.hub.web_port());
  for (const auto& route : family_routes()) {
    const auto name = name_of(route.method, route.pattern);
    INFO(name);
    const auto is_of_child = kIsOfChild.find(name);
    REQUIRE(is_of_child != kIsOfChild.end());
    const auto closed = ask(nobody, route.method, route.pattern);
    CHECK(closed.status == 403);
    CHECK(closed.has("name=\"password\""));
    if (is_of_child->second) {
      CHECK(ask(mother, route.method, route.pattern).status != 403);
      CHECK(ask(mother, route.method, route.pattern).status != 404);
      CHECK(ask(father, route.method, route.pattern).status == 403);  // hasn't consented
      CHECK(ask(other, route.method, route.pattern).status == 404);
      CHECK(ask(teacher, route.method, route.pattern).status == 404);
      continue;
    }
    for (auto* caller : {&mother, &father, &other, &teacher}) {
      const auto page = ask(*caller, route.method, route.pattern);
      CHECK_FALSE(page.has(kForeign));
      CHECK_FALSE(page.has("name=\"password\" type=\"password\" autocomplete=\"current"));
    }
  }
}

TEST_CASE("a form that no page of the site sent is refused, whoever's browser sends it") {
  SmallRegion region;
  Caller mother(region, kMotherCode, "mama");
  for (const char* origin : {"https://evil.example", "null", ""}) {
    mother.origin = origin;
    for (const auto& route : family_routes()) {
      if (std::string(route.method) != "POST") continue;
      INFO(name_of(route.method, route.pattern) << " from " << origin);
      const auto page = mother.post(path_of(route.pattern), {});
      CHECK(page.status == 403);
      CHECK(page.has(kForeign));
    }
    for (const auto& route : open_routes()) {
      if (std::string(route.method) != "POST") continue;
      INFO(name_of(route.method, route.pattern) << " from " << origin);
      CHECK(mother.post(path_of(route.pattern), {}).has(kForeign) != route.is_from_anywhere);
    }
  }
  mother.origin = "http://localhost";
  CHECK(mother.get("/own").status == 200);  // nobody signed her out
}

}  // namespace zimnik::hub::test
