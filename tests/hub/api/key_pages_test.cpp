// Keys of the API in the console.
#include <catch2/catch.hpp>
#include <regex>

#include "hub/console/audit_trail.h"
#include "tests/hub/api/caller.h"
#include "tests/hub/console/desk.h"

namespace zimnik::hub::test {

TEST_CASE("an administrator makes a key after a look at what it opens, and ends it by its number") {
  SmallRegion region;
  Desk anna(region.hub, "anna", OperatorRole::administrator);
  const Browser::Form form{{"system", "Дневник <области>"},
                           {"days", "30"},
                           {"scope", "structure"},
                           {"scope", "names"},
                           {"school", region.school}};
  const auto asked = anna.post("/api-keys/confirm", form);
  CHECK(asked.has("Этот ключ отдаёт персональные данные"));
  CHECK(asked.has("Школа деревни Ясунт"));
  CHECK_FALSE(anna.get("/api-keys").has("Дневник"));
  const auto to = anna.post("/api-keys", form).location;
  const auto made = anna.get(to);
  CHECK(anna.get(to).status == 410);
  std::smatch found;
  REQUIRE(std::regex_search(made.body, found, std::regex("zimnik_[0-9a-f]{64}")));
  CHECK(made.has("Дневник &lt;области&gt;"));
  Caller caller(region.hub, found.str());
  CHECK(caller.get("/api/v1/schools/" + region.school + "/pupils").has("Иванов"));
  CHECK_FALSE(anna.get("/api-keys").has(found.str()));
  CHECK(anna.get("/api-keys/1/end").has("Дневник"));
  CHECK(anna.post("/api-keys/1/end", {{"typed", "2"}}).status == 409);
  CHECK(caller.get("/api/v1/schools").status == 200);
  CHECK(anna.post("/api-keys/1/end", {{"typed", "1"}}).status == 303);
  CHECK(caller.get("/api/v1/schools").status == 401);
  CHECK(anna.get("/api-keys/7/end").status == 404);
  const auto entries = AuditTrail(region.hub->database()).entries({"anna", "", {}, {}, 10});
  REQUIRE(entries.size() >= 2);
  CHECK(entries[0].what == "api.end");
  CHECK(entries[1].what == "api.add");
}

TEST_CASE("a key that doesn't hold isn't offered for confirmation") {
  SmallRegion region;
  Desk anna(region.hub, "anna", OperatorRole::administrator);
  const auto refused = [&](const Browser::Form& form) {
    return anna.post("/api-keys/confirm", form).status == 409;
  };
  CHECK(refused({}));
  CHECK(refused({{"system", "А"}, {"days", "30"}, {"scope", "structure"}}));
  CHECK(refused({{"system", "А"}, {"days", "30"}, {"all", "1"}}));
  CHECK(refused({{"system", "А"}, {"days", "9999"}, {"scope", "structure"}, {"all", "1"}}));
  CHECK(refused({{"system", "А"}, {"days", "30"}, {"scope", "structure"}, {"school", "ffff"}}));
}

}  // namespace zimnik::hub::test
