#include "node/web/pupil.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/commands/person.h"
#include "tests/node/desk.h"
#include "tests/node/own_class.h"

using namespace zimnik;
using namespace zimnik::node::test;
using journal::Role;

namespace {

std::string path_of(std::int64_t pupil) { return "/pupil/" + std::to_string(pupil); }

void write(Desk& desk, const std::function<void(sync::Command&)>& command) {
  desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{{"x", "secretary", 30, "x"}, kNow, {}, replica.seen()};
    replica.write(entry, command);
  });
}

}  // namespace

TEST_CASE("a pupil's page is for who reads the class, and no other class teacher's") {
  Desk desk;
  const auto found = own_class(desk);
  Browser teacher(desk.port()), technician(desk.port());
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  REQUIRE(technician.sign_in(desk.login_of(Role::technical_specialist), kPassword) == "/");
  CHECK(teacher.get(path_of(found.pupil))->status == 200);
  CHECK(teacher.get(path_of(found.foreign))->status == 404);
  CHECK(teacher.get(path_of(found.guardian))->status == 404);
  CHECK(technician.get(path_of(found.foreign))->status == 200);
}

TEST_CASE("each gets the forms that are the own: care for the teacher, movement for the office") {
  Desk desk;
  const auto found = own_class(desk);
  Browser teacher(desk.port()), technician(desk.port()), secretary(desk.port());
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  REQUIRE(technician.sign_in(desk.login_of(Role::technical_specialist), kPassword) == "/");
  REQUIRE(secretary.sign_in(desk.add_account(Role::secretary), kPassword) == "/");
  struct Forms {
    bool care = false, movement = false;
    bool operator==(const Forms&) const = default;
  };
  const auto forms = [&](Browser& browser) {
    const auto body = browser.get(path_of(found.pupil))->body;
    const auto has = [&](const char* action) { return body.find(action) != std::string::npos; };
    CHECK(has("/excuse\"") == has("/consent\""));
    CHECK(has("/transfer\"") == has("/file\""));
    return Forms{has("/excuse\""), has("/transfer\"")};
  };
  CHECK(forms(teacher) == Forms{true, false});
  CHECK(forms(technician) == Forms{false, true});
  CHECK(forms(secretary) == Forms{true, true});
}

TEST_CASE("file, family, consents with their papers, excuses and stays stand on the page") {
  Desk desk;
  const auto found = own_class(desk);
  write(desk, [&](sync::Command& run) {
    const auto day = node::day_of(kNow);
    journal::set_personal_file(run, found.pupil, {"ж", "К-12", "11223344595"});
    journal::record_consent(run, found.guardian, "electronic_diary", journal::Agreement::refused,
                            "заявление 14", day);
    journal::add_excuse(run, found.pupil, day, day, journal::ExcuseReason::sick, "справка 5");
  });
  Browser teacher(desk.port());
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  const auto body = teacher.get(path_of(found.pupil))->body;
  CHECK_THAT(body, Catch::Contains("К-12") && Catch::Contains("112-233-445 95") &&
                       Catch::Contains("женский"));
  CHECK_THAT(body, Catch::Contains("заявление 14") && Catch::Contains("отказ: только на бумаге"));
  CHECK_THAT(body, Catch::Contains("справка 5") && Catch::Contains("01.10.2025"));
  CHECK_THAT(body, Catch::Contains("12-у") && Catch::Contains("01.09.2025"));
}

TEST_CASE("who sought a guardian finds those of other pupils with their children") {
  Desk desk;
  const auto found = own_class(desk);
  const auto name = desk.node().journal().read(
      [&](sync::Database& database) { return journal::name_of(database, found.guardian); });
  Browser teacher(desk.port());
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  const auto ask = [&](const std::string& family_name) {
    return teacher
        .get(path_of(found.pupil) + "?" +
             httplib::detail::params_to_query_str({{"guardian", family_name}}))
        ->body;
  };
  const auto field = "name=\"person\" value=\"" + std::to_string(found.guardian) + "\"";
  const auto count = [&](const std::string& body) {
    int times = 0;
    for (auto at = body.find(field); at != std::string::npos; at = body.find(field, at + 1)) {
      ++times;
    }
    return times;
  };
  CHECK(count(ask("")) == 1);
  CHECK(count(ask(name.family_name)) == 2);
  CHECK_THAT(ask("Ъъъ"), Catch::Contains("запишите нового"));
}
