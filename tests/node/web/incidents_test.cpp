// An account in wrong hands: reported, received, locked, its work voided by an act and brought
// back.
#include <catch2/catch.hpp>

#include "schema/read/people.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;
using nlohmann::json;

namespace {

std::string field(const std::string& page, const std::string& name, const std::string& after = "") {
  const auto start = after.empty() ? 0 : page.find(after);
  const auto at = page.find("name=\"" + name + "\" value=\"", start) + name.size() + 15;
  return page.substr(at, page.find('"', at) - at);
}

/// The hidden fields of a page's form to this address, and these.
httplib::Params form_of(const std::string& page, const std::string& action, httplib::Params rest) {
  const auto mark = "action=\"" + action + "\"";
  REQUIRE(page.find(mark) != std::string::npos);
  for (const auto* name : {"page", "counter", "site", "arrival"}) {
    rest.emplace(name, field(page, name, mark));
  }
  return rest;
}

struct AfterTheft {
  AfterTheft() : thief(desk.port()), principal(desk.port()), teacher(desk.teacher()) {
    REQUIRE(thief.sign_in(teacher.login, kPassword) == "/");
    REQUIRE(principal.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
    grid = thief.grid(teacher.course);
    topic_before = topic();
    const auto page = thief.get("/incidents")->body;
    REQUIRE(
        thief
            .post("/incidents", form_of(page, "/incidents",
                                        {{"account", teacher.login}, {"what", "пароль на доске"}}))
            ->status == 303);
    desk.now.ms += 60'000;
    const auto list = principal.get("/incidents")->body;
    id = field(list, "incident");
    REQUIRE(post(list, "/incidents/receive", {}) == 303);
    desk.now.ms += 60'000;
    REQUIRE(thief
                .post_json("/api/save", {{"page", grid.at("page")},
                                         {"counter", 1},
                                         {"seen", grid.at("seen")},
                                         {"course", teacher.course},
                                         {"date", grid.at("lessons").at(0).at("date")},
                                         {"number", grid.at("lessons").at(0).at("number")},
                                         {"kind", "topic"},
                                         {"text", "Тема вора"}})
                ->status == 200);
    REQUIRE(topic() == "Тема вора");
  }

  int post(const std::string& page, const std::string& action, httplib::Params rest) {
    rest.emplace("incident", id);
    const auto answer = principal.post(action, form_of(page, action, std::move(rest)));
    location = answer->get_header_value("Location");
    return answer->status;
  }
  std::string topic() {
    const auto shown =
        json::parse(principal.get("/api/course/" + std::to_string(teacher.course))->body);
    return shown.at("lessons").at(0).at("topic");
  }

  Desk desk;
  Browser thief, principal;
  Desk::Teacher teacher;
  json grid;
  std::string topic_before, id, location;
};

}  // namespace

TEST_CASE_METHOD(
    AfterTheft,
    "an act from the principal's receipt takes the work away, its undoing brings it back") {
  REQUIRE(post(principal.get("/incidents")->body, "/incidents/act", {{"reason", "кража"}}) == 303);
  REQUIRE(location.starts_with("/acts/"));
  CHECK(topic() == topic_before);
  const auto act = principal.get(location)->body;
  CHECK_THAT(act, Catch::Contains("Тема вора") && Catch::Contains("кража"));
  CHECK_THAT(act, Catch::Contains("01.10.2025 10:00"));  // reported
  CHECK_THAT(act, Catch::Contains("01.10.2025 10:01"));  // received, and from when on
  CHECK_THAT(act, Catch::Contains("01.10.2025 10:02"));  // the entry
  const auto name = location.substr(std::string("/acts/").size());
  REQUIRE(principal
              .post("/acts/undo", form_of(act, "/acts/undo", {{"act", name}, {"reason", "ошибка"}}))
              ->status == 303);
  CHECK(topic() == "Тема вора");
  CHECK_THAT(principal.get(location)->body, Catch::Contains("не в силе"));
}

TEST_CASE_METHOD(AfterTheft,
                 "an act from before the login's own report is shown, though that is void too") {
  REQUIRE(post(principal.get("/incidents")->body, "/incidents/act",
               {{"reason", "кража"}, {"from", "2025-10-01T09:59"}}) == 303);
  REQUIRE(location.starts_with("/acts/"));
  CHECK_THAT(principal.get(location)->body, Catch::Contains("Тема вора"));
  CHECK(topic() == topic_before);
}

TEST_CASE_METHOD(AfterTheft, "an act lists a password that was changed, and shows nothing of it") {
  const auto changed = thief.post(
      "/password",
      {{"present", kPassword}, {"password", "новый-пароль-вора"}, {"again", "новый-пароль-вора"}});
  REQUIRE(changed->status == 303);
  const auto verifier = desk.node().journal().read([&](sync::Database& database) {
    return journal::account_of(database, teacher.login)->verifier;
  });
  REQUIRE(post(principal.get("/incidents")->body, "/incidents/act", {{"reason", "кража"}}) == 303);
  const auto act = principal.get(location)->body;
  CHECK_THAT(act, Catch::Contains("Тема вора") && Catch::Contains("***"));
  CHECK(act.find(verifier) == std::string::npos);
  CHECK(act.find(verifier.substr(verifier.size() / 2)) == std::string::npos);
}

TEST_CASE_METHOD(AfterTheft, "a login is locked in one click, and whoever is in with it is out") {
  CHECK(thief.get("/")->status == 200);
  REQUIRE(post(principal.get("/incidents")->body, "/incidents/lock", {}) == 303);
  CHECK(thief.get("/")->get_header_value("Location") == "/sign-in");
  CHECK(thief.sign_in(teacher.login, kPassword) == "/sign-in?failed");
}

TEST_CASE_METHOD(AfterTheft,
                 "an act needs a reason and a moment that has come; others can't write one") {
  const auto page = principal.get("/incidents")->body;
  CHECK(post(page, "/incidents/act", {{"reason", " "}}) == 422);
  CHECK(post(page, "/incidents/act", {{"reason", "x"}, {"from", "2026-01-01T00:00"}}) == 422);
  CHECK(post(page, "/incidents/act", {{"reason", "x"}, {"from", "вчера"}}) == 422);
  CHECK(post(page, "/incidents/act",
             {{"reason", "x"}, {"from", "2025-10-01T10:00"}, {"until", "2025-10-01T09:00"}}) ==
        422);
  CHECK(topic() == "Тема вора");
  CHECK(principal.get("/acts/0123")->status == 404);
  CHECK(thief.get("/incidents")->body.find("/incidents/act") == std::string::npos);
}
