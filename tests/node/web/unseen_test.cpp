#include "node/web/unseen.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/query.h"
#include "schema/read/membership.h"
#include "schema/words.h"
#include "sync/core/crypto.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

constexpr const char* kPage = "/control/unseen";
constexpr sync::Time kYesterdayMorning{kNow.ms - 26 * 3'600'000};

struct Family {
  std::int64_t guardian = 0, pupil = 0, school_class = 0;
};

/// Gives every pupil of a class a result of the first quarter, entered 26 hours ago.
Family post_finals(Desk& desk) {
  Family family;
  desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{
        {"x", "subject_teacher", 20, "x"}, kYesterdayMorning, {}, replica.seen()};
    replica.write(entry, [&](sync::Command& command) {
      journal::each_row(command.database(),
                        "SELECT g.guardian, g.pupil, e.school_class FROM guardianship g JOIN "
                        "enrolment e ON e.pupil = g.pupil ORDER BY g.pupil LIMIT 1",
                        {}, [&](const sync::Statement& row) {
                          family = {row.integer(0), row.integer(1), row.integer(2)};
                        });
      command.database().execute(
          "INSERT INTO final_mark (pupil, course, period, year, value) SELECT e.pupil, c.id, "
          "'q1', 2025, '4' FROM enrolment e JOIN course c ON c.school_class = e.school_class "
          "WHERE c.study_group IS NULL AND e.school_class = " +
          std::to_string(family.school_class));
    });
  });
  return family;
}

void read_electronically(Desk& desk, std::int64_t guardian) {
  desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{{"x", "secretary", 30, "x"}, kNow, {}, replica.seen()};
    replica.write(entry, [&](sync::Command& command) {
      journal::record_consent(command, guardian, journal::kElectronicDiary,
                              journal::Agreement::granted, "заявление",
                              *journal::Date::from(2025, 9, 1));
      journal::issue_diary_access(command, guardian, sync::sha256({"a code"}), kNow);
    });
  });
}

}  // namespace

TEST_CASE("R12: the heads see which results the parents don't have yet, and print slips") {
  Desk desk;
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  CHECK_THAT(head.get(kPage)->body, Catch::Contains("Всё, что старше 24 часов"));

  const auto family = post_finals(desk);
  const auto slips = "/class/" + std::to_string(family.school_class) + "/slips";
  const auto extract = "href=\"/pupil/" + std::to_string(family.pupil) + "/extract\"";
  auto page = head.get(kPage)->body;
  CHECK_THAT(page, Catch::Contains("Всё, что старше 24 часов"));
  CHECK_THAT(page, Catch::Contains("На бумаге") && Catch::Contains(slips + "?only=paper") &&
                       Catch::Contains(extract));

  read_electronically(desk, family.guardian);
  page = head.get(kPage)->body;
  CHECK_THAT(page, Catch::Contains("⚠ 30.09.2025 08:00") && !Catch::Contains("Всё, что старше") &&
                       Catch::Contains("href=\"" + slips + "\""));
  CHECK_THAT(head.get(slips)->body, Catch::Contains("<caption>Итоговые отметки</caption>") &&
                                        Catch::Contains("<th scope=\"col\">1 четверть</th>"));
}
