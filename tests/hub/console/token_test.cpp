#include <regex>

#include "hub/commands.h"
#include "sync/net/enrolment_client.h"
#include "tests/hub/console/desk.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

/// A school with a site, an administrator and somebody of support.
struct TokenDesks {
  std::string school_path() const { return "/school/" + region.school; }
  std::string make(Desk& desk, const std::string& name = "Второй", const std::string& hours = "5") {
    const auto made =
        desk.post(school_path() + "/token", {{"name", name}, {"kind", "node"}, {"hours", hours}});
    REQUIRE(made.status == 303);
    place = made.location;
    page = desk.get(place);
    std::smatch found;
    REQUIRE(std::regex_search(page.body, found, std::regex("zimnik1-[A-Za-z0-9_-]+")));
    return found.str();
  }
  /// The number of the only token that the school's page offers to cancel.
  std::string offered(Desk& desk) {
    const auto body = desk.get(school_path()).body;
    std::smatch found;
    REQUIRE(std::regex_search(body, found, std::regex("name=\"token\" value=\"([0-9a-f]{64})\"")));
    return found[1];
  }
  int send(Desk& desk, const std::string& deed, const std::string& token) {
    return desk.post(school_path() + "/token/" + deed, {{"token", token}}).status;
  }
  /// What the hub says to who enrols; empty where it lets it in.
  std::string refusal(const std::string& token) {
    try {
      SchoolSite(region.hub.sync_url(), token, "node");
      return "";
    } catch (const net::EnrolmentRefused& refused) {
      return refused.what();
    }
  }
  std::size_t count_sites() {
    return region.hub->region().sites_of(region.site.reply().record.school).size();
  }
  std::vector<AuditEntry> trail(const std::string& what) {
    return AuditTrail(region.hub->database()).entries({"", what, {}, {}, 100});
  }

  SmallRegion region;
  Desk anna{region.hub, "anna", OperatorRole::administrator};
  Desk boris{region.hub, "boris", OperatorRole::support};
  std::string place;
  Page page;
};

const std::string kWaits = "ждёт подтверждения администратора";

}  // namespace

TEST_CASE("an administrator's token enrols a site, and support's only once it was confirmed") {
  TokenDesks desks;
  CHECK(desks.refusal(desks.make(desks.anna, "Третий")).empty());
  const auto token = desks.make(desks.boris);
  CHECK(desks.page.has("его должен подтвердить администратор"));
  const auto before = desks.count_sites();
  CHECK_THAT(desks.refusal(token), Catch::Contains(kWaits));
  CHECK(desks.count_sites() == before);
  const auto number = desks.offered(desks.boris);
  CHECK(desks.send(desks.boris, "confirm", number) == 403);
  CHECK_THROWS_WITH(confirm_token(*desks.region.hub, "boris", desks.region.school, number),
                    "ключ подтверждает администратор");
  CHECK_FALSE(desks.boris.get(desks.school_path()).has("/token/confirm"));
  CHECK(desks.anna.get(desks.school_path()).has(kWaits));
  CHECK(desks.send(desks.anna, "confirm", number) == 303);
  CHECK_FALSE(desks.anna.get(desks.school_path()).has(kWaits));
  CHECK(desks.refusal(token).empty());
  CHECK(desks.count_sites() == before + 1);
  REQUIRE(desks.trail("token.confirm").size() == 1);
  CHECK(desks.trail("token.confirm")[0].actor == "anna");
  CHECK(desks.trail("token.confirm")[0].object == "Второй");
}

TEST_CASE("a token that was cancelled lets nobody in, whoever of the two roles did it") {
  TokenDesks desks;
  for (auto* desk : {&desks.anna, &desks.boris}) {
    const auto token = desks.make(desks.anna);
    CHECK(desks.send(*desk, "cancel", desks.offered(*desk)) == 303);
    CHECK_THAT(desks.refusal(token), Catch::Contains("wrong, was used before"));
    CHECK_FALSE(desk->get(desks.school_path()).has("/token/cancel"));
  }
  CHECK(desks.trail("token.cancel").size() == 2);
  CHECK(desks.send(desks.anna, "cancel", std::string(64, '0')) == 409);
}

