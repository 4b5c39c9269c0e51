#include "node/web/finals.h"

#include <catch2/catch.hpp>
#include <regex>

#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

/// The names of what a teacher chooses on the page: final-ID.
std::vector<std::string> choices_in(const std::string& page) {
  static const std::regex kChoice(R"re(<select name="(final-[0-9]+)")re");
  std::vector<std::string> names;
  for (std::sregex_iterator it(page.begin(), page.end(), kChoice), end; it != end; ++it) {
    names.push_back((*it)[1]);
  }
  return names;
}

std::string read(Desk& desk, const std::string& sql) {
  return desk.node().journal().read([&](sync::Database& database) -> std::string {
    auto query = database.prepare(sql);
    return query.step() ? std::string(query.text(0)) : "";
  });
}

std::string login_of_other(Desk& desk, std::int64_t course) {
  return desk.node().journal().read([&](sync::Database& database) -> std::string {
    const auto today = node::day_of(kNow);
    for (const auto& staff : desk.school().staff()) {
      if (staff.role == journal::Role::subject_teacher &&
          !journal::may_read_course(database, staff.person, course, today)) {
        return staff.login;
      }
    }
    throw std::logic_error("everybody reads it");
  });
}

}  // namespace

TEST_CASE(
    "R22: the teacher posts the period's results in one form, changed rows alone are written") {
  Desk desk;
  Browser browser(desk.port());
  const auto teacher = desk.teacher();
  const auto path = "/course/" + std::to_string(teacher.course) + "/finals";
  REQUIRE(browser.sign_in(teacher.login, kPassword) == "/");
  const auto page = browser.get(path)->body;
  CHECK_THAT(page, Catch::Contains("Записать итоги"));
  const auto names = choices_in(page);
  REQUIRE(names.size() >= 2);
  auto form = hidden_fields(page, path);
  form.emplace(names[0], "4");
  form.emplace(names[1], "");
  const auto answer = browser.post(path, form);
  CHECK(answer->status == 303);
  CHECK_THAT(answer->get_header_value("Location"), Catch::StartsWith(path + "?period="));
  CHECK(read(desk, "SELECT count(*) || max(value) FROM final_mark") == "14");
  CHECK_THAT(browser.get(path)->body, Catch::Contains("<option selected>4</option>"));
}

TEST_CASE("results are refused to others than the course's teacher") {
  Desk desk;
  const auto teacher = desk.teacher();
  const auto path = "/course/" + std::to_string(teacher.course) + "/finals";
  Browser own(desk.port()), other(desk.port()), head(desk.port());
  REQUIRE(own.sign_in(teacher.login, kPassword) == "/");
  REQUIRE(other.sign_in(login_of_other(desk, teacher.course), kPassword) == "/");
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  const auto page = own.get(path)->body;
  CHECK(other.get(path)->status == 404);
  CHECK(choices_in(head.get(path)->body).empty());
  auto form = hidden_fields(page, path);
  form.emplace(choices_in(page).at(0), "5");
  CHECK(other.post(path, form)->status == 422);
  CHECK(read(desk, "SELECT count(*) || '' FROM final_mark") == "0");
}

TEST_CASE("a head's protocol stands where the teacher's choice was, with its number") {
  Desk desk;
  const auto teacher = desk.teacher();
  const auto course = "/course/" + std::to_string(teacher.course);
  Browser head(desk.port()), own(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  REQUIRE(own.sign_in(teacher.login, kPassword) == "/");
  const auto before = own.get(course + "/finals")->body;
  const auto pupil = choices_in(before).at(0).substr(6);
  auto form = hidden_fields(head.get(course + "/finals")->body, course + "/final-by-paper");
  for (const auto& [name, value] : std::map<std::string, std::string>{{"pupil", pupil},
                                                                      {"period", "q1"},
                                                                      {"value", "3"},
                                                                      {"basis", "protocol"},
                                                                      {"number", "7-К"},
                                                                      {"date", "2025-09-30"}}) {
    form.emplace(name, value);
  }
  CHECK(head.post(course + "/final-by-paper", form)->status == 303);
  const auto after = own.get(course + "/finals?period=q1")->body;
  CHECK_THAT(after, Catch::Contains("№ 7-К, 30.09.2025"));
  CHECK(choices_in(after).size() == choices_in(before).size() - 1);
}

TEST_CASE("R11: a deferral is shown with its day and document, and ended") {
  Desk desk;
  const auto teacher = desk.teacher();
  const auto course = "/course/" + std::to_string(teacher.course);
  Browser browser(desk.port());
  REQUIRE(browser.sign_in(teacher.login, kPassword) == "/");
  const auto page = browser.get(course + "/finals?period=q1")->body;
  const auto pupil = choices_in(page).at(0).substr(6);
  auto form = hidden_fields(page, course + "/deferral");
  form.emplace("pupil", pupil);
  form.emplace("until", "2025-11-20");
  form.emplace("reason", "болезнь");
  form.emplace("document", "справка 5");
  CHECK(browser.post(course + "/deferral", form)->status == 303);
  const auto deferred = browser.get(course + "/finals?period=q1")->body;
  CHECK_THAT(deferred, Catch::Contains("отсрочка до 20.11.2025"));
  auto ending = hidden_fields(deferred, course + "/deferral", "name=\"end\"");
  ending.emplace("pupil", pupil);
  CHECK(browser.post(course + "/deferral", ending)->status == 303);
  CHECK_THAT(browser.get(course + "/finals?period=q1")->body, !Catch::Contains("справка 5"));
}
