#include "schema/commands/rollover.h"

#include <catch2/catch.hpp>

#include "schema/read/courses.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;
using Catch::Contains;
using journal::Role;

namespace {

/// 10 June 2026, 10:00 in Yugra.
constexpr sync::Time kJune{1'781'067'600'000};

/// A technical specialist in June, before the next school year.
struct June {
  June() : browser(desk.port()) {
    desk.now = kJune;
    REQUIRE(browser.sign_in(desk.add_account(Role::technical_specialist), kPassword) == "/");
  }

  /// The page's form as it stands, every class by its rule.
  httplib::Params form() {
    const auto page = browser.get("/rollover")->body;
    auto fields = hidden_fields(page, "/rollover/preview");
    for (const auto& one : classes(2025)) {
      const auto id = std::to_string(one.id);
      const auto wish = journal::usual_wish(one);
      fields.emplace("path-" + id,
                     wish.path == journal::ClassPath::graduates ? "graduates" : "goes_on");
      fields.emplace("letter-" + id, wish.letter);
      fields.emplace("branch-" + id, std::to_string(wish.branch));
      fields.emplace("shift-" + id, std::to_string(wish.shift));
      fields.emplace("teacher-" + id, std::to_string(wish.class_teacher.value_or(0)));
      if (wish.with_courses) fields.emplace("courses-" + id, "1");
    }
    fields.emplace("order_number", "31-п");
    fields.emplace("order_date", "2026-06-10");
    fields.emplace("last_day", "2026-06-30");
    fields.emplace("periods", "1");
    return fields;
  }

  std::vector<journal::ClassTitle> classes(int year) {
    return desk.node().journal().read(
        [&](sync::Database& database) { return journal::classes_of_year(database, year); });
  }

  Desk desk;
  Browser browser;
};

httplib::Params hidden(const std::string& page) { return hidden_fields(page, "/rollover"); }

}  // namespace

TEST_CASE_METHOD(June,
                 "R36: the next school year is shown before it is written, and then is there") {
  const auto page = browser.get("/rollover")->body;
  CHECK_THAT(
      page, Contains(escaped("2026/2027")) && Contains("выпускается") && Contains("Повторный год"));
  CHECK_THAT(browser.get("/classes")->body, Contains(escaped("href=\"/rollover\"")));
  const auto preview = browser.post("/rollover/preview", form());
  REQUIRE(preview->status == 200);
  CHECK_THAT(preview->body, Contains("Записать всё это") && Contains("01.09.2026"));
  CHECK(classes(2026).empty());
  const auto written = browser.post("/rollover", hidden(preview->body));
  REQUIRE(written->status == 303);
  CHECK_THAT(browser.get(written->get_header_value("Location"))->body, Contains("Записано"));
  std::size_t rising = 0;
  for (const auto& one : classes(2025)) rising += one.grade_level != 9 && one.grade_level != 11;
  CHECK(classes(2026).size() == rising);
  // Asked for once more there is nothing left to do.
  CHECK_THAT(browser.post("/rollover/preview", form())->body,
             Contains("Ничего не изменится") && !Contains("Записать всё это"));
}

TEST_CASE_METHOD(June, "what doesn't fit is said on the preview, which then writes nothing") {
  auto fields = form();
  const auto found = browser.get("/rollover")->body;
  const auto at = found.find("name=\"repeat\" value=\"") + 21;
  const auto pupil = found.substr(at, found.find('"', at) - at);
  fields.emplace("repeat", pupil);
  fields.emplace("leave", pupil);
  const auto preview = browser.post("/rollover/preview", fields);
  CHECK_THAT(preview->body,
             Contains("или повторный год, или выбывает") && !Contains("action=\"/rollover\""));
  fields.erase("last_day");
  fields.emplace("last_day", "вчера");
  CHECK(browser.post("/rollover/preview", fields)->status == 422);
}

TEST_CASE_METHOD(June, "a school that has changed since is shown anew") {
  const auto preview = browser.post("/rollover/preview", form());
  auto told = hidden(preview->body);
  told.erase("shown");
  told.emplace("shown", "0");
  CHECK(browser.post("/rollover", told)->status == 422);
  CHECK(classes(2026).empty());
}

TEST_CASE_METHOD(June, "a year whose classes aren't there yet has nobody to roll over") {
  CHECK_THAT(browser.get("/rollover?year=2025")->body,
             Contains(escaped("Классов 2024/2025 учебного года нет")));
}