TEST_CASE("support's token lasts three days at most, an administrator's a year") {
  TokenDesks desks;
  const auto hours = [&](Desk& desk, const char* text) {
    return desk.post(desks.school_path() + "/token", {{"hours", text}}).status;
  };
  CHECK(hours(desks.boris, "72") == 303);
  CHECK(hours(desks.boris, "73") == 409);
  CHECK(hours(desks.boris, "0") == 409);
  CHECK(hours(desks.anna, "8760") == 303);
  CHECK(hours(desks.anna, "8761") == 409);
  CHECK(desks.boris.get(desks.school_path()).has("max=\"72\""));
  CHECK(desks.anna.get(desks.school_path()).has("max=\"8760\""));
}

TEST_CASE("locking an operator cancels the unused tokens that it made, and no other's") {
  TokenDesks desks;
  const auto token = desks.make(desks.boris, "Чужой");
  CHECK(desks.send(desks.anna, "confirm", desks.offered(desks.anna)) == 303);
  const auto own = desks.make(desks.anna, "Свой");
  CHECK(desks.anna.post("/operators/lock", {{"operator", "boris"}, {"lock", "1"}}).status == 303);
  CHECK_THAT(desks.refusal(token), Catch::Contains("wrong, was used before"));
  REQUIRE(desks.trail("token.cancel").size() == 1);
  CHECK(desks.trail("token.cancel")[0].object == "Чужой");
  CHECK(desks.refusal(own).empty());
}

TEST_CASE("a token's page is for who made it, once; then it says that it was shown") {
  TokenDesks desks;
  const auto token = desks.make(desks.anna);
  CHECK(desks.page.has("<svg class=\"qr\""));
  CHECK(desks.page.has("zimnik-node enroll --hub "));
  const auto again = desks.anna.get(desks.place);
  CHECK(again.status == 410);
  CHECK(again.has("Этой страницы больше нет"));
  CHECK_FALSE(again.has(token));
  CHECK(desks.trail("token").size() == 2);  // the school's first site had one too
  const auto made = desks.anna.post(desks.school_path() + "/token", {{"hours", "5"}});
  CHECK(desks.boris.get(made.location).status == 410);
}

TEST_CASE("a token's page has the command for the node, with the address that serve was given") {
  TokenDesks desks;
  desks.make(desks.anna);
  CHECK(desks.page.has("не задан"));
  desks.region.hub.stop();
  desks.region.hub.advertised_address = "hub.example:8441";
  desks.region.hub.start();
  Desk clara(desks.region.hub, "clara", OperatorRole::administrator);
  desks.make(clara, "Д'Арк");
  CHECK(desks.page.has("<b>hub.example:8441</b>"));
  CHECK_FALSE(desks.page.has("не задан"));
  CHECK(desks.page.has("hub.example:8441 --name &#39;Д&#39;\\&#39;&#39;Арк&#39;</code>"));
}

TEST_CASE("unused tokens are listed, confirmed and cancelled by command too") {
  TokenDesks desks;
  auto& hub = desks.region.hub;
  const auto token = desks.make(desks.boris);
  const auto list = hub.run({"tokens", desks.region.school});
  CHECK_THAT(list, Catch::Contains("\tВторой\tузел\tboris\tдо ") &&
                       Catch::EndsWith("\tждёт подтверждения"));
  const auto number = list.substr(0, 8);
  CHECK_THAT(hub.run({"tokens", desks.region.school, "--confirm", number}),
             Catch::EndsWith("\tдействует"));
  CHECK(hub.call({"tokens", desks.region.school, "--confirm", number}).exit_code == 1);
  CHECK(hub.run({"tokens", desks.region.school, "--cancel", number}).empty());
  CHECK(hub.call({"tokens", desks.region.school, "--cancel", number}).exit_code == 1);
  CHECK_FALSE(desks.refusal(token).empty());
}

}  // namespace zimnik::hub::test
