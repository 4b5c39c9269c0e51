#include "hub/api/api_site.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "hub/console/leak.h"
#include "hub/recovery_store.h"
#include "sync/core/encoding.h"
#include "tests/hub/api/caller.h"
#include "tests/hub/restored_region.h"

namespace zimnik::hub::test {
namespace {

using nlohmann::json;

/// The whole of this week, in a query.
std::string this_week() {
  return "from=" + this_monday().text() + "&to=" + this_monday().plus(6).text();
}

std::set<std::int64_t> pupils_in(const json& answer) {
  std::set<std::int64_t> pupils;
  for (const auto& item : answer["items"]) pupils.insert(item["pupil"].get<std::int64_t>());
  return pupils;
}

/// A region whose school a system with all scopes reads.
struct OpenRegion : SmallRegion {
  OpenRegion() : caller(hub, new_key(hub, kAllScopes)), path("/api/v1/schools/" + school) {}
  void refuse(std::int64_t person) {
    give_consent(site, person, false);
    REQUIRE(site.exchange().end == net::ExchangeReport::End::in_step);
  }
  Caller caller;
  const std::string path;
};

std::string tag_of(const Page& page) {
  const auto at = page.head.find("ETag: ") + 6;
  return page.head.substr(at, page.head.find("\r\n", at) - at);
}

TEST_CASE("a key reads a school, and each answer says as of when that is") {
  OpenRegion region;
  auto& caller = region.caller;
  const auto list = caller.json("/api/v1/schools");
  REQUIRE(list["items"].size() == 1);
  CHECK(list["items"][0]["id"] == region.school);
  CHECK(list["items"][0]["is_closed"] == false);
  const auto school = caller.json(region.path);
  CHECK(school["school"]["name"] == "Школа деревни Ясунт");
  CHECK(school["as_of"].get<std::string>().size() == 24);
  CHECK(school["nodes_behind"] == json::array());
  const auto pupils = caller.json(region.path + "/pupils");
  REQUIRE(pupils["items"].size() == 3);
  CHECK(pupils["items"][0]["id"] == kPetya);
  CHECK(pupils["items"][0]["family_name"] == "Иванов");
  CHECK(pupils["next"] == nullptr);
  const auto lessons = caller.json(region.path + "/lessons?" + this_week());
  REQUIRE(lessons["items"].size() == 2);
  CHECK(lessons["items"][0]["topic"] == "Линейные уравнения");
  CHECK(lessons["items"][1]["no_homework"] == true);
}

TEST_CASE("the journal goes out only where who decides has agreed, and nobody refused") {
  OpenRegion region;
  const auto marks = region.path + "/marks?" + this_week();
  // The mother has agreed, the father has said nothing; the stranger's father has agreed.
  CHECK(pupils_in(region.caller.json(marks)) == std::set{kPetya, kStranger});
  region.refuse(kOther);
  CHECK(pupils_in(region.caller.json(marks)) == std::set{kPetya});
  region.refuse(kFather);
  CHECK(region.caller.json(marks)["items"].empty());
  CHECK(region.caller.json(region.path + "/attendance?" + this_week())["items"].empty());
  CHECK(region.caller.json(region.path + "/finals")["items"].empty());
  const auto pupils = region.caller.json(region.path + "/pupils");
  CHECK(pupils["items"].size() == 3);
  for (const auto& pupil : pupils["items"]) CHECK(pupil["journal_is_shared"] == false);
}

TEST_CASE("pages follow one another by their cursors, and each row comes once") {
  OpenRegion region;
  const auto first = region.path + "/marks?limit=1&" + this_week();
  std::vector<json> rows;
  auto answer = region.caller.json(first);
  for (int i = 0; i < 10; ++i) {
    for (const auto& row : answer["items"]) rows.push_back(row);
    if (answer["next"].is_null()) break;
    answer = region.caller.json(first + "&cursor=" + answer["next"].get<std::string>());
  }
  const auto whole = region.caller.json(region.path + "/marks?" + this_week())["items"];
  CHECK(whole.size() == 3);
  CHECK(json(rows) == whole);
}

TEST_CASE("names are for who has that scope, and nothing for who hasn't the resource's own") {
  SmallRegion region;
  Caller caller(region.hub, new_key(region.hub, {"--scopes", "structure", "--all-schools"}));
  const auto path = "/api/v1/schools/" + region.school;
  const auto page = caller.get(path + "/pupils");
  CHECK(page.status == 200);
  CHECK_FALSE(page.has("family_name"));
  CHECK_FALSE(page.has("Иванов"));
  CHECK_FALSE(caller.get(path + "/staff").has("Самбиндалова"));
  for (const auto* closed : {"/marks?", "/lessons?", "/attendance?", "/absences?"}) {
    CHECK(caller.get(path + closed + this_week()).status == 403);
  }
  CHECK(caller.get(path + "/finals").status == 403);
  CHECK(caller.get(path + "/oneroster.zip").status == 403);
}

TEST_CASE("a key of one school knows of no other") {
  SmallRegion region;
  const auto other = region.hub.run({"school", "add", "Другая"});
  Caller caller(region.hub,
                new_key(region.hub, {"--scopes", "structure", "--schools", region.school}));
  CHECK(caller.json("/api/v1/schools")["items"].size() == 1);
  CHECK(caller.get("/api/v1/schools/" + region.school).status == 200);
  CHECK(caller.get("/api/v1/schools/" + other).status == 404);
  CHECK(caller.get("/api/v1/schools/" + std::string(32, 'f')).status == 404);
  CHECK(caller.get("/api/v1/schools/f").status == 404);
}

TEST_CASE("without a key in force nothing is told, and who guesses is barred") {
  OpenRegion region;
  Browser stranger(region.hub.web_port());
  stranger.address = "192.0.2.7";
  CHECK(stranger.get("/api/v1/openapi.json").status == 200);
  // A page elsewhere can make its visitors ask without a key: that bars nobody.
  for (int i = 0; i < 25; ++i) CHECK(stranger.get(region.path).status == 401);
  stranger.headers = "Authorization: Bearer of-nobody\r\n";
  for (int i = 0; i < 20; ++i) CHECK(stranger.get(region.path).status == 401);
  CHECK(stranger.get(region.path).status == 429);
  CHECK(region.caller.get(region.path).status == 200);  // from elsewhere
  region.caller.headers[0] = 'a';
  region.caller.headers[15] = 'b';  // authorization: bearer
  CHECK(region.caller.get(region.path).status == 200);
  region.hub.run({"api-key", "end", "1"});
  CHECK(region.caller.get(region.path).status == 401);
}

TEST_CASE("a key that asks too much is told to wait") {
  OpenRegion region;
  Page page;
  for (int i = 0; i < 400 && page.status != 429; ++i) page = region.caller.get("/api/v1/schools");
  CHECK(page.status == 429);
  CHECK(page.head.find("Retry-After: ") != std::string::npos);
}

TEST_CASE("what is as it was is 304, also after an exchange that brought nothing of it") {
  OpenRegion region;
  const auto page = region.caller.get(region.path + "/classes");
  region.caller.headers += "If-None-Match: " + tag_of(page) + "\r\n";
  region.refuse(kOther);  // an exchange, of something else
  const auto again = region.caller.get(region.path + "/classes");
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(again.head.find("Zimnik-As-Of: 20") != std::string::npos);
  CHECK(region.caller.get(region.path + "/pupils").status == 200);
}

TEST_CASE("each look at persons is in the access log, under the key") {
  OpenRegion region;
  auto& log = region.hub->accesses();
  const auto looks = [&] {
    return log.between({0}, {region.hub->now().ms + 1000}, Reader{Reader::Kind::api, 1});
  };
  region.caller.json(region.path + "/classes");
  CHECK(looks().empty());
  region.caller.json(region.path + "/finals");
  REQUIRE(looks().size() == 1);
  CHECK(looks().front().person == kPetya);
  CHECK(region.caller.get(region.path + "/oneroster.zip").status == 200);
  CHECK(looks().size() == 5);  // three pupils and two teachers
}

TEST_CASE("a leak of a key lists those whom it was told of") {
  OpenRegion region;
  region.caller.json(region.path + "/finals");
  Leak leak;
  leak.account = "api:1";
  leak.until = {region.hub->now().ms + 1000};
  const auto touched = touched_by(*region.hub, leak);
  REQUIRE(touched.size() == 1);
  CHECK(touched.front().person == kPetya);
  leak.account = "api:2";
  CHECK(touched_by(*region.hub, leak).empty());
}

TEST_CASE_METHOD(RestoredRegion, "a restored hub takes no key that was made before") {
  const auto key = new_key(*hub, kAllScopes);
  CHECK(Caller(*hub, key).get("/api/v1/schools").status == 200);
  back_up();
  restore();
  CHECK(Caller(*hub, key).get("/api/v1/schools").status == 401);
  CHECK(Caller(*hub, new_key(*hub, kAllScopes)).get("/api/v1/schools").status == 200);
}

TEST_CASE("a request that doesn't hold is told why") {
  OpenRegion region;
  const auto why = [&](const std::string& query) {
    const auto page = region.caller.get(region.path + query);
    CHECK(page.status == 400);
    return json::parse(page.body).value("detail", "");
  };
  CHECK(why("/marks") == "from: a day is needed, YYYY-MM-DD");
  CHECK(why("/marks?from=2026-01-02&to=2026-01-01") == "to: it is before from");
  CHECK(why("/marks?from=2024-01-01&to=2026-01-01") == "from, to: 400 days at most");
  CHECK(why("/pupils?limit=501") == "limit: a number from 1 to 500");
  CHECK(why("/pupils?year=x") == "year: a number from 1900 to 2199");
  CHECK(why("/pupils?class=7") == "class: no such parameter here");
  CHECK(why("/pupils?cursor=00") == "cursor: it isn't one of this resource");
  CHECK(why("/pupils?cursor=" + sync::to_hex("[1,2]")) == "cursor: it isn't one of this resource");
  CHECK(why("/pupils?cursor=" + sync::to_hex("[[1]]")) == "cursor: it isn't one of this resource");
  CHECK(region.caller.get(region.path + "/secrets").status == 404);
  CHECK(region.caller.post(region.path + "/marks", {}).status == 405);
}

TEST_CASE("a school that is closed after a restore, or can't be read, is 503") {
  OpenRegion region;
  const auto id = region.hub->schools().front()->id();
  region.hub->recoveries().close(id, {{0}, region.hub->now(), {}});
  auto page = region.caller.get(region.path + "/classes");
  CHECK(page.status == 503);
  CHECK(page.head.find("Retry-After: ") != std::string::npos);
  CHECK(region.caller.get(region.path + "/oneroster.zip").status == 503);
  CHECK(region.caller.json("/api/v1/schools")["items"][0]["is_closed"] == true);
  region.hub->recoveries().open(id, region.hub->now());
  CHECK(region.caller.get(region.path + "/classes").status == 200);
  region.hub.stop();
  std::filesystem::resize_file(region.hub.data().replica(id), 0);
  region.hub.start();
  Caller caller(region.hub, new_key(region.hub, kAllScopes));
  CHECK(caller.get(region.path + "/classes").status == 503);
}

}  // namespace
}  // namespace zimnik::hub::test
