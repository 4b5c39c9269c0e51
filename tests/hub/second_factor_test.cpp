#include <catch2/catch.hpp>
#include <regex>

#include "sync/core/encoding.h"
#include "sync/web/totp.h"
#include "tests/hub/family_browser.h"

namespace zimnik::hub::test {
namespace {

struct Mother : FamilyBrowser {
  using FamilyBrowser::FamilyBrowser;
  /// Turns the codes on; what the page with the spare ones says.
  Page turn_on() {
    const auto page = get("/own/second-factor");
    CHECK(page.has("href=\"otpauth:"));
    std::smatch found;
    REQUIRE(std::regex_search(page.body, found, std::regex("<code>([A-Z2-7-]+)</code>")));
    auto text = found[1].str();
    std::erase(text, '-');
    for (auto& letter : text) letter = static_cast<char>(std::tolower(letter));
    secret = sync::from_base32(text).value();
    return post("/own/second-factor", {{"code", code(0)}});
  }
  /// Of a step after this one.
  std::string code(int later) { return web::totp_code(secret, system_time().ms / 30'000 + later); }
  Page enter_password() {
    post("/leave", {});
    return post("/", {{"login", "mama"}, {"password", kFamilyPassword}});
  }

  std::string secret;
};

std::string spare_code(const Page& page) {
  std::smatch found;
  REQUIRE(std::regex_search(page.body, found, std::regex("<code>([a-z2-7-]+)</code>")));
  return found[1].str();
}

}  // namespace

TEST_CASE("with codes by the clock the password alone opens nothing, and a code goes once") {
  SmallRegion region;
  Mother mother(region);
  REQUIRE(mother.turn_on().status == 200);
  const auto asked = mother.enter_password();
  CHECK(asked.status == 200);
  CHECK(asked.has("action=\"/second-factor\""));
  CHECK(mother.get("/own").status == 403);
  CHECK(mother.post("/second-factor", {{"code", "000000"}}).status == 403);
  CHECK(mother.post("/second-factor", {{"code", mother.code(1)}}).status == 303);
  CHECK(mother.get("/own").has("Запасных кодов осталось: 10"));
  mother.enter_password();
  CHECK(mother.post("/second-factor", {{"code", mother.code(1)}}).status == 403);
}

TEST_CASE("a spare code stands for the application once, and a right code turns it off") {
  SmallRegion region;
  Mother mother(region);
  const auto spare = spare_code(mother.turn_on());
  mother.enter_password();
  CHECK(mother.post("/second-factor", {{"code", spare}}).status == 303);
  mother.enter_password();
  CHECK(mother.post("/second-factor", {{"code", spare}}).status == 403);
  CHECK(mother.post("/second-factor", {{"code", mother.code(1)}}).status == 303);
  CHECK(mother.post("/own/second-factor/off", {{"code", "123"}}).status == 403);
  const auto other = mother.get("/own");
  CHECK(other.has("Запасных кодов осталось: 9"));
}

TEST_CASE("who is in with the password alone can't put another application in its place") {
  SmallRegion region;
  Mother mother(region);
  Browser thief(region.hub.web_port());
  REQUIRE(thief.post("/", {{"login", "mama"}, {"password", kFamilyPassword}}).status == 303);
  CHECK(thief.get("/own").status == 200);
  REQUIRE(mother.turn_on().status == 200);
  CHECK(thief.get("/own").status == 403);
  CHECK(mother.get("/own").status == 200);
  CHECK(mother.get("/own/second-factor").location == "/own");
  CHECK(mother.post("/own/second-factor", {{"code", mother.code(1)}}).location == "/own");
  mother.enter_password();
  CHECK(mother.post("/second-factor", {{"code", mother.code(1)}}).status == 303);
}

TEST_CASE("what is typed as a login bars nobody's codes") {
  SmallRegion region;
  Mother mother(region);
  REQUIRE(mother.turn_on().status == 200);
  Browser stranger(region.hub.web_port());
  for (int i = 0; i < 12; ++i) stranger.post("/", {{"login", "#1"}, {"password", "x"}});
  mother.enter_password();
  CHECK(mother.post("/second-factor", {{"code", mother.code(1)}}).status == 303);
}

TEST_CASE("nothing is turned on by a wrong code, and ten wrong ones bar the account for a while") {
  SmallRegion region;
  Mother mother(region);
  mother.get("/own/second-factor");
  CHECK(mother.post("/own/second-factor", {{"code", "000000"}}).status == 400);
  CHECK(mother.enter_password().status == 303);
  REQUIRE(mother.turn_on().status == 200);
  mother.enter_password();
  for (int i = 0; i < 10; ++i) {
    CHECK(mother.post("/second-factor", {{"code", "12"}}).status == 403);
  }
  CHECK(mother.post("/second-factor", {{"code", mother.code(1)}}).status == 429);
}

TEST_CASE("a code without the password before it opens nothing") {
  SmallRegion region;
  Mother mother(region);
  REQUIRE(mother.turn_on().status == 200);
  Browser thief(region.hub.web_port());
  CHECK(thief.post("/second-factor", {{"code", mother.code(1)}}).status == 403);
  CHECK(thief.get("/own/second-factor").status == 403);
}

}  // namespace zimnik::hub::test
