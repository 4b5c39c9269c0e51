#include "node/web/class_week.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"
#include "tests/node/own_class.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

std::string path_of(std::int64_t school_class, const char* page) {
  return "/class/" + std::to_string(school_class) + page;
}

void write(Desk& desk, const std::function<void(sync::Command&)>& command) {
  desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{{"x", "subject_teacher", 20, "x"}, kNow, {}, replica.seen()};
    replica.write(entry, command);
  });
}

/// Away in the first lesson of both days of this week that a course of the class's own had.
void be_away(Desk& desk, const OwnClass& found) {
  write(desk, [&](sync::Command& command) {
    for (const auto* date : {"2025-10-01", "2025-10-02"}) {
      command.database().execute(
          "INSERT INTO attendance (course, date, number, pupil, code) SELECT id, '" +
          std::string(date) + "', 1, " + std::to_string(found.pupil) +
          ", 'н' FROM course WHERE study_group IS NULL AND school_class = " +
          std::to_string(found.own) + " ORDER BY id LIMIT 1");
    }
  });
}

}  // namespace

TEST_CASE("R37: from the week an excuse covers the open days with a letter and a document") {
  Desk desk;
  const auto found = own_class(desk);
  be_away(desk, found);
  Browser teacher(desk.port());
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  const auto week = path_of(found.own, "/week?day=2025-10-01");
  const auto excuse = "/pupil/" + std::to_string(found.pupil) + "/excuse";
  const auto before = teacher.get(week)->body;
  const auto form_at = before.find("action=\"" + excuse);
  REQUIRE(form_at != std::string::npos);
  const auto form_text = before.substr(form_at, before.find("</form>", form_at) - form_at);
  CHECK_THAT(form_text, Catch::Contains("name=\"since\" value=\"2025-10-01\"") &&
                            Catch::Contains("name=\"until\" value=\"2025-10-02\""));
  auto form = hidden_fields(before, excuse);
  form.merge(httplib::Params{{"reason", "у"},
                             {"document", "заявление 3"},
                             {"since", "2025-10-01"},
                             {"until", "2025-10-02"}});
  const auto led = teacher.post(excuse, form);
  CHECK(led->status == 303);
  const auto after = teacher.get(led->get_header_value("Location"))->body;
  CHECK_THAT(after, !Catch::Contains("action=\"" + excuse) && Catch::Contains("<b>у</b>"));
}

TEST_CASE("a week is shown to who reads the class; the technical specialist enters no excuse") {
  Desk desk;
  const auto found = own_class(desk);
  be_away(desk, found);
  Browser teacher(desk.port()), technician(desk.port());
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  REQUIRE(technician.sign_in(desk.login_of(journal::Role::technical_specialist), kPassword) == "/");
  CHECK(teacher.get(path_of(found.other, "/week"))->status == 404);
  CHECK(teacher.get(path_of(found.other, "/consents"))->status == 404);
  const auto body = technician.get(path_of(found.own, "/week"))->body;
  CHECK_THAT(body, Catch::Contains("class=\"bad\">н</b>") && !Catch::Contains("/excuse\""));
}

TEST_CASE("the register of a class's consents counts them, with papers and days") {
  Desk desk;
  const auto found = own_class(desk);
  Browser teacher(desk.port());
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  write(desk, [&](sync::Command& command) {
    journal::record_consent(command, found.guardian, "electronic_diary",
                            journal::Agreement::refused, "заявление 14",
                            *journal::Date::from(2025, 9, 30));
  });
  const auto body = teacher.get(path_of(found.own, "/consents"))->body;
  CHECK_THAT(body, Catch::Contains("заявление 14") && Catch::Contains("30.09.2025") &&
                       Catch::Contains("✗ отказ"));
}

TEST_CASE("what a family said ahead stands over the week, and is made an excuse in one click") {
  Desk desk;
  const auto found = own_class(desk);
  write(desk, [&](sync::Command& command) {
    const auto until = journal::Date::parse("2025-10-03").value();
    journal::announce_absence(command,
                              {found.pupil, journal::Date::parse("2025-10-02").value(), until,
                               "едем к <врачу>", found.pupil, kNow},
                              node::day_of(kNow));
  });
  Browser teacher(desk.port());
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  const auto week = path_of(found.own, "/week?day=2025-10-01");
  const auto excuse = "/pupil/" + std::to_string(found.pupil) + "/excuse";
  const auto before = teacher.get(week)->body;
  CHECK_THAT(before,
             Catch::Contains("едем к &lt;врачу&gt;") && Catch::Contains("02.10.2025 – 03.10.2025"));
  auto form = hidden_fields(before, excuse);
  form.merge(httplib::Params{{"reason", "у"}, {"document", "сообщение семьи"}});
  CHECK(teacher.post(excuse, form)->status == 303);
  CHECK_THAT(teacher.get(week)->body, Catch::Contains("причина записана"));
}
