// Entries from the grid: what they come to, and who may make them.
#include <catch2/catch.hpp>

#include "schema/commands/lesson_plan.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;
using nlohmann::json;

namespace {

/// A signed-in teacher at the page of a course.
struct AtPage {
  AtPage() : browser(desk.port()), teacher(desk.teacher()) {
    REQUIRE(browser.sign_in(teacher.login, kPassword) == "/");
    grid = browser.grid(teacher.course);
    lesson = grid.at("lessons").at(0);
  }

  json entry(const std::string& kind, const std::string& text) {
    json body{{"page", grid.at("page")},
              {"counter", ++counter},
              {"seen", grid.at("seen")},
              {"course", teacher.course},
              {"date", lesson.at("date")},
              {"number", lesson.at("number")},
              {"kind", kind},
              {"text", text}};
    if (kind == "mark" || kind == "absence" || kind == "clear" || kind == "present") {
      body["pupil"] = grid.at("pupils").at(0).at("id");
    }
    return body;
  }
  int save(const std::string& kind, const std::string& text) {
    return browser.post_json("/api/save", entry(kind, text))->status;
  }
  std::string cell() {
    return browser.grid(teacher.course).at("pupils").at(0).at("cells").at(0).at("text");
  }
  json lesson_now() { return browser.grid(teacher.course).at("lessons").at(0); }

  Desk desk;
  Browser browser;
  Desk::Teacher teacher;
  json grid, lesson;
  int counter = 0;
};

}  // namespace

TEST_CASE_METHOD(AtPage,
                 "what is typed into a cell stands there: a mark, an absence, both, neither") {
  while (!cell().empty()) REQUIRE(save("clear", "") == 200);
  CHECK(save("mark", "5") == 200);
  CHECK(cell() == "5");
  CHECK(save("mark", "4") == 200);
  CHECK(cell() == "4");
  CHECK(save("absence", "н") == 200);
  CHECK(cell() == "н 4");
  CHECK(save("clear", "") == 200);
  CHECK(cell() == "н");
  CHECK(save("clear", "") == 200);
  CHECK(cell().empty());
}

TEST_CASE_METHOD(AtPage, "an entry that comes twice is written once") {
  const auto body = entry("mark", "3");
  CHECK(json::parse(browser.post_json("/api/save", body)->body).at("saved") == "written");
  const auto leaves = json::parse(browser.get("/api/status")->body).at("unsent");
  CHECK(json::parse(browser.post_json("/api/save", body)->body).at("saved") == "held");
  CHECK(json::parse(browser.get("/api/status")->body).at("unsent") == leaves);
}

TEST_CASE_METHOD(AtPage, "topic and homework are written, and «не задано» is said on purpose") {
  CHECK(save("topic", "Дроби") == 200);
  CHECK(save("homework", "§ 5") == 200);
  CHECK(lesson_now().at("topic") == "Дроби");
  CHECK(lesson_now().at("homework") == "§ 5");
  CHECK(save("no_homework", "") == 200);
  CHECK(lesson_now().at("no_homework") == true);
  CHECK(lesson_now().at("homework") == "");
}

TEST_CASE_METHOD(AtPage, "what isn't a mark is refused with the reason, and nothing is written") {
  const auto before = cell();
  for (const auto* text : {"1", "6", "", "55", "x"}) {
    const auto answer = browser.post_json("/api/save", entry("mark", text));
    CHECK(answer->status == 422);
    CHECK_FALSE(json::parse(answer->body).at("error").get<std::string>().empty());
  }
  CHECK(cell() == before);
}

TEST_CASE_METHOD(AtPage, "a request that isn't an entry is refused by the name of what is wrong") {
  for (const auto* member :
       {"page", "counter", "seen", "course", "date", "number", "kind", "text"}) {
    auto body = entry("mark", "5");
    body.erase(member);
    const auto answer = browser.post_json("/api/save", body);
    CHECK(answer->status == 400);
    CHECK(json::parse(answer->body).at("error").get<std::string>().starts_with(member));
  }
  CHECK(browser.post_json("/api/save", json("text"))->status == 400);
  auto body = entry("mark", "5");
  body["counter"] = 18446744073709551615ULL;
  CHECK(browser.post_json("/api/save", body)->status == 400);
}

