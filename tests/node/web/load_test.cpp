#include "node/web/load.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/read/courses.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"
#include "tests/node/own_class.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

/// A deputy head's browser at the load of one class.
struct Load {
  Desk desk;
  OwnClass found = own_class(desk);
  std::string page = "/load?class=" + std::to_string(found.own);
  Browser deputy{desk.port()};
  Load() { REQUIRE(deputy.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/"); }

  int post(const std::string& action, const httplib::Params& added, const std::string& text = "") {
    auto form = hidden_fields(deputy.get(page)->body, action, text);
    form.insert(added.begin(), added.end());
    return deputy.post(action, form)->status;
  }
  std::vector<journal::CourseTitle> courses() {
    return desk.node().journal().read(
        [&](sync::Database& database) { return journal::courses_of_class(database, found.own); });
  }
  std::string teacher() { return std::to_string(desk.school().staff().front().person); }
};

}  // namespace

TEST_CASE_METHOD(Load, "R35: a journal is made for a class, of a subject that is new too") {
  const auto before = courses().size();
  CHECK(post("/load", {{"subject", "Хантыйский язык"},
                       {"group", ""},
                       {"teacher", teacher()},
                       {"hours", "34"}}) == 303);
  const auto now = courses();
  REQUIRE(now.size() == before + 1);
  const auto added = std::find_if(
      now.begin(), now.end(), [](const auto& it) { return it.subject_name == "Хантыйский язык"; });
  REQUIRE(added != now.end());
  CHECK(added->hours == 34);
  CHECK(std::to_string(added->teacher.value()) == teacher());
  CHECK_THAT(deputy.get(page)->body, Catch::Contains("Хантыйский язык"));
  // The subject isn't made a second time.
  CHECK(post("/load", {{"subject", "хантыйский  язык "}, {"group", ""}, {"hours", "17"}}) == 303);
  for (const auto& course : courses()) {
    if (course.subject_name == "Хантыйский язык") CHECK(course.subject == added->subject);
  }
}

TEST_CASE_METHOD(Load, "a journal gets another teacher and other hours") {
  const auto course = courses().front();
  const auto field = "name=\"course\" value=\"" + std::to_string(course.id) + "\"";
  CHECK(post("/load/change", {{"teacher", teacher()}, {"hours", "70"}}, field) == 303);
  const auto now = courses();
  const auto changed =
      std::find_if(now.begin(), now.end(), [&](const auto& it) { return it.id == course.id; });
  CHECK(std::to_string(changed->teacher.value()) == teacher());
  CHECK(changed->hours == 70);
}

TEST_CASE_METHOD(Load,
                 "no subject, no class, and hours that can't be are refused, and nothing is made") {
  const auto before = courses().size();
  CHECK(post("/load", {{"subject", " "}, {"hours", "34"}}) == 422);
  CHECK(post("/load", {{"subject", "Черчение"}, {"hours", "-1"}}) == 422);
  CHECK(post("/load", {{"subject", "Черчение"}, {"hours", "99999999999"}}) == 422);
  CHECK(post("/load", {{"subject", "Черчение"}, {"group", "77"}, {"hours", "34"}}) == 422);
  CHECK(post("/load", {{"subject", "Черчение"}, {"teacher", "77"}, {"hours", "34"}}) == 422);
  constexpr std::int64_t kForeignGroup = 77;
  desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{{"x", "principal", 60, "x"}, desk.now, {}, replica.seen()};
    replica.write(entry, [&](sync::Command& command) {
      journal::set_group(command, kForeignGroup, "Шахматы", "subgroup", found.other);
    });
  });
  auto form = hidden_fields(deputy.get(page)->body, "/load");
  form.insert({{"subject", "Черчение"}, {"group", std::to_string(kForeignGroup)}, {"hours", "34"}});
  CHECK_THAT(deputy.post("/load", form)->body, Catch::Contains("подгруппа другого класса"));
  CHECK(courses().size() == before);
}
