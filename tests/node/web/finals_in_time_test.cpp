#include "node/web/finals_in_time.h"

#include <catch2/catch.hpp>

#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

constexpr const char* kPage = "/control/finals";
constexpr std::int64_t kDay = 24 * 3'600'000;

/// A result for every pupil of the course's class, entered on 1 October.
void post_finals(Desk& desk, std::int64_t course) {
  desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{{"x", "subject_teacher", 20, "x"}, kNow, {}, replica.seen()};
    replica.write(entry, [&](sync::Command& command) {
      command.database().execute(
          "INSERT INTO final_mark (pupil, course, period, year, value) SELECT e.pupil, c.id, "
          "'q1', 2025, '4' FROM enrolment e JOIN course c ON c.school_class = e.school_class "
          "WHERE c.id = " +
          std::to_string(course));
    });
  });
}

/// A course of a whole class that is assessed by quarters, and had lessons.
std::int64_t some_course(Desk& desk) {
  return desk.node().journal().read([](sync::Database& database) {
    auto query = database.prepare(
        "SELECT c.id FROM course c JOIN school_class k ON k.id = c.school_class WHERE "
        "c.study_group IS NULL AND k.grade_level BETWEEN 5 AND 9 AND EXISTS (SELECT 1 FROM lesson "
        "l WHERE l.course = c.id) LIMIT 1");
    return query.step() ? query.integer(0) : 0;
  });
}

/// The row of the course; empty where there is none.
std::string row_of(const std::string& page, std::int64_t course) {
  const auto at =
      page.find("<tr><td><a href=\"/course/" + std::to_string(course) + "/finals?period=q1\"");
  return at == std::string::npos ? "" : page.substr(at, page.find("</tr>", at) - at);
}

}  // namespace

TEST_CASE("R27: the heads see finals that are missing in the last week, or came outside of it") {
  Desk desk;
  const auto early = some_course(desk);
  REQUIRE(early != 0);
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  auto page = head.get(kPage)->body;
  CHECK_THAT(page, Catch::Contains("Последняя неделя периода начнётся 18.10.2025") &&
                       !Catch::Contains("<tbody>"));

  post_finals(desk, early);
  desk.now.ms = kNow.ms + 20 * kDay;  // 21 October
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  page = head.get(std::string(kPage) + "?period=q1")->body;
  CHECK_THAT(row_of(page, early),
             Catch::Contains("18.10.2025 – 24.10.2025") && Catch::Contains("01.10.2025 10:00"));
  CHECK(page.find("<b class=\"bad\">⚠") < page.find("</table>"));
  CHECK_THAT(page, !Catch::Contains("начнётся"));
}
