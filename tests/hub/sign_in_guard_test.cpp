#include "hub/sign_in_guard.h"

#include <catch2/catch.hpp>

#include "tests/hub/family_browser.h"

namespace zimnik::hub::test {
namespace {

constexpr sync::Time kNow{1'790'000'000'000};

SignInAttempt from(int network, const std::string& login = "") {
  return {"2001:db8:1:" + std::to_string(network) + "::1", login};
}

}  // namespace

TEST_CASE("who changes networks within one IPv6 site is barred all the same, and others aren't") {
  SignInGuard guard;
  for (int i = 0; i < 500; ++i) {
    REQUIRE_FALSE(guard.is_barred(from(i), kNow));
    guard.note_failure(from(i), kNow);
  }
  CHECK(guard.is_barred(from(501), kNow));
  CHECK_FALSE(guard.is_barred({"2001:db8:2:1::1", ""}, kNow));
  CHECK_FALSE(guard.is_barred({"192.0.2.1", ""}, kNow));
}

TEST_CASE("whoever takes all turns leaves those of known browsers") {
  SignInGuard guard;
  std::vector<web::PasswordTurns::Turn> taken;
  for (int site = 0; site < SignInGuard::kTurns; ++site) {
    taken.push_back(
        guard.take_turn({"2001:db8:" + std::to_string(site) + "::1", ""}, kNow).value());
  }
  CHECK_FALSE(guard.take_turn({"192.0.2.1", "mama"}, kNow));
  CHECK(guard.take_turn({"192.0.2.1", "mama", true}, kNow));
}

TEST_CASE("a site's networks share its turns") {
  SignInGuard guard;
  std::vector<web::PasswordTurns::Turn> taken;
  for (int i = 0; i < SignInGuard::kTurnsOfSite; ++i) {
    taken.push_back(guard.take_turn(from(i), kNow).value());
  }
  CHECK_FALSE(guard.take_turn(from(100), kNow));
  CHECK(guard.take_turn({"192.0.2.1", ""}, kNow));
}

TEST_CASE("guessing bars a login for strangers, not for the browser in which it was right before") {
  SmallRegion region;
  FamilyBrowser mother(region);
  REQUIRE(mother.post("/leave", {}).status == 303);
  Browser stranger(region.hub.web_port());
  const auto enter = [](Browser& browser, const std::string& password) {
    return browser.post("/", {{"login", "mama"}, {"password", password}}).status;
  };
  for (int i = 0; i < 10; ++i) REQUIRE(enter(stranger, "wrong") == 403);
  CHECK(enter(stranger, kFamilyPassword) == 429);
  CHECK(enter(mother, "wrong") == 403);
  CHECK(enter(mother, kFamilyPassword) == 303);
  // Where it knows nothing of another login, it is a stranger.
  for (int i = 0; i < 10; ++i) {
    REQUIRE(mother.post("/", {{"login", "papa"}, {"password", "wrong"}}).status == 403);
  }
  CHECK(mother.post("/", {{"login", "papa"}, {"password", "wrong"}}).status == 429);
  // And there is no guessing in a known browser either.
  for (int i = 0; i < 10; ++i) REQUIRE(enter(mother, "wrong") == 403);
  CHECK(enter(mother, kFamilyPassword) == 429);
}

TEST_CASE("a mark that another made doesn't make a browser known") {
  SmallRegion region;
  FamilyBrowser mother(region);
  Browser stranger(region.hub.web_port());
  stranger.cookies["known_family_1"] = "1-" + std::string(64, '0');
  for (int i = 0; i < 10; ++i) {
    REQUIRE(stranger.post("/", {{"login", "mama"}, {"password", "wrong"}}).status == 403);
  }
  CHECK(stranger.post("/", {{"login", "mama"}, {"password", kFamilyPassword}}).status == 429);
}

}  // namespace zimnik::hub::test