TEST_CASE_METHOD(AtPage, "only the lesson's teacher enters anything: not the heads, not others") {
  const auto before = cell();
  for (const auto role : {journal::Role::principal, journal::Role::deputy_head}) {
    Browser head(desk.port());
    REQUIRE(head.sign_in(desk.login_of(role), kPassword) == "/");
    CHECK(head.get("/course/" + std::to_string(teacher.course))->status == 200);
    auto body = entry("mark", "2");
    CHECK(head.post_json("/api/save", body)->status == 403);
  }
  CHECK(cell() == before);
}

TEST_CASE_METHOD(AtPage, "nothing is taken from another origin, nor from who isn't signed in") {
  browser.origin = "https://elsewhere.example";
  CHECK(save("mark", "5") == 400);
  CHECK(browser.post("/sign-out", {})->status == 400);
  Browser stranger(desk.port());
  CHECK(stranger.post_json("/api/save", entry("mark", "5"))->status == 401);
  CHECK(stranger.get("/")->get_header_value("Location") == "/sign-in");
}

TEST_CASE_METHOD(AtPage,
                 "what one teacher typed isn't saved as another's who signed in meanwhile") {
  auto body = entry("topic", "Дроби");
  body["login"] = "somebody.else";
  CHECK(browser.post_json("/api/save", body)->status == 401);
  CHECK(lesson_now().at("topic") != "Дроби");
  body["login"] = teacher.login;
  CHECK(browser.post_json("/api/save", body)->status == 200);
  CHECK(lesson_now().at("topic") == "Дроби");
}

TEST_CASE_METHOD(AtPage, "a lesson is opened in the school year of its course alone") {
  for (const auto* day : {"1900-09-03", "2024-09-04", "2026-09-02", "2199-09-04"}) {
    auto body = entry("topic", "Дроби");
    body["date"] = day;
    CHECK(browser.post_json("/api/save", body)->status == 422);
  }
}

