#include "node/web/care_entries.h"

#include <catch2/catch.hpp>

#include "schema/read/entries.h"
#include "schema/read/family.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"
#include "tests/node/own_class.h"

using namespace zimnik;
using namespace zimnik::node::test;
using journal::Role;

namespace {

std::string path_of(std::int64_t pupil) { return "/pupil/" + std::to_string(pupil); }

/// A class teacher's browser, and the class.
struct Room {
  Desk desk;
  OwnClass found = own_class(desk);
  Browser teacher{desk.port()};
  Room() { REQUIRE(teacher.sign_in(found.login, kPassword) == "/"); }

  httplib::Result post(const std::string& action, const httplib::Params& added,
                       const std::string& text = "") {
    auto form =
        hidden_fields(teacher.get(path_of(found.pupil))->body, path_of(found.pupil) + action, text);
    for (const auto& [name, value] : added) {
      form.erase(name);
      form.emplace(name, value);
    }
    return teacher.post(path_of(found.pupil) + action, form);
  }
  template <class Use>
  auto read(Use use) {
    return desk.node().journal().read(use);
  }
  std::vector<journal::Excuse> excuses() {
    return read(
        [&](sync::Database& database) { return journal::excuses_of(database, found.pupil); });
  }
  std::vector<journal::Guardian> guardians() {
    return read([&](sync::Database& database) {
      return journal::guardians_of(database, found.pupil, node::day_of(kNow));
    });
  }
};

const httplib::Params kExcuse = {
    {"reason", "б"}, {"document", "справка 7"}, {"since", "2025-10-01"}, {"until", "2025-10-03"}};

}  // namespace

TEST_CASE("R37: an excuse is entered from a document, and withdrawn") {
  Room room;
  const auto before = room.excuses().size();
  CHECK(room.post("/excuse", kExcuse)->status == 303);
  const auto excuses = room.excuses();
  REQUIRE(excuses.size() == before + 1);
  CHECK(excuses.back().document == "справка 7");
  CHECK(excuses.back().until == *journal::Date::from(2025, 10, 3));
  CHECK(room.post("/excuse/withdraw", {{"since", "2025-10-01"}})->status == 303);
  CHECK(room.excuses().size() == before);
}

TEST_CASE("an excuse without a last day is of one day, one without a document is refused") {
  Room room;
  auto form = kExcuse;
  form.erase("until");
  CHECK(room.post("/excuse", form)->status == 303);
  CHECK(room.excuses().back().until == *journal::Date::from(2025, 10, 1));
  form.erase("document");
  CHECK(room.post("/excuse", form)->status == 422);
}

TEST_CASE("an excuse that was entered from the week leads back to it") {
  Room room;
  auto form = kExcuse;
  form.emplace("week", "2025-09-29");
  CHECK(room.post("/excuse", form)->get_header_value("Location") ==
        "/class/" + std::to_string(room.found.own) + "/week?day=2025-09-29");
}

TEST_CASE("a class teacher enters nothing of a pupil of another class") {
  Room room;
  auto form = hidden_fields(room.teacher.get(path_of(room.found.pupil))->body,
                            path_of(room.found.pupil) + "/excuse");
  form.insert(kExcuse.begin(), kExcuse.end());
  for (const auto* action :
       {"/excuse", "/excuse/withdraw", "/contact", "/consent", "/guardian", "/guardian/end"}) {
    INFO(action);
    const auto answer = room.teacher.post(path_of(room.found.foreign) + action, form);
    CHECK(answer->status == 422);
    CHECK_THAT(answer->body, Catch::Contains("не Вашего класса"));
  }
}

TEST_CASE("R13: a contact is written with its source and date, and of the pupil's family alone") {
  Room room;
  const auto contact = [&](std::int64_t person, const char* source) {
    return room
        .post("/contact", {{"person", std::to_string(person)},
                           {"kind", "phone"},
                           {"value", "+7 000 555"},
                           {"source", source},
                           {"date", "2025-09-30"}})
        ->status;
  };
  CHECK(contact(room.found.guardian, "звонок") == 303);
  CHECK_THAT(room.teacher.get(path_of(room.found.pupil))->body,
             Catch::Contains("+7 000 555") && Catch::Contains("звонок, 30.09.2025"));
  CHECK(contact(room.found.foreign, "звонок") == 422);
  CHECK(contact(room.found.guardian, "guardian") == 422);
}

TEST_CASE("R6: a refusal closes the diary at once, and the consent before it stays on record") {
  Room room;
  const auto say = [&](const char* answer, const char* source) {
    return room
        .post("/consent", {{"person", std::to_string(room.found.guardian)},
                           {"answer", answer},
                           {"source", source},
                           {"date", "2025-10-01"}})
        ->status;
  };
  const auto may = [&] {
    return room.read([&](sync::Database& database) {
      return journal::may_read_diary(database, room.found.guardian, room.found.pupil,
                                     node::day_of(kNow));
    });
  };
  CHECK(say("granted", "заявление 1") == 303);
  CHECK(may());
  CHECK(say("refused", "заявление 2") == 303);
  CHECK_FALSE(may());
  CHECK_THAT(room.teacher.get(path_of(room.found.pupil))->body,
             Catch::Contains("заявление 1") && Catch::Contains("заявление 2"));
  CHECK(say("", "заявление 3") == 422);
}

TEST_CASE("a guardian is added by names or as one who is known, and the rights end") {
  Room room;
  const auto before = room.guardians().size();
  CHECK(room.post("/guardian",
                  {{"family_name", "Тарлина"}, {"given_name", "Ольга"}, {"relation", "бабушка"}})
            ->status == 303);
  auto guardians = room.guardians();
  REQUIRE(guardians.size() == before + 1);
  const auto added = std::find_if(guardians.begin(), guardians.end(), [](const auto& guardian) {
    return guardian.name.family_name == "Тарлина";
  });
  REQUIRE(added != guardians.end());
  CHECK(added->relation == "бабушка");
  CHECK(room.post("/guardian/end",
                  {{"last_day", "2025-09-30"}, {"person", std::to_string(added->id)}})
            ->status == 303);
  CHECK(room.guardians().size() == before);
  CHECK(room.post("/guardian", {{"person", std::to_string(added->id)}, {"relation", "опекун"}})
            ->status == 303);
  CHECK(room.guardians().size() == before + 1);
}

TEST_CASE("a class teacher stays refused at what the lesson's teacher enters") {
  Desk desk;
  Browser teacher(desk.port());
  REQUIRE(teacher.sign_in(desk.add_account(Role::class_teacher), kPassword) == "/");
  CHECK(teacher.post_json("/api/save", nlohmann::json::object())->status == 403);
  CHECK(teacher.post("/lesson", httplib::Params{})->status == 403);
}