TEST_CASE_METHOD(AtPage,
                 "R33: who is voided from now on isn't told «saved» of what doesn't count") {
  const auto topic = lesson_now().at("topic");
  const auto void_until = [&](std::optional<sync::Time> until) {
    desk.node().journal().write([&](sync::Replica& replica) {
      const sync::Entry entry{{"principal", "principal", sync::rank::kPrincipal, "console"},
                              desk.now,
                              {},
                              replica.seen()};
      const sync::Time from{desk.now.ms - 60'000};
      replica.act(entry, sync::VoidAccount{teacher.login, from, until}, "Акт 1");
    });
  };
  void_until(desk.now);
  CHECK(save("topic", "Дроби") == 200);
  CHECK(lesson_now().at("topic") == "Дроби");
  void_until({});
  const auto answer = browser.post_json("/api/save", entry("topic", "Проценты"));
  CHECK(answer->status == 422);
  CHECK_THAT(answer->body, Catch::Contains("отменены актом"));
  CHECK(lesson_now().at("topic") == topic);
}

TEST_CASE_METHOD(AtPage, "a cell holds several works, and a column says what they are for") {
  while (!cell().empty()) REQUIRE(save("clear", "") == 200);
  const auto type = grid.at("work_types").at(0).at("id");
  auto second = entry("mark", "4");
  second["work"] = 2;
  CHECK(save("mark", "5") == 200);
  CHECK(browser.post_json("/api/save", second)->status == 200);
  CHECK(cell() == "5 4");
  auto column = entry("work", "Диктант");
  column["work"] = 2;
  column["work_type"] = type;
  column["weight"] = 7;
  CHECK(browser.post_json("/api/save", column)->status == 200);
  const auto works = lesson_now().at("works");
  REQUIRE(works.size() == 1);
  CHECK(works[0] == json{{"work", 2}, {"type", type}, {"weight", 7}, {"title", "Диктант"}});
  auto gone = entry("no_work", "");
  gone["work"] = 2;
  CHECK(browser.post_json("/api/save", gone)->status == 422);
}

TEST_CASE_METHOD(AtPage, "a retake stands beside the absence, by its protocol; a comment stays") {
  while (!cell().empty()) REQUIRE(save("clear", "") == 200);
  CHECK(save("absence", "н") == 200);
  auto retake = entry("retake", "4");
  retake["pupil"] = grid.at("pupils").at(0).at("id");
  CHECK(browser.post_json("/api/save", retake)->status == 422);
  retake = entry("retake", "4");
  retake["pupil"] = grid.at("pupils").at(0).at("id");
  retake["protocol"] = {{"number", "3-п"}, {"date", "2025-09-30"}};
  CHECK(browser.post_json("/api/save", retake)->status == 200);
  CHECK(cell() == "н 4");
  auto comment = entry("comment", "сдавал устно");
  comment["pupil"] = grid.at("pupils").at(0).at("id");
  CHECK(browser.post_json("/api/save", comment)->status == 200);
  CHECK(save("mark", "5") == 200);
  const auto marks = browser.grid(teacher.course).at("pupils").at(0).at("cells").at(0).at("marks");
  REQUIRE(marks.size() == 1);
  CHECK(marks[0].at("comment") == "сдавал устно");
  CHECK(marks[0].at("text") == "5");
  CHECK(save("present", "") == 200);
  CHECK(cell() == "5");
}

TEST_CASE_METHOD(AtPage, "a lesson's topic is proposed by the plan, and taken from it") {
  desk.node().journal().write([&](sync::Replica& replica) {
    replica.write(
        {{"test", "subject_teacher", 20, "test"}, desk.now, {}, replica.seen()},
        [&](sync::Command& run) {
          journal::set_plan_line(run, teacher.course, 1, {"Числа", "Дроби", 1, {}, "§ 5"});
        });
  });
  CHECK(save("topic", "") == 200);
  const auto proposed = lesson_now().at("proposed");
  CHECK(proposed == json{{"position", 1}, {"topic", "Дроби"}, {"homework", "§ 5"}});
  CHECK(save("plan", "1") == 200);
  CHECK(lesson_now().at("topic") == "Дроби");
  CHECK(lesson_now().at("plan_position") == 1);
  CHECK(save("plan", "2") == 422);
}

TEST_CASE_METHOD(AtPage,
                 "a cell's history tells every value with who, when and where, newest first") {
  while (!cell().empty()) REQUIRE(save("clear", "") == 200);
  REQUIRE(save("mark", "2") == 200);
  REQUIRE(save("mark", "5") == 200);
  REQUIRE(save("absence", "н") == 200);
  const auto address = "/api/history/" + std::to_string(teacher.course) + "/" +
                       lesson.at("date").get<std::string>() + "/" + lesson.at("number").dump() +
                       "/" + grid.at("pupils").at(0).at("id").dump();
  const auto history = json::parse(browser.get(address)->body);
  REQUIRE(history.size() >= 3);
  CHECK(history[0].at("text") == "н");
  CHECK(history[0].at("what") == "Посещаемость");
  CHECK(history[1].at("text").get<std::string>().starts_with("5"));
  CHECK(history[1].at("state") == "показано");
  CHECK(history[2].at("text").get<std::string>().starts_with("2"));
  CHECK(history[2].at("state") == "заменено");
  CHECK(history[1].at("role") == "учитель-предметник");
  CHECK(history[1].at("device") == "127.0.0.1");
  CHECK(history[1].at("time") == "01.10.2025 10:00");
  browser.cookie += "; language=en";
  CHECK(json::parse(browser.get(address)->body)[1].at("state") == "shown");

  Browser stranger(desk.port());
  REQUIRE(stranger.sign_in(desk.add_account(journal::Role::subject_teacher), kPassword) == "/");
  CHECK(stranger.get(address)->status == 404);
}
